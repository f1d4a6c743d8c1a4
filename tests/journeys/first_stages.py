"""The thread from the founding of a process to the roster of the summit."""

from pathlib import Path

from tests.journeys.people import Person
from tests.journeys.thread import IDEA, SLUG, Thread

__all__ = ["consult", "draw", "draw_the_hall", "found_the_process", "vote_on_themes"]

THEMES = ("Vervoer", "Wonen", "Zorg", "Onderwijs")
FRENCH = ("Transports", "Logement", "Soins", "Enseignement")
SUPPORTED = "Les trains devraient attendre les correspondances le soir."
RUDE = "Alle buren van nummer zeven deugen niet."
LINES = [
    f"P{number:02},{'nl' if number % 2 else 'fr'},{'v' if number % 4 < 2 else 'm'},"
    f"{'jong' if number % 3 else 'oud'},Voornaam{number:02},Achternaam{number:02},persoon{number:02}@example.org"
    for number in range(60)
]
POOL = "\n".join(["id,taal,geslacht,leeftijd,voornaam,naam,email", *LINES])
QUOTAS = """\
feature,value,min,max
taal,nl,12,12
taal,fr,12,12
geslacht,v,11,13
geslacht,m,11,13
leeftijd,jong,14,18
leeftijd,oud,6,10
"""


def found_the_process(thread: Thread) -> None:
    """The operator founds a process in two languages and becomes its organiser; its stages are opened."""
    organiser = thread.organiser
    organiser.go("new/")
    organiser.fill(title="Burgertop Leuven", slug=SLUG, languages="nl, fr")
    organiser.choose("template", "belgian")
    organiser.press("main form:has([name=slug]) button")
    assert organiser.page.url.endswith(f"/nl/{SLUG}/desk/")
    organiser.go(thread.at("desk/texts/"))
    organiser.fill(title__fr="Sommet citoyen de Louvain", question__nl="Wat moet beter?", question__fr="Que changer ?")
    organiser.press("main form:has([name=title__fr]) button")
    organiser.go(thread.at("desk/look/"))
    organiser.page.locator("main [name=is_listed]").check()
    organiser.press("main form:has([name=is_listed]) button")
    organiser.go(thread.at("desk/"))
    stages = organiser.page.locator("main a[href*='/desk/stages/']")
    paths = sorted({str(link.get_attribute("href")) for link in stages.all()})
    assert len(paths) == 5
    for path in paths:
        organiser.go(path)
        organiser.press("button[name=do][value=open]")


def consult(thread: Thread) -> None:
    """Two citizens send ideas and rate, a third is moderated; the theme team makes four themes."""
    _send_by_keyboard(thread.anna, thread, IDEA)
    thread.idea = _number_of(thread.anna)
    bruno = thread.bruno
    bruno.go("")
    bruno.press(f"main a[href$='/{SLUG}/']")
    bruno.see("Que changer ?")
    _send(bruno, thread, SUPPORTED)
    bruno.go(thread.at("consultation/ideas/rate/"))
    bruno.see(IDEA)
    bruno.press("button[name=rating][value=agree]")
    rude = thread.citizen("nl")
    _send(rude, thread, RUDE)
    _moderate(thread)
    rude.go(thread.at("consultation/ideas/mine/"))
    rude.see("Wees hoffelijk.")
    _make_themes(thread)


def _send(person: Person, thread: Thread, text: str) -> None:
    person.go(thread.at("consultation/ideas/send/"))
    person.fill(text=text)
    person.press("main form button.act--wide")
    person.see(text)


def _send_by_keyboard(person: Person, thread: Thread, text: str) -> None:
    person.go(thread.at("consultation/ideas/send/"))
    person.type_into("main [name=text]", text)
    person.enter("main form button.act--wide")
    person.see(text)


def _number_of(person: Person) -> str:
    """Return the id of the idea whose receipt is on the page."""
    return person.page.url.rstrip("/").split("/")[-1]


def _moderate(thread: Thread) -> None:
    moderator = thread.invited("moderator@example.org", "moderator", "fr")
    moderator.go(thread.at("consultation/ideas/desk/moderation/"))
    slip = moderator.page.locator("li.slip", has_text=RUDE)
    moderator.press(slip.locator("a[href*='/desk/moderation/']").first)
    moderator.page.locator("main [name=reason]").first.check()
    moderator.fill(note="Wees hoffelijk.")
    moderator.press("main form:has([name=reason]) button")


def _make_themes(thread: Thread) -> None:
    team = thread.invited("themes@example.org", "theme_team", "nl")
    for dutch, french in zip(THEMES, FRENCH, strict=True):
        team.go(thread.at("consultation/ideas/desk/themes/new/"))
        team.fill(
            title_nl=dutch, title_fr=french, question_nl=f"{dutch}: wat nu?", question_fr=f"{french} : et après ?"
        )
        team.press("main form:has([name=title_nl]) button")
    for text in (IDEA, SUPPORTED):
        slip = team.page.locator("li[data-idea]", has_text=text)
        slip.locator("select[name=theme]").select_option(label="Vervoer")
        team.press(slip.locator("form:has(select[name=theme]) button"))
    thread.anna.go(thread.at("consultation/ideas/mine/"))
    thread.anna.see("Vervoer")


def vote_on_themes(thread: Thread) -> None:
    """Six people vote three of four; the count gives the agenda."""
    organiser, desk = thread.organiser, thread.at("consultation/ideas/desk/vote/")
    organiser.go(desk)
    organiser.press("button[name=do][value=prepare]")
    organiser.press("button[name=do][value=open]")
    path = thread.at("consultation/ideas/vote/")
    thread.vote(thread.anna, path, *THEMES[:3], by_keyboard=True)
    thread.vote(thread.bruno, path, *FRENCH[:2])
    voter = thread.citizen("nl")
    for _ in range(4):
        thread.vote(voter, path, "Vervoer")
        voter.someone_else()
    organiser.go(desk)
    organiser.press("button[name=do][value=close]")
    thread.anna.go(thread.at("consultation/ideas/vote/result/"))
    thread.anna.see("Vervoer")
    thread.bruno.go(thread.at("consultation/ideas/vote/result/"))
    thread.bruno.see("Transports")


def draw_the_hall(thread: Thread) -> None:
    """A pool of sixty and its quotas come in as files; sealed, drawn by public chance, a roster of 24."""
    organiser, here = thread.organiser, "lottery/draw/draws/hall"
    draw(thread, "hall", seats=24, pool=POOL, quotas=QUOTAS, thrown="314")
    thread.bruno.go(thread.at(f"{here}/"))
    thread.bruno.see("314")
    organiser.go(thread.at(f"{here}/roster/"))
    assert organiser.page.locator("main tbody tr").count() >= 24


def draw(thread: Thread, name: str, *, seats: int, pool: str | Path, quotas: str | Path, thrown: str) -> None:
    """Found a draw, take in its files, have its lottery computed, seal it, and draw it by dice."""
    organiser, here = thread.organiser, f"lottery/draw/draws/{name}"
    organiser.go(thread.at("lottery/draw/new/"))
    organiser.fill(name=name, seats=str(seats))
    organiser.press("main form:has([name=seats]) button")
    organiser.go(thread.at(f"{here}/pool/"))
    organiser.attach("file", "pool.csv", pool)
    organiser.press("main form:has([name=file]) button")
    organiser.press("button[name=step][value=take]")
    organiser.wait_for_work(rf"^[^?]*/draws/{name}/desk/$")
    organiser.go(thread.at(f"{here}/quotas/file/"))
    organiser.attach("file", "quotas.csv", quotas)
    organiser.press("main form:has([name=file]) button")
    organiser.press("main form:has([name=once]) button")
    organiser.press("main form[action$='/compute/'] button")
    organiser.wait_for_work(rf"^[^?]*/draws/{name}/desk/$")
    organiser.go(thread.at(f"{here}/seal/"))
    organiser.page.locator("main [name=chance]").first.check()
    organiser.fill(source="Drie dobbelstenen, stadhuis, 12 uur")
    organiser.press("main form:has([name=source]) button")
    organiser.go(thread.at(f"{here}/chance/"))
    organiser.fill(public_seed=thrown)
    organiser.press("main form:has([name=public_seed]) button")
