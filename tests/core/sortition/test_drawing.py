"""How many panels, and what a draw hands back."""

import numpy as np
import pytest
from tests.core.sortition.cases import AT_MOST_ONE, TRIANGLE, made_kinds

from burgertop.core.sortition import Pool, Quota, Quotas, lottery_of
from burgertop.core.sortition.drawing import drawn_panels, panels_for
from burgertop.core.sortition.rules import rule_of


@pytest.mark.parametrize(("people", "panels"), [(10, 1000), (200, 1000), (201, 10_000), (2001, 100_000)])
def test_there_are_enough_panels_for_the_least_chance(people: int, panels: int) -> None:
    pool = Pool(tuple(f"p{number}" for number in range(people)), ("x",), (("1",),) * people)
    kinds = made_kinds(pool, Quotas(1, (Quota("x", "1", 0, 1),)))

    assert panels_for(kinds, np.ones(1)) == panels


def test_few_panels_are_dealt_but_the_exact_distribution_is_still_exact() -> None:
    pool = Pool(tuple("abcde"), ("x",), (("1",), ("1",), ("2",), ("2",), ("3",)))
    quotas = Quotas(2, (Quota("x", "1", 0, 1), Quota("x", "2", 0, 1), Quota("x", "3", 0, 1)))

    lottery = lottery_of(pool, quotas, panels=3)

    np.testing.assert_allclose(lottery.exact, 0.4, atol=1e-8)
    assert lottery.panels.shape == (3, 2)


def test_without_the_exact_distribution_there_are_no_weights() -> None:
    drawn = drawn_panels(
        made_kinds(TRIANGLE, Quotas(2, tuple(Quota(n, v, 0, 2) for n in "xyz" for v in "01"))),
        rule_of("leximin"),
        np.random.default_rng(1),
        100,
        is_mixed=False,
    )

    assert (len(drawn.weights), len(drawn.extra), drawn.seats.shape) == (0, 0, (100, 2))


def test_what_averages_promise_too_much_is_told() -> None:
    drawn = drawn_panels(
        made_kinds(TRIANGLE, AT_MOST_ONE), rule_of("leximin"), np.random.default_rng(1), 30, is_mixed=True
    )

    assert not drawn.is_relaxed_reached
    assert drawn.weights.sum() == pytest.approx(1)
