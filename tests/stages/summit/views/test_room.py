"""The room, one table, staff, rules, and a move by hand on the organiser's pages."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from burgertop.foundation.jobs.models import Job
from burgertop.foundation.people.models import Participant, Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import StaffDraft
from burgertop.stages.summit.jobs import check_again
from burgertop.stages.summit.models import Round, Seat, SeatPlan, SeatRule, Staff, StaffRole, Table, Weight
from burgertop.stages.summit.queries.plan import weights_of

HERE = "/en/town/summit/day/"
ClientAs = Callable[[Role | None], Client]


class Silent:
    """Somebody who listens to how far a job is, and says nothing."""

    def tell(self, done: int, total: int) -> None:
        """Take the news."""


@pytest.fixture
def planned(
    stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> SeatPlan:
    return actions.seat_hall(stage, seed="7 3 1", effort="quick", least_speakers=1, now=now)


def test_an_empty_room_says_what_comes_first(organiser: Client, stage: Stage) -> None:
    page = organiser.get(f"{HERE}room/").content.decode()

    assert "No tables are laid yet." in page
    assert "Make the rounds first." in page


def test_the_picture_has_a_link_for_each_table_and_the_list_says_the_same(
    organiser: Client, planned: SeatPlan, tables: list[Table], now: datetime
) -> None:
    actions.take_staff(planned.stage, [StaffDraft("Ann", StaffRole.FACILITATOR, ("nl",))])
    actions.assign_staff(planned.stage, now=now)
    Table.objects.filter(number=4).update(closed_at=now)

    page = organiser.get(f"{HERE}room/").content.decode()

    picture = page.split('class="room"')[1].split("</svg>")[0]
    assert picture.count("<a href=") == 4
    assert picture.count('class="room__lack"') == 3
    assert "Table 1: 3 of 4 seats, nl" in picture
    assert page.count("missing") >= 3
    assert "Ann" in page


def test_observers_see_counts_and_no_numbers_of_people(
    client_as: ClientAs, planned: SeatPlan, tables: list[Table], people: list[Participant]
) -> None:
    pages = {}
    for role in (Role.FACILITATOR, Role.OBSERVER):
        client = client_as(role)
        paths = ("room/", f"tables/{tables[0].pk}/seats/")
        pages[role] = [client.get(f"{HERE}{path}").content.decode() for path in paths]

    shown = {role: any(one.pool_id in page for one in people for page in found) for role, found in pages.items()}
    assert shown == {Role.FACILITATOR: True, Role.OBSERVER: False}
    assert "3 people" in pages[Role.OBSERVER][1]
    assert "Change this table" not in pages[Role.FACILITATOR][1]


def test_needs_are_shown_at_the_table_and_profiles_are_not(
    organiser: Client, planned: SeatPlan, people: list[Participant]
) -> None:
    people[0].features = {"sex": "F", "needs": "step_free", "income": "secret"}
    people[0].save()
    seat = Seat.objects.filter(participant=people[0]).select_related("table").first()
    assert seat is not None

    page = organiser.get(f"{HERE}tables/{seat.table_id}/seats/").content.decode()

    assert "step-free" in page
    assert "secret" not in page


def test_a_table_is_changed_closed_and_opened(organiser: Client, tables: list[Table]) -> None:
    address = f"{HERE}tables/{tables[0].pk}/"
    wrong = organiser.post(f"{address}change/", {"seats": 6, "languages": "??"}).content.decode()
    organiser.post(f"{address}change/", {"seats": 6, "languages": "nl de", "interpreter": "de", "hearing_loop": "on"})
    organiser.post(f"{address}close/")
    closed = organiser.get(f"{address}seats/").content.decode()
    organiser.post(f"{address}open/")

    table = Table.objects.get(pk=tables[0].pk)
    assert "not right yet" in wrong
    assert (table.seats, table.languages, table.interpreter_languages) == (6, ["nl", "de"], ["de"])
    assert (table.is_step_free, table.has_hearing_loop, table.closed_at) == (False, True, None)
    assert "This table is closed" in closed


def test_the_mix_of_2011_is_shown_and_then_laid(organiser: Client, stage: Stage) -> None:
    shown = organiser.post(f"{HERE}tables/", {"from": "mix", "people": 100, "each": 10}).content.decode()
    before = stage.tables.count()
    organiser.post(f"{HERE}tables/", {"from": "mix_kept", "people": 100, "each": 10})

    assert "This mix lays 10 tables" in shown
    assert (before, stage.tables.count()) == (0, 10)


def test_staff_comes_from_a_file_that_is_shown_first(organiser: Client, planned: SeatPlan, stage: Stage) -> None:
    file = SimpleUploadedFile("staff.csv", b"name,role,languages\nAnn,facilitator,nl\nDan,interpreter,nl fr\n")
    shown = organiser.post(f"{HERE}staff/", {"from": "file", "file": file})
    before = Staff.objects.count()
    organiser.post(f"{HERE}staff/", {"from": "kept", "kept_as": str(shown.context["kept_as"])})
    organiser.post(f"{HERE}staff/", {"from": "one", "name": "Bea", "role": "facilitator", "languages": "fr"})
    organiser.post(f"{HERE}staff/assign/")
    page = organiser.get(f"{HERE}staff/").content.decode()
    bad = organiser.post(
        f"{HERE}staff/", {"from": "file", "file": SimpleUploadedFile("s.csv", b"name,role,languages\nA,cook,nl\n")}
    ).content.decode()

    assert "This file has 2 people" in shown.content.decode()
    assert (before, Staff.objects.count()) == (0, 3)
    assert "Tables without a facilitator:" in page
    assert "Line 2: we cannot read “cook” under “role”." in bad


def test_somebody_falls_ill_and_their_tables_work_in_one_language(
    organiser: Client, planned: SeatPlan, people: list[Participant], now: datetime
) -> None:
    actions.take_staff(planned.stage, [StaffDraft("Dan", StaffRole.INTERPRETER, ("nl", "fr"))])
    actions.assign_staff(planned.stage, now=now)
    dan = Staff.objects.get()
    unknown = organiser.post(f"{HERE}staff/{dan.pk}/", {"languages": "nl fr", "knows": "nobody"}).content.decode()
    organiser.post(f"{HERE}staff/{dan.pk}/", {"languages": "nl fr", "knows": "person-00", "is_away": "on"})
    page = organiser.get(f"{HERE}staff/").content.decode()
    organiser.post(f"{HERE}staff/one-language/")
    organiser.post(f"{HERE}staff/{dan.pk}/drop/")

    assert "Nobody here has the number nobody." in unknown
    assert "Tables without an interpreter in round 1: 4" in " ".join(page.replace("</span>", "").split())
    assert not Table.objects.exclude(interpreter_languages=[]).exists()
    assert not Staff.objects.exists()


def test_rules_are_added_dropped_and_refused_in_words(
    organiser: Client, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    bodies = [
        {"kind": "apart", "people": "person-00, person-01", "reason": "conflict"},
        {"kind": "pin", "people": "person-02", "table": 1, "round": 2, "reason": "access"},
        {"kind": "pin", "people": "person-02", "reason": "access"},
        {"kind": "pin", "people": "person-02", "table": 99, "reason": "access"},
        {"kind": "apart", "people": "person-00", "reason": "conflict"},
        {"kind": "apart", "people": "person-00 person-77", "reason": "conflict"},
    ]

    pages = [organiser.post(f"{HERE}rules/", body).content.decode() for body in bodies]
    shown = organiser.get(f"{HERE}rules/").content.decode()
    organiser.post(f"{HERE}rules/{SeatRule.objects.get(kind='apart').pk}/drop/")

    said = ["Say who sits at which table.", "There is no table 99.", "Name two people at least", "number person-77"]
    assert [words in page for words, page in zip(said, pages[2:], strict=True)] == [True] * 4
    assert "person-00, person-01" in shown
    assert SeatRule.objects.get().kind == "pin"


def test_a_move_shows_its_cost_first_and_is_taken_back(
    organiser: Client, planned: SeatPlan, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    Table.objects.update(seats=6)
    seat = (
        Seat.objects.filter(round=rounds[0], participant__language="nl")
        .exclude(table=tables[3])
        .select_related("table")[0]
    )
    address = f"{HERE}seats/{seat.pk}/move/"
    target = tables[0].number if seat.table != tables[0] else tables[1].number

    shown = organiser.post(address, {"number": target}).content.decode()
    before = Seat.objects.get(pk=seat.pk).table
    refused = organiser.post(address, {"number": 3}).content.decode()
    both = organiser.post(address, {"number": 3, "swap": "person-01"}).content.decode()
    organiser.post(address, {"number": target, "do": 1})
    locked = Seat.objects.get(pk=seat.pk)
    plan = organiser.get(f"{HERE}seats/").content.decode()
    organiser.post(f"{HERE}seats/undo/")

    assert f"What it changes to go to table {target}" in shown
    assert before == seat.table
    assert "This person speaks none of the languages of table 3." in refused
    assert 'name="do"' not in refused
    assert "Say a table, or somebody to change places with." in both
    assert (locked.table.number, locked.is_by_hand) == (target, True)
    assert "Take it back" in plan
    assert Seat.objects.get(pk=seat.pk).table == seat.table


def test_two_people_change_places_and_a_lock_is_let_go(
    organiser: Client, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    one = Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])
    Seat.objects.create(round=rounds[0], table=tables[1], participant=people[1])

    organiser.post(f"{HERE}seats/{one.pk}/move/", {"swap": "person-01", "do": 1})
    nobody = organiser.post(f"{HERE}seats/{one.pk}/move/", {"swap": "person-05"}).content.decode()
    page = organiser.get(f"{HERE}tables/{tables[1].pk}/seats/").content.decode()
    organiser.post(f"{HERE}seats/{one.pk}/loosen/")

    one.refresh_from_db()
    assert (one.table, one.is_by_hand) == (tables[1], False)
    assert "locked" in page
    assert "These people have no seat: person-05." in nobody


def test_the_plan_tells_its_figures_and_can_be_computed_again(organiser: Client, planned: SeatPlan) -> None:
    response = organiser.post(f"{HERE}seats/again/")
    job = Job.objects.get()
    found = check_again(dict(job.args), Silent())  # type: ignore[arg-type]  # what the job needs of its progress
    Job.objects.update(state="done", result=found, ended_at=planned.planned_at)

    page = organiser.get(f"{HERE}seats/").content.decode()

    assert response.status_code == 302
    assert found["is_same"] is True
    assert "Computed again: the same plan came out." in page
    assert "cannot be avoided." in page


def test_a_clash_stands_on_the_page_until_a_plan_is_made(
    organiser: Client, stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    params = {"rules": ["pin:person-00@3/2", "apart:person-00+person-01"]}
    Job.objects.create(
        kind="summit.seat",
        subject=stage.pk,
        process_id=stage.process_id,
        made_at="2011-11-11T09:00Z",
        state="failed",
        note_code="seating.rules_clash",
        note_params=params,
    )

    page = organiser.get(f"{HERE}seats/").content.decode()

    assert "person-00 sits at table 3 in round 2; person-00, person-01 sit apart" in page


def test_what_counts_how_much_is_kept_and_shown_again(
    stage: Stage, tables: list[Table], people: list[Participant], organiser: Client
) -> None:
    kept = organiser.post(f"{HERE}rules/weights/", {"weight_0": "10"}, follow=True).content.decode()
    wrong = organiser.post(f"{HERE}rules/weights/", {"weight_0": "11"}, follow=True).content.decode()

    assert weights_of(stage, ["sex"]) == {"sex": Weight.MOST}
    assert "The next plan goes by it." in kept
    assert '<option value="10" selected>' in wrong
    assert "Choose for each feature how much it counts." in wrong


def test_the_pages_ask_as_often_for_many_people(
    organiser: Client,
    rounds: list[Round],
    tables: list[Table],
    people: list[Participant],
    make_queries: Callable[[Client, str], int],
) -> None:
    Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])
    pages = ("room/", f"tables/{tables[0].pk}/seats/", "staff/", "rules/", "morning/", "seats/")
    few = [make_queries(organiser, f"{HERE}{name}") for name in pages]
    Seat.objects.bulk_create(Seat(round=rounds[0], table=tables[0], participant=one) for one in people[1:4])

    assert [make_queries(organiser, f"{HERE}{name}") for name in pages] == few
