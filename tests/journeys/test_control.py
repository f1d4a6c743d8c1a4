"""The one clock in real browsers: the control desk presses; a phone whose clock is a day off follows, even offline."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.people import PHONE, Person
from tests.journeys.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DAY = "practice/summit/day"
TIME = "main [data-clock-time]"
A_DAY_OFF = "const real = Date.now.bind(Date); Date.now = () => real() + 86_400_000;"
CLOSE_ENOUGH_SECONDS = 20  # the pages are looked at one after the other


@pytest.fixture
def organiser(demo: House, browser: Browser) -> Iterator[Person]:
    person = Person(browser, demo.address, "en")
    person.become("organiser")
    yield person
    person.leave()


@pytest.fixture
def phone(demo: House, browser: Browser) -> Iterator[Person]:
    """Somebody in the hall, whose phone takes it to be tomorrow."""
    person = Person(browser, demo.address, "en", width=PHONE)
    person.context.add_init_script(A_DAY_OFF)
    yield person
    person.leave()


def left_on(person: Person) -> int:
    parts = [int(part) for part in person.page.locator(TIME).inner_text().split(":")]
    return sum(part * 60**place for place, part in enumerate(reversed(parts)))


def test_a_press_at_the_control_desk_reaches_every_clock(organiser: Person, phone: Person) -> None:
    organiser.go(f"{DAY}/control/")
    phone.go(f"{DAY}/")
    expect(phone.page.locator("[data-live]")).to_have_attribute("data-live-state", "on")
    before = left_on(phone)
    assert abs(before - left_on(organiser)) < CLOSE_ENOUGH_SECONDS

    organiser.press("main form[action$='/control/stretch/']:has([value='300']) button")
    phone.page.wait_for_function(f"""() => {{
        const parts = document.querySelector("{TIME}").textContent.split(":").map(Number);
        return parts.reduce((sum, part) => 60 * sum + part, 0) > {before};
    }}""")
    organiser.press("main form[action$='/control/pause/'] button")
    organiser.see("the clock stands still")
    expect(phone.page.locator("main .clock__text").first).to_contain_text("the clock stands still")
    organiser.press("main form[action$='/control/resume/'] button")
    expect(phone.page.locator("main .clock__text").first).to_contain_text("until")

    phone.context.set_offline(True)
    shown = phone.page.locator(TIME).inner_text()
    expect(phone.page.locator(TIME)).not_to_have_text(shown)
    assert re.fullmatch(r"(\d+:)?\d+:\d\d", phone.page.locator(TIME).inner_text())
