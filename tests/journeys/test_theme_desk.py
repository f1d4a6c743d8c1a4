"""The theme desk in two browsers at once: keys, a drag, a second pair of eyes, a table's objection, a ballot."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from tests.journeys.people import Person
from tests.journeys.serving import House, served
from tests.journeys.test_accessibility import RULES

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.same_on_both]

PASSWORD = "a desk with many cards"
HERE = "/town/summit/day"
MAKE = f"""
import django, json, uuid; django.setup()
from datetime import timedelta
from django.utils import timezone
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template
from burgertop.stages.summit import actions
from burgertop.stages.summit.queries import door_of
process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl", "en"], is_listed=True)
process.write("title", {{"nl": "De stad", "en": "The town"}})
stage = Stage.objects.create(process=process, kind=StageKind.SUMMIT, slug="day", order=1, state=StageState.OPEN)
now = timezone.now()
tables = actions.lay_tables(stage, [actions.TableDraft(number, ("nl",), 8) for number in (1, 2)], now=now)
round_ = actions.open_round(actions.make_round(stage, questions={{"nl": "Wat nu?", "en": "What now?"}}), now=now)
TEXTS = ["Meer bomen in onze straat", "Een gratis bus voor iedereen", "Meer bomen in elke straat",
         "Bomen planten in de straat", "Iets heel anders"]
for number, text in enumerate(TEXTS):
    draft = actions.CardDraft(text, "nl")
    actions.write_card(round_.pk, tables[number % 2], draft, card_id=uuid.UUID(int=number + 1), once=uuid.uuid4(),
                       by=None, now=now + timedelta(milliseconds=number))
for name, role in (("ann", Role.ORGANISER), ("ben", Role.THEME_TEAM)):
    give_role(process, Account.objects.create_user(f"{{name}}@town.example", "{PASSWORD}"), role)
print(json.dumps({{"door": f"/t/{{door_of(tables[0])}}", "table": str(tables[0].pk), "round": str(round_.pk)}}))
"""


@pytest.fixture(scope="module")
def house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server of its own."""
    with served(shutil.copytree(ready, tmp_path_factory.mktemp("desk") / "home")) as house:
        yield house


def hand(page: Page, text: str) -> None:
    """This card must be in hand."""
    expect(page.locator("[data-desk-card] > .kept").first).to_contain_text(text)


def reads_well(page: Page) -> None:
    found: dict[str, Any] = Axe().run(page, options=RULES).response
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


def decides_before_the_answer_comes(page: Page) -> None:
    """The hint is taken (like the card about trees); the next card comes with the news, and is decided upon as well."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    page.route("**/desk/place/", hold)
    with page.expect_request("**/desk/place/"):
        page.keyboard.press("1")
    page.title()  # the request is in our hands now
    answer = held[0].fetch()
    hand(page, "Iets heel anders")
    page.keyboard.press("0")
    held[0].fulfill(response=answer)
    expect(page.locator("[data-cluster=rest]")).to_contain_text("1 card")
    page.unroute("**/desk/place/")


def test_two_people_bring_cards_to_a_ballot_and_a_table_objects(house: House, browser: Browser) -> None:
    made = house.run(MAKE)
    ann, ben = (Person(browser, house.address, "en") for _ in range(2))
    for person, name in ((ann, "ann"), (ben, "ben")):
        person.sign_in(f"{name}@town.example", PASSWORD)
        person.go(f"{HERE}/desk/")

    hand(ann.page, "Meer bomen in onze straat")  # each is dealt another card
    hand(ben.page, "Een gratis bus")
    ann.page.keyboard.press("n")
    ann.page.keyboard.type("Trees")
    ann.page.keyboard.press("Enter")
    hand(ann.page, "Meer bomen in elke straat")
    ann.page.keyboard.press("Escape")
    ben.page.keyboard.press("n")
    ben.page.keyboard.type("Buses")
    ben.page.keyboard.press("Enter")
    hand(ben.page, "Bomen planten")
    decides_before_the_answer_comes(ann.page)
    expect(ann.page.locator("[data-cluster]", has_text="Trees")).to_contain_text("2 cards")

    expect(ben.page.locator("[data-cluster]", has_text="Trees")).to_contain_text("2 cards")  # seen by the other at once
    reads_well(ben.page)
    card = ben.page.locator("[data-desk-card]").bounding_box()
    target = ben.page.locator("[data-cluster]", has_text="Buses").bounding_box()
    assert card is not None
    assert target is not None
    ben.page.mouse.move(card["x"] + 40, card["y"] + 20)
    ben.page.mouse.down()
    ben.page.mouse.move(target["x"] + 60, target["y"] + 30, steps=4)
    ben.page.mouse.up()
    expect(ben.page.locator("[data-cluster]", has_text="Buses")).to_contain_text("2 cards")
    ben.page.locator("[data-desk]").focus()
    ben.page.keyboard.press("z")  # taken back: the card is in hand again
    hand(ben.page, "Bomen planten")
    ben.page.keyboard.press("a")
    expect(ben.page.locator("[data-cluster]", has_text="Trees")).to_contain_text("3 cards")
    ann.see("Every card has been read.")

    for person, of_the_other in ((ann, 2), (ben, 3)):
        person.go(f"{HERE}/rounds/{made['round']}/check/")
        person.press("main [data-keys] form button")
        for _card in range(of_the_other):
            with person.page.expect_navigation():
                person.page.keyboard.press("y")
        person.see("Nothing here waits for you.")

    tablet = Person(browser, house.address, "nl", width=820, has_script=False)
    tablet.page.goto(f"{house.address}{made['door']}")
    tablet.press("main form button")
    tablet.page.goto(f"{house.address}/nl{HERE}/tables/{made['table']}/clusters/")
    tablet.page.locator("main details summary").first.click()
    tablet.page.locator("main [name=reason]").first.fill("Wij bedoelden: een bus naar het bos.")
    tablet.page.locator("main details[open] form button").click()

    ann.go(f"{HERE}/desk/")
    ann.press("main a[href$='/objections/']")
    ann.page.locator("main [name=cluster]").select_option(label="B Buses")
    ann.press("main button[value=move]")
    tablet.page.reload()
    expect(tablet.page.locator("main .notice--ok")).to_contain_text("Buses")

    ann.go(f"{HERE}/rounds/{made['round']}/ballot/")
    ann.see("1 card seen by one only")
    ann.fill(words="Only one language today.", unconfirmed="No time left.")
    ann.press("main form button.act:not([name])")
    ann.see("The ballot is ready.")
    for person in (ann, ben, tablet):
        person.leave()
