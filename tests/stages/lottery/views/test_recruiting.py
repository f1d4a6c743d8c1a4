"""From the file to the post in the browser of an organiser; nobody else gets there."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.stages.lottery.recruits import NOW, ROLES, SEED, address_file, letters_out, made_invitees

from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.models import Answer, Channel, Frame, Wave

pytestmark = pytest.mark.django_db

HERE = "/en/town/lottery/lottery/"
AT = f"{HERE}recruitment/"


def work() -> None:
    """Let the worker do what waits."""
    for job in Job.objects.filter(state="waiting"):
        run_job.call(str(job.pk))


def uploaded(organiser: Client, content: bytes) -> str:
    """Send an address file and return the page that shows it."""
    sent = organiser.post(f"{AT}lists/", {"file": SimpleUploadedFile("people.csv", content)})
    return sent.headers["Location"]


def confirmation(organiser: Client, page: str, **changed: str) -> dict[str, str]:
    """What the form of a list sends."""
    once = re.search(r'name="once" value="([^"]+)"', organiser.get(page).content.decode())
    assert once is not None
    columns = {f"column_{number}": role for number, role in enumerate(ROLES.values())}
    terms = {"name": "letters", "rule": "postcode", "letters": "12", "chance": "dice", "source": "dice in the hall"}
    return {**columns, **terms, "once": once[1], "step": "take", **changed}


def test_from_an_address_file_to_letters_at_the_post(organiser: Client, stage: Stage) -> None:
    page = uploaded(organiser, address_file(30))
    organiser.post(page, confirmation(organiser, page))
    work()
    organiser.post(f"{AT}lists/letters/chance/", {"public_seed": SEED})
    work()
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    organiser.post(f"{AT}letters/", {"answer_by": day, "window": "left", "subject__nl": "Een brief"})
    once = re.search(r'name="once" value="([^"]+)"', organiser.get(f"{AT}waves/").content.decode())
    assert once is not None
    organiser.post(f"{AT}waves/", {"kind": "first", "most": "10", "once": once[1]})
    work()
    pdf = organiser.get(f"{AT}waves/1/1.pdf")
    organiser.post(f"{AT}waves/1/sent/", {"sent_on": timezone.localdate().isoformat()})

    assert (pdf.content[:4], pdf["Cache-Control"]) == (b"%PDF", "no-store")
    assert Wave.objects.get().letters == 10
    shown = organiser.get(AT).content.decode()
    assert "12 people are drawn; the list is destroyed" in shown
    assert "10 letters" in Client().get(f"{HERE}letter/").content.decode()


def test_the_rows_at_fault_are_shown_and_can_be_left_out(organiser: Client, stage: Stage) -> None:
    page = uploaded(organiser, address_file(20, broken=",,Kerkstraat 1,9000,Gent,F,nl\n"))

    refused = organiser.post(page, confirmation(organiser, page))
    taken = organiser.post(page, confirmation(organiser, page, is_lenient="on"))

    words = refused.content.decode()
    assert "Line 22: no name" in words
    assert "the first is line 22" in words
    assert taken.status_code == 302
    work()
    assert (Frame.objects.get().rows, Frame.objects.get().left_out) == (20, 1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"letters": ""}, "Say how many people are to be drawn."),
        ({"letters": "99"}, "has only 20 people; 99 are to be drawn"),
        ({"group_by": "address"}, "Groups are made by a column that is a feature."),
        ({"group_by": "sex", "wanted": "F"}, "“F” is not a group with a number."),
        ({"group_by": "sex", "wanted": "X: 3"}, "The group “X” has only 0 people; 3 are to be drawn."),
        ({"column_2": "out"}, "Say which columns are the name, the street and the municipality."),
    ],
)
def test_what_is_wrong_with_a_list_is_said(organiser: Client, stage: Stage, changed: dict[str, str], said: str) -> None:
    page = uploaded(organiser, address_file(20))

    answer = organiser.post(page, confirmation(organiser, page, **changed))

    assert said in answer.content.decode()
    assert not Job.objects.exists()


def test_the_funnel_counts_by_feature_against_the_quotas(organiser: Client, stage: Stage) -> None:
    invitees = made_invitees(stage)
    letters_out(stage)
    draw = draws.found_draw(stage, "hall", seats=4)
    draws.set_quotas(draw, [Quota("sex", "F", 2, 2), Quota("sex", "M", 2, 2)])
    for invitee, said in zip(invitees, (Answer.YES, Answer.YES, Answer.NO), strict=False):
        actions.answer(invitee, actions.Draft(said), channel=Channel.WEB, version=0, now=NOW)

    funnel = organiser.get(f"{HERE}funnel/").context["funnel"]

    total = funnel.total
    assert (total.sent, total.answered, total.yes, total.no, total.reserve) == (12, 3, 2, 1, 0)
    sexes = next(table for table in funnel.tables if table.feature == "sex")
    assert [row.quota for row in sexes.rows] == [(2, 2), (2, 2)]
    assert sum(row.counted.sent for row in sexes.rows) == 12
    assert all(row.letters > 0 and row.line.present.low <= row.line.present.high for row in sexes.rows)


def test_how_often_names_were_opened_stands_below_the_funnel(organiser: Client, stage: Stage) -> None:
    made_invitees(stage)
    letters_out(stage)

    assert organiser.get(f"{HERE}funnel/").context["openings"] == [("to print letters", 1, 12)]


def test_the_page_of_the_recruitment_asks_as_often_for_one_wave_as_for_three(
    organiser: Client, stage: Stage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made_invitees(stage)
    letters_out(stage, most=2)
    with CaptureQueriesContext(connection) as one:
        organiser.get(AT)
    letters_out(stage, most=2)
    letters_out(stage, most=2)

    with django_assert_max_num_queries(len(one)):
        organiser.get(AT)


def test_an_empty_funnel_is_a_page(organiser: Client, stage: Stage) -> None:
    assert organiser.get(f"{HERE}funnel/").status_code == 200


def test_those_who_said_yes_go_into_a_pool_at_a_press(organiser: Client, stage: Stage) -> None:
    invitees = made_invitees(stage)
    letters_out(stage)
    draw = draws.found_draw(stage, "hall", seats=2)
    for invitee in invitees[:3]:
        actions.answer(invitee, actions.Draft(Answer.YES), channel=Channel.WEB, version=0, now=NOW)

    asked = organiser.get(f"{HERE}draws/hall/respondents/").content.decode()
    organiser.post(f"{HERE}draws/hall/respondents/")

    assert "3 people said yes in time" in asked
    assert draw.members.count() == 3
