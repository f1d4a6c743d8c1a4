"""Answering on a phone without JavaScript, and at the reply desk: same rules, nothing lost, nobody overwritten."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.stages.lottery.recruits import letters_out, made_invitees

from burgertop.foundation.codes.actions import enter
from burgertop.foundation.codes.alphabet import ALPHABET, LENGTH, MODULUS, WEIGHTS
from burgertop.foundation.codes.attempts import MOST_OF_SPACE
from burgertop.foundation.people.models import Consent, Opening, Role
from burgertop.foundation.process.models import MinorsRule, Process, Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.models import Invitation, Invitee, Reply

pytestmark = pytest.mark.django_db

HERE = "/en/town/lottery/lottery/"
MINE, NEEDS = f"{HERE}reply/mine/", f"{HERE}reply/needs/"


@pytest.fixture
def invitee(stage: Stage) -> Invitee:
    """Somebody who has a letter and some days to answer."""
    cache.clear()
    people = made_invitees(stage)
    letters_out(stage)
    Invitation.objects.update(answer_by=timezone.now() + timedelta(days=9))
    return people[0]


@pytest.fixture
def desk(client_as: Callable[[Role | None], Client]) -> Client:
    return client_as(Role.REPLY_DESK)


def invited(invitee: Invitee) -> Client:
    """The browser of the invitee, who typed the code."""
    client = Client()
    code = actions.new_code(invitee, now=timezone.now())
    sent = client.post(f"{HERE}reply/", {"typed": code.lower()})
    assert sent.headers["Location"] == MINE
    return client


def test_a_yes_leads_to_what_is_needed_and_gives_receipts(invitee: Invitee) -> None:
    client = invited(invitee)

    said = client.post(MINE, {"answer": "yes", "age": "alone", "version": "0"})
    told = client.post(NEEDS, {"language": "fr", "diet": "vegan", "children": "2", "photo": "on", "version": "1"})

    assert (said.headers["Location"], told.headers["Location"]) == (NEEDS, MINE)
    reply = Reply.objects.get()
    assert (reply.answer, reply.language, reply.needs) == ("yes", "fr", {"diet": "vegan", "children": 2})
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"take_part", "photo"}
    page = client.get(MINE).content.decode()
    assert "You said yes. Thank you!" in page
    assert "to be in photos" in page


def test_no_consent_is_ticked_beforehand(invitee: Invitee) -> None:
    client = invited(invitee)
    client.post(MINE, {"answer": "yes", "age": "alone", "version": "0"})

    page = client.get(NEEDS).content.decode()

    assert len(re.findall(r'type="checkbox"', page)) >= 11
    assert re.findall(r"<input[^>]*checkbox[^>]*checked", page) == []


def test_an_answer_can_be_changed_until_the_last_day(invitee: Invitee) -> None:
    client = invited(invitee)
    client.post(MINE, {"answer": "no", "refusal": "work", "version": "0"})

    page = client.get(f"{MINE}?change=1").content.decode()
    client.post(MINE, {"answer": "later", "version": "1"})

    assert "You can change your answer until this day:" in page
    assert (Reply.objects.get().answer, Reply.objects.get().version) == ("later", 2)


def test_after_the_last_day_a_yes_goes_onto_the_waiting_list(invitee: Invitee) -> None:
    client = invited(invitee)
    Invitation.objects.update(answer_by=timezone.now() - timedelta(minutes=1))

    before = client.get(MINE).content.decode()
    client.post(MINE, {"answer": "yes", "age": "alone", "version": "0"})

    assert "The last day to answer is over" in before
    assert "You are on the waiting list." in client.get(MINE).content.decode()
    assert Reply.objects.get().is_late


def test_without_a_code_there_is_nothing_to_see(invitee: Invitee) -> None:
    client = Client()

    pages = [client.get(address).headers["Location"] for address in (MINE, NEEDS, f"{HERE}reply/erase/")]

    assert pages == [f"{HERE}reply/", MINE, f"{HERE}reply/"]


def test_a_replaced_code_closes_the_page_that_it_opened(invitee: Invitee) -> None:
    client = invited(invitee)
    actions.new_code(invitee, now=timezone.now())

    assert client.get(MINE).headers["Location"] == f"{HERE}reply/"


def well_formed(number: int) -> str:
    """A code that nobody has, with a check character that fits."""
    body = []
    for _ in range(LENGTH - 1):
        number, rest = divmod(number, len(ALPHABET))
        body.append(rest)
    check = -sum(weight * value for weight, value in zip(WEIGHTS, body, strict=False)) % MODULUS
    return "".join(ALPHABET[value] for value in body) + (ALPHABET[check] if check < len(ALPHABET) else "2")


def test_four_hundred_guesses_from_many_networks_stop_at_two_hundred(invitee: Invitee) -> None:
    code, now = actions.new_code(invitee, now=timezone.now()), timezone.now()
    said = Counter()
    for number in range(400):
        try:
            enter(
                invitee.stage.process_id, actions.REPLY, well_formed(7919 * number), network=f"n{number % 50}", now=now
            )
        except HouseError as error:
            said[error.code] += 1

    right = Client().post(f"{HERE}reply/", {"typed": code})

    assert said["codes.unknown"] == MOST_OF_SPACE
    assert said["codes.unknown"] + said["codes.too_many_attempts"] + said["codes.mistyped"] == 400
    assert right.status_code == 200
    assert "typed" in right.context["form"].errors


def test_erasing_oneself_takes_a_question_and_closes_the_page(invitee: Invitee) -> None:
    client = invited(invitee)
    once = re.search(r'name="once" value="([^"]+)"', client.get(f"{HERE}reply/erase/").content.decode())
    assert once is not None

    gone = client.post(f"{HERE}reply/erase/", {"once": once[1]})

    assert gone.headers["Location"] == HERE
    assert Invitee.objects.get(pk=invitee.pk).erased_at is not None
    assert client.get(MINE).status_code == 302


# The reply desk ------------------------------------------------------------------------


def test_the_desk_finds_by_code_and_by_name_and_each_opening_is_counted(desk: Client, invitee: Invitee) -> None:
    code = actions.new_code(invitee, now=timezone.now())

    by_code = desk.post(f"{HERE}replies/", {"step": "code", "typed": code})
    by_name = desk.post(f"{HERE}replies/", {"step": "name", "name": f"quirijns{invitee.row:05d}"})
    page = desk.get(by_code.headers["Location"]).content.decode()

    assert by_code.headers["Location"] == f"{HERE}replies/{invitee.pk}/"
    assert [found.pk for found in by_name.context["found"]] == [invitee.pk]
    assert f"Zwaluwpad {invitee.row}" in page
    counted = Opening.objects.exclude(reason="letters").order_by("at").values_list("reason", "people")
    assert list(counted) == [("name", 12), ("reply", 1)]


def test_two_operators_on_one_reply(desk: Client, organiser: Client, invitee: Invitee) -> None:
    page = f"{HERE}replies/{invitee.pk}/"
    fields = {"version": "0", "channel": "phone", "language": "nl"}

    desk.post(page, {**fields, "answer": "yes", "age": "alone"})
    second = organiser.post(page, {**fields, "answer": "no"}, follow=True)

    assert "Somebody else changed this reply meanwhile." in second.content.decode()
    assert Reply.objects.get().answer == "yes"


def test_the_desk_takes_a_card_with_needs_in_the_language_of_the_person(desk: Client, invitee: Invitee) -> None:
    page = f"{HERE}replies/{invitee.pk}/"
    desk.post(page, {"version": "0", "channel": "card", "language": "fr", "answer": "yes", "age": "alone"})
    desk.post(f"{page}needs/", {"version": "1", "language": "fr", "large_print": "on", "research": "on"})

    reply = Reply.objects.get()
    assert (reply.channel, reply.language, reply.needs) == ("card", "fr", {"large_print": True})
    assert set(Consent.objects.values_list("purpose", "language")) == {("take_part", "fr"), ("research", "fr")}


def test_letters_follow_the_wish_for_language_and_large_print(desk: Client, invitee: Invitee) -> None:
    page = f"{HERE}replies/{invitee.pk}/letters/"

    desk.post(page, {"languages": ["fr", "nl"], "is_large": "on"})
    desk.post(page, {"languages": ["xx"]})

    kept = Invitee.objects.get(pk=invitee.pk)
    assert (set(kept.languages), kept.wants_large_print) == ({"fr", "nl"}, True)


def test_a_new_code_is_shown_once_and_works(desk: Client, invitee: Invitee) -> None:
    shown = desk.post(f"{HERE}replies/{invitee.pk}/code/")

    client = Client()
    sent = client.post(f"{HERE}reply/", {"typed": shown.context["code"]})
    assert sent.headers["Location"] == MINE
    assert shown["Cache-Control"] == "no-store"


def test_somebody_erased_has_no_reply_any_more(desk: Client, invitee: Invitee) -> None:
    actions.erase_invitee(invitee, now=timezone.now())
    page = f"{HERE}replies/{invitee.pk}/"

    shown = desk.get(page).content.decode()
    refused = desk.post(
        page, {"version": "0", "channel": "card", "language": "fr", "answer": "yes", "age": "alone"}, follow=True
    )

    assert "The data of this person are erased." in shown
    assert "The data of this person are erased." in refused.content.decode()
    assert not Reply.objects.exists()


# Age, and letters that came back ----------------------------------------------------------


def test_a_yes_says_who_is_old_enough_and_a_no_need_not(invitee: Invitee) -> None:
    client = invited(invitee)

    asked = client.post(MINE, {"answer": "yes", "version": "0"}).content.decode()
    client.post(MINE, {"answer": "yes", "age": "guardian", "version": "0"})
    client.post(NEEDS, {"language": "fr", "photo": "on", "version": "1"})

    assert "Say how old you are: then we know who has to agree." in asked
    assert set(Consent.objects.values_list("purpose", "is_by_guardian")) == {("take_part", True), ("photo", True)}
    assert "with a parent or guardian" in client.get(MINE).content.decode()
    client.post(MINE, {"answer": "no", "version": "2"})
    assert Reply.objects.get().answer == "no"


def test_the_words_of_the_receipt_are_those_of_the_age_that_was_said(invitee: Invitee) -> None:
    client = invited(invitee)
    for version, age in enumerate(("guardian", "alone")):
        client.post(MINE, {"answer": "yes", "age": age, "version": str(version)})
        client.post(MINE, {"answer": "yes", "age": age, "version": str(version)})

    given = Consent.objects.order_by("given_at")
    assert [one.is_by_guardian for one in given] == [True, False]
    assert [one.withdrawn_at is None for one in given] == [False, True]
    assert len({one.wording for one in given}) == 2


def test_where_minors_are_not_admitted_no_guardian_is_asked(invitee: Invitee) -> None:
    Process.objects.update(minors_rule=MinorsRule.NOT_ADMITTED)
    client = invited(invitee)

    page = client.get(MINE).content.decode()
    client.post(MINE, {"answer": "yes", "age": "guardian", "version": "0"})

    assert "I am 18 or older" in page
    assert "guardian" not in page
    assert not Reply.objects.exists()


def test_a_letter_that_came_back_is_noted_by_row_and_by_person_and_undone(desk: Client, invitee: Invitee) -> None:
    page = f"{HERE}replies/{invitee.pk}/"
    desk.post(f"{HERE}replies/returned/", {"row": str(invitee.row), "returned_as": "moved"})
    noted = desk.get(f"{HERE}replies/").content.decode()
    shown = desk.get(page).content.decode()

    assert f"Row {invitee.row} of “letters”" in noted
    assert "The letter came back:" in shown
    desk.post(f"{page}returned/", {"do": "undo"})
    assert Invitee.objects.get(pk=invitee.pk).returned_at is None
    desk.post(f"{page}returned/", {"returned_as": "died"})
    assert Invitee.objects.get(pk=invitee.pk).returned_as == "died"


def test_a_row_of_nobody_is_explained(desk: Client, invitee: Invitee) -> None:
    wrong = desk.post(f"{HERE}replies/returned/", {"row": "9999", "returned_as": "moved"}, follow=True)
    empty = desk.post(f"{HERE}replies/returned/", {"row": "", "returned_as": "moved"}, follow=True)

    assert "Nobody was drawn with row 9999." in wrong.content.decode()
    assert "Give the number of a row" in empty.content.decode()
