"""From a pool and quotas to a panel that anybody can draw again."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from burgertop.core.errors import CoreError, InfeasibleError, InputError
from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions, queries
from burgertop.foundation.draws.checking import replay, verify
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, DrawState, Member, Standing
from burgertop.foundation.draws.results import result_digest
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.actions import erase
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.people.vault import open_identity
from burgertop.foundation.process.models import Process, Stage, StageKind, Template
from burgertop.foundation.record.models import Entry

pytestmark = pytest.mark.django_db

NOW = datetime(2011, 10, 1, 12, tzinfo=UTC)
SEXES = (Quota("sex", "F", 2, 2), Quota("sex", "M", 2, 2))


@pytest.fixture
def stage() -> Stage:
    process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl", "fr"])
    return Stage.objects.create(process=process, kind=StageKind.LOTTERY, slug="lottery", order=1)


def people(women: int = 6, men: int = 6) -> list[PoolRow]:
    return [
        PoolRow(pool_id=f"p{number}", features={"sex": sex, "area": "north" if number % 2 else "south"}, language="nl")
        for number, sex in enumerate("F" * women + "M" * men, start=1)
    ]


@pytest.fixture
def ready(stage: Stage) -> Draw:
    draw = actions.found_draw(stage, "hall", seats=4)
    actions.fill_pool(draw, people())
    return actions.set_quotas(draw, SEXES)


def lines_of(stage: Stage, kind: str) -> list[dict[str, object]]:
    return [entry.facts for entry in Entry.objects.filter(process_id=stage.process_id, kind=kind)]


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

    found = queries.feasibility_of(ready)

    assert not found.is_feasible
    assert [(move.quota.value, move.least, move.most) for move in found.relaxation] != []


def test_sealing_fixes_pool_and_quotas_and_tells_the_record(ready: Draw) -> None:
    sealed = actions.commit(ready, now=NOW)

    assert (sealed.state, len(sealed.input_digest)) == (DrawState.COMMITTED, 64)
    assert lines_of(sealed.stage, "draw_committed")[0]["input_digest"] == sealed.input_digest
    with pytest.raises(DrawError) as caught:
        actions.set_quotas(ready, SEXES)
    assert caught.value.code == "draws.sealed"


def test_sealing_twice_writes_one_line(ready: Draw) -> None:
    first = actions.commit(ready, now=NOW)

    assert actions.commit(ready, now=NOW).input_digest == first.input_digest
    assert len(lines_of(first.stage, "draw_committed")) == 1


def test_quotas_that_nobody_can_meet_cannot_be_sealed(ready: Draw) -> None:
    actions.set_quotas(
        ready, [*SEXES, Quota("area", "north", 0, 4), Quota("area", "south", 0, 4), Quota("area", "x", 1, 4)]
    )

    with pytest.raises(InfeasibleError):
        actions.commit(ready, now=NOW)

    assert Draw.objects.get().state == DrawState.PREPARING


def test_nothing_is_drawn_before_the_seal(ready: Draw) -> None:
    with pytest.raises(DrawError) as caught:
        actions.draw_panel(ready, public_seed="3 1 4", now=NOW)

    assert caught.value.code == "draws.not_committed"


def test_a_panel_meets_its_quotas_and_can_be_drawn_again(ready: Draw) -> None:
    actions.commit(ready, now=NOW)

    drawn = actions.draw_panel(ready, public_seed="3 1 4", now=NOW)

    numbers = [one.number for one in queries.roster_of(drawn)]
    assert len(numbers) == 4
    assert drawn.result_digest == result_digest(numbers)
    assert verify(drawn) == ()
    assert replay(drawn).is_same is True
    assert queries.remaining_of(drawn).count() == 8


def test_the_record_names_rule_chance_and_digests_and_nobody(ready: Draw) -> None:
    actions.commit(ready, now=NOW)

    drawn = actions.draw_panel(ready, public_seed=" 3  1 4", now=NOW)

    assert lines_of(drawn.stage, "draw_chance") == [{"draw": "hall", "seed": "3 1 4"}]
    assert lines_of(drawn.stage, "draw_made") == [
        {
            "draw": "hall",
            "stage": str(drawn.stage_id),
            "seats": 4,
            "rule": "random-objective",
            "version": drawn.version,
            "seed": "3 1 4",
            "input_digest": drawn.input_digest,
            "result_digest": drawn.result_digest,
        }
    ]


def test_a_draw_is_drawn_once(ready: Draw) -> None:
    actions.commit(ready, now=NOW)
    first = actions.draw_panel(ready, public_seed="3 1 4", now=NOW)

    again = actions.draw_panel(ready, public_seed="3 1 4", now=NOW)

    assert again.result_digest == first.result_digest
    assert len(lines_of(first.stage, "draw_made")) == 1
    with pytest.raises(DrawError) as caught:
        actions.draw_panel(ready, public_seed="2 7 1", now=NOW)
    assert caught.value.code == "draws.other_seed"


def test_an_empty_chance_is_refused(ready: Draw) -> None:
    actions.commit(ready, now=NOW)

    with pytest.raises(CoreError) as caught:
        actions.announce_chance(ready, "  ", now=NOW)

    assert caught.value.code == "sortition.empty_seed"


def test_somebody_erased_after_the_seal_is_not_drawn_and_the_record_says_how_many(ready: Draw) -> None:
    actions.commit(ready, now=NOW)
    erased = queries.people_in(ready)[0]
    erase(erased.participant, now=NOW)

    drawn = actions.draw_panel(ready, public_seed="3 1 4", now=NOW)

    assert Member.objects.get(pk=erased.pk).standing == Standing.IN_POOL
    assert lines_of(drawn.stage, "draw_made")[0]["erased_since_sealed"] == 1
    assert replay(drawn).is_same is None


def test_a_changed_pool_is_noticed_at_the_draw(ready: Draw) -> None:
    actions.commit(ready, now=NOW)
    person = queries.people_in(ready)[0].participant
    person.features = person.features | {"sex": "M"}
    person.save()

    with pytest.raises(DrawError) as caught:
        actions.draw_panel(ready, public_seed="3 1 4", now=NOW)

    assert caught.value.code == "draws.input_changed"


def test_who_leaves_is_no_longer_on_the_roster(ready: Draw) -> None:
    actions.commit(ready, now=NOW)
    drawn = actions.draw_panel(ready, public_seed="3 1 4", now=NOW)
    member = queries.roster_of(drawn)[0]

    actions.leave(member, now=NOW)
    actions.leave(member, now=NOW)

    assert queries.roster_of(drawn).count() == 3
    assert lines_of(drawn.stage, "seat_left") == [{"draw": "hall"}]


@pytest.mark.slow
def test_a_thousand_of_five_thousand_are_drawn(stage: Stage, shared_data: Path) -> None:
    folder = shared_data / "sortition" / "g1000_be5k_1000"
    with (folder / "respondents.csv").open(encoding="utf-8") as file:
        rows = [PoolRow(str(n), row, row["language"]) for n, row in enumerate(csv.DictReader(file), start=1)]
    with (folder / "categories.csv").open(encoding="utf-8") as file:
        quotas = [Quota(r["category"], r["feature"], int(r["min"]), int(r["max"])) for r in csv.DictReader(file)]
    draw = actions.found_draw(stage, "thousand", seats=1000)
    actions.fill_pool(draw, rows)
    actions.set_quotas(draw, quotas)
    actions.commit(draw, now=NOW)

    drawn = actions.draw_panel(draw, public_seed="7 0 4", now=NOW)

    assert queries.roster_of(drawn).count() == 1000
    assert verify(drawn) == ()
