"""One device with its table open in two tabs: both write, the network goes and comes, nothing is lost or doubled."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.halls import bind, hall_seen, hall_served
from tests.journeys.serving import House
from tests.journeys.tables import send, write
from tests.journeys.test_tables import MAKE, READ, line

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOON_MILLISECONDS = 4_000  # sooner than a tab that was cut off for long tries again by itself
WORDS = "form[data-card-form] [name=text]"
# Wait until this device keeps words that are being typed.
KEPT = """
async (words) => {
  const answer = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const base = await answer(indexedDB.open("burgertop-tables"));
  const kept = async () => JSON.stringify(await answer(base.transaction("tables").objectStore("tables").getAll()));
  while (!(await kept()).includes(words)) await new Promise((done) => setTimeout(done, 20));
  base.close();
}
"""


@pytest.fixture(scope="module")
def house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall without internet."""
    with hall_served(ready, tmp_path_factory.mktemp("tabs")) as house:
        yield house


@pytest.fixture(scope="module")
def tablet(house: House) -> Iterator[BrowserContext]:
    """A tablet that is a device of table 7."""
    door = house.run(MAKE)["door"]
    with hall_seen(house) as browser:
        yield bound_tablet(browser, house.address + door)


def bound_tablet(browser: Browser, address: str) -> BrowserContext:
    """Bind a tablet by the sheet of its table; its page is closed again."""
    tablet = browser.new_context(locale="nl-BE", viewport={"width": 820, "height": 1180})
    bind(tablet, address)
    return tablet


def another_tab(tablet: BrowserContext) -> Page:
    """Open the table once more on the same tablet."""
    page = tablet.new_page()
    page.goto(tablet.pages[0].url)
    page.wait_for_selector("[data-ready]")
    return page


def test_two_tabs_lose_and_double_nothing(house: House, tablet: BrowserContext) -> None:
    one = tablet.pages[0]
    two = another_tab(tablet)
    two.wait_for_selector('[data-ready="page"]')
    write(one, "een, met netwerk")
    write(two, "twee, met netwerk")
    for tab in (one, two):
        line(tab, waiting=0, saved=2, sent=0)

    tablet.set_offline(True)
    for tab in (one, two):
        tab.reload()
        tab.wait_for_selector("[data-ready]")
    for number in (1, 2):
        write(one, f"een, zonder netwerk {number}")
        write(two, f"twee, zonder netwerk {number}")
    for tab in (one, two):
        line(tab, waiting=4, saved=2)
        expect(tab.locator("[data-cards] [data-card]")).to_have_count(6)
    send(one, "een, met netwerk", "twee, zonder netwerk 1")
    send(two, "een, zonder netwerk 2")

    tablet.set_offline(False)
    for tab in (one, two):
        line(tab, waiting=0, saved=6, sent=3)
        expect(tab.locator("[data-line-text]")).to_contain_text("Alles is hier bewaard: 6. Verstuurd: 3.")
        expect(tab.locator("[data-cards] [data-card]")).to_have_count(6)
    found = house.run(READ)
    parts = ["met netwerk", "zonder netwerk 1", "zonder netwerk 2"]
    texts = sorted(f"{tab}, {part}" for tab in ("een", "twee") for part in parts)
    sent = ["een, met netwerk", "een, zonder netwerk 2", "twee, zonder netwerk 1"]
    assert sorted(found["texts"]) == texts
    assert sorted(card[3] for card in found["cards"]) == texts
    assert sorted(card[3] for card in found["cards"] if card[1] == "sent") == sent
    two.close()
    words_of_each_tab(tablet, one)
    server_that_comes_back(house, tablet, one)


def words_of_each_tab(tablet: BrowserContext, one: Page) -> None:
    """What is half written stays with its tab; a tab that was closed leaves it to the next one that opens."""
    two = another_tab(tablet)
    one.locator(WORDS).fill("half van een")
    two.locator(WORDS).fill("half van twee")
    one.evaluate(KEPT, "half van een")
    two.evaluate(KEPT, "half van twee")

    two.close()
    one.reload()
    expect(one.locator(WORDS)).to_have_value("half van een")
    three = another_tab(tablet)
    expect(three.locator(WORDS)).to_have_value("half van twee")
    four = another_tab(tablet)
    expect(four.locator(WORDS)).to_have_value("")

    write(three, "heel van twee")
    expect(one.locator(WORDS)).to_have_value("half van een")
    four.close()
    three.close()
    one.reload()
    expect(one.locator(WORDS)).to_have_value("half van een")
    line(one, waiting=0, saved=7)


def server_that_comes_back(house: House, tablet: BrowserContext, one: Page) -> None:
    """The tab that reaches the server first tells the other, which says so at once."""
    two = another_tab(tablet)
    house.kill()
    write(one, "een, zonder server")
    write(two, "twee, zonder server")
    for tab in (one, two):
        expect(tab.locator("[data-lost]")).not_to_be_empty()
        expect(tab.locator("[data-line]")).to_have_attribute("data-waiting", "2")

    house.start()
    one.evaluate("dispatchEvent(new Event('online'))")
    for tab in (one, two):
        expect(tab.locator("[data-line]")).to_have_attribute("data-sign", "ok", timeout=SOON_MILLISECONDS)
        expect(tab.locator("[data-line]")).to_have_attribute("data-waiting", "0")
        expect(tab.locator("[data-line]")).to_have_attribute("data-saved", "9")
    two.close()
