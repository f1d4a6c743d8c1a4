"""Quotas that contradict themselves or the pool are refused with what is wrong."""

import csv

import pytest
from tests.core.sortition.cases import SHARED, needs_shared

from burgertop.core.errors import InputError, Param
from burgertop.core.sortition import Pool, Quota, Quotas

POOL = Pool(("a", "b", "c"), ("gender", "age"), (("woman", "<30"), ("man", "<30"), ("woman", "30+")))
WOMAN, MAN = Quota("gender", "woman", 1, 2), Quota("gender", "man", 0, 1)


@pytest.mark.parametrize(
    ("values", "code", "params"),
    [
        (("", "woman", 0, 1), "sortition.empty_quota", {"feature": "", "value": "woman"}),
        (("gender", "woman", -1, 1), "sortition.negative_quota", {"feature": "gender", "value": "woman"}),
        (
            ("gender", "woman", 3, 2),
            "sortition.least_above_most",
            {"feature": "gender", "value": "woman", "least": 3, "most": 2},
        ),
        (("gender", "woman", 1, 2, 2), "sortition.flex_inside_quota", {"feature": "gender", "value": "woman"}),
        (("gender", "woman", 1, 2, 0, 1), "sortition.flex_inside_quota", {"feature": "gender", "value": "woman"}),
    ],
)
def test_a_quota_that_cannot_be_is_refused(
    values: tuple[str, str, int, int], code: str, params: dict[str, Param]
) -> None:
    with pytest.raises(InputError) as caught:
        Quota(*values)

    assert (caught.value.code, caught.value.params) == (code, params)


@pytest.mark.parametrize(
    ("seats", "rows", "code", "params"),
    [
        (0, (WOMAN,), "sortition.no_seats", {"seats": 0}),
        (1, (), "sortition.no_quotas", {}),
        (2, (WOMAN, WOMAN), "sortition.doubled_quota", {"feature": "gender", "value": "woman"}),
        (
            2,
            (Quota("gender", "woman", 2, 2), Quota("gender", "man", 1, 1)),
            "sortition.least_above_seats",
            {"feature": "gender", "total": 3, "seats": 2},
        ),
        (4, (WOMAN, MAN), "sortition.most_below_seats", {"feature": "gender", "total": 3, "seats": 4}),
        (
            2,
            (Quota("age", "30-45", 0, 2), Quota("age", "45-60", 0, 2)),
            "sortition.overlapping_bands",
            {"feature": "age", "first": "30-45", "second": "45-60"},
        ),
    ],
)
def test_quotas_that_contradict_each_other_are_refused(
    seats: int, rows: tuple[Quota, ...], code: str, params: dict[str, Param]
) -> None:
    with pytest.raises(InputError) as caught:
        Quotas(seats, rows)

    assert (caught.value.code, caught.value.params) == (code, params)


@pytest.mark.parametrize(
    ("seats", "rows", "code", "params"),
    [
        (4, (Quota("gender", "woman", 0, 4), MAN), "sortition.pool_too_small", {"people": 3, "seats": 4}),
        (1, (Quota("region", "north", 0, 1),), "sortition.unknown_feature", {"feature": "region"}),
        (
            1,
            (WOMAN,),
            "sortition.value_without_quota",
            {"feature": "gender", "value": "man", "people": 1},
        ),
    ],
)
def test_quotas_that_do_not_fit_the_pool_are_refused(
    seats: int, rows: tuple[Quota, ...], code: str, params: dict[str, Param]
) -> None:
    with pytest.raises(InputError) as caught:
        Quotas(seats, rows).check_against(POOL)

    assert (caught.value.code, caught.value.params) == (code, params)


def test_a_feature_without_quotas_and_a_value_nobody_has_are_allowed() -> None:
    quotas = Quotas(2, (WOMAN, MAN, Quota("gender", "x", 0, 1)))

    quotas.check_against(POOL)

    assert quotas.features == ("gender",)
    assert [row.value for row in quotas] == ["woman", "man", "x"]


@needs_shared
def test_the_age_bands_of_2012_overlap_as_they_were_published() -> None:
    with (SHARED / "g1000" / "panel_g32.csv").open(encoding="utf-8", newline="") as file:
        bands = [row for row in csv.DictReader(file) if row["dimension"] == "age_band"]
    rows = tuple(Quota("age", row["category"], int(row["count"]), int(row["count"])) for row in bands)

    with pytest.raises(InputError) as caught:
        Quotas(32, rows)

    assert caught.value.params == {"feature": "age", "first": "30-45", "second": "45-60"}
