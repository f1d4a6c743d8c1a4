"""Partner seats: as many as their share of all seats, each yes the person's own, never counted with the drawn."""

import uuid

import pytest
from tests.stages.lottery.recruits import NOW, letters_out, made_invitees

from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.record.queries import entries_of
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.actions import Draft, Nomination
from burgertop.stages.lottery.models import Answer, Channel, Invitee, Partner, Reply
from burgertop.stages.lottery.queries import (
    funnel_for,
    most_partner_seats,
    partner_counts,
    partner_seats_of,
    recruited,
    takers_for,
)
from burgertop.stages.summit.queries import drawn_of, roster_of

pytestmark = pytest.mark.django_db

YES, NO = Draft(Answer.YES, language="fr", wording="I take part."), Draft(Answer.NO)


@pytest.fixture
def hall(stage: Stage) -> Draw:
    return draws.found_draw(stage, "hall", seats=18)


@pytest.fixture
def partner(stage: Stage, hall: Draw) -> Partner:
    """A shelter with two seats: a tenth of twenty."""
    return actions.add_partner(stage, "The  shelter", seats=2, once=uuid.uuid4(), now=NOW)


def nominated(partner: Partner, name: str = "Ada", once: uuid.UUID | None = None) -> Invitee:
    identity = {"given_name": name, "family_name": "Lovelace", "phone": "0470 1"}
    return actions.nominate(partner, Nomination(identity, "fr", once or uuid.uuid4()), now=NOW)


def said(invitee: Invitee, draft: Draft, version: int = 0) -> Reply:
    return actions.answer(invitee, draft, channel=Channel.WEB, version=version, now=NOW)


def refused(code: str) -> pytest.RaisesExc[HouseError]:
    return pytest.RaisesExc(HouseError, check=lambda error: error.code == code)


def test_partners_have_their_share_of_all_seats_and_no_more(stage: Stage, partner: Partner) -> None:
    assert (partner.name, most_partner_seats(stage)) == ("The shelter", 2)
    with refused("lottery.too_many_partner_seats"):
        actions.add_partner(stage, "The school", seats=1, once=uuid.uuid4(), now=NOW)
    with refused("lottery.partner_name_taken"):
        actions.add_partner(stage, "The shelter", seats=1, once=uuid.uuid4(), now=NOW)

    actions.set_partner_share(stage, 0.2, now=NOW)
    actions.add_partner(stage, "The school", seats=2, once=uuid.uuid4(), now=NOW)

    assert most_partner_seats(stage) == 4
    with refused("lottery.too_many_partner_seats"):
        actions.set_partner_share(stage, 0.1, now=NOW)
    with refused("lottery.too_many_partner_seats"):
        actions.set_seats_of_partner(partner, 3, now=NOW)
    lines = [(line.kind, line.facts) for line in entries_of(stage.process_id)]
    assert ("partner_seats_given", {"partner": "The school", "seats": 2}) in lines
    assert ("partner_share_set", {"percent": 20}) in lines


@pytest.mark.parametrize(("drawn", "most"), [(900, 100), (18, 2), (17, 1), (8, 0)])
def test_a_tenth_is_of_drawn_and_partners_together(stage: Stage, drawn: int, most: int) -> None:
    draws.found_draw(stage, "hall", seats=drawn)

    assert most_partner_seats(stage) == most


def test_without_a_draw_no_seat_can_be_given(stage: Stage) -> None:
    with refused("lottery.too_many_partner_seats"):
        actions.add_partner(stage, "The shelter", seats=1, once=uuid.uuid4(), now=NOW)


def test_a_partner_cannot_nominate_more_than_its_seats_and_a_withdrawn_nomination_frees_one(partner: Partner) -> None:
    once = uuid.uuid4()
    first, again = nominated(partner, once=once), nominated(partner, once=once)
    second = nominated(partner, "Bob")
    with refused("lottery.no_partner_seat_free"):
        nominated(partner, "Cem")

    actions.withdraw_nomination(partner, second.order, now=NOW)
    third = nominated(partner, "Cem")

    assert (first, first.order, second.order, third.order) == (again, 1, 2, 3)
    gone = Invitee.objects.get(pk=second.pk)
    assert (gone.erased_at, gone.identity) == (NOW, None)
    with refused("lottery.no_open_nomination"):
        actions.withdraw_nomination(partner, second.order, now=NOW)


def test_what_was_answered_is_the_persons_own(partner: Partner) -> None:
    nominee = nominated(partner)
    reply = said(nominee, YES)

    with refused("lottery.no_open_nomination"):
        actions.withdraw_nomination(partner, nominee.order, now=NOW)

    person = Participant.objects.get()
    assert (reply.is_late, person.origin, person.language, person.features) == (False, "partner", "fr", {})
    with refused("lottery.partner_seats_held"):
        nominated(partner, "Bob")
        actions.set_seats_of_partner(partner, 1, now=NOW)


def test_a_seat_given_away_after_a_no_is_not_given_twice(partner: Partner) -> None:
    first = nominated(partner)
    said(first, NO)
    nominated(partner, "Bob")
    nominated(partner, "Cem")

    with refused("lottery.partner_seat_gone"):
        said(first, YES, version=1)

    (count,) = partner_counts(partner.stage)
    assert (count.yes, count.open, count.free) == (0, 2, 0)


def test_nominees_are_in_no_pool_no_funnel_and_no_wave(stage: Stage, hall: Draw, partner: Partner) -> None:
    people = made_invitees(stage)
    nominee = nominated(partner)
    before = funnel_for(stage, None)
    said(nominee, YES)
    said(people[0], YES)
    letters_out(stage)

    actions.take_respondents(hall, has_late=True, now=NOW)

    assert (before.total.reserve, funnel_for(stage, None).total.yes) == (12, 1)
    assert (recruited(stage).drawn, recruited(stage).written_to, takers_for(hall)) == (12, 12, (0, 0))
    assert [member.participant.invitee for member in hall.members.all()] == [people[0]]


def test_the_roster_of_the_summit_has_them_beside_the_drawn(stage: Stage, hall: Draw, partner: Partner) -> None:
    summit = Stage.objects.create(process=stage.process, kind=StageKind.SUMMIT, slug="summit", order=2)
    said(nominated(partner), YES)
    nominated(partner, "Bob")
    before = roster_of(summit)

    Draw.objects.update(state="drawn")

    assert before == []
    assert (roster_of(summit), drawn_of(summit)) == (list(partner_seats_of(stage.process_id)), [])
    assert len(roster_of(summit)) == 1


def test_what_a_partner_gave_is_only_in_the_vault(partner: Partner) -> None:
    nominee = nominated(partner)

    assert "Ada" not in str(Invitee.objects.filter(pk=nominee.pk).values())
    assert Identity.objects.filter(invitee=nominee).count() == 1
