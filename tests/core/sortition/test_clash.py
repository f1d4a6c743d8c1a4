"""Why no panel exists, checked against every panel there could be."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sortition.cases import all_panels, moved_seats, needs_shared, shared_case, tiny_draws

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import Feasibility, Pool, Quota, Quotas, Relaxation, check_feasibility, never_chosen

POOL = Pool(tuple("abc"), ("gender", "age"), (("woman", "<30"), ("woman", "30+"), ("man", "30+")), ("h", "h", "h"))
YOUNG = (Quota("age", "<30", 0, 1), Quota("age", "30+", 1, 2))


@settings(max_examples=150, deadline=None)
@given(draw=tiny_draws(), limit=st.sampled_from((None, 2)))
def test_feasibility_clash_and_relaxation_agree_with_brute_force(draw: tuple[Pool, Quotas], limit: int | None) -> None:
    pool, quotas = draw
    panels = list(all_panels(pool, quotas.seats, limit))
    least = min((moved_seats(pool, quotas.rows, panel) for panel in panels), default=None)

    if least is None:
        with pytest.raises(InfeasibleError, match="no_panel_without_quotas"):
            check_feasibility(pool, quotas, at_most_per_household=limit)
        return
    found = check_feasibility(pool, quotas, at_most_per_household=limit)

    assert found.is_feasible == (least == 0)
    assert sum(move.moved_seats for move in found.relaxation) == least
    if not found.is_feasible:
        assert all(moved_seats(pool, found.clash, panel) > 0 for panel in panels)
        for left_out in found.clash:
            rest = tuple(row for row in found.clash if row != left_out)
            assert any(moved_seats(pool, rest, panel) == 0 for panel in panels)
        assert found.is_smallest
        for fewer in combinations(quotas.rows, len(found.clash) - 1):
            assert any(moved_seats(pool, fewer, panel) == 0 for panel in panels)


@settings(max_examples=100, deadline=None)
@given(draw=tiny_draws())
def test_who_can_never_be_chosen_agrees_with_brute_force(draw: tuple[Pool, Quotas]) -> None:
    pool, quotas = draw
    panels = [p for p in all_panels(pool, quotas.seats) if moved_seats(pool, quotas.rows, p) == 0]

    if not panels:
        with pytest.raises(InfeasibleError, match="no_feasible_panel"):
            never_chosen(pool, quotas)
        return

    seen = {one for panel in panels for one in panel}
    assert never_chosen(pool, quotas) == tuple(one for one in pool.ids if one not in seen)


def test_two_quotas_that_clash_only_together_are_both_named() -> None:
    man, young = Quota("gender", "man", 1, 1), Quota("age", "<30", 1, 1)
    quotas = Quotas(1, (Quota("gender", "woman", 0, 1), man, young, Quota("age", "30+", 0, 1)))

    found = check_feasibility(POOL, quotas)

    assert (found.is_feasible, found.clash) == (False, (young, man))
    assert sum(move.moved_seats for move in found.relaxation) == 1


def test_a_relaxation_stays_within_the_flex_of_the_quotas() -> None:
    stiff = Quota("gender", "man", 2, 2, least_flex=2, most_flex=2)
    loose = Quota("gender", "man", 2, 2, least_flex=1)
    woman = Quota("gender", "woman", 0, 0, most_flex=1)

    too_stiff = check_feasibility(POOL, Quotas(2, (stiff, woman, *YOUNG)))
    enough = check_feasibility(POOL, Quotas(2, (loose, woman, *YOUNG)))

    assert too_stiff == Feasibility(is_feasible=False, clash=(woman,), is_smallest=True)
    assert set(enough.relaxation) == {Relaxation(loose, 1, 2), Relaxation(woman, 0, 1)}


def test_limits_that_leave_too_few_people_are_told_apart_from_quotas_that_clash() -> None:
    quotas = Quotas(2, (Quota("gender", "woman", 0, 2), Quota("gender", "man", 0, 2)))

    with pytest.raises(InfeasibleError) as caught:
        check_feasibility(POOL, quotas, at_most_per_household=1)

    assert (caught.value.code, caught.value.params) == ("sortition.no_panel_without_quotas", {"seats": 2})


def test_people_kept_away_are_among_those_never_chosen() -> None:
    quotas = Quotas(1, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1)))

    assert never_chosen(POOL, quotas, never=["c"]) == ("c",)
    assert never_chosen(POOL, quotas, must=["a"]) == ("b", "c")


@needs_shared
def test_more_german_speakers_than_the_pool_has_are_named_and_the_least_relaxation_found() -> None:
    pool, quotas = shared_case("g1000_be5k_1000", 1000)
    there = pool.column("language").count("de")
    many = Quota("language", "de", there + 4, there + 4)
    rows = tuple(many if row.value == "de" else row for row in quotas)
    room = tuple(Quota(r.feature, r.value, 0, r.most) if r.feature == "language" and r != many else r for r in rows)

    found = check_feasibility(pool, Quotas(1000, room))

    assert found.clash == (many,)
    assert found.relaxation[0] == Relaxation(many, there, there + 4)


@needs_shared
def test_a_real_pool_has_nobody_without_a_chance() -> None:
    pool, quotas = shared_case("sf_fixture_22", 22)

    assert check_feasibility(pool, quotas) == Feasibility(is_feasible=True)
    assert never_chosen(pool, quotas) == ()
