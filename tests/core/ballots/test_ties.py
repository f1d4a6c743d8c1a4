"""A tie is broken by a public seed, the same for everybody who tries, even over many seeds."""

from collections import Counter

import pytest

from burgertop.core.ballots import TieBreak, break_tie
from burgertop.core.ballots.chance import shuffled
from burgertop.core.errors import InputError, Param


def test_the_lot_is_recorded_with_everything_needed_to_draw_it_again() -> None:
    lot = break_tie((9, 4, 7), 2, seed_text=" 3 5 1 ", ballot="themes")

    assert lot == TieBreak((4, 7, 9), 2, "themes", "3 5 1", shuffled((4, 7, 9), "burgertop.tie.1\nthemes\n3 5 1"))
    assert lot.chosen == tuple(sorted(lot.order[:2]))


def test_one_seed_serves_several_ballots_each_with_its_own_lot() -> None:
    orders = {break_tie(range(9), 1, seed_text="3 5 1", ballot=name).order for name in ("a", "b", "c")}

    assert len(orders) == 3


def test_every_tied_option_is_about_equally_likely() -> None:
    chosen = Counter(break_tie((1, 2, 3), 1, seed_text=str(number), ballot="t").chosen[0] for number in range(3000))

    assert all(abs(chosen[option] - 1000) < 110 for option in (1, 2, 3))


@pytest.mark.parametrize(
    ("tied", "places", "seed", "code", "params"),
    [
        ((1, 2), 1, "  ", "ballots.empty_seed", {}),
        ((1, 1), 1, "3", "ballots.doubled_choice", {"option": 1}),
        ((1, 2), 2, "3", "ballots.not_tied", {"tied": 2, "places": 2}),
        ((1, 2), 0, "3", "ballots.not_tied", {"tied": 2, "places": 0}),
    ],
)
def test_a_tie_that_is_none_is_refused(
    tied: tuple[int, ...], places: int, seed: str, code: str, params: dict[str, Param]
) -> None:
    with pytest.raises(InputError) as caught:
        break_tie(tied, places, seed_text=seed, ballot="t")

    assert (caught.value.code, caught.value.params) == (code, params)
