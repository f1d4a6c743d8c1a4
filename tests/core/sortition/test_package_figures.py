"""What can be counted in the figures that everybody gets."""

from typing import Any

import pytest
from tests.core.sortition.package_cases import public

from burgertop.core.sortition.package_figures import checks_of_figures, checks_of_pick
from burgertop.core.sortition.verify import FAILED


def failed(package: dict[str, Any]) -> set[str]:
    checks = [*checks_of_figures(package), *checks_of_pick(package)]
    return {check.code.partition("_")[2] for check in checks if check.state == FAILED}


def test_a_panel_that_is_missing_is_wrong() -> None:
    package = public()
    package["totals"].pop()

    assert failed(package) == {"quotas", "seats"}


def test_a_total_that_is_missing_is_wrong() -> None:
    package = public()
    package["totals"][7].pop()

    assert failed(package) == {"quotas", "seats"}


@pytest.mark.parametrize(
    "columns",
    [
        [[0], [1, 2], [3, 5], [4], [6]],
        [[0], [1, 2], [3, 5], [4], [6], [6]],
        [[0], [1, 3], [2, 5], [4], [6], [7]],
    ],
)
def test_columns_that_leave_a_quota_out_or_mix_features_are_wrong(columns: list[list[int]]) -> None:
    assert failed(public() | {"columns": columns}) == {"quotas", "seats"}


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ([{"from": 0, "to": 100, "people": 48}], set()),
        ([{"from": 0, "to": 10, "people": 39}, {"from": 11, "to": 100, "people": 9}], {"cells"}),
        ([{"from": 0, "to": 9, "people": 33}, {"from": 11, "to": 100, "people": 15}], {"cells"}),
        ([{"from": 1, "to": 100, "people": 48}], {"cells"}),
        ([{"from": 0, "to": 101, "people": 48}], {"cells"}),
        ([{"from": 0, "to": 100, "people": 47}], {"cells"}),
        ([], {"cells", "places"}),
        ([{"from": 0, "to": 10, "people": 48}], {"places"}),
    ],
)
def test_the_table_of_chances_counts_everybody_once_and_fits_the_seats(
    cells: list[dict[str, int]], wrong: set[str]
) -> None:
    assert failed(public() | {"chances": cells}) == wrong


@pytest.mark.parametrize(
    ("bound", "reached", "gap", "is_right"),
    [
        (10**11, 10**11, 0, True),
        (10**11, 10**11 - 2, 0, True),
        (10**11, 10**11 - 3, 0, False),
        (10**11, 9 * 10**10, 10**11, True),
        (10**11, 9 * 10**10, 9 * 10**10, False),
        (10**11, 11 * 10**10, 0, False),
        (10**12 + 1, 10**12, 1, False),
        (10**11, 10**11, -1, False),
    ],
)
def test_bound_chance_and_gap_fit_each_other(bound: int, reached: int, gap: int, is_right: bool) -> None:
    figures = {"upper_bound": bound, "min_probability": reached, "gap": gap, "is_relaxed_reached": True}

    assert failed(public() | {"certificate": figures}) == (set() if is_right else {"bound"})


@pytest.mark.parametrize(
    "pick",
    [
        {"dice": 0, "panel": 0},
        {"dice": 4, "public_seed": "4", "panel": 4},
        {"panel": 4},
        {"public_seed": "", "panel": 4},
    ],
)
def test_a_chance_that_is_none_picks_nothing(pick: dict[str, Any]) -> None:
    assert failed(public() | {"pick": pick}) == {"pick"}
