"""Staff gets tables; tables for which there is nobody are known."""

from datetime import datetime

import pytest

from burgertop.foundation.files.tables import read_table
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import StaffDraft
from burgertop.stages.summit.models import Duty, Round, Seat, Staff, StaffRole, Table
from burgertop.stages.summit.queries.staff import bare_of, duties_of

FILE = b"name,role,languages\nAnn,facilitator,nl\nBea,host,nl|fr\nCis,facilitator,fr\nDan,interpreter,nl fr\n"


@pytest.fixture
def seats(rounds: list[Round], tables: list[Table], people: list[Participant]) -> None:
    """Three people at each table, round after round."""
    at = [0, 0, 0, 1, 1, 1, 3, 2, 2, 2, 3, 3]
    Seat.objects.bulk_create(
        Seat(round=one, table=tables[place], participant=person)
        for one in rounds
        for place, person in zip(at, people, strict=True)
    )


@pytest.fixture
def staff(stage: Stage) -> dict[str, Staff]:
    actions.take_staff(stage, actions.staff_drafts_from(read_table("staff.csv", FILE)))
    return {one.name: one for one in Staff.objects.all()}


def given(stage: Stage) -> set[tuple[str, int, int | None]]:
    return {(one.staff.name, one.table.number, one.round.number if one.round else None) for one in duties_of(stage)}


def test_a_file_is_taken_and_taking_it_again_changes_languages_only(stage: Stage, staff: dict[str, Staff]) -> None:
    again = actions.take_staff(stage, [StaffDraft("Ann", StaffRole.FACILITATOR, ("nl", "de"))])

    assert (len(staff), staff["Bea"].role, staff["Bea"].languages, again) == (4, "facilitator", ["nl", "fr"], 0)
    assert Staff.objects.get(name="Ann").languages == ["nl", "de"]


@pytest.mark.parametrize(
    ("row", "column"),
    [("Ann,cook,nl", "role"), (",host,nl", "name"), ("Ann,host,", "languages"), ("A,host,??", "languages")],
)
def test_a_row_that_cannot_be_read_is_named(row: str, column: str) -> None:
    file = read_table("staff.csv", f"name,role,languages\n{row}\n".encode())

    with pytest.raises(HouseError) as caught:
        actions.staff_drafts_from(file)

    assert (caught.value.code, caught.value.params["line"], caught.value.params["column"]) == (
        "summit.bad_staff_row",
        2,
        column,
    )


def test_everybody_works_where_they_speak_the_languages_and_nobody_with_friends(
    stage: Stage, seats: None, staff: dict[str, Staff], people: list[Participant], now: datetime
) -> None:
    staff["Ann"].knows.set([people[0]])

    counts = actions.assign_staff(stage, now=now)
    first = given(stage)
    actions.assign_staff(stage, now=now)

    led = {table: name for name, table, number in first if number is None}
    assert counts == (3, 2)
    assert led[3] in {"Bea", "Cis"}
    assert led.get(1) != "Ann"
    assert {(name, table, number) for name, table, number in first if number} == {("Dan", 4, 1), ("Dan", 4, 2)}
    assert given(stage) == first
    assert Entry.objects.filter(kind="staff_assigned").count() == 1


def test_tables_without_staff_are_known(stage: Stage, rounds: list[Round], seats: None, now: datetime) -> None:
    actions.take_staff(stage, [StaffDraft("Ann", StaffRole.FACILITATOR, ("nl",))])

    actions.assign_staff(stage, now=now)

    bare = bare_of(stage, rounds)
    assert len(bare.no_facilitator) == 3
    assert bare.no_interpreter == {1: (4,), 2: (4,)}
    assert not bare.is_none


def test_all_interpreters_are_ill_and_their_tables_work_in_one_language(
    stage: Stage, rounds: list[Round], seats: None, staff: dict[str, Staff], people: list[Participant], now: datetime
) -> None:
    actions.assign_staff(stage, now=now)
    actions.change_staff(staff["Dan"], languages=["nl", "fr"], knows=[], is_away=True, now=now)
    bare = bare_of(stage, rounds)

    changed = actions.lead_in_one_language(stage, now=now)
    again = actions.lead_in_one_language(stage, now=now)
    Table.objects.update(seats=6)
    actions.seat_hall(stage, seed="1", effort="quick", least_speakers=1, now=now)

    table = Table.objects.get(number=4)
    assert (bare.no_interpreter, changed, again) == ({1: (4,), 2: (4,)}, 1, 0)
    assert (table.languages, table.interpreter_languages) == (["fr"], [])
    assert {one.participant.language for one in Seat.objects.filter(table=table)} == {"fr"}
    assert bare_of(stage, rounds).no_interpreter == {1: (), 2: ()}


def test_who_is_away_has_no_table_and_comes_back(
    stage: Stage, seats: None, staff: dict[str, Staff], now: datetime
) -> None:
    actions.assign_staff(stage, now=now)
    actions.change_staff(staff["Cis"], languages=["fr"], knows=[], is_away=True, now=now)
    away = Duty.objects.filter(staff__name="Cis").count()
    back = actions.change_staff(staff["Cis"], languages=["fr"], knows=[], is_away=False, now=now)
    actions.drop_staff(staff["Dan"])

    assert (away, back.is_away, Staff.objects.count()) == (0, False, 3)


def test_a_file_of_a_whole_town_is_refused(stage: Stage) -> None:
    drafts = [StaffDraft(f"Host {number}", StaffRole.FACILITATOR, ("nl",)) for number in range(1001)]

    with pytest.raises(HouseError) as caught:
        actions.take_staff(stage, drafts)

    assert say(caught.value) == "These are more than 1000 people. Look at the file again."
