"""Who was drawn stays with the organiser; names are opened with a reason that everybody can read."""

import csv
import io
import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.test import Client
from openpyxl import load_workbook

from burgertop.foundation.draws.models import Draw
from burgertop.foundation.draws.queries import remaining_of, roster_of
from burgertop.foundation.people.actions import erase
from burgertop.foundation.record.models import Entry
from burgertop.web.demo.drawing import hold_draw

pytestmark = pytest.mark.django_db

NOW = datetime(2011, 10, 1, 12, tzinfo=UTC)
DRAW = "/en/town/lottery/lottery/draws/hall/"


@pytest.fixture
def drawn(draw: Draw) -> Draw:
    return hold_draw(draw, source="dice", said="314", sealed_at=NOW)


def test_the_roster_shows_numbers_and_features_without_names(organiser: Client, drawn: Draw) -> None:
    response = organiser.get(f"{DRAW}roster/")

    shown = [(member.number, features) for member, features in response.context["rows"]]
    assert shown == [(one.number, [("sex", one.participant.features["sex"])]) for one in roster_of(drawn)]
    assert "Mia" not in response.content.decode()


def test_names_are_shown_after_a_reason_and_the_record_tells_it_without_names(organiser: Client, drawn: Draw) -> None:
    before = organiser.get(f"{DRAW}names/")

    opened = organiser.post(f"{DRAW}names/", {"reason": "call"})

    assert "seats" not in before.context
    assert [seat.number for seat in opened.context["seats"]] == [one.number for one in roster_of(drawn)]
    last = Entry.objects.order_by("number").last()
    assert last is not None
    assert (last.kind, last.facts) == ("roster_opened", {"draw": "hall", "reason": "call"})


def test_names_without_a_reason_stay_closed(organiser: Client, drawn: Draw) -> None:
    response = organiser.post(f"{DRAW}names/", {"reason": "curious"})

    assert "seats" not in response.context
    assert not Entry.objects.filter(kind="roster_opened").exists()


def test_names_of_a_panel_that_is_not_drawn_cannot_be_opened(organiser: Client, draw: Draw) -> None:
    response = organiser.post(f"{DRAW}names/", {"reason": "call"}, follow=True)

    assert "This draw has not been made yet." in response.content.decode()
    assert not Entry.objects.filter(kind="roster_opened").exists()


def test_an_erased_person_keeps_a_number_and_has_no_name(organiser: Client, drawn: Draw) -> None:
    member = roster_of(drawn)[0]
    erase(member.participant, now=NOW)

    opened = organiser.post(f"{DRAW}names/", {"reason": "call"})

    assert [seat.identity for seat in opened.context["seats"] if seat.number == member.number] == [{}]


@pytest.mark.parametrize("which", ["selected", "remaining"])
def test_lists_leave_as_csv_and_as_workbook_with_the_same_rows(organiser: Client, drawn: Draw, which: str) -> None:
    as_csv = organiser.get(f"{DRAW}{which}.csv").content.decode("utf-8-sig")
    as_xlsx = organiser.get(f"{DRAW}{which}.xlsx").content

    rows = list(csv.reader(io.StringIO(as_csv)))
    sheet = load_workbook(io.BytesIO(as_xlsx)).worksheets[0]
    expected = (roster_of if which == "selected" else remaining_of)(drawn)
    assert rows[0] == ["number", "pool_id", "origin", "standing", "language", "sex"]
    assert [row[0] for row in rows[1:]] == [str(one.number) for one in expected]
    assert [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] == rows


@pytest.mark.parametrize("name", ["everybody.csv", "selected.exe"])
def test_there_are_no_other_lists(organiser: Client, drawn: Draw, name: str) -> None:
    assert organiser.get(f"{DRAW}{name}").status_code == 404


def test_the_sealed_file_of_a_witness_has_the_published_digest_and_no_names(organiser: Client, drawn: Draw) -> None:
    content = organiser.get(f"{DRAW}input.json").content

    assert sha256(content).hexdigest() == drawn.rounds.get().input_digest
    assert json.loads(content)["people"][0] == ["1", "", "F"]


def test_there_is_no_sealed_file_before_the_seal(organiser: Client, draw: Draw) -> None:
    assert organiser.get(f"{DRAW}input.json").status_code == 404
