"""Tables and seats on the organiser's pages."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from burgertop.foundation.codes.actions import make
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.people.models import Participant, Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.jobs import seat
from burgertop.stages.summit.models import Round, Seat, Table

HERE = "/en/town/summit/day/"


class Silent:
    """Somebody who listens to how far a job is, and says nothing."""

    def tell(self, done: int, total: int) -> None:
        """Take the news."""


def test_tables_are_laid_from_counts(organiser: Client, stage: Stage) -> None:
    body = {
        "from": "counts",
        "seats": 8,
        "languages_0": "nl",
        "count_0": 2,
        "languages_1": "nl|fr",
        "count_1": 1,
        "interpreter_1": "on",
    }

    response = organiser.post(f"{HERE}tables/", body)

    assert response.status_code == 302
    assert list(stage.tables.values_list("number", "seats", "languages", "interpreter_languages")) == [
        (1, 8, ["nl"], []),
        (2, 8, ["nl"], []),
        (3, 8, ["nl", "fr"], ["nl", "fr"]),
    ]


def test_a_file_is_shown_and_then_laid(organiser: Client, stage: Stage) -> None:
    file = SimpleUploadedFile("tables.csv", "table;languages\n5;nl\n6;fr\n".encode("utf-16"))

    shown = organiser.post(f"{HERE}tables/", {"from": "file", "file": file})
    before = stage.tables.count()
    laid = organiser.post(f"{HERE}tables/", {"from": "kept", "kept_as": str(shown.context["kept_as"])})

    assert "This file lays 2 tables" in shown.content.decode()
    assert (before, laid.status_code) == (0, 302)
    assert list(stage.tables.values_list("number", "languages")) == [(5, ["nl"]), (6, ["fr"])]


@pytest.mark.parametrize("kept_as", ["", "no", "8c5a0f0e-0000-4000-8000-000000000000"])
def test_a_file_that_is_gone_is_asked_for_again(organiser: Client, stage: Stage, kept_as: str) -> None:
    page = organiser.post(f"{HERE}tables/", {"from": "kept", "kept_as": kept_as}).content.decode()

    assert "Please choose it again." in page


def test_a_table_that_is_named_twice_lays_nothing(organiser: Client, stage: Stage, tables: list[Table]) -> None:
    file = SimpleUploadedFile("t.csv", b"table,languages\n1,nl\n1,fr\n")
    shown = organiser.post(f"{HERE}tables/", {"from": "file", "file": file})

    page = organiser.post(f"{HERE}tables/", {"from": "kept", "kept_as": str(shown.context["kept_as"])}).content.decode()

    assert "These tables are on the list twice: 1." in page
    assert stage.tables.count() == 4


def test_what_is_wrong_with_a_file_is_said(organiser: Client, stage: Stage, tables: list[Table]) -> None:
    said = {
        b"": "This file is empty.",
        b"table,languages\n1,??\n": "Line 2: we cannot read",
        b"a,b\n1,2\n": "There is no column",
    }

    pages = {
        content: organiser.post(
            f"{HERE}tables/", {"from": "file", "file": SimpleUploadedFile("t.csv", content)}
        ).content.decode()
        for content in said
    }

    assert {content: words in pages[content] for content, words in said.items()} == dict.fromkeys(said, True)
    assert stage.tables.count() == 4


def test_counts_without_tables_are_refused(organiser: Client, stage: Stage) -> None:
    page = organiser.post(f"{HERE}tables/", {"from": "counts", "seats": 8}).content.decode()

    assert "Say how many tables there are." in page


def test_drawing_is_a_job_that_seats_every_planned_round(
    organiser: Client, stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    response = organiser.post(f"{HERE}seats/draw/", {"seed": "7 3 1", "effort": "quick", "least_speakers": 1})
    job = Job.objects.get()

    result = seat(dict(job.args), Silent())  # type: ignore[arg-type]  # what the job needs of its progress

    assert response.status_code == 302
    assert str(job.pk) in response["Location"]
    assert (result, Seat.objects.count()) == ({"rounds": 2, "people": 12}, 24)


def test_drawing_needs_the_public_chance(organiser: Client, rounds: list[Round]) -> None:
    organiser.post(f"{HERE}seats/draw/", {"seed": "  "})

    assert not Job.objects.exists()


def test_the_plan_shows_numbers_to_the_organiser_and_counts_to_others(
    organiser: Client,
    client_as: Callable[[Role | None], Client],
    rounds: list[Round],
    tables: list[Table],
    people: list[Participant],
    now: datetime,
) -> None:
    actions.seat_hall(rounds[0].stage, seed="7 3 1", effort="quick", least_speakers=1, now=now)

    own = organiser.get(f"{HERE}seats/").content.decode()
    others = [client_as(role).get(f"{HERE}seats/").content.decode() for role in (Role.FACILITATOR, Role.OBSERVER)]

    assert all(person.pool_id in own for person in people)
    assert [any(person.pool_id in page for person in people) for page in others] == [False, False]
    assert ["4 seats" in page for page in others] == [True, True]


def test_somebody_is_moved_by_hand_or_it_is_said_why_not(
    organiser: Client, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    one = Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])

    refused = organiser.post(f"{HERE}seats/{one.pk}/move/", {"number": 3}).content.decode()
    nowhere = organiser.post(f"{HERE}seats/{one.pk}/move/", {"number": 99}).content.decode()
    organiser.post(f"{HERE}seats/{one.pk}/move/", {"number": 4})

    one.refresh_from_db()
    assert "This person speaks none of the languages of table 3." in refused
    assert "There is no table 99." in nowhere
    assert (one.table, one.is_by_hand) == (tables[3], True)


def test_the_hall_desk_finds_a_table_by_code(
    organiser: Client, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    Seat.objects.create(round=rounds[0], table=tables[2], participant=people[0])
    code = make(people[0].process_id, "seat", people[0].pk)

    found = organiser.post(f"{HERE}seats/find/", {"code": code}).content.decode()
    wrong = organiser.post(f"{HERE}seats/find/", {"code": "??"}).content.decode()

    assert "Table 3" in found
    assert "not right yet" in wrong


def test_codes_are_shown_once(organiser: Client, stage: Stage, people: list[Participant]) -> None:
    first = organiser.post(f"{HERE}seats/codes/").content.decode()
    second = organiser.post(f"{HERE}seats/codes/").content.decode()

    assert first.count('class="code"') == 12
    assert "Everybody on the roster has a code already." in second


def test_each_sheet_has_its_own_square(organiser: Client, tables: list[Table]) -> None:
    page = organiser.get(f"{HERE}tables/sheets/").content.decode()

    squares = [part.split("</svg>")[0] for part in page.split('class="qr"')[1:]]
    assert (len(squares), len(set(squares))) == (4, 4)


def test_the_lists_ask_as_often_for_many_people(
    organiser: Client,
    rounds: list[Round],
    tables: list[Table],
    people: list[Participant],
    make_queries: Callable[[Client, str], int],
) -> None:
    Seat.objects.create(round=rounds[0], table=tables[0], participant=people[0])
    few = [make_queries(organiser, f"{HERE}{name}") for name in ("seats/", "seats/print/", "control/")]
    Seat.objects.bulk_create(Seat(round=rounds[0], table=tables[3], participant=one) for one in people[1:])

    assert [make_queries(organiser, f"{HERE}{name}") for name in ("seats/", "seats/print/", "control/")] == few
