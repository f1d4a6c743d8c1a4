"""One idea travels through the whole house, in two languages, on phones, partly by keyboard, without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.journeys import first_stages, last_stages
from tests.journeys.people import Person
from tests.journeys.serving import House
from tests.journeys.thread import Thread

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def thread(empty_house: House, operator: Person, browser: Browser) -> Iterator[Thread]:
    """The people of one process; the first two citizens are there from the beginning."""
    thread = Thread(empty_house, browser, operator)
    thread.anna, thread.bruno = thread.citizen("nl"), thread.citizen("fr")
    yield thread
    for person in thread.everybody:
        person.leave()


def test_one_idea_travels_from_a_phone_to_an_answer(thread: Thread) -> None:
    first_stages.found_the_process(thread)
    first_stages.consult(thread)
    first_stages.vote_on_themes(thread)
    first_stages.draw_the_hall(thread)
    last_stages.lay_the_hall(thread)
    last_stages.hold_a_round(thread)
    last_stages.vote_in_the_hall(thread)
    last_stages.seat_the_panel(thread)
    last_stages.recommend(thread)
    last_stages.answer(thread)
    last_stages.read_the_trace(thread)
