"""A partner nominates by a signed link and sees counts; the nominee answers; nobody else gets there."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from burgertop.foundation.draws import actions as draws
from burgertop.foundation.process.models import Stage, StageState
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.models import Answer, Channel, Invitee, Partner, Reply

pytestmark = pytest.mark.django_db

HERE = "/en/town/lottery/lottery/"
MINE, PAGE = f"{HERE}reply/mine/", f"{HERE}partner/"
ADA = {"given_name": "Ada", "family_name": "Lovelace", "mail": "ada@post.example", "language": "fr", "has_agreed": "on"}


@pytest.fixture
def partner(stage: Stage) -> Partner:
    cache.clear()
    draws.found_draw(stage, "hall", seats=18)
    return actions.add_partner(stage, "The shelter", seats=2, once=uuid.uuid4(), now=timezone.now())


@pytest.fixture
def shelter(organiser: Client, partner: Partner) -> Client:
    """The browser of the partner, who opened the link that the organiser sent."""
    shown = organiser.post(f"{HERE}partners/{partner.pk}/link/")
    client = Client()
    opened = client.get(urlsplit(shown.context["address"]).path)
    assert (opened.headers["Location"], shown["Cache-Control"]) == (PAGE, "no-store")
    return client


def once_in(client: Client, page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', client.get(page).content.decode())
    assert found is not None
    return found[1]


def test_the_organiser_gives_seats_and_sees_counts(organiser: Client, partner: Partner, stage: Stage) -> None:
    once = once_in(organiser, f"{HERE}partners/")

    too_many = organiser.post(f"{HERE}partners/", {"name": "The school", "seats": "1", "once": once})
    organiser.post(f"{HERE}partners/share/", {"percent": "20"})
    for _ in range(2):
        organiser.post(f"{HERE}partners/", {"name": "The school", "seats": "1", "once": once})
    organiser.post(f"{HERE}partners/{partner.pk}/seats/", {"seats": "3"})
    refused = organiser.post(f"{HERE}partners/share/", {"percent": "99"}, follow=True)

    assert "Partners would have 3 seats together; 2 are possible" in too_many.content.decode()
    assert "Give a number from 0 to 50." in refused.content.decode()
    assert sorted(stage.partners.values_list("name", "seats")) == [("The school", 1), ("The shelter", 3)]
    assert "4 of 4 possible seats are given" in organiser.get(f"{HERE}partners/").content.decode()
    assert "The school" in organiser.get(f"{HERE}funnel/").content.decode()


def test_a_partner_nominates_and_sees_numbers_without_names(shelter: Client, partner: Partner) -> None:
    once = once_in(shelter, PAGE)
    for _ in range(2):
        sent = shelter.post(PAGE, {**ADA, "once": once})

    page = shelter.get(PAGE).content.decode()
    assert sent.headers["Location"] == PAGE
    assert Invitee.objects.get().partner == partner
    assert "Number 1" in page
    assert "Ada" not in page
    assert "ada@post.example" not in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"mail": ""}, "Give a mail address or a phone number."),
        ({"has_agreed": ""}, "This field is required."),
        ({"mail": "ada"}, "Enter a valid email address."),
    ],
)
def test_what_is_missing_is_said(shelter: Client, changed: dict[str, str], said: str) -> None:
    answer = shelter.post(PAGE, {**ADA, "once": once_in(shelter, PAGE), **changed})

    assert said in answer.content.decode()
    assert not Invitee.objects.exists()


def test_a_partner_takes_back_what_was_not_answered(shelter: Client, partner: Partner) -> None:
    for _ in range(2):
        shelter.post(PAGE, {**ADA, "once": once_in(shelter, PAGE)})
    full = shelter.get(PAGE).content.decode()
    yes = Invitee.objects.get(order=2)
    actions.answer(yes, actions.Draft(Answer.YES), channel=Channel.PHONE, version=0, now=timezone.now())

    shelter.post(f"{PAGE}withdraw/", {"number": "1"})
    refused = shelter.post(f"{PAGE}withdraw/", {"number": "2"}, follow=True)

    assert "All your seats are taken." in full
    assert "There is no nomination number 2 that waits for an answer." in refused.content.decode()
    assert list(Invitee.objects.filter(erased_at__isnull=True)) == [yes]


def test_the_nominee_says_yes_on_the_same_page_as_the_drawn(shelter: Client, partner: Partner) -> None:
    shelter.post(PAGE, {**ADA, "once": once_in(shelter, PAGE)})
    nominee, client = Invitee.objects.get(), Client()
    client.post(f"{HERE}reply/", {"typed": actions.new_code(nominee, now=timezone.now())})

    asked = client.get(MINE).content.decode()
    client.post(MINE, {"answer": "yes", "age": "alone", "version": "0"})

    assert "The shelter nominated you." in asked
    assert "A seat is kept for you." in client.get(MINE).content.decode()
    assert Reply.objects.get().invitee == nominee


def test_a_link_that_was_made_anew_and_a_lottery_that_is_done_open_nothing(
    shelter: Client, partner: Partner, stage: Stage
) -> None:
    before = shelter.get(PAGE).status_code
    stage.state = StageState.CLOSED
    stage.save()
    done = shelter.get(PAGE).status_code
    stage.state = StageState.OPEN
    stage.save()
    actions.renew_partner_link(partner)

    assert (before, done, shelter.get(PAGE).status_code, Client().get(PAGE).status_code) == (200, 403, 403, 403)


def test_the_reply_desk_sees_whom_to_call(organiser: Client, shelter: Client) -> None:
    shelter.post(PAGE, {**ADA, "mail": "", "phone": "0470 1", "once": once_in(shelter, PAGE)})

    desk = organiser.get(f"{HERE}replies/").content.decode()
    nominee = Invitee.objects.get()
    page = organiser.get(f"{HERE}replies/{nominee.pk}/").content.decode()

    assert "The shelter, number 1" in desk
    assert "0470 1" in page
    assert "Nominated by The shelter, number 1" in page
