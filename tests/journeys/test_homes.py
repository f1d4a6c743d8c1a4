"""Two people at home complete a round of the practice summit: codes, talk, ratings, the pen, the network cut, cards."""

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
    _hand_on_while_away(browser, ann, bob)
    _hand_on_while_the_page_is_open(browser, ann)


def _write_on_without_a_network(person: Person) -> None:
    """Who writes from home writes on without a network, on a page opened again; the words come with the network."""
    page, more = person.page, "En een kruidenier."
    expect(page.locator("[data-ready=page]")).to_be_visible()
    person.context.set_offline(True)
    _keep(person, more)
    page.reload()
    expect(page.locator("[data-card]", has_text=more)).to_have_count(1)
    expect(page.locator("[data-lost]")).to_contain_text("Geen netwerk")
    expect(page.locator("[data-line]")).to_have_attribute("data-waiting", "1")
    person.context.set_offline(False)
    expect(page.locator("[data-line]")).to_have_attribute("data-waiting", "0")
    expect(page.locator("[data-line]")).to_have_attribute("data-saved", "2")


def _keep(person: Person, text: str) -> None:
    """Write a card and press Keep."""
    person.page.locator("form[data-card-form] [name=text]").fill(text)
    person.page.locator("form[data-card-form] button.act:not([data-do])").click()
    expect(person.page.locator("[data-card]", has_text=text)).to_have_count(1)


def _hand_on_while_away(browser: Browser, ann: Person, bob: Person) -> None:
    """Ann writes from now on; what bob wrote without a network comes from the page of his table, when he is back."""
    words = "Geschreven in de trein."
    bob.context.set_offline(True)
    _keep(bob, words)
    _lay_down_elsewhere(browser, bob)
    ann.go(f"{HOME}/table/")
    ann.press("main form[action$='/pen/'] button")
    expect(ann.page.locator("#cards")).not_to_contain_text(words)

    bob.page.close()
    bob.context.set_offline(False)
    bob.page = bob.context.new_page()
    bob.go(f"{HOME}/table/")
    expect(bob.page.locator("[data-left-said]")).to_contain_text("have arrived there")
    expect(ann.page.locator("#cards")).to_contain_text(words)


def _hand_on_while_the_page_is_open(browser: Browser, ann: Person) -> None:
    """The page of the cards brings what was written without a network, and then only shows the table."""
    words = "Geschreven op de trap."
    ann.press("main #cards a.act")
    expect(ann.page.locator("[data-ready=page]")).to_be_visible()
    ann.context.set_offline(True)
    _keep(ann, words)
    _lay_down_elsewhere(browser, ann)
    ann.context.set_offline(False)
    expect(ann.page.locator("form[data-card-form]")).to_have_count(0)
    expect(ann.page.locator("main")).to_contain_text(words)
    ann.press(ann.page.get_by_role("link", name="To my online table"))
    expect(ann.page.locator("[data-left-said]")).to_be_hidden()


def _lay_down_elsewhere(browser: Browser, person: Person) -> None:
    """Lay the pen down with another device that the same code has opened."""
    other = Person(browser, person.address, "en", width=PHONE)
    other.context.add_cookies(person.context.cookies())  # type: ignore[arg-type]  # what one gives the other takes
    other.go(f"{HOME}/table/")
    other.press(other.page.get_by_role("button", name="Somebody else shall write"))
    other.leave()


def _send(person: Person) -> None:
    """Pick every card, read it aloud, and send."""
    for box in person.page.locator("main input[type=checkbox][name=card]").all():
        box.check()
    person.page.get_by_role("button", name=re.compile("Read aloud|Read back|Send", re.IGNORECASE)).first.click()
    person.page.get_by_role("button", name=re.compile("The table agrees")).click()
    expect(person.page.locator("main")).to_contain_text(re.compile(r"1 card sent|sent"))
