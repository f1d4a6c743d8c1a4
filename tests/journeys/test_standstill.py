"""The server is frozen while a door and a table are open: both go on, say so, and bring everything after the thaw.

The door is open in two tabs of one phone, which bring and count each check-in once.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.halls import PATIENCE_MILLISECONDS, bind, flaws, hall_seen, hall_served
from tests.journeys.serving import House
from tests.journeys.tables import write
from tests.journeys.test_doors import MAKE, type_in
from tests.journeys.test_tables import line

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPEN = """
import django, json; django.setup()
from django.utils import timezone
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Round, Table
from burgertop.stages.summit.queries import door_of
actions.open_round(Round.objects.get(), now=timezone.now())
print(json.dumps({"table": f"/t/{door_of(Table.objects.select_related('stage').get())}"}))
"""
READ = """
import django, json; django.setup()
from burgertop.stages.summit.models import Card, Scan
print(json.dumps({
    "cards": sorted(card.say("text", "nl").text for card in Card.objects.all()),
    "people": [scan.participant.pool_id for scan in Scan.objects.order_by("number")],
}))
"""
STILL = "De server neemt sinds"
REASON = "Een verkeerde versie"


@pytest.fixture(scope="module")
def house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall without internet."""
    with hall_served(ready, tmp_path_factory.mktemp("still")) as house:
        yield house


@pytest.fixture(scope="module")
def hall_browser(house: House) -> Iterator[Browser]:
    """A browser that finds the hall."""
    with hall_seen(house) as browser:
        yield browser


def door_line(page: Page, words: str, *, waiting: int) -> None:
    """Wait until the line of a door says so."""
    says = page.locator("[data-line]")
    expect(says).to_have_attribute("data-waiting", str(waiting), timeout=PATIENCE_MILLISECONDS)
    expect(says).to_contain_text(words, timeout=PATIENCE_MILLISECONDS)


def test_a_door_and_a_table_go_on_while_the_server_only_reads(house: House, hall_browser: Browser) -> None:
    made: dict[str, Any] = {**house.run(MAKE), **house.run(OPEN)}
    codes, size = made["codes"], {"width": 390, "height": 844}
    phone, tablet = (hall_browser.new_context(locale="nl-BE", viewport=size) for _device in "ab")
    door, table = bind(phone, house.address + made["sheets"][0]), bind(tablet, house.address + made["table"])
    type_in(door, codes["p1"])
    write(table, "voor de vorst")
    door_line(door, "Alles bewaard: 1", waiting=0)
    line(table, waiting=0, saved=1)

    house.command("freeze", "--reason", REASON)
    again = phone.new_page()
    again.goto(door.url)
    again.wait_for_selector("[data-ready]")
    door.bring_to_front()
    type_in(door, codes["p2"])
    expect(door.locator("[data-result]")).to_contain_text("Welkom, Zoé Peeters")
    write(table, "tijdens de vorst")
    door_line(door, STILL, waiting=1)
    line(table, waiting=1, saved=1)
    expect(table.locator("[data-lost]")).to_contain_text("De server neemt nu niets aan.")

    for page in (door, table):
        page.reload()
        page.wait_for_selector("[data-ready]")
        expect(page.locator("[data-frozen]")).to_contain_text(REASON)
        assert flaws(page) == []
    type_in(door, codes["p3"])
    write(table, "nog altijd tijdens de vorst")
    door_line(door, STILL, waiting=2)
    line(table, waiting=2, saved=1)
    assert house.run(READ) == {"cards": ["voor de vorst"], "people": ["p1"]}

    house.command("thaw")
    for tab in (door, again):
        tab.evaluate("dispatchEvent(new Event('online'))")
    for tab in (door, again):
        door_line(tab, "Alles bewaard: 3", waiting=0)
    line(table, waiting=0, saved=3)
    for page in (door, table):
        expect(page.locator("[data-frozen]")).to_have_count(0)
    assert house.run(READ) == {
        "cards": ["nog altijd tijdens de vorst", "tijdens de vorst", "voor de vorst"],
        "people": ["p1", "p2", "p3"],
    }
    for device in (phone, tablet):
        device.close()
