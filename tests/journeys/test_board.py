"""The control desk of a hall with a hundred tables: who needs somebody is seen, a table is found, nothing jumps."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.halls import flaws
from tests.journeys.people import PHONE
from tests.journeys.serving import House, served
from tests.journeys.test_tables import at_desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAKE = """
import django, json, uuid; django.setup()
from datetime import timedelta
from django.utils import timezone
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import HelpKind, Table
process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl"], is_listed=True)
process.write("title", {"nl": "De stad"})
stage = Stage.objects.create(process=process, kind=StageKind.SUMMIT, slug="day", order=1, state=StageState.OPEN)
now = timezone.now()
actions.lay_tables(stage, [actions.TableDraft(number, ("nl",), 10) for number in range(1, 101)], now=now)
actions.open_round(actions.make_round(stage, questions={"nl": "Wat nu?"}), now=now)
give_role(process, Account.objects.create_user("olga@town.example", "a hall with one desk"), Role.ORGANISER)
for table in Table.objects.select_related("stage__process").exclude(number__in=[12, 50]):
    actions.bind_device(table, now=now)
    if table.number in (87, 41):
        actions.call_for_help(table, kind=HelpKind.INTERPRETER, once=uuid.uuid4(), now=now)
print(json.dumps({}))
"""
CALL = """
import django, json, uuid; django.setup()
from django.utils import timezone
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import HelpKind, Table
table = Table.objects.select_related("stage__process").get(number={number})
actions.call_for_help(table, kind=HelpKind.INTERPRETER, once=uuid.uuid4(), now=timezone.now())
print(json.dumps({{}}))
"""
TOP = "document.querySelector('#tables').getBoundingClientRect().top"


@pytest.fixture(scope="module")
def house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall with a hundred tables: two call, two have no device."""
    with served(copytree(ready, tmp_path_factory.mktemp("board") / "home")) as house:
        house.run(MAKE)
        yield house


def numbers(page: Page) -> list[str]:
    """The tables that are seen, in their order."""
    return [tile.inner_text() for tile in page.locator(".tile:visible .tile__head > strong").all()]


def test_a_hundred_tables_are_overseen_from_a_phone(house: House, browser: Browser) -> None:
    desk = at_desk(browser, house, "olga@town.example", "town/summit/day/control/")
    page = desk.page
    page.set_viewport_size({"width": PHONE, "height": 844})
    assert [one.split()[-1] for one in numbers(page)] == ["41", "87", "12", "50"]
    assert flaws(page) == []

    page.locator("#calm-tables > summary").click()
    assert len(numbers(page)) == 100
    page.locator("#calm-tables > summary").focus()
    page.locator(".tile").nth(60).scroll_into_view_if_needed()
    before = page.evaluate(TOP)
    house.run(CALL.format(number=66))
    expect(page.locator("[aria-labelledby=calls] li")).to_have_count(3)
    assert abs(page.evaluate(TOP) - before) <= 1
    expect(page.locator("#calm-tables > summary")).to_be_focused()
    expect(page.locator("#calm-tables")).to_have_attribute("open", "")

    page.locator("#find-table").fill("87")
    page.keyboard.press("Enter")
    expect(page.locator(".tile")).to_have_count(1)
    expect(page.locator(".tile--calling")).to_contain_text("87")
    assert flaws(page) == []
    house.run(CALL.format(number=3))
    expect(page.locator("[aria-labelledby=calls] li")).to_have_count(4)
    expect(page.locator(".tile")).to_have_count(1)
    desk.leave()
