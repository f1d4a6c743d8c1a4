"""The thread from the tables of the summit to the trace of an answer."""

import re
import subprocess
import sys

import segno
from playwright.sync_api import expect
from tests.journeys.people import Person
from tests.journeys.tables import send, write
from tests.journeys.thread import IDEA, PASSWORD, Thread

__all__ = [
    "answer",
    "hold_a_round",
    "lay_the_hall",
    "read_the_trace",
    "recommend",
    "seat_the_panel",
    "vote_in_the_hall",
]

DAY = "summit/day"
HALL_VOTERS = 7
CARDS = ("Nachtbussen in het weekend", "Wachtende treinen na tien uur")
CLUSTERS = (("Rijden in de nacht", "Rouler la nuit"), ("Aansluitingen", "Correspondances"))
TITLE = ("Nachtbussen op elke hoofdlijn", "Des bus de nuit sur chaque grande ligne")
BODY = ("Laat bussen rijden tot twee uur.", "Faites rouler les bus jusqu’à deux heures.")
AMENDED = "Laat bussen rijden tot drie uur."
PROMISE = "We starten met drie lijnen."
BECAUSE = "Voor meer lijnen zijn er nog geen chauffeurs."
PANEL_QUOTAS = "feature,value,min,max\ntaal,nl,2,2\ntaal,fr,2,2\n"
DOORS = """
import django
django.setup()
from burgertop.stages.summit.models import Table
from burgertop.stages.summit.printing import door_address
for table in Table.objects.select_related("stage__process").order_by("number"):
    print(door_address(table))
"""


def lay_the_hall(thread: Thread) -> None:
    """Four tables, one round with the theme of the agenda, seats drawn for 24."""
    organiser = thread.organiser
    organiser.go(thread.at(f"{DAY}/tables/"))
    organiser.fill(seats="8", languages_0="nl", count_0="2", languages_1="fr", count_1="2")
    organiser.press("main form:has([name=count_0]) button")
    organiser.go(thread.at(f"{DAY}/rounds/new/"))
    organiser.fill(question__nl="Hoe raken we thuis?", question__fr="Comment rentrer ?")
    organiser.page.locator("main [name=theme]").select_option(label="Vervoer")
    organiser.press("main form:has([name=question__nl]) button")
    organiser.go(thread.at(f"{DAY}/seats/"))
    organiser.fill(seed="6 6 2")
    organiser.press("main form:has([name=seed]) button")
    organiser.wait_for_work(r"^[^?]*/seats/$")
    organiser.press("main form[action$='/seats/codes/'] button")
    thread.codes = [one.strip() for one in organiser.page.locator("main tbody .code").all_inner_texts()]
    assert len(set(thread.codes)) == 24


def hold_a_round(thread: Thread) -> None:
    """The round opens; a tablet scans the square of its table and writes; the theme desk makes clusters."""
    organiser = thread.organiser
    organiser.go(thread.at(f"{DAY}/control/"))
    organiser.press("main form[action$='/control/begin/'] button")
    tablet = _tablet_of_table_one(thread)
    for text in CARDS:
        write(tablet.page, text)
        send(tablet.page, text)  # one after the other, so that the desk reads them in this order
    team = Person(thread.browser, thread.house.address, "nl")
    thread.everybody.append(team)
    team.sign_in("themes@example.org", PASSWORD)
    for text, (dutch, french) in zip(CARDS, CLUSTERS, strict=True):
        team.go(thread.at(f"{DAY}/desk/"))
        card = team.page.locator("[data-desk-card]", has_text=text)
        team.press(card.locator("a[href*='?card=']"))
        team.fill(title__nl=dutch, title__fr=french)
        team.press("main form:has([name=title__nl]) button")
    organiser.go(thread.at(f"{DAY}/control/"))
    organiser.press("main form[action$='/close/'] button")


def _tablet_of_table_one(thread: Thread) -> Person:
    """The tablet that scans the square on the sheet of table 1; the sheet shows that very square."""
    done = subprocess.run(
        [sys.executable, "-c", DOORS],
        env={**thread.house.environment, "DJANGO_SETTINGS_MODULE": "burgertop.web.settings"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    door = done.stdout.split()[0]
    thread.organiser.go(thread.at(f"{DAY}/tables/sheets/?table=1"))
    drawn = segno.make(door, error="m", boost_error=False, micro=False).svg_inline(border=4, omitsize=True)
    path = re.findall(r' d="([^"]+)"', drawn)[-1]
    shown = [one.get_attribute("d") for one in thread.organiser.page.locator("main svg path").all()]
    assert path in shown
    tablet = Person(thread.browser, thread.house.address, "nl", width=820)
    thread.everybody.append(tablet)
    tablet.page.goto(door)
    tablet.press("main form button")
    return tablet


def vote_in_the_hall(thread: Thread) -> None:
    """Some people of the hall vote with their seat codes, two languages; the screen shows the result."""
    organiser = thread.organiser
    organiser.go(thread.at(f"{DAY}/desk/"))
    organiser.press("main a[href$='/check/']")
    organiser.press("main [data-keys] form button")
    for _card in CARDS:
        organiser.press("main [data-key=Y]")
    organiser.go(thread.at(f"{DAY}/control/"))
    organiser.press("main a[href$='/ballot/']")
    organiser.fill(most_choices="1", seats="1")
    organiser.press("main form:has([name=most_choices]) button")
    organiser.go(thread.at(f"{DAY}/control/"))
    organiser.press("main form[action*='/ballots/'][action$='/open/'] button")
    organiser.go(thread.at(f"{DAY}/"))
    path = str(organiser.page.locator("main a[href*='/ballots/']").first.get_attribute("href")).split("/", 2)[2]
    crowd = [thread.citizen(language) for language in ("nl", "fr")]
    for number, code in enumerate(thread.codes[:HALL_VOTERS]):
        person = crowd[number % 2]
        person.someone_else()
        person.go(path)
        if number:
            person.fill(code=code)
            person.press("main form:has([name=code]) button")
        else:
            person.type_into("main [name=code]", code)
            person.enter("main form:has([name=code]) button")
        thread.vote(person, path, CLUSTERS[0][number % 2], by_keyboard=number == 0)
    organiser.go(thread.at(f"{DAY}/control/"))
    organiser.press("main form[action*='/ballots/'][action$='/close/'] button")
    organiser.press("main form[action*='/ballots/'][action$='/publish/'] button")
    screen = Person(thread.browser, thread.house.address, "fr")
    thread.everybody.append(screen)
    screen.go(thread.at(f"{DAY}/screen/"))
    expect(screen.page.locator("body")).to_contain_text(CLUSTERS[0][1])
    expect(screen.page.locator("body")).to_contain_text(str(HALL_VOTERS))


def seat_the_panel(thread: Thread) -> None:
    """A panel of four is drawn from the people of the hall; each opens it with their seat code."""
    organiser, here = thread.organiser, thread.at("panel/panel/seats/")
    organiser.go(here)
    organiser.fill(seats="4")
    for name in ("geslacht", "leeftijd"):
        organiser.page.locator(f"main [name=features][value={name}]").uncheck()
    organiser.press("main form button.act")
    organiser.attach("file", "panel.csv", PANEL_QUOTAS)
    organiser.press("main form button.act")
    organiser.press("button[name=do][value=compute]")
    organiser.press("main p[role=status] a")
    organiser.wait_for_work(r"^[^?]*/seats/$")
    organiser.page.locator("main [name=chance]").first.check()
    organiser.fill(source="Drie dobbelstenen")
    organiser.press("button[name=do][value=seal]")
    organiser.fill(public_seed="225")
    organiser.press("main form button.act")
    organiser.press("main form button.act")
    crowd = {language: thread.citizen(language) for language in ("nl", "fr")}
    for number, code in enumerate(thread.codes):
        language = "fr" if number % 2 else "nl"
        person = crowd[language]
        person.go(thread.at("panel/panel/code/"))
        person.fill(code=code)
        with person.page.expect_navigation():
            person.page.locator("main form:has([name=code]) button").click()
        if person.page.url.endswith("/panel/panel/") and person.page.locator("main .notice--ok").count():
            thread.members.append(person)
            crowd[language] = thread.citizen(language)
    assert len(thread.members) == 4


def recommend(thread: Thread) -> None:
    """A recommendation comes from the cluster; a member amends it; both are voted on and adopted."""
    organiser = thread.organiser
    organiser.go(thread.at("panel/panel/new/"))
    organiser.fill(title__nl=TITLE[0], title__fr=TITLE[1], body__nl=BODY[0], body__fr=BODY[1])
    organiser.page.locator("main label", has_text=CLUSTERS[0][0]).locator("input").check()
    organiser.press("main form:has([name=title__nl]) button")
    organiser.go(thread.at("panel/panel/"))
    organiser.press("main h3 a")
    page = organiser.page.url.split("/nl/")[1]
    member = next(one for one in thread.members if one.language == "nl")
    member.go(page)
    member.enter("main a[href$='/amend/']")
    member.fill(body=AMENDED, reason="De laatste ploeg stopt om twee uur.")
    member.press("main form:has([name=reason]) button")
    for kind in ("amendment", "recommendation"):
        organiser.go(page)
        organiser.press(f"main form[action*='/{kind}/'][action$='/open-vote/'] button")
        for one in thread.members:
            one.go(page)
            path = str(one.page.locator("main a[href*='/votes/']").first.get_attribute("href")).split("/", 2)[2]
            _vote_in_favor(one, path)
        organiser.go(page)
        organiser.press(f"main form[action*='/{kind}/'][action$='/close-vote/'] button")
    thread.anna.go(page)
    thread.anna.see(AMENDED)


def _vote_in_favor(member: Person, path: str) -> None:
    member.go(path)
    member.choose("choice", "1")
    member.press("button[name=step][value=review]")
    member.press("button[name=step][value=send]")


def answer(thread: Thread) -> None:
    """An addressee is named and asked, opens the signed link, answers without a mouse, publishes."""
    organiser, desk = thread.organiser, thread.at("report/report/desk/")
    organiser.go(desk)
    organiser.fill(title__nl="Schepen van mobiliteit", title__fr="Échevin de la mobilité")
    organiser.press("button[name=do][value=name]")
    organiser.fill(due_on="2030-01-31")
    organiser.press("button[name=do][value=ask]")
    organiser.press("main form[action$='/link/'] button")
    link = organiser.page.locator("main #link").input_value()
    office = Person(thread.browser, thread.house.address, "nl")
    thread.everybody.append(office)
    office.page.goto(link)
    office.enter("main a[href*='/answers/']")
    office.space("main [name=state][value=accepted]")
    office.type_into("main [name=body__nl]", PROMISE)
    office.enter("button[name=do][value=publish]")
    office.see("Een antwoord heeft redenen nodig.")
    office.type_into("main [name=reasons__nl]", BECAUSE)
    office.enter("button[name=do][value=publish]")
    assert office.page.url.endswith(f"/nl/{thread.at('report/report/')}")
    office.see(PROMISE)
    office.see(BECAUSE)


def read_the_trace(thread: Thread) -> None:
    """From the report Anna goes to the answer's way, back to her own idea; Bruno reads it in French."""
    for person, promise in ((thread.anna, PROMISE), (thread.bruno, PROMISE)):
        person.go(thread.at("report/report/"))
        person.see(promise)
        person.press("main a[href*='/trace/answer/']")
        person.see(CLUSTERS[0][0] if person.language == "nl" else CLUSTERS[0][1])
        person.see(IDEA)
        person.press(person.page.locator("main a", has_text=IDEA))
        assert thread.idea in person.page.url
