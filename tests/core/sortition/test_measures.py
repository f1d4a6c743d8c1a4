"""Maximin, Nash and Goldilocks against other ways to find them, and against each other."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import LinearConstraint, linprog, minimize
from tests.core.sortition.cases import made_kinds, needs_shared, shared_case, tiny_draws

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import Pool, Quotas, lottery_of, verify_lottery
from burgertop.core.sortition.drawing import average_of
from burgertop.core.sortition.kinds import Floats, Kinds
from burgertop.core.sortition.leximin import leximin_levels
from burgertop.core.sortition.measures import goldilocks_levels, maximin_levels, nash_levels


def chances_of(kinds: Kinds, levels: tuple[object, ...]) -> Floats:
    return np.asarray(average_of(kinds, levels) / kinds.sizes)  # type: ignore[arg-type]  # levels of any rule


@settings(max_examples=40, deadline=None)
@given(draw=tiny_draws())
def test_the_smallest_chance_of_maximin_is_the_first_level_of_leximin(draw: tuple[Pool, Quotas]) -> None:
    kinds = made_kinds(*draw)
    try:
        leximin = chances_of(kinds, leximin_levels(kinds))
    except InfeasibleError:
        return

    assert chances_of(kinds, maximin_levels(kinds)).min() == pytest.approx(leximin.min(), abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(draw=tiny_draws())
def test_nash_is_that_of_another_solver(draw: tuple[Pool, Quotas]) -> None:
    kinds = made_kinds(*draw)
    try:
        chances = chances_of(kinds, nash_levels(kinds))
    except InfeasibleError:
        return
    there = chances > 1e-7
    sizes = kinds.sizes.astype(np.float64)

    def loss(seats: Floats) -> float:
        return -float((sizes * np.log(np.maximum(seats, 1e-12) / sizes))[there].sum())

    other = minimize(
        loss,
        chances * sizes * 0.95 + 0.01,
        bounds=[(1e-9 if is_there else 0.0, size) for is_there, size in zip(there, sizes, strict=True)],
        constraints=[LinearConstraint(kinds.matrix.toarray(), kinds.row_lower - 1e-9, kinds.row_upper + 1e-9)],
        method="SLSQP",
        options={"ftol": 1e-12, "maxiter": 500},
    )
    if other.success:
        assert loss(chances * sizes) <= other.fun + 1e-4


@needs_shared
def test_the_known_least_chance_of_nash_is_reached() -> None:
    """Measured once with another program: least chance .0877, geometric mean .1419."""
    kinds = made_kinds(*shared_case("sf_fixture_22", 22))

    chances = chances_of(kinds, nash_levels(kinds))

    assert float(chances.min()) == pytest.approx(0.0877, abs=1e-4)
    assert float(np.exp(np.average(np.log(chances), weights=kinds.sizes))) == pytest.approx(0.1419, abs=1e-4)


@needs_shared
def test_goldilocks_is_the_best_among_many_floors() -> None:
    kinds = made_kinds(*shared_case("sf_fixture_22", 22))
    sizes, matrix, number = kinds.sizes, kinds.matrix.toarray(), len(kinds)
    unit = kinds.seats / sizes.sum()

    chances = chances_of(kinds, goldilocks_levels(kinds))

    mine = chances.max() / unit + unit / chances.min()
    for floor in np.linspace(0.3, 1, 15) * leximin_levels(kinds)[0].chance:
        ceiling = linprog(
            np.append(np.zeros(number), 1),
            A_ub=np.vstack(
                [
                    np.hstack([matrix, np.zeros((len(matrix), 1))]),
                    np.hstack([-matrix, np.zeros((len(matrix), 1))]),
                    np.hstack([np.eye(number), -sizes[:, None]]),
                ]
            ),
            b_ub=np.concatenate([kinds.row_upper, -kinds.row_lower, np.zeros(number)]),
            bounds=[*((size * floor, size) for size in sizes), (0, 1)],
        ).fun
        assert mine <= ceiling / unit + unit / floor + 1e-6


@needs_shared
@pytest.mark.parametrize("rule", ["maximin", "nash", "goldilocks"])
def test_every_rule_gives_a_lottery_of_panels(rule: str) -> None:
    pool, quotas = shared_case("sf_fixture_22", 22)

    lottery = lottery_of(pool, quotas, rule=rule)

    checks = verify_lottery(pool, quotas, lottery)
    assert {check.code: check.state for check in checks if check.state != "passed"} == {
        "sortition.check_certificate": "open"
    }
