"""Two people at home complete a round of the practice summit: codes, talk, ratings, the pen, a card at the desk."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.people import PHONE, Person
from tests.journeys.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOME = "practice/summit/day/from-home"
WORDS = "Een bakker in elk dorp."


@pytest.fixture
def ann(demo: House, browser: Browser) -> Iterator[Person]:
    """On a phone."""
    person = Person(browser, demo.address, "en", width=PHONE)
    yield person
    person.leave()


@pytest.fixture
def bob(demo: House, browser: Browser) -> Iterator[Person]:
    """On a computer."""
    person = Person(browser, demo.address, "en")
    yield person
    person.leave()


def _register(person: Person) -> str:
    """Register, and return the code that is shown this once."""
    person.go(f"{HOME}/")
    person.choose("language", "nl")
    person.press("main form:has([value=register]) button")
    return person.page.locator("main .code").inner_text()


def test_two_browsers_complete_a_round_as_an_online_table(
    demo: House, browser: Browser, ann: Person, bob: Person
) -> None:
    code = _register(ann)
    ann.press("main .acts a.act")
    ann.press("main form[action$='/sit/'] button")
    tablet = Person(browser, demo.address, "en")
    tablet.go(f"{HOME}/")
    tablet.fill(code=code)  # the code opens the table on any device
    tablet.press("main form:has([value=enter]) button")
    tablet.see("Say something to your table")
    tablet.leave()
    _register(bob)
    bob.press("main .acts a.act")
    bob.press("main form[action$='/sit/'] button")

    ann.fill(text=WORDS)
    ann.press("main form[action$='/say/'] button")
    talk = bob.page.locator("#talk")
    expect(talk).to_contain_text(WORDS)  # by itself: bob pressed nothing
    expect(talk.locator("li").first).to_contain_text(re.compile(r"Person \d"))

    bob.page.locator("main [name=text]").fill("half a thought")
    rate = bob.page.locator("#rate")
    for answered in range(1, 6):
        rate.get_by_role("button", name="I agree").click()
        expect(rate).to_contain_text(f"You have answered {answered} of 5")
    expect(bob.page.locator("main [name=text]")).to_have_value("half a thought")

    bob.press("main form[action$='/pen/'] button")
    bob.press(bob.page.locator("#talk li", has_text=WORDS).locator("form button"))
    expect(ann.page.locator("#cards")).to_contain_text(WORDS)
    bob.press("main #cards a.act")
    bob.page.locator("[data-card], .slip", has_text=WORDS).first.wait_for()
    _write_on_without_a_network(bob)
    _send(bob)

    desk = Person(browser, demo.address, "en")
    desk.become("theme-team")
    desk.go("practice/summit/day/desk/?round=2")
    desk.see(WORDS)
    desk.leave()


def _write_on_without_a_network(person: Person) -> None:
    """Who writes from home without a network loses no word, and is told that it is not saved."""
    page, more = person.page, "En een kruidenier."
    text, keep = (
        page.locator("form[data-card-form] [name=text]"),
        page.locator("form[data-card-form] button.act:not([data-do])"),
    )
    person.context.set_offline(True)
    text.fill(more)
    keep.click()
    expect(page.locator("[data-form-said]")).to_contain_text("Niet bewaard.")
    expect(text).to_have_value(more)
    person.context.set_offline(False)
    keep.click()
    expect(page.locator("[data-card]", has_text=more)).to_have_count(1)


def _send(person: Person) -> None:
    """Pick every card, read it aloud, and send."""
    for box in person.page.locator("main input[type=checkbox][name=card]").all():
        box.check()
    person.page.get_by_role("button", name=re.compile("Read aloud|Read back|Send", re.IGNORECASE)).first.click()
    person.page.get_by_role("button", name=re.compile("The table agrees")).click()
    expect(person.page.locator("main")).to_contain_text(re.compile(r"1 card sent|sent"))
