"""Letters that came back: nobody was reached, no reminder follows, and it can be undone."""

import uuid

import pytest
from tests.stages.lottery.recruits import NOW, letters_out, made_invitees

from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.models import Answer, Channel, Invitee, Return
from burgertop.stages.lottery.queries import funnel_for, last_returned, recruited

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitees(stage: Stage) -> list[Invitee]:
    """Twelve people with a letter."""
    people = made_invitees(stage)
    letters_out(stage)
    return people


def test_no_reminder_goes_to_a_letter_that_came_back(stage: Stage, invitees: list[Invitee]) -> None:
    found = actions.invitee_in_row(stage, None, invitees[0].row)
    actions.mark_returned(found, Return.MOVED, now=NOW)
    actions.mark_returned(invitees[1], Return.UNKNOWN, now=NOW)
    actions.mark_returned(invitees[1], Return.DIED, now=NOW)

    assert found == invitees[0]
    assert (recruited(stage).returned, recruited(stage).silent) == (2, 10)
    assert {one.returned_as for one in last_returned(stage)} == {"moved", "died"}
    reminders = actions.plan_wave(stage, is_reminder=True, most=None, once=uuid.uuid4(), now=NOW)
    assert reminders.letters == 10


def test_the_funnel_counts_them_as_not_reached_and_a_note_can_be_undone(stage: Stage, invitees: list[Invitee]) -> None:
    actions.mark_returned(invitees[0], Return.MOVED, now=NOW)
    noted = funnel_for(stage, None).total
    for _ in range(2):
        actions.unmark_returned(invitees[0])

    assert (noted.sent, noted.returned, noted.answered) == (12, 1, 0)
    assert funnel_for(stage, None).total.returned == 0


def test_who_answers_was_reached(stage: Stage, invitees: list[Invitee]) -> None:
    actions.mark_returned(invitees[0], Return.UNKNOWN, now=NOW)

    actions.answer(invitees[0], actions.Draft(Answer.NO), channel=Channel.PHONE, version=0, now=NOW)
    with pytest.raises(HouseError) as refused:
        actions.mark_returned(invitees[0], Return.UNKNOWN, now=NOW)

    assert (recruited(stage).returned, refused.value.code) == (0, "lottery.has_answered")


def test_a_row_of_nobody_and_somebody_erased_are_refused(stage: Stage, invitees: list[Invitee]) -> None:
    actions.erase_invitee(invitees[0], now=NOW)
    frame = invitees[0].frame

    with pytest.raises(HouseError) as nobody:
        actions.invitee_in_row(stage, frame, 10_000)
    with pytest.raises(HouseError) as erased:
        actions.mark_returned(invitees[0], Return.DIED, now=NOW)

    assert (nobody.value.code, erased.value.code) == ("lottery.no_such_row", "lottery.reply_erased")
