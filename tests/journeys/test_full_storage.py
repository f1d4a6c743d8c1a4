"""A device whose browser keeps nothing, for it is full or may not: nothing is lost in silence, nothing is claimed."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect
from tests.journeys.halls import PATIENCE_MILLISECONDS, bind, flaws, hall_seen, hall_served
from tests.journeys.serving import House
from tests.journeys.tables import send, write
from tests.journeys.test_doors import MAKE as MAKE_DOORS
from tests.journeys.test_doors import type_in
from tests.journeys.test_standstill import OPEN, READ
from tests.journeys.test_tables import line
from tests.stages.summit.test_pictures import chunk

from burgertop.stages.summit.actions.photos import MOST_PHOTOS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = "form[data-card-form] [name=text]"
KEEP = "form[data-card-form] button.act:not([data-do])"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
FORBIDDEN = """
Object.defineProperty(IDBFactory.prototype, "open", { value() { throw new DOMException("no", "SecurityError"); } });
"""
# Whatever puts something into the browser's database is undone as a whole, as it is when a disk is full.
FULL = """
(isFull) => {
  self.isFull = isFull;
  for (const name of isFull ? ["add", "put"] : []) {
    const whole = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...words) {
      const request = whole.apply(this, words);
      if (self.isFull) this.transaction.abort();
      return request;
    };
  }
}
"""


@pytest.fixture(scope="module")
def house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall without internet."""
    with hall_served(ready, tmp_path_factory.mktemp("full")) as house:
        yield house


@pytest.fixture(scope="module")
def hall_browser(house: House) -> Iterator[Browser]:
    """A browser that finds the hall."""
    with hall_seen(house) as browser:
        yield browser


def fill_up(page: Page, *, is_full: bool = True) -> None:
    """Let the browser keep nothing more of this page, or as much as before."""
    page.evaluate(FULL, is_full)


def test_a_device_that_cannot_keep_says_so_and_brings_at_once(house: House, hall_browser: Browser) -> None:
    made = {**house.run(MAKE_DOORS), **house.run(OPEN)}
    full_table(house, hall_browser, house.address + made["table"])
    table_that_may_not(hall_browser, house.address + made["table"])
    assert house.run(READ)["cards"] == [
        "eerst zonder netwerk",
        "eindelijk",
        "met netwerk",
        "verbeterd",
        "voor het vol was",
        "weer plaats",
    ]
    full_door(hall_browser, house.address + made["sheets"][0], made["codes"])
    assert house.run(READ)["people"] == ["p1", "p2"]


def full_table(house: House, browser: Browser, address: str) -> None:
    """With a network what is written goes to the hall at once; without one it stays in the form, and that is said."""
    tablet = browser.new_context(locale="nl-BE", viewport={"width": 390, "height": 844})
    page = bind(tablet, address)
    write(page, "voor het vol was")
    line(page, waiting=0, saved=1)
    fill_up(page)

    write(page, "nog te kort")
    line(page, waiting=0, saved=2)
    expect(page.locator("[data-kept]")).to_contain_text("Het geheugen van dit toestel is vol.")
    assert flaws(page) == []
    page.locator("[data-card]", has_text="nog te kort").locator("[data-do=edit]").click()
    write(page, "verbeterd")
    expect(page.locator("[data-card]", has_text="verbeterd")).to_have_count(1)

    tablet.set_offline(True)
    page.locator(WORDS).fill("eerst zonder netwerk")
    page.locator(KEEP).click()
    expect(page.locator("[data-form-said]")).to_contain_text("Niet bewaard.")
    expect(page.locator(WORDS)).to_have_value("eerst zonder netwerk")
    line(page, waiting=0, saved=2)
    expect(page.locator("[data-line]")).to_have_attribute("data-sign", "wait")
    expect(page.locator("[data-card]")).to_have_count(2)
    assert flaws(page) == []
    send(page, "verbeterd")
    expect(page.locator("[data-said]")).to_contain_text("Niet bewaard.")
    line(page, waiting=0, sent=0)

    tablet.set_offline(False)
    page.locator(KEEP).click()
    expect(page.locator(WORDS)).to_have_value("", timeout=PATIENCE_MILLISECONDS)
    expect(page.locator("[data-form-said]")).to_be_hidden()
    for do in ("read", "send"):  # it is picked still
        page.locator(f"[data-do={do}]").click()
    line(page, waiting=0, saved=3, sent=1)

    photos_of(page, tablet)
    fill_up(page, is_full=False)
    write(page, "weer plaats")
    line(page, waiting=0, saved=4)
    expect(page.locator("[data-kept]")).to_be_empty()
    tablet.close()


def chart(number: int) -> FilePayload:
    """A picture that differs from those of other numbers."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", number, 1, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(bytes(number + 1)))
    return {"name": "chart.png", "mimeType": "image/png", "buffer": SIGNATURE + head + rows + chunk(b"IEND", b"")}


def photos_of(page: Page, tablet: BrowserContext) -> None:
    """A photo goes to the hall at once, too; what the hall refuses, and what cannot reach it, is said."""
    field, said = page.locator("[data-photo-file]"), page.locator("[data-photo-said]")
    field.set_input_files(chart(1))
    expect(page.locator("[data-photo-count]")).to_contain_text("In de zaal: 1")

    tablet.set_offline(True)
    field.set_input_files(chart(2))
    expect(said).to_contain_text("Niet bewaard.")
    tablet.set_offline(False)
    field.set_input_files(chart(3))
    expect(page.locator("[data-photo-count]")).to_contain_text("In de zaal: 2", timeout=PATIENCE_MILLISECONDS)
    expect(said).to_be_empty()

    for number in range(3, MOST_PHOTOS + 1):
        field.set_input_files(chart(number + 1))
        expect(page.locator("[data-photo-count]")).to_contain_text(f"In de zaal: {number}")
    field.set_input_files(chart(MOST_PHOTOS + 2))
    expect(said).to_contain_text(f"hoogstens {MOST_PHOTOS} foto’s")


def table_that_may_not(browser: Browser, address: str) -> None:
    """The forms go by the network; without one they stay where they are, with every word in them."""
    tablet = browser.new_context(locale="nl-BE", viewport={"width": 390, "height": 844})
    tablet.add_init_script(FORBIDDEN)
    page = tablet.new_page()
    page.goto(address)
    page.get_by_role("button").click()
    page.wait_for_selector('[data-ready="no"]')
    expect(page.locator("[data-kept]")).to_contain_text("Dit toestel kan zonder netwerk geen kaarten bewaren.")
    page.locator(WORDS).fill("met netwerk")
    page.locator(KEEP).click()
    expect(page.locator("[data-card]", has_text="met netwerk")).to_have_count(1)

    page.wait_for_selector('[data-ready="no"]')
    tablet.set_offline(True)
    page.locator(WORDS).fill("eindelijk")
    page.locator(KEEP).click()
    expect(page.locator("[data-form-said]")).to_contain_text("Niet bewaard.")
    expect(page.locator(WORDS)).to_have_value("eindelijk")
    tablet.set_offline(False)
    page.locator(KEEP).click()
    expect(page.locator("[data-card]", has_text="eindelijk")).to_have_count(1)
    tablet.close()


def full_door(browser: Browser, sheet: str, codes: dict[str, str]) -> None:
    """Nobody is welcomed whose check-in is neither on the device nor at the server."""
    phone = browser.new_context(locale="nl-BE", viewport={"width": 390, "height": 844})
    page = bind(phone, sheet)
    fill_up(page)
    type_in(page, codes["p1"])
    expect(page.locator("[data-result]")).to_contain_text("Welkom, Mia Claes")
    phone.set_offline(True)
    type_in(page, codes["p2"])
    expect(page.locator("[data-result] .notice--stop")).to_contain_text("Zoé Peeters is niet ingecheckt.")
    expect(page.locator("[data-line]")).to_have_attribute("data-waiting", "0")
    phone.set_offline(False)
    type_in(page, codes["p2"])
    expect(page.locator("[data-result]")).to_contain_text("Welkom, Zoé Peeters", timeout=PATIENCE_MILLISECONDS)
    phone.close()
