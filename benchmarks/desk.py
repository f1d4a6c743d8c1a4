"""Four people bring 300 cards to a ballot of ten: how fast the desk answers, and whether anything was overwritten.

Start a server, then, with the same ``BURGERTOP_HOME``:

    python benchmarks/desk.py --address http://127.0.0.1:8000

A process of its own is made for each run: a hundred tables, cards of the demo, four people who each decide as the
demo's theme desk did, as fast as the server lets them. One decision in eight goes for a card that lies in the list and
may be in somebody else's hand. Client and server share the processors of the machine.
"""

import argparse
import http.client
import re
import statistics
import threading
import time
import uuid
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode, urlsplit

import django

PEOPLE, TABLES, CARDS, OPTIONS = 4, 100, 300, 10
GRAB_EVERY = 8
MINUTES = 20


@dataclass
class Told:
    """What one person saw: how long each answer took, how often a move was refused."""

    took: list[float] = field(default_factory=list)
    checked: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)
    refused: int = 0


class Person(threading.Thread):
    """Somebody at the theme desk, over one kept connection."""

    def __init__(self, address: str, cookie: str, here: str, truth: dict[str, str], number: int, pause: float) -> None:
        super().__init__()
        self.pause = pause
        where = urlsplit(address)
        self.connection = http.client.HTTPConnection(where.hostname or "", where.port or 80)
        self.cookies = dict([cookie.split("=", maxsplit=1)])
        self.here, self.truth, self.told, self.rng = here, truth, Told(), Random(number)  # noqa: S311  # a simulation

    def ask(self, method: str, path: str, fields: list[tuple[str, str]] | None = None) -> str:
        """Send one request as the page does."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "HX-Request": "true"}
        headers |= {"Referer": f"http://{self.connection.host}:{self.connection.port}{path}"}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, urlencode(fields or []), headers)
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, rest = value.split("=", 1)
                self.cookies[key] = rest.split(";", 1)[0]
        page = answer.read().decode()
        if answer.status >= 400:
            raise SystemExit(f"{answer.status} {method} {path}\n{page[:600]}")
        self.told.bytes.append(len(page))
        return page

    def run(self) -> None:
        """Decide until nothing waits, then confirm what the others decided."""
        page = self.ask("GET", f"{self.here}desk/")
        while True:
            token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
            hand = re.search(r'data-desk-card="([\w-]+)"', page)
            deal = re.search(r'action="([^"]+/deal/)"', page)
            if token is None or (hand is None and "data-desk-deal" not in page):
                break
            if hand is None and deal is not None:
                page = self.ask("POST", deal[1], [("csrfmiddlewaretoken", token[1])])
                continue
            page = self.decide(page, token[1], hand[1] if hand else "")
        self.confirm()

    def decide(self, page: str, token: str, card: str) -> str:
        """Put one card where it belongs; sometimes one that nobody gave us."""
        waiting = re.findall(r'class="slip" data-drag="([\w-]+)"', page)
        if waiting and self.rng.randrange(GRAB_EVERY) == 0:
            card = self.rng.choice(waiting)
        title = self.truth[card]
        options = {words[2:].strip(): pk for pk, words in re.findall(r'<option value="([\w-]+)"[^>]*>([^<]*)<', page)}
        shown = re.search(r'name="suggested" value="([^"]*)"', page)
        fields = [("csrfmiddlewaretoken", token), ("card", card), ("deal", "1")]
        fields += [("suggested", shown[1])] if shown else []
        fields += [("do", options[title])] if title in options else [("do", "new"), ("new_title", title)]
        time.sleep(self.rng.expovariate(1 / self.pause) if self.pause else 0.0)
        began = time.perf_counter()
        page = self.ask("POST", f"{self.here}desk/place/", fields)
        self.told.took.append(time.perf_counter() - began)
        self.told.refused += 'role="alert"' in page
        return page

    def confirm(self) -> None:
        """Confirm card by card what the others placed."""
        desk = self.ask("GET", f"{self.here}desk/")
        found = re.search(r'href="([^"]+/check/)"', desk)
        if found is None:
            return
        page = self.ask("GET", found[1])
        while token := re.search(r'csrfmiddlewaretoken" value="(\w+)"', page):
            place = re.search(r'name="placement" value="([\w-]+)"', page)
            fields = [("csrfmiddlewaretoken", token[1])] + ([("placement", place[1])] if place else [])
            began = time.perf_counter()
            page = self.ask("POST", found[1], fields)
            if place:
                self.told.checked.append(time.perf_counter() - began)
            elif 'name="placement"' not in page:
                break


def make_town() -> tuple[Any, list[str], dict[str, str], str]:
    """Make a process with four people and the cards; return the round, their cookies, where cards belong, its page."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from burgertop.foundation.people.actions import give_role
    from burgertop.foundation.people.models import Account, Role
    from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template
    from burgertop.stages.summit import actions
    from burgertop.web.demo.content import load_content

    now, name = timezone.now(), f"desk-{uuid.uuid4().hex[:6]}"
    process = Process.objects.create(slug=name, template=Template.BELGIAN, languages=["nl", "fr", "de", "en"])
    process.write("title", {"en": "The desk, measured"})
    stage = Stage.objects.create(process=process, kind=StageKind.SUMMIT, slug="day", order=1, state=StageState.OPEN)
    stage.write("title", {"en": "The day"})
    drafts = [actions.TableDraft(number, ("nl", "fr", "de", "en"), 10) for number in range(1, TABLES + 1)]
    tables = actions.lay_tables(stage, drafts, now=now)
    questions = dict.fromkeys(("nl", "fr", "de", "en"), "What now?")
    round_ = actions.open_round(actions.make_round(stage, questions=questions, cards_limit=50), now=now)
    content = load_content()
    titles = {one.key: one.title.en for one in content.clusters}
    known = [one for one in content.cards if one.cluster]
    truth = {}
    for number in range(CARDS):
        one = known[number % len(known)]
        draft = actions.CardDraft(one.text, one.language, one.reasons, one.support)
        table = tables[number % TABLES]
        card = actions.write_card(round_, table, draft, card_id=uuid.uuid4(), once=uuid.uuid4(), by=None, now=now)
        truth[str(card.pk)] = titles[one.cluster]
    cookies = []
    for number in range(PEOPLE):
        account = Account.objects.create_user(f"{name}-{number}@desk.example", "a long password for the desk")
        give_role(process, account, Role.ORGANISER if number == 0 else Role.THEME_TEAM)
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    return round_, cookies, truth, f"/en/{name}/summit/day/"


def report(round_: Any, people: list[Person], truth: dict[str, str], seconds: float) -> None:
    """Say what came out: the answers, the acts, and whether each card lies where it was put, seen by two."""
    from burgertop.stages.summit import actions, queries
    from burgertop.stages.summit.models import ClusterCard, DeskAct, WaiverKind

    placed = sorted(1000 * took for one in people for took in one.told.took)
    checked = sorted(1000 * took for one in people for took in one.told.checked)
    pages = [size for one in people for size in one.told.bytes]
    standing = ClusterCard.objects.standing().filter(cluster__round=round_)
    lying = {str(one.card_id): one.cluster.say("title", "en").text for one in standing.select_related("cluster")}
    moved = ClusterCard.objects.filter(cluster__round=round_, ended_at__isnull=False).count()
    bench = queries.bench_of(round_, None, round_.opened_at)
    right, shown = bench.desk.right, bench.desk.shown
    rows = sorted(queries.clusters_of(round_), key=lambda row: -row.count)[:OPTIONS]
    waived = {WaiverKind.WORDS: "A measurement: titles in one language."}
    hall = actions.put_to_ballot(round_, [row.cluster for row in rows], most_choices=3, waivers=waived)
    decisions = len(placed) + len(checked)
    seen = standing.filter(confirmed_by__isnull=False).count()
    fits = sum(lying.get(pk) == title for pk, title in truth.items())
    left = MINUTES * 60 * PEOPLE / decisions
    for name, took in (("place", placed), ("confirm", checked)):
        usual, slow = statistics.median(took), took[int(0.99 * len(took))]
        print(f"{name}: {len(took)} answers, median {usual:.0f} ms, p99 {slow:.0f} ms")
    print(f"largest page {max(pages) // 1024} KB; {seconds:.0f} s in all for {PEOPLE} people without a pause")
    print(f"refused, because somebody was quicker: {sum(one.told.refused for one in people)}; overwritten: {moved}")
    print(f"cards where they belong: {fits} of {len(truth)}; seen by two: {seen} of {standing.count()}")
    print(f"hints right in {right} of {shown}; acts kept: {DeskAct.objects.filter(round=round_).count()}")
    print(
        f"decisions per card {decisions / len(truth):.1f}; {MINUTES} minutes of {PEOPLE} people leave {left:.0f} s each"
    )
    print(f"ballot {hall.number} with {len(rows)} options")


def main() -> None:
    """Make the town, let the four work, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that a person thinks, on average")
    asked = parser.parse_args()
    django.setup()
    round_, cookies, truth, here = make_town()
    people = [Person(asked.address, cookie, here, truth, number, asked.pause) for number, cookie in enumerate(cookies)]
    began = time.perf_counter()
    for one in people:
        one.start()
    for one in people:
        one.join()
    report(round_, people, truth, time.perf_counter() - began)


if __name__ == "__main__":
    main()
