"""The whole lottery: the fairest chances there are, panels that keep them, and the proof."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sortition.cases import (
    AT_MOST_ONE,
    TRIANGLE,
    feasible_panels,
    leximin_by_trying,
    needs_shared,
    shared_case,
    skewed_draw,
    tiny_draws,
)

from burgertop.core.errors import InfeasibleError, InputError
from burgertop.core.sortition import Pool, Quota, Quotas, commitment_of, lottery_of, verify_lottery

POOL = Pool(tuple("abcd"), ("gender",), (("woman",), ("man",), ("woman",), ("woman",)), ("h", "h", "", ""))
QUOTAS = Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1)))


@settings(max_examples=60, deadline=None)
@given(draw=tiny_draws(), limit=st.sampled_from((None, 1, 2)), panels=st.sampled_from((1, 7, 100)))
def test_the_chances_are_those_found_by_trying_every_panel(
    draw: tuple[Pool, Quotas], limit: int | None, panels: int
) -> None:
    pool, quotas = draw
    there = feasible_panels(pool, quotas, limit)

    if not there:
        with pytest.raises(InfeasibleError):
            lottery_of(pool, quotas, at_most_per_household=limit, panels=panels)
        return
    lottery = lottery_of(pool, quotas, at_most_per_household=limit, panels=panels)

    np.testing.assert_allclose(lottery.ideal, leximin_by_trying(pool, there), atol=1e-6)
    np.testing.assert_allclose(lottery.exact, lottery.ideal, atol=1e-6)
    assert all(lottery.panel(number) in there for number in range(1, panels + 1))
    checks = verify_lottery(pool, quotas, lottery, at_most_per_household=limit)
    assert [check.code for check in checks if check.state == "failed" and check.code != "sortition.check_floor"] == []


@settings(max_examples=25, deadline=None)
@given(draw=tiny_draws(), data=st.data())
def test_who_must_sits_always_and_who_never_does_not(draw: tuple[Pool, Quotas], data: st.DataObject) -> None:
    pool, quotas = draw
    must = tuple(data.draw(st.sets(st.sampled_from(pool.ids), max_size=1)))
    never = tuple(data.draw(st.sets(st.sampled_from(pool.ids), max_size=2)) - set(must))
    there = feasible_panels(pool, quotas, None, must, never)
    if not there:
        with pytest.raises(InfeasibleError):
            lottery_of(pool, quotas, must=must, never=never)
        return

    lottery = lottery_of(pool, quotas, must=must, never=never, panels=20)

    np.testing.assert_allclose(lottery.ideal, leximin_by_trying(pool, there), atol=1e-6)
    assert set(lottery.never_chosen) == set(pool.ids) - {one for panel in there for one in panel}


def test_where_whole_panels_reach_less_than_averages_it_is_proven_by_integer_programs() -> None:
    lottery = lottery_of(TRIANGLE, AT_MOST_ONE, panels=999)

    np.testing.assert_allclose(lottery.ideal, [1 / 3, 1 / 3, 1 / 3, 1], atol=1e-9)
    assert lottery.published.tolist() == [333, 333, 333, 999]
    assert not lottery.certificate.is_relaxed_reached
    assert lottery.certificate.upper_bound == pytest.approx(1 / 3)
    assert {level.proof for level in lottery.certificate.levels} <= {"pricing", "size"}
    states = {check.code: check.state for check in verify_lottery(TRIANGLE, AT_MOST_ONE, lottery)}
    assert states.pop("sortition.check_certificate") == "open"
    assert set(states.values()) == {"passed"}


def test_the_order_of_rows_changes_nothing() -> None:
    turned = Pool(POOL.ids[::-1], POOL.features, POOL.values[::-1], POOL.households[::-1])

    one = lottery_of(POOL, QUOTAS, at_most_per_household=1)
    other = lottery_of(turned, Quotas(2, QUOTAS.rows[::-1]), at_most_per_household=1)

    assert commitment_of(one) == commitment_of(other)


def test_people_of_one_household_are_never_on_one_panel() -> None:
    lottery = lottery_of(POOL, QUOTAS, at_most_per_household=1, panels=10)

    assert lottery.ideal.tolist() == [0, 1, 0.5, 0.5]
    assert lottery.never_chosen == ("a",)


@pytest.mark.parametrize(
    ("seats", "people", "least", "most"), [(1, 1, 0, 1), (1, 2, 0, 1), (2, 2, 0, 2), (3, 7, 0, 3), (7, 7, 7, 7)]
)
def test_the_smallest_and_the_loosest_draws_work(seats: int, people: int, least: int, most: int) -> None:
    pool = Pool(tuple("abcdefg"[:people]), ("x",), (("1",),) * people)
    quotas = Quotas(seats, (Quota("x", "1", least, most), Quota("x", "nobody has this", 0, seats)))

    lottery = lottery_of(pool, quotas)

    np.testing.assert_allclose(lottery.ideal, seats / people)
    assert {check.state for check in verify_lottery(pool, quotas, lottery)} == {"passed"}


def test_rules_and_numbers_of_panels_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="unknown_rule"):
        lottery_of(POOL, QUOTAS, rule="fair")
    with pytest.raises(InputError, match="no_panels"):
        lottery_of(POOL, QUOTAS, panels=0)


@needs_shared
def test_a_lottery_can_be_cancelled_at_any_moment() -> None:
    pool, quotas = shared_case("sf_fixture_22", 22)
    told: list[tuple[float, str]] = []

    def stop_later(share: float, name: str) -> None:
        told.append((share, name))
        if len(told) == 15:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lottery_of(pool, quotas, progress=stop_later)

    assert len(told) == 15
    assert {name for _, name in told} == {"chances", "panels"}


@needs_shared
@pytest.mark.parametrize(
    ("name", "seats", "least"),
    [("example_small_20", 20, 0.1), ("sf_fixture_22", 22, 0.090909), ("gss14_60", 60, 0.056075)],
)
def test_a_real_pool_gets_the_published_least_chance_and_a_lottery_that_verifies(
    name: str, seats: int, least: float
) -> None:
    pool, quotas = shared_case(name, seats)

    lottery = lottery_of(pool, quotas)

    assert float(lottery.ideal.min()) == pytest.approx(least, abs=1e-6)
    assert lottery.published.min() == int(1000 * lottery.ideal.min() + 1e-6)
    assert (lottery.published <= np.ceil(1000 * lottery.ideal - 1e-6)).all()
    assert lottery.certificate.is_relaxed_reached
    assert {check.state for check in verify_lottery(pool, quotas, lottery)} == {"passed"}


@pytest.mark.parametrize(("seed", "least"), [(2, 0.017485)])
def test_a_tight_pool_gets_what_averages_promise_and_its_proof_by_adding_up(seed: int, least: float) -> None:
    """Quotas without room, of six features: swaps of single seats leave most of the panels bad."""
    pool, quotas = skewed_draw(seed, 300, 40, 6, 0)

    lottery = lottery_of(pool, quotas)

    assert float(lottery.ideal.min()) == pytest.approx(least, abs=1e-6)
    assert (np.abs(lottery.exact - lottery.ideal) <= 1e-7 * lottery.ideal).all()
    assert (np.abs(lottery.published - 1000 * lottery.ideal) < 1 + 1e-6).all()
    assert lottery.certificate.is_relaxed_reached
    assert {check.state for check in verify_lottery(pool, quotas, lottery)} == {"passed"}


DRAWN_ELSEWHERE = """
import numpy as np
from burgertop.core.sortition import Pool, Quota, Quotas, commitment_of, lottery_of

rng = np.random.default_rng(4)
values = np.stack([rng.choice(size, 400, p=rng.dirichlet(np.full(size, 3.0))) for size in (2, 3, 4, 3, 5)], axis=1)
pool = Pool(tuple(f"{one:03d}" for one in range(400)), tuple("abcde"), tuple(tuple(map(str, row)) for row in values))
quotas = Quotas(30, tuple(
    Quota(name, str(value), max(0, int(30 / size) - 3), int(30 / size) + 3)
    for name, size in zip("abcde", (2, 3, 4, 3, 5))
    for value in range(size)
))
for rule in ("leximin", "maximin", "nash", "goldilocks"):
    print(commitment_of(lottery_of(pool, quotas, rule=rule, panels=200)))
"""


def test_no_digit_of_what_is_published_depends_on_the_processor() -> None:
    modern = [name for name, is_here in np._core._multiarray_umath.__cpu_features__.items() if is_here]
    dispatched = [name for name in np._core._multiarray_umath.__cpu_dispatch__ if name in modern]
    many = {"OPENBLAS_NUM_THREADS": "3"}
    old = {
        "OPENBLAS_NUM_THREADS": "1",
        "OPENBLAS_CORETYPE": "Nehalem",
        "NPY_DISABLE_CPU_FEATURES": " ".join(dispatched),
    }

    said = [
        subprocess.run(
            [sys.executable, "-c", DRAWN_ELSEWHERE],
            env=os.environ | machine,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        ).stdout
        for machine in (many, old)
    ]

    assert len(said[0].split()) == 4
    assert said[0] == said[1]


def test_what_is_written_has_no_more_digits_than_mean_something() -> None:
    lottery = lottery_of(POOL, QUOTAS, panels=7)

    chances = np.concatenate([lottery.ideal, lottery.exact])
    assert np.array_equal(lottery.exact, np.round(lottery.exact, 12))
    assert np.array_equal(lottery.weights, np.round(lottery.weights, 15))
    assert chances.max() <= 1
    assert not np.signbit(np.concatenate([chances, lottery.weights])).any()
