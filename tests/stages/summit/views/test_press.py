"""Facts for the press: every figure with its base and its method, nothing added up, a picture of each result."""

import csv
import io
import json
import re
import uuid
from datetime import datetime

import pytest
from django.test import Client

from burgertop.foundation.ballotbox.actions import cast
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import HallBallot, Table

HERE = "/en/town/summit/day/press/"


@pytest.fixture
def result(hall: HallBallot, people: list[Participant], now: datetime) -> HallBallot:
    """Twelve papers: eleven for the second option, one for two others; published."""
    opened = actions.open_ballot(hall, now=now)
    for number, person in enumerate(people):
        choices = [2] if number else [1, 3]
        cast(opened.ballot, voter=f"seat:{person.pk}", choices=choices, origin=Origin.DRAWN, once=uuid.uuid4(), now=now)
    return actions.publish_result(actions.close_ballot(opened, now=now), now=now)


def test_figures_have_base_and_method_in_every_form(visitor: Client, result: HallBallot, tables: list[Table]) -> None:
    Table.objects.filter(pk=tables[3].pk).update(origin=Origin.G_HOME)
    page = visitor.get(HERE).content.decode()
    rows = list(csv.DictReader(io.StringIO(visitor.get(f"{HERE}facts.csv").content.decode("utf-8-sig"))))
    told = json.loads(visitor.get(f"{HERE}facts.json").content)
    method = "Each could choose up to 2. Every circle that was filled in is one vote. The most votes win."

    assert "91.7% of 12 valid papers" in page
    assert rows[-3] == {
        "what": "Vraag 1?",
        "option": "Doctors",
        "origin": "drawn",
        "figure": "11",
        "base": "12",
        "share_percent": "91.7",
        "method": method,
    }
    tables_told = [(row["origin"], row["figure"]) for row in rows if row["what"] == "tables"]
    assert tables_told == [("drawn", "3"), ("g_home", "1")]
    assert (told["licence"], told["embargo_until"], len(told["facts"])) == ("CC BY 4.0", None, len(rows))
    assert all(row["method"] for row in rows)


def test_the_chart_is_a_picture_by_itself_with_base_and_source(visitor: Client, result: HallBallot) -> None:
    answer = visitor.get(f"{HERE}1/chart.svg")
    words = re.findall(r"<text[^>]*>([^<]*)</text>", answer.content.decode())

    assert answer["Content-Type"] == "image/svg+xml"
    assert words[:3] == ["Vraag 1?", "Doctors", "11 (91.7 %)"]
    assert words[-1] == f"http://testserver{HERE}1/"
    assert b"style=" not in answer.content


def test_a_result_that_is_not_there_has_no_address(visitor: Client, hall: HallBallot) -> None:
    assert [visitor.get(f"{HERE}{page}").status_code for page in ("1/", "2/", "1/chart.svg", "facts.xml")] == [404] * 4
