"""How many to confirm: from the past, from one's own numbers, with the risk that was chosen; nothing is set."""

import pytest
from django.test import Client
from tests.stages.lottery.recruits import NOW, letters_out, made_invitees

from burgertop.core.recruitment import overbook
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.models import Answer, Channel

pytestmark = pytest.mark.django_db

PAGE = "/en/town/lottery/lottery/funnel/confirm/"
ASKED = {"places": "1000", "risk": "5", "kind": "hall", "asked": "", "came": ""}


def test_the_page_says_what_the_maths_says(organiser: Client, stage: Stage) -> None:
    made = organiser.get(PAGE, ASKED).context["confirming"]

    plan = overbook({"": 1000}, {})
    assert (made.plan, made.confirmed) == (plan, 0)
    assert made.plan.confirmed > 1000
    assert made.plan.overflow <= 0.05
    assert made.low < made.mean < made.high
    assert made.low < 704 / 1000 < made.high


def test_ones_own_numbers_make_the_range_narrower_and_more_risk_fills_more_places(
    organiser: Client, stage: Stage
) -> None:
    without, known, bold = (
        organiser.get(PAGE, {**ASKED, **more}).context["confirming"]
        for more in ({}, {"asked": "400", "came": "300"}, {"risk": "25"})
    )

    assert known.high - known.low < without.high - without.low
    assert known.low < 0.75 < known.high
    assert known.plan.empty < without.plan.empty
    assert bold.plan.confirmed > without.plan.confirmed


def test_those_who_said_yes_so_far_are_forecast_and_the_draw_names_the_places(organiser: Client, stage: Stage) -> None:
    draw = draws.found_draw(stage, "hall", seats=4)
    invitees = made_invitees(stage)
    letters_out(stage)
    for invitee in invitees[:8]:
        actions.answer(invitee, actions.Draft(Answer.YES), channel=Channel.WEB, version=0, now=NOW)

    shown = organiser.get(PAGE)

    made = shown.context["confirming"]
    assert (made.places, made.confirmed) == (4, 8)
    assert made.overflow > 0.5
    assert made.present.low <= 8
    assert "/draws/hall/desk/" in shown.content.decode()
    assert Draw.objects.get(pk=draw.pk).seats == 4


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"places": "0"}, "greater than or equal to 1"),
        ({"asked": "10"}, "Give both numbers, or none."),
        ({"asked": "10", "came": "11"}, "More cannot have come than were to come."),
        ({"kind": "party"}, "Select a valid choice."),
    ],
)
def test_what_makes_no_sense_is_said(organiser: Client, stage: Stage, changed: dict[str, str], said: str) -> None:
    answer = organiser.get(PAGE, {**ASKED, **changed})

    assert said in answer.content.decode()
    assert answer.context["confirming"] is None


def test_before_there_is_a_draw_the_page_only_asks(organiser: Client, stage: Stage) -> None:
    answer = organiser.get(PAGE)

    assert (answer.status_code, answer.context["confirming"]) == (200, None)
