"""A hall whose server dies during check-in: the doors go on, and everybody is there once it is back."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tests.journeys.halls import PATIENCE_MILLISECONDS, bind, flaws, hall_seen, hall_served
from tests.journeys.people import Person
from tests.journeys.serving import House

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAKE = """
import django, json; django.setup()
from django.utils import timezone
from burgertop.foundation.draws.models import Draw, DrawState, Member, Standing
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Participant, Role
from burgertop.foundation.people.vault import seal
from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Effort
from burgertop.stages.summit.queries import badge_codes, sheet_word
process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl", "fr"], is_listed=True)
process.write("title", {"nl": "De stad"})
lottery = Stage.objects.create(process=process, kind=StageKind.LOTTERY, slug="lot", order=1)
stage = Stage.objects.create(process=process, kind=StageKind.SUMMIT, slug="day", order=2, state=StageState.OPEN)
draw = Draw.objects.create(stage=lottery, name="hall", seats=4, state=DrawState.DRAWN)
names = [("Mia", "Claes"), ("Zoé", "Peeters"), ("Jan", "Maes"), ("Ada", "Wouters")]
for number, (given, family) in enumerate(names, 1):
    person = Participant.objects.create(
        process=process, origin="drawn", language="nl", speaks=["nl"], pool_id=f"p{number}",
        identity=seal(process.pk, {"given_name": given, "family_name": family}))
    Member.objects.create(draw=draw, participant=person, number=number, origin="drawn", standing=Standing.DRAWN)
now = timezone.now()
actions.lay_tables(stage, [actions.TableDraft(7, ("nl",), 8)], now=now)
actions.make_round(stage, questions={"nl": "Wat nu?"})
actions.seat_hall(stage, seed="dice", effort=Effort.QUICK, now=now)
olga = Account.objects.create_user("olga@town.example", "a hall with two doors")
give_role(process, olga, Role.ORGANISER)
doors = [actions.make_door(stage, name, now=now) for name in ("Noord", "Zuid")]
people = {one.pool_id: one.pk for one in Participant.objects.all()}
codes = badge_codes(stage, people.values())
print(json.dumps({
    "sheets": [f"/d/{sheet_word(door)}" for door in doors],
    "codes": {name: codes[pk] for name, pk in people.items()},
}))
"""
STRANGE = "K7M4PX9RW3"


@pytest.fixture(scope="module")
def house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall without internet."""
    with hall_served(ready, tmp_path_factory.mktemp("doors")) as house:
        yield house


@pytest.fixture(scope="module")
def made(house: House) -> dict[str, Any]:
    """A summit with four people and two doors: the sheets of the doors, the codes of the badges."""
    return house.run(MAKE)


def film(code: str, path: Path) -> Path:
    """Write what a camera sees of a badge: two pictures of its square, without color."""
    square, wide, high, dot = segno.make(code, micro=False).matrix, 640, 480, 8
    light = bytearray(b"\xd0" * (wide * high))
    left, top = (wide - dot * len(square)) // 2, (high - dot * len(square)) // 2
    for y, row in enumerate(square):
        for x, is_dark in enumerate(row):
            for line in range(dot if is_dark else 0):
                start = (top + y * dot + line) * wide + left + x * dot
                light[start : start + dot] = b"\x20" * dot
    picture = b"FRAME\n" + bytes(light) + b"\x80" * (wide * high // 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + picture * 2)
    return path


@pytest.fixture(scope="module")
def hall_browser(house: House, made: dict[str, Any]) -> Iterator[Browser]:
    """A browser whose camera sees a badge."""
    seen = film(made["codes"]["p4"], house.log.with_name("badge.y4m"))
    flags = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    with hall_seen(house, *flags, f"--use-file-for-fake-video-capture={seen}") as browser:
        yield browser


def type_in(page: Page, text: str) -> None:
    """Type like a hand scanner: the code, then Enter; the field has the focus."""
    expect(page.locator("[name=typed]")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_the_doors_go_on_without_a_server(house: House, made: dict[str, Any], hall_browser: Browser) -> None:
    sheets, codes = made["sheets"], made["codes"]
    viewport = ViewportSize(width=390, height=844)
    tablets = [hall_browser.new_context(locale=tongue, viewport=viewport) for tongue in ("nl-BE", "fr-BE")]
    north, south = (bind(tablet, house.address + sheet) for tablet, sheet in zip(tablets, sheets, strict=True))

    expect(south.locator("[data-line]")).to_have_text("Encore aucune entrée sur cet appareil.")
    type_in(north, codes["p1"])
    expect(north.locator("[data-result]")).to_contain_text("Mia Claes")
    expect(north.locator("[data-result]")).to_contain_text("7")
    expect(north.locator("[data-result] .no-photos")).to_have_text("Geen foto’s")
    expect(north.locator("[data-line]")).to_have_attribute("data-sign", "ok")
    expect(north.locator("[data-line]")).to_have_text("Alles bewaard: 1 check-in.")
    assert flaws(north) == []

    house.kill()
    type_in(north, codes["p2"].lower())
    expect(north.locator("[data-result]")).to_contain_text("Zoé Peeters")
    type_in(north, "maes")
    north.locator("[data-found] button").click()
    expect(north.locator("[data-result]")).to_contain_text("Jan Maes")
    expect(north.locator("[data-line]")).to_have_attribute("data-waiting", "2")
    south.locator("[data-camera-start]").click()
    expect(south.locator("[data-result]")).to_contain_text("Ada Wouters")
    south.locator("[data-camera-start]").click()
    south.locator("[name=typed]").focus()
    type_in(south, STRANGE)
    expect(south.locator("[data-result] .notice--stop")).to_be_visible()
    type_in(south, codes["p2"])
    expect(south.locator("[data-result]")).to_contain_text("Zoé Peeters")

    address = north.url
    north.close()
    north = tablets[0].new_page()
    north.goto(address)
    expect(north.locator("[data-line]")).to_have_attribute("data-waiting", "2")
    expect(north.locator("[data-line]")).to_contain_text(re.compile(r"\d\d:\d\d"))
    type_in(north, codes["p2"])
    expect(north.locator("[data-result] .notice--wait")).to_contain_text("Zoé Peeters")

    house.start()
    for page in (north, south):
        expect(page.locator("[data-line]")).to_have_attribute("data-sign", "ok", timeout=PATIENCE_MILLISECONDS)
        expect(page.locator("[data-line]")).to_have_attribute("data-waiting", "0")
    for tablet in tablets:
        tablet.close()
    settle(Person(hall_browser, house.address, "nl"))


def settle(organiser: Person) -> None:
    """The organiser sees that all four came, and that one of them came by two doors; says what it was."""
    organiser.go("accounts/login/")
    organiser.fill(login="olga@town.example", password="a hall with two doors")
    organiser.press("main form button")
    organiser.go("town/summit/day/doors/")
    expect(organiser.page.locator("#came")).to_contain_text(re.compile("4.*4"))
    assert flaws(organiser.page) == []
    organiser.press("a[href*='/doors/clashes/']")
    organiser.see("Zoé Peeters")
    organiser.choose("settled", "same")
    organiser.press("main form button")
    expect(organiser.page.locator("a[href*='/doors/clashes/']")).to_have_count(0)
    expect(organiser.page.locator("[aria-labelledby=clashes] .sign--ok")).to_have_count(1)
    organiser.leave()
