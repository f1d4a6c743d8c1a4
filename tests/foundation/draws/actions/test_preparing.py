"""Pool, quotas and terms before the seal."""

import pytest
from tests.foundation.draws.conftest import SEXES

from burgertop.core.errors import InputError
from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions, queries
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.draws.terms import feasibility_of, terms_of
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.people.vault import open_identity
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


def test_people_of_a_pool_are_numbered_and_their_names_go_to_the_vault(stage: Stage) -> None:
    draw = actions.found_draw(stage, "hall", seats=1)
    row = PoolRow("a", {"sex": "F"}, "fr", ("fr", "nl"), {"given_name": "Mia"}, Origin.PARTNER)

    actions.fill_pool(draw, [row, PoolRow("b", {"sex": "M"}, "nl")])

    members = list(queries.people_in(draw))
    assert [(one.number, one.participant.pool_id, one.origin) for one in members] == [
        (1, "a", "partner"),
        (2, "b", "drawn"),
    ]
    identity = members[0].participant.identity
    assert identity is not None
    assert open_identity(identity) == {"given_name": "Mia"}
    assert members[1].participant.identity is None
    assert members[1].participant.speaks == ["nl"]


def test_a_second_file_is_added_after_the_first(stage: Stage) -> None:
    draw = actions.found_draw(stage, "hall", seats=1)
    actions.fill_pool(draw, [PoolRow("a", {"sex": "F"}, "nl")])

    actions.fill_pool(draw, [PoolRow("b", {"sex": "M"}, "nl")])

    assert [one.number for one in queries.people_in(draw)] == [1, 2]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "draws.empty_pool"),
        ([PoolRow("a", {}, "nl")], "draws.no_features"),
        ([PoolRow("a", {"sex": "F"}, "nl"), PoolRow("b", {}, "nl")], "draws.missing_value"),
        ([PoolRow("a", {"sex": "F"}, "nl"), PoolRow("a", {"sex": "M"}, "nl")], "draws.doubled_pool_id"),
        ([PoolRow("a", {"sex": "F"}, "Dutch")], "draws.unknown_language"),
        ([PoolRow("a", {"sex": "x" * 121}, "nl")], "draws.long_value"),
        ([PoolRow("a", {"sex": "F"}, "nl", identity={"shoe_size": "42"})], "draws.unknown_field"),
    ],
)
def test_a_pool_that_is_not_whole_leaves_nothing_behind(stage: Stage, rows: list[PoolRow], code: str) -> None:
    draw = actions.found_draw(stage, "hall", seats=1)

    with pytest.raises(DrawError) as caught:
        actions.fill_pool(draw, rows)

    assert caught.value.code == code
    assert (Participant.objects.count(), Identity.objects.count()) == (0, 0)


def test_an_id_that_the_process_knows_already_is_refused(ready: Draw) -> None:
    with pytest.raises(DrawError) as caught:
        actions.fill_pool(ready, [PoolRow("p3", {"sex": "F", "area": "north"}, "nl")])

    assert (caught.value.code, caught.value.params) == ("draws.known_pool_id", {"ids": ("p3",), "people": 1})


def test_an_emptied_pool_takes_its_people_and_names_with_it(stage: Stage) -> None:
    draw = actions.found_draw(stage, "hall", seats=1)
    actions.fill_pool(draw, [PoolRow("a", {"sex": "F"}, "nl", identity={"given_name": "Mia"})])

    gone = actions.empty_pool(draw)

    assert (gone, Participant.objects.count(), Identity.objects.count()) == (1, 0, 0)
    assert Draw.objects.get().features == []


def test_people_of_another_draw_stay_when_a_pool_is_emptied(stage: Stage, ready: Draw) -> None:
    panel = actions.found_draw(stage, "panel", seats=1)
    actions.add_members(panel, [one.participant for one in queries.people_in(ready)][:3])

    gone = actions.empty_pool(panel)

    assert (gone, Participant.objects.count()) == (3, 12)


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
