"""One panel that meets the quotas: whenever there is one, and never another."""

import csv
from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.core.sortition.cases import SHARED, all_panels, moved_seats, needs_shared, shared_case, tiny_draws

from burgertop.core.errors import InfeasibleError, InputError
from burgertop.core.sortition import Panel, Pool, Quota, Quotas, breaches_of, feasible_panel, rng_from_seed

POOL = Pool(tuple("abcd"), ("gender",), (("woman",), ("man",), ("woman",), ("man",)), ("h", "h", "", ""))
QUOTAS = Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1)))


@settings(max_examples=150, deadline=None)
@given(draw=tiny_draws(), seed=st.integers(0, 99), limit=st.sampled_from((None, 1, 2)))
def test_a_panel_is_found_exactly_when_one_exists(draw: tuple[Pool, Quotas], seed: int, limit: int | None) -> None:
    pool, quotas = draw
    panels = [p for p in all_panels(pool, quotas.seats, limit) if moved_seats(pool, quotas.rows, p) == 0]

    if not panels:
        with pytest.raises(InfeasibleError, match="no_feasible_panel"):
            feasible_panel(pool, quotas, np.random.default_rng(seed), at_most_per_household=limit)
        return
    found = feasible_panel(pool, quotas, np.random.default_rng(seed), at_most_per_household=limit)

    assert found.ids in panels


@settings(max_examples=50, deadline=None)
@given(draw=tiny_draws(), seed=st.integers(0, 99))
def test_the_panel_has_the_largest_sum_of_random_numbers(draw: tuple[Pool, Quotas], seed: int) -> None:
    pool, quotas = draw
    weight_of = dict(zip(sorted(pool.ids), np.random.default_rng(seed).random(len(pool)), strict=True))
    panels = [p for p in all_panels(pool, quotas.seats) if moved_seats(pool, quotas.rows, p) == 0]
    assume(panels)

    found = feasible_panel(pool, quotas, np.random.default_rng(seed))

    assert found.ids == max(panels, key=lambda panel: sum(weight_of[one] for one in panel))


def test_the_order_of_the_rows_does_not_matter() -> None:
    pool, quotas = Pool(tuple("dcba"), ("gender",), POOL.values[::-1]), Quotas(2, QUOTAS.rows[::-1])

    panels = [
        feasible_panel(one, rows, np.random.default_rng(seed))
        for one, rows in ((POOL, QUOTAS), (pool, quotas))
        for seed in range(20)
    ]

    assert panels[:20] == panels[20:]
    assert len(set(panels)) > 1


def test_people_who_must_and_never_sit_do_and_do_not() -> None:
    found = [feasible_panel(POOL, QUOTAS, np.random.default_rng(seed), must=["a"], never=["b"]) for seed in range(5)]

    assert found == [Panel(("a", "d"), "random-objective")] * 5


def test_a_household_sends_no_more_people_than_allowed() -> None:
    found = {
        feasible_panel(POOL, QUOTAS, np.random.default_rng(seed), at_most_per_household=1).ids for seed in range(40)
    }

    assert found == {("a", "d"), ("b", "c"), ("c", "d")}


def test_that_no_panel_exists_is_an_error_with_numbers() -> None:
    quotas = Quotas(3, (Quota("gender", "woman", 3, 3), Quota("gender", "man", 0, 0)))

    with pytest.raises(InfeasibleError) as caught:
        feasible_panel(POOL, quotas, np.random.default_rng(1))

    assert (caught.value.code, caught.value.params) == ("sortition.no_feasible_panel", {"seats": 3, "people": 4})


def test_a_person_who_must_sit_has_to_be_in_the_pool() -> None:
    with pytest.raises(InputError, match="unknown_person"):
        feasible_panel(POOL, QUOTAS, np.random.default_rng(1), must=["z"])


@needs_shared
@pytest.mark.parametrize(
    ("name", "seats"), [("sf_fixture_22", 22), ("hd_like_30", 30), ("nexus_like_170", 170), ("g1000_be5k_1000", 1000)]
)
def test_a_real_pool_gives_a_panel_that_meets_every_quota(name: str, seats: int) -> None:
    pool, quotas = shared_case(name, seats)

    panel = feasible_panel(pool, quotas, rng_from_seed("3 5 1 6 2", "0" * 64))

    assert breaches_of(pool, quotas, panel.ids) == ()


@needs_shared
def test_two_german_speakers_sit_among_the_32_of_2012() -> None:
    quotas, pool = panel_of_2012()

    panel = feasible_panel(pool, quotas, np.random.default_rng(2012))

    languages = dict(zip(pool.ids, pool.column("language"), strict=True))
    assert breaches_of(pool, quotas, panel.ids) == ()
    assert Counter(languages[one] for one in panel.ids) == {"nl": 18, "fr": 12, "de": 2}


def panel_of_2012() -> tuple[Quotas, Pool]:
    """Take the published counts as quotas, and 491 invented candidates with three German speakers."""
    closed = {"30-45": "30-44", "45-60": "45-59"}
    with (SHARED / "g1000" / "panel_g32.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["drawn_on"] == "yes"]
    quotas = Quotas(
        32,
        tuple(
            Quota(r["dimension"], closed.get(r["category"], r["category"]), int(r["count"]), int(r["count"]))
            for r in rows
        ),
    )
    rng = np.random.default_rng(1)
    provinces = [row.value for row in quotas.of("province")]
    values = []
    for number in range(491):
        province = "BE33" if number < 3 else str(rng.choice(provinces))
        mostly = "fr" if province.startswith("BE3") else "nl"
        language = "de" if number < 3 else str(rng.choice(["nl", "fr"])) if province == "BE10" else mostly
        if province == "BE24" and rng.random() < 0.2:
            language = "fr"
        sex, age = str(rng.choice(["F", "M"])), str(rng.choice(["<30", "30-44", "45-59", "60+"]))
        values.append((province, language, sex, age))
    ids = tuple(f"p{number:03d}" for number in range(491))
    return quotas, Pool(ids, ("province", "language", "sex", "age_band"), tuple(values))
