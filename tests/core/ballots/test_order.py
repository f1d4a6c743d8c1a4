"""Every voter has an order of their own that can be made again; a test sees if places drew votes."""

from collections import Counter

import numpy as np
import pytest

from burgertop.core.ballots import order_for, place_test
from burgertop.core.ballots.chance import shuffled
from burgertop.core.errors import InputError, ShapeError


def test_a_voter_sees_the_same_order_at_every_visit_and_an_auditor_can_make_it_again() -> None:
    first, again = (order_for(25, seed="s", voter="v1") for _ in range(2))

    assert first == again == shuffled(tuple(range(25)), "burgertop.order.1\ns\nv1")


def test_every_option_is_about_equally_often_first() -> None:
    first = Counter(order_for(5, seed="s", voter=str(voter))[0] for voter in range(5000))

    assert all(abs(first[option] - 1000) < 120 for option in range(5))


def test_cochrans_q_is_as_in_the_textbook_formula() -> None:
    orders = [(0, 1, 2)] * 4
    choices = [(0,), (0, 1), (0,), (2, 0)]

    found = place_test(orders, choices)

    columns, rows = np.array([4, 1, 1]), np.array([1, 2, 1, 2])
    by_hand = 2 * (3 * (columns**2).sum() - columns.sum() ** 2) / (3 * rows.sum() - (rows**2).sum())
    assert (found.votes, found.freedom) == ((4, 1, 1), 2)
    assert found.statistic == pytest.approx(by_hand)
    assert found.p_value == pytest.approx(np.exp(-by_hand / 2))


def test_voters_who_choose_by_heart_pass_and_voters_who_choose_the_top_do_not() -> None:
    rng = np.random.default_rng(7)
    orders = [order_for(25, seed="s", voter=str(voter)) for voter in range(400)]
    by_heart = [rng.choice(25, size=3, replace=False).tolist() for _ in orders]
    by_place = [order[:3] if rng.random() < 0.3 else chosen for order, chosen in zip(orders, by_heart, strict=True)]

    assert place_test(orders, by_heart).p_value > 0.01
    assert place_test(orders, by_place).p_value < 1e-6


def test_when_places_do_not_matter_the_chances_are_even() -> None:
    rng = np.random.default_rng(1)
    low = 0
    for trial in range(200):
        orders = [order_for(6, seed=str(trial), voter=str(voter)) for voter in range(60)]
        choices = [rng.choice(6, size=int(rng.integers(1, 4)), replace=False).tolist() for _ in orders]
        low += place_test(orders, choices).p_value < 0.1

    assert 8 <= low <= 34


def test_what_cannot_be_tested_is_refused() -> None:
    with pytest.raises(ShapeError) as ragged:
        place_test([(0, 1)], [])
    with pytest.raises(InputError) as unknown:
        place_test([(0, 1)], [(2,)])
    with pytest.raises(InputError) as nothing:
        place_test([(0, 1), (1, 0)], [(), (0, 1)])

    assert [(error.value.code, error.value.params) for error in (ragged, unknown, nothing)] == [
        ("ballots.ragged_orders", {"orders": 1, "papers": 0}),
        ("ballots.unknown_option", {"option": 2, "options": 2}),
        ("ballots.nothing_to_test", {}),
    ]


@pytest.mark.parametrize(("options", "seed", "code"), [(0, "s", "ballots.no_options"), (3, "", "ballots.empty_seed")])
def test_an_order_needs_options_and_a_seed(options: int, seed: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        order_for(options, seed=seed, voter="v")

    assert caught.value.code == code
