"""Pool, quotas and terms before the seal."""

import pytest
from tests.foundation.draws.conftest import SEXES

from burgertop.core.errors import InputError
from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions, queries
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.draws.terms import feasibility_of, terms_of
from burgertop.foundation.process.models import Stage

pytestmark = pytest.mark.django_db


def test_founding_the_same_draw_twice_gives_one_draw(stage: Stage) -> None:
    first = actions.found_draw(stage, "hall", seats=4)

    assert actions.found_draw(stage, "hall", seats=4) == first


def test_another_number_of_seats_under_the_same_name_is_refused(stage: Stage) -> None:
    actions.found_draw(stage, "hall", seats=4)

    with pytest.raises(DrawError) as caught:
        actions.found_draw(stage, "hall", seats=5)

    assert caught.value.code == "draws.name_taken"


def test_quotas_that_contradict_themselves_are_refused(ready: Draw) -> None:
    with pytest.raises(InputError) as caught:
        actions.set_quotas(ready, [Quota("sex", "F", 5, 5), Quota("sex", "M", 0, 4)])

    assert caught.value.code == "sortition.least_above_seats"
    assert [(row.value, row.least) for row in ready.quotas.all()] == [("F", 2), ("M", 2)]


def test_the_table_of_quotas_counts_pool_and_panel(ready: Draw) -> None:
    table = queries.quota_table(ready)

    assert [(row.feature, row.value, row.least, row.most, row.in_pool, row.drawn) for row in table] == [
        ("sex", "F", 2, 2, 6, 0),
        ("sex", "M", 2, 2, 6, 0),
        ("area", "north", 0, 4, 6, 0),
        ("area", "south", 0, 4, 6, 0),
    ]


def test_a_clash_is_named_with_the_least_relaxation(ready: Draw) -> None:
    actions.set_quotas(
        ready, [*SEXES, Quota("area", "north", 0, 1), Quota("area", "south", 1, 2), Quota("area", "x", 1, 4)]
    )

    found = feasibility_of(terms_of(ready))

    assert not found.is_feasible
    assert [(move.quota.value, move.least, move.most) for move in found.relaxation] != []
