"""Replies: the same rules by web, by phone and on a card; nothing is lost and nobody overwrites anybody."""

from datetime import timedelta

import pytest
from tests.stages.lottery.recruits import NOW, letters_out, made_invitees

from burgertop.foundation.codes.queries import has_code
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.models import Draw, Member
from burgertop.foundation.draws.queries import people_in
from burgertop.foundation.people.actions import erase
from burgertop.foundation.people.models import Consent, Identity, Opening, Participant, Purpose
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.actions import Agreed, Draft
from burgertop.stages.lottery.models import Answer, Channel, Invitee, Refusal, Reply
from burgertop.stages.lottery.queries import found_by_name, identities_in, takers_for

pytestmark = pytest.mark.django_db

YES = Draft(Answer.YES, language="nl", wording="I take part.")
NO = Draft(Answer.NO, Refusal.WORK)
AFTER = NOW + timedelta(days=31)


@pytest.fixture
def invitees(stage: Stage) -> list[Invitee]:
    """Twelve people with a letter, who may answer for thirty days."""
    people = made_invitees(stage)
    letters_out(stage)
    return people


@pytest.fixture
def hall(stage: Stage) -> Draw:
    return draws.found_draw(stage, "hall", seats=2)


def said(invitee: Invitee, draft: Draft, version: int = 0, now: object = NOW, channel: Channel = Channel.WEB) -> Reply:
    return actions.answer(invitee, draft, channel=channel, version=version, now=now)  # type: ignore[arg-type]  # a moment


def test_a_yes_makes_a_participant_with_a_receipt(invitees: list[Invitee]) -> None:
    reply = said(invitees[0], YES)

    person = Participant.objects.get()
    consent = Consent.objects.get()
    assert (reply.answer, reply.is_late, reply.version, reply.channel) == ("yes", False, 1, "web")
    assert (person.features, person.language, person.origin) == (invitees[0].features, "nl", "drawn")
    assert person.identity_id == invitees[0].identity_id
    assert (consent.purpose, consent.participant, len(consent.wording)) == ("take_part", person, 64)


def test_a_no_keeps_its_reason_and_makes_no_participant(invitees: list[Invitee]) -> None:
    reply = said(invitees[0], NO)

    assert (reply.answer, reply.reason, Participant.objects.count()) == ("no", "work", 0)


def test_the_same_answer_sent_twice_counts_once(invitees: list[Invitee]) -> None:
    replies = [said(invitees[0], YES) for _ in range(2)]

    assert [reply.version for reply in replies] == [1, 1]
    assert (Participant.objects.count(), Consent.objects.count()) == (1, 1)


def test_two_operators_on_one_reply_do_not_overwrite_each_other(invitees: list[Invitee]) -> None:
    said(invitees[0], YES, channel=Channel.PHONE)

    with pytest.raises(HouseError) as refused:
        said(invitees[0], NO, channel=Channel.CARD)

    assert refused.value.code == "lottery.reply_changed"
    assert Reply.objects.get().answer == "yes"
    assert said(invitees[0], NO, version=1, channel=Channel.CARD).answer == "no"


def test_an_answer_can_change_until_the_last_day_and_takes_its_consents_along(invitees: list[Invitee]) -> None:
    said(invitees[0], YES)
    said(invitees[0], NO, version=1)
    again = said(invitees[0], YES, version=2)

    standing = Consent.objects.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True)
    assert (again.answer, again.reason, again.version, Participant.objects.count()) == ("yes", "", 3, 1)
    assert (list(standing), Consent.objects.count()) == (["take_part"], 2)


def test_a_yes_after_the_last_day_goes_onto_the_waiting_list(invitees: list[Invitee], hall: Draw) -> None:
    said(invitees[0], YES)
    late = said(invitees[1], YES, now=AFTER)
    said(invitees[2], NO)
    turned = said(invitees[2], YES, version=1, now=AFTER)

    assert (late.is_late, turned.is_late, takers_for(hall)) == (True, True, (1, 2))


def test_a_yes_in_time_stays_in_time_and_can_become_a_no_at_any_time(invitees: list[Invitee]) -> None:
    said(invitees[0], YES)

    again = said(invitees[0], Draft(Answer.YES, language="fr", wording="Je participe."), version=1, now=AFTER)
    no = said(invitees[0], NO, version=2, now=AFTER)

    assert (again.is_late, again.language, no.answer) == (False, "fr", "no")


def test_needs_are_kept_and_consents_follow_the_ticks(invitees: list[Invitee]) -> None:
    reply = said(invitees[0], YES)
    agreed = Agreed({Purpose.PHOTO: "photos", Purpose.RESEARCH: "research"}, "fr")

    told = actions.tell_needs(
        reply, {"diet": "vegan", "large_print": True, "speaks": ["de"], "note": ""}, agreed, version=1, now=NOW
    )
    actions.tell_needs(told, {}, Agreed({Purpose.PHOTO: "photos"}, "fr"), version=2, now=NOW)

    person = Participant.objects.get()
    standing = set(Consent.objects.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True))
    assert told.needs == {"diet": "vegan", "large_print": True, "speaks": ["de"]}
    assert (person.language, standing) == ("fr", {"take_part", "photo"})


def test_needs_of_an_older_page_are_not_taken(invitees: list[Invitee]) -> None:
    reply = said(invitees[0], YES)
    actions.tell_needs(reply, {"diet": "halal"}, Agreed(), version=1, now=NOW)

    with pytest.raises(HouseError) as refused:
        actions.tell_needs(reply, {}, Agreed(), version=1, now=NOW)

    assert (refused.value.code, Reply.objects.get().needs) == ("lottery.reply_changed", {"diet": "halal"})


def test_those_who_said_yes_go_into_the_pool_once_with_their_households(invitees: list[Invitee], hall: Draw) -> None:
    for invitee in invitees[:4]:
        said(invitee, YES)
    said(invitees[4], NO)
    said(invitees[5], YES, now=AFTER)

    taken = actions.take_respondents(hall, has_late=False, now=NOW)
    late = actions.take_respondents(hall, has_late=True, now=NOW)
    with pytest.raises(HouseError) as refused:
        actions.take_respondents(hall, has_late=True, now=NOW)

    members = list(people_in(hall))
    assert (taken, late, refused.value.code) == (4, 1, "lottery.nobody_said_yes")
    assert [one.participant.features for one in members] == [one.features for one in [*invitees[:4], invitees[5]]]
    assert [one.household for one in members] == [one.household for one in [*invitees[:4], invitees[5]]]
    assert [line.facts for line in Entry.objects.filter(kind="respondents_taken").order_by("number")] == [
        {"draw": "hall", "people": 4, "late": 0},
        {"draw": "hall", "people": 1, "late": 1},
    ]


def test_somebody_who_says_no_leaves_the_pool_and_can_come_back(invitees: list[Invitee], hall: Draw) -> None:
    for invitee in invitees[:3]:
        said(invitee, YES)
    actions.take_respondents(hall, has_late=False, now=NOW)

    said(invitees[0], NO, version=1)
    after = people_in(hall).count()
    said(invitees[0], YES, version=2)

    assert (after, actions.take_respondents(hall, has_late=False, now=NOW), people_in(hall).count()) == (2, 1, 3)


def test_a_person_erased_between_reply_and_draw_is_not_drawn(invitees: list[Invitee], hall: Draw) -> None:
    for invitee in invitees[:3]:
        said(invitee, YES)
    actions.erase_invitee(invitees[0], now=NOW)
    actions.take_respondents(hall, has_late=False, now=NOW)
    actions.erase_invitee(invitees[1], now=NOW)

    with pytest.raises(HouseError) as refused:
        said(invitees[0], YES, version=1)

    assert [one.participant.invitee.pk for one in people_in(hall)] == [invitees[2].pk]
    assert (refused.value.code, Reply.objects.count(), Member.objects.count()) == ("lottery.reply_erased", 3, 2)


def test_erasing_blanks_name_features_needs_and_code_and_keeps_the_row(invitees: list[Invitee]) -> None:
    reply = said(invitees[0], YES)
    actions.tell_needs(reply, {"diet": "vegan"}, Agreed(), version=1, now=NOW)
    identity = invitees[0].identity_id

    for _ in range(2):
        actions.erase_invitee(invitees[0], now=NOW)

    kept = Invitee.objects.get(pk=invitees[0].pk)
    assert (kept.identity, kept.features, kept.household, kept.erased_at) == (None, {}, "", NOW)
    assert (Reply.objects.get().needs, bytes(Identity.objects.get(pk=identity).sealed)) == ({}, b"")
    assert not has_code(kept.stage.process_id, "reply", kept.pk)


@pytest.mark.django_db(transaction=True)
def test_a_participant_who_is_erased_elsewhere_is_blanked_here(invitees: list[Invitee]) -> None:
    said(invitees[0], YES)

    erase(Participant.objects.get(), now=NOW)

    assert Invitee.objects.get(pk=invitees[0].pk).features == {}


def test_a_new_code_cancels_the_one_of_the_letter(invitees: list[Invitee]) -> None:
    code = actions.new_code(invitees[0], now=NOW)

    assert len(code.replace(" ", "")) == 10
    assert has_code(invitees[0].stage.process_id, "reply", invitees[0].pk)


def test_names_are_found_whatever_the_accents_and_the_opening_is_counted(stage: Stage, invitees: list[Invitee]) -> None:
    sealed = identities_in(stage)

    opened = actions.find_by_name(stage, sealed, account=None, now=NOW)

    one = invitees[0]
    assert [found.pk for found in found_by_name(opened, f"quírijns{one.row:05d} XAVI")] == [one.pk]
    assert found_by_name(opened, "nobody") == found_by_name(opened, " ") == []
    assert [(row.reason, row.people) for row in Opening.objects.filter(reason="name")] == [("name", 12)]
