"""A whole round in four browsers: two tablets of a table, the theme desk, the control desk.

The network goes: a tablet writes on, is closed and opened again, and nothing is lost or doubled.
"""

import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.halls import PATIENCE_MILLISECONDS, bind, flaws, hall_seen, hall_served
from tests.journeys.people import Person
from tests.journeys.serving import House
from tests.journeys.tables import send, write
from tests.stages.summit.test_pictures import png

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EDITS = 200
CARDS = 20
MAKE = """
import django, json; django.setup()
from django.utils import timezone
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template
from burgertop.stages.summit import actions
from burgertop.stages.summit.queries import door_of
process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl", "fr"], is_listed=True)
process.write("title", {"nl": "De stad"})
stage = Stage.objects.create(process=process, kind=StageKind.SUMMIT, slug="day", order=1, state=StageState.OPEN)
now = timezone.now()
table, = actions.lay_tables(stage, [actions.TableDraft(7, ("nl", "fr"), 8)], now=now)
actions.open_round(actions.make_round(stage, questions={"nl": "Wat nu?", "fr": "Et maintenant ?"}), now=now)
actions.make_round(stage, questions={"nl": "En dan?"})
give_role(process, Account.objects.create_user("olga@town.example", "a hall with one desk"), Role.ORGANISER)
give_role(process, Account.objects.create_user("tess@town.example", "a hall with one desk"), Role.THEME_TEAM)
print(json.dumps({"door": f"/t/{door_of(table)}"}))
"""
READ = """
import django, json; django.setup()
from burgertop.stages.summit.models import Card, CardRevision, Photo
print(json.dumps({
    "texts": list(CardRevision.objects.values_list("text", flat=True)),
    "cards": [[c.number, c.state, c.revision, c.say("text", "nl").text] for c in Card.objects.order_by("number")],
    "photos": Photo.objects.count(),
    "late": [c.say("text", "nl").text for c in Card.objects.filter(is_late=True)],
}))
"""
# Twenty cards, then one after the other is corrected, until there were so many changes: by the page's own controls.
WRITE = """
async ([edits, cards]) => {
  const form = () => document.querySelector("form[data-card-form]");
  const until = async (is) => { while (!is()) await new Promise((done) => setTimeout(done, 1)); };
  for (let edit = 0; edit < edits; edit += 1) {
    if (edit >= cards) {
      const rows = document.querySelectorAll("[data-cards] [data-card][data-is-waiting]");
      rows[edit % cards].querySelector("[data-do=edit]").click();
      await until(() => form().elements.text.value);
    }
    form().elements.text.value = `tekst ${edit}`;
    form().requestSubmit();
    await until(() => !form().elements.text.value);
  }
}
"""


@pytest.fixture(scope="module")
def house(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A hall without internet."""
    with hall_served(ready, tmp_path_factory.mktemp("tables")) as house:
        yield house


@pytest.fixture(scope="module")
def hall_browser(house: House) -> Iterator[Browser]:
    """A browser that finds the hall."""
    with hall_seen(house) as browser:
        yield browser


def at_desk(browser: Browser, house: House, mail: str, path: str) -> Person:
    """Somebody of the staff, signed in, at their page."""
    person = Person(browser, house.address, "nl")
    person.go("accounts/login/")
    person.fill(login=mail, password="a hall with one desk")
    person.press("main form button")
    person.go(path)
    return person


def line(page: Page, **facts: int) -> None:
    """Wait until the line that is always there says so."""
    for name, value in facts.items():
        expect(page.locator("[data-line]")).to_have_attribute(f"data-{name}", str(value), timeout=PATIENCE_MILLISECONDS)


def test_fifteen_minutes_without_a_network(house: House, hall_browser: Browser, tmp_path: Path) -> None:
    made: dict[str, Any] = house.run(MAKE)
    tablets = [hall_browser.new_context(locale="nl-BE", viewport={"width": 820, "height": 1180}) for _tablet in "ab"]
    first, second = (bind(tablet, house.address + made["door"]) for tablet in tablets)
    desk = at_desk(hall_browser, house, "tess@town.example", "town/summit/day/desk/")
    control = at_desk(hall_browser, house, "olga@town.example", "town/summit/day/control/")

    for words in ("Nog niets om te bewaren.", "Encore rien à garder."):
        expect(first.locator("[data-line-text]")).to_contain_text(words)
    write(first, "voor de storing")
    line(first, waiting=0, saved=1)
    assert flaws(first) == []

    tablets[0].set_offline(True)
    first.evaluate(WRITE, [EDITS, CARDS])
    write(second, "van het andere toestel")
    line(second, waiting=0, saved=2)
    line(first, waiting=EDITS, saved=1)
    send(first, "tekst 199", "tekst 198")
    photo = tmp_path / "chart.png"
    photo.write_bytes(png())
    first.locator("[data-photo-file]").set_input_files(photo)
    line(first, waiting=EDITS + 1, photos=1)

    house.kill()
    address = first.url
    first.close()
    first = tablets[0].new_page()
    first.goto(address)
    line(first, waiting=EDITS + 1, photos=1, sent=0)
    first.locator("form[data-card-form] [name=text]").fill("half geschreven")
    house.start()
    desk.go("town/summit/day/desk/")
    expect(desk.page.locator("body")).not_to_contain_text("tekst 199")

    began_at = time.monotonic()
    tablets[0].set_offline(False)
    expect(desk.page.locator("body")).to_contain_text("tekst 199", timeout=PATIENCE_MILLISECONDS)
    sys.stdout.write(f"200 changes and a handover at the desk after {time.monotonic() - began_at:.2f} s\n")
    line(first, waiting=0, photos=0, saved=CARDS + 2, sent=2)
    expect(first.locator("form[data-card-form] [name=text]")).to_have_value("half geschreven")
    line(second, saved=CARDS + 2, sent=2)

    found = house.run(READ)
    wanted = [f"tekst {edit}" for edit in range(EDITS)]
    assert sorted(found["texts"]) == sorted([*wanted, "voor de storing", "van het andere toestel"])
    assert [card[0] for card in found["cards"]] == list(range(1, CARDS + 3))
    assert sorted(card[3] for card in found["cards"] if card[1] == "sent") == ["tekst 198", "tekst 199"]
    assert (sum(card[2] for card in found["cards"]), found["photos"]) == (EDITS + 2, 1)
    locked_database(house, first)
    round_that_closes(house, first, control)
    call_for_help(first, control)
    control.leave()
    for tablet in tablets:
        tablet.close()
    desk.leave()


def locked_database(house: House, page: Page) -> None:
    """Somebody holds the database: the device keeps what is written, says so, and brings it by itself."""
    with sqlite3.connect(house.home / "burgertop.sqlite3", isolation_level=None) as database:
        database.execute("BEGIN IMMEDIATE")
        with page.expect_response(lambda answer: answer.url.endswith("/sync/") and answer.status == 503) as answer:
            page.locator("form[data-card-form] button.act:not([data-do])").click()
        assert answer.value.headers["retry-after"] == "3"
        line(page, waiting=1)
        database.execute("ROLLBACK")
    line(page, waiting=0, saved=CARDS + 3)


def call_for_help(page: Page, control: Person) -> None:
    """One press at the table shows at the control desk, without its page being loaded again."""
    expect(control.page.locator(".tile--calling")).to_have_count(0)
    page.locator("form[action$='/help/'] button").first.click()
    expect(control.page.locator(".tile--calling")).to_contain_text("7", timeout=PATIENCE_MILLISECONDS)


def round_that_closes(house: House, page: Page, control: Person) -> None:
    """The round is ended at the control desk while somebody writes: the text stays and is taken late."""
    form = page.locator("form[data-card-form]")
    form.locator("[name=text]").fill("nog net")
    control.go("town/summit/day/control/")
    control.press("main form[action$='/control/end/'] button")
    expect(form.locator("[data-form-said]")).to_be_visible()
    control.press("main form[action$='/control/begin/'] button")
    expect(page.locator(".host__top h1")).to_contain_text("En dan?", timeout=PATIENCE_MILLISECONDS)
    expect(form.locator("[name=text]")).to_have_value("nog net")
    form.locator("button.act:not([data-do])").click()
    line(page, waiting=0, saved=0)
    write(page, "in de volgende ronde")
    line(page, waiting=0, saved=1)
    late = house.run(READ)["late"]
    assert late == ["nog net"]
