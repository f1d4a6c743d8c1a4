"""Who leaves is replaced by a lottery among those who keep the quotas, round after round."""

import pytest

from burgertop.core.errors import InfeasibleError, InputError
from burgertop.core.sortition import Pool, Quota, Quotas, breaches_of, pick_panel, replacements_of, reserve_of

VALUES = (("w", "y"), ("w", "o"), ("m", "y"), ("m", "o"), ("w", "y"), ("w", "o"), ("m", "y"), ("m", "o"))
POOL = Pool(tuple("abcdefgh"), ("gender", "age"), VALUES)
QUOTAS = Quotas(
    4, tuple(Quota(name, value, 2, 2) for name, value in (("gender", "w"), ("gender", "m"), ("age", "y"), ("age", "o")))
)


def test_three_rounds_of_replacements_keep_the_quotas() -> None:
    panel: tuple[str, ...] = ("a", "b", "c", "d")
    left: list[str] = []
    for number, leaver in enumerate(("a", "d", "b")):
        found = replacements_of(POOL, QUOTAS, panel, [leaver], never=left, panels=10)
        drawn = pick_panel(found.lottery, public_seed=f"round {number}")
        newcomers = found.newcomers(drawn)
        panel = (*found.remaining, *newcomers)
        left.append(leaver)

        assert len(newcomers) == 1
        assert breaches_of(POOL, QUOTAS, panel, never=left) == ()

    assert sorted(panel) == ["c", "e", "f", "h"]


def test_conditional_chances_are_told() -> None:
    values = (*VALUES, ("w", "y"))
    pool = Pool((*POOL.ids, "i"), POOL.features, values)

    found = replacements_of(pool, QUOTAS, ["a", "b", "c", "d"], ["a"])

    chances = dict(zip(pool.ids, found.lottery.ideal.tolist(), strict=True))
    assert {one: chance for one, chance in chances.items() if chance} == {"b": 1, "c": 1, "d": 1, "e": 0.5, "i": 0.5}


def test_who_cannot_be_replaced_is_told() -> None:
    with pytest.raises(InfeasibleError, match="no_feasible_panel"):
        replacements_of(POOL, QUOTAS, ["a", "b", "c", "d"], ["a"], never=["e"])
    with pytest.raises(InputError, match="not_on_panel"):
        replacements_of(POOL, QUOTAS, ["a", "b", "c", "d"], ["e"])


def test_a_reserve_grows_with_the_chance_to_leave() -> None:
    sizes = [reserve_of(POOL, QUOTAS, ["a", "b", "c", "d"], drop_out=share).seats for share in (0.0, 0.2, 1.0)]

    assert sizes == [1, 2, 4]


def test_a_reserve_follows_the_features_of_those_who_leave() -> None:
    reserve = reserve_of(POOL, QUOTAS, ["a", "b", "c", "d"], drop_out={("age", "y"): 0.5}, certainty=0.7)

    assert {row.value: row.least for row in reserve} == {"w": 1, "m": 1, "y": 1, "o": 0}


@pytest.mark.parametrize(("drop_out", "certainty"), [(-0.1, 0.9), (1.1, 0.9), (0.5, 1.0)])
def test_chances_that_are_none_are_refused(drop_out: float, certainty: float) -> None:
    with pytest.raises(InputError, match="bad_share"):
        reserve_of(POOL, QUOTAS, ["a"], drop_out=drop_out, certainty=certainty)
