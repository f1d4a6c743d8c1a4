"""The totals of panels are whole, and never about fewer than ten people."""

from dataclasses import replace

import numpy as np
from tests.core.sortition.package_cases import LOTTERY, POOL, QUOTAS

from burgertop.core.sortition import Pool, Quota, Quotas
from burgertop.core.sortition.totals import totals_of

COLUMNS, TOTALS = totals_of(POOL, QUOTAS, LOTTERY)


def test_values_that_few_people_have_are_counted_together() -> None:
    """Five people from Gent, five from Eupen, seven under 30: others stand beside them."""
    named = [{QUOTAS.rows[place].value for place in column} for column in COLUMNS]

    assert named == [{"Liège"}, {"Gent", "Eupen"}, {"<30", "60+"}, {"30-59"}, {"woman"}, {"man"}]


def test_every_quota_is_in_one_column_and_ten_people_are_behind_it() -> None:
    assert sorted(place for column in COLUMNS for place in column) == list(range(len(QUOTAS.rows)))
    for column in COLUMNS:
        pairs = {(QUOTAS.rows[place].feature, QUOTAS.rows[place].value) for place in column}
        people = sum(bool(pairs & set(zip(POOL.features, row, strict=True))) for row in POOL.values)

        assert people >= 10


def test_the_totals_are_those_of_the_panels() -> None:
    for number, line in enumerate(TOTALS, 1):
        panel = [POOL.ids.index(one) for one in LOTTERY.panel(number)]
        counted = [sum(POOL.column(row.feature)[one] == row.value for one in panel) for row in QUOTAS]

        assert line == [sum(counted[place] for place in column) for column in COLUMNS]


def counted(values: str, panels: list[list[int]]) -> list[list[int]]:
    """The columns of one feature whose values are letters, one for each person."""
    ids = tuple(f"p{number}" for number in range(len(values)))
    quotas = Quotas(len(panels[0]), tuple(Quota("x", value, 0, len(panels[0])) for value in sorted(set(values))))
    lottery = replace(
        LOTTERY,
        ids=ids,
        panels=np.array(panels, dtype=np.int32),
        published=np.bincount(np.ravel(panels), minlength=len(ids)),
    )
    return totals_of(Pool(ids, ("x",), tuple((value,) for value in values)), quotas, lottery)[0]


def test_a_rare_value_that_all_panels_hold_equally_often_shows_nothing() -> None:
    everybody = [[0, *range(2, 17)], [1, *range(2, 17)]]

    assert counted("a" * 2 + "b" * 15, everybody) == [[0], [1]]


def test_people_on_no_panel_do_not_count() -> None:
    """Ten have the value, one of them is on panels."""
    assert counted("a" * 10 + "b" * 12, [[0, 10, 11], [12, 13, 14]]) == [[0, 1]]


def test_a_rare_value_is_never_alone_even_where_all_are_rare() -> None:
    assert counted("abc", [[0], [1], [2]]) == [[0, 1, 2]]
