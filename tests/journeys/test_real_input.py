"""Real files in a real browser: a published pool and its quotas give a panel; a real conversation becomes a vote."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.journeys import first_stages
from tests.journeys.people import Person
from tests.journeys.serving import House
from tests.journeys.thread import Thread

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DRAW = "lottery/draw/draws/scotland"
DESK = "consultation/ideas/desk"
SEATS = 22
TITLES = (("Invoering", "Mise en œuvre"), ("Betalen", "Financement"), ("Werk", "Travail"), ("Zorg", "Soins"))


@pytest.fixture
def thread(empty_house: House, operator: Person, browser: Browser) -> Iterator[Thread]:
    """A process with every stage open."""
    thread = Thread(empty_house, browser, operator)
    first_stages.found_the_process(thread)
    yield thread
    for person in thread.everybody:
        person.leave()


def test_real_files_go_through_lottery_and_consultation(thread: Thread, shared_data: Path) -> None:
    drawn = _draw_a_panel(thread, shared_data / "sortition" / "sf_fixture_22")
    quotas = _rows_of(shared_data / "sortition" / "sf_fixture_22" / "categories.csv")
    seated = {(row["category"], row["feature"]): 0 for row in quotas}
    seated |= Counter((name, person[name]) for person in drawn for name in {row["category"] for row in quotas})

    assert len(drawn) == SEATS
    assert [
        row for row in quotas if not int(row["min"]) <= seated[row["category"], row["feature"]] <= int(row["max"])
    ] == []

    told = _take_in_a_conversation(thread, shared_data / "consultation" / "nz-ubi")
    _make_themes(thread, told)
    _vote(thread)


def _rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _draw_a_panel(thread: Thread, case: Path) -> list[dict[str, str]]:
    """Take in pool and quotas, seal, draw; return the rows of the drawn as the file names them."""
    organiser = thread.organiser
    pool, quotas = case / "respondents.csv", case / "categories.csv"
    first_stages.draw(thread, "scotland", seats=SEATS, pool=pool, quotas=quotas, thrown="271")
    organiser.go(thread.at(f"{DRAW}/roster/"))
    with organiser.page.expect_download() as coming:
        organiser.page.locator("main a[href*='/selected/csv/'], main a[href*='selected'][href*='csv']").first.click()
    text = Path(coming.value.path()).read_text("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


def _take_in_a_conversation(thread: Thread, case: Path) -> list[str]:
    """Take in ideas and ratings of a real conversation; return the ideas."""
    organiser = thread.organiser
    organiser.go(thread.at(f"{DESK}/files/"))
    organiser.attach("ideas", "comments.csv", case / "comments.csv")
    organiser.attach("votes", "votes.csv", case / "votes.csv")
    organiser.choose("language", "en")
    organiser.press("main form:has([name=ideas]) button")
    rows = _rows_of(case / "comments.csv")
    shown = [row for row in rows if row["moderated"] != "-1"]
    facts = organiser.page.locator("main dl.facts dd").all_inner_texts()
    assert int(facts[0]) == len(shown)
    assert int(facts[3]) == len(rows) - len(shown)
    organiser.press("main form:has([name=kept]) button")
    return [row["comment-body"] for row in shown]


def _make_themes(thread: Thread, told: list[str]) -> None:
    """Four themes, and two ideas of the conversation under three of them; the public reads them there."""
    organiser = thread.organiser
    for dutch, french in TITLES:
        organiser.go(thread.at(f"{DESK}/themes/new/"))
        organiser.fill(title_nl=dutch, title_fr=french, question_nl=f"{dutch}?", question_fr=f"{french} ?")
        organiser.press("main form:has([name=title_nl]) button")
    for number in range(6):
        organiser.go(thread.at(f"{DESK}/themes/"))
        slip = organiser.page.locator("li[data-idea]").first
        words = slip.locator("p:not([class])").first.inner_text()
        slip.locator("select[name=theme]").select_option(label=TITLES[number % 3][0])
        organiser.press(slip.locator("form:has(select[name=theme]) button").first)
        assert any(words.startswith(one.strip()[:60]) for one in told), words
    visitor = thread.citizen("fr")
    visitor.go(thread.at("consultation/ideas/themes/"))
    visitor.press(visitor.page.locator("main a", has_text=TITLES[0][1]).first)
    assert visitor.page.locator("main a[href*='/ideas/']").count() >= 2


def _vote(thread: Thread) -> None:
    """Eleven people choose; the count says what they chose."""
    organiser, desk, path = thread.organiser, thread.at(f"{DESK}/vote/"), thread.at("consultation/ideas/vote/")
    organiser.go(desk)
    organiser.press("button[name=do][value=prepare]")
    organiser.press("button[name=do][value=open]")
    for number in range(11):
        voter = Person(thread.browser, thread.house.address, "nl", has_script=False)
        thread.vote(voter, path, *([TITLES[0][0]] if number else [TITLES[0][0], TITLES[1][0]]))
        voter.leave()
    organiser.go(desk)
    organiser.press("button[name=do][value=close]")
    organiser.go(thread.at("consultation/ideas/vote/result/"))
    rows = organiser.page.locator("main table tbody tr").all_inner_texts()
    assert "11" in re.findall(r"\d+", next(row for row in rows if TITLES[0][0] in row)), rows
