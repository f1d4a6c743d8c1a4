"""The room in a real browser, at the practice summit: plan, look, move somebody by keyboard, the morning."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.journeys.people import PHONE, Person
from tests.journeys.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAY = "practice/summit/day"
STAFF = "name,role,languages\nAnn,facilitator,nl\nBart,facilitator,nl fr\nDan,interpreter,nl fr\n"


@pytest.fixture
def organiser(demo: House, browser: Browser) -> Iterator[Person]:
    person = Person(browser, demo.address, "en")
    person.become("organiser")
    yield person
    person.leave()


@pytest.fixture
def facilitator(demo: House, browser: Browser) -> Iterator[Person]:
    person = Person(browser, demo.address, "en", width=PHONE, has_script=False)
    person.become("facilitator")
    yield person
    person.leave()


def test_plan_look_move_by_keyboard_and_the_morning(organiser: Person, facilitator: Person) -> None:
    _make_a_round(organiser)
    _take_staff(organiser)
    _plan(organiser)
    _move_by_keyboard(organiser)

    organiser.go(f"{DAY}/morning/")
    organiser.see("Who is here")
    facilitator.go(f"{DAY}/room/")
    facilitator.press("main .room-list a")
    facilitator.see("Round 3")
    facilitator.not_see("Change this table")


def _make_a_round(organiser: Person) -> None:
    organiser.go(f"{DAY}/rounds/new/")
    organiser.fill(question__en="What do we do first?")
    organiser.press("main form:has([name=question__en]) button.act")


def _take_staff(organiser: Person) -> None:
    organiser.go(f"{DAY}/staff/")
    organiser.attach("file", "staff.csv", STAFF)
    organiser.press("main form:has([name=file]) button")
    organiser.see("This file has 3 people")
    organiser.press("main form:has([name=kept_as]) button")
    organiser.see("3 people are new on the list.")
    organiser.press("main form[action$='/staff/assign/'] button")
    organiser.see("Ann")


def _plan(organiser: Person) -> None:
    organiser.go(f"{DAY}/seats/")
    organiser.fill(seed="3 1 4")
    organiser.choose("effort", "quick")
    organiser.press("main form[action$='/seats/draw/'] button")
    organiser.wait_for_work(r"^[^?]*/seats/$")
    organiser.see("How good this plan is")


def _move_by_keyboard(organiser: Person) -> None:
    """By keyboard from the picture to a table, to somebody there, to what a move changes; do it, and take it back."""
    organiser.go(f"{DAY}/room/?round=3")
    organiser.enter("svg.room a:first-of-type")
    organiser.see("Round 3")
    organiser.enter("section:last-of-type a[href$='/move/']")
    organiser.type_into("main [name=number]", "2")
    organiser.enter("main form button.act")
    organiser.see("What it changes to go to table 2")
    organiser.enter("main button[name=do]")
    organiser.see("Moved to table 2.")
    organiser.press("main form[action$='/seats/undo/'] button")
    organiser.see("sits where they sat before.")
