"""Every page that a link leads to, seen by every role: axe, sideways scroll, dead links, errors in the console.

Nothing is written: pages are only opened. A page stands for all that share its address but for ids.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.journeys.people import PHONE, Person
from tests.journeys.serving import House

# Who looks, in which language, in which light: every language and both lights meet every kind of page.
LOOKS = (
    ("guest", "nl", "light"),
    ("organiser", "de", "dark"),
    ("panel-member", "fr", "light"),
    ("theme-team", "fr", "dark"),
    ("facilitator", "nl", "dark"),
    ("addressee", "fr", "light"),
    ("moderator", "de", "light"),
    ("observer", "en", "dark"),
)
PROCESSES = ("practice", "g1000")  # every stage open; the whole story told
IN_BOTH = {"guest"}  # the others look at a kind of page in one of the two
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")
THEME = re.compile(r"/(themes/of|themes)/(?!of/|new/|second/|-/)[\w-]+/")
# The same for everybody: looked at once, by whoever comes first.
SAME_FOR_ALL = re.compile(
    r"^/(accessibility|your-data|limits|source|demo|accounts)/"
    r"|^/$|/(trace|record|news|mandate|rules|ideas/\*|themes|draws|screen|result|find|code|sittings)/"
    r"|/consultation/\w+/(ideas|send|rate|mine|vote)/|/lottery/\w+/(code|mine)/|/desk/(themes|moderation)/"
)
# What stands on a page, whatever it says: axe looks again only where it finds something new. The frame (all outside
# ``main``) is the same on many pages: there one look at the whole of it is enough, on whatever page of its process.
SHAPE = """() => {
    const nodes = {frame: new Set(), content: new Set()};
    for (const node of document.querySelectorAll('body *')) {
        const shape = [node.localName, ...['class', 'role', 'type'].map(name => node.getAttribute(name))].join();
        nodes[node.closest('main') ? 'content' : 'frame'].add(shape);
    }
    return {frame: Array.from(nodes.frame), content: Array.from(nodes.content)};
}"""
LINKS = "() => Array.from(document.querySelectorAll('a[href]'), link => link.getAttribute('href'))"
SCROLL = "() => document.scrollingElement.scrollWidth - window.innerWidth"
WIDEST = """() => Array.from(document.querySelectorAll('body *'))
    .filter(node => node.getBoundingClientRect().right > window.innerWidth + 1)
    .slice(0, 3).map(node => `${node.localName}.${node.className}`).join(', ')"""


@dataclass(slots=True)
class Look:
    """One role going through the pages of the demo, and what is wrong there."""

    person: Person
    role: str
    known: set[str]
    shapes: dict[str, set[str]]
    frames: set[frozenset[str]]
    wrong: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def everywhere(self) -> int:
        """Open page after page; return how many there were."""
        self.person.page.on(
            "console", lambda message: self.said.append(message.text) if message.type == "error" else None
        )
        self.person.page.on("pageerror", lambda error: self.said.append(str(error)))
        home = f"/{self.person.language}/"
        todo = [home, *(f"{home}{process}/" for process in PROCESSES)]
        mine: set[str] = set()
        while todo:
            address = todo.pop(0)
            page = pattern(address, is_of_any=self.role not in IN_BOTH)
            if page in mine or (page in self.known and SAME_FOR_ALL.search(page)):
                continue
            mine.add(page)
            todo += self.seen(address, page)
        self.known |= mine | {pattern(page, is_of_any=True) for page in mine}
        return len(mine)

    def seen(self, address: str, page: str) -> list[str]:
        """Look at one page; return the addresses of pages that it links to."""
        self.said.clear()
        answer = self.person.page.goto(address)
        self.check(page, "dead link", str(answer.status) if answer is not None and not answer.ok else "")
        for violation in self.violations(address):
            first = violation["nodes"][0]["html"][:120]
            self.check(page, violation["id"], f"{len(violation['nodes'])} times, first {first}")
        wide = self.person.page.evaluate(SCROLL)
        self.check(page, "sideways scroll", f"{wide} px: {self.person.page.evaluate(WIDEST)}" if wide > 0 else "")
        for line in self.said:
            self.check(page, "console", line)
        return list(self.worth(self.person.page.evaluate(LINKS)))

    def violations(self, address: str) -> list[dict[str, Any]]:
        """Let axe look, unless earlier looks at this page and at its frame have seen all that stands there."""
        shape, (_, _, process, *_) = self.person.page.evaluate(SHAPE), f"{urlsplit(address).path}//".split("/")
        content, frame = set(shape["content"]), frozenset([f"of {process}", *shape["frame"]])
        before = self.shapes.setdefault(pattern(address, is_of_any=True), set())
        if before and content <= before and frame in self.frames:
            return []
        before |= content
        self.frames.add(frame)
        found: list[dict[str, Any]] = Axe().run(self.person.page, options=RULES).response["violations"]
        return found

    def check(self, page: str, rule: str, found: str) -> None:
        """Note what is wrong, if something is."""
        if found:
            self.wrong.append(f"{self.role} {page}: {rule}: {found}")

    def worth(self, links: list[str]) -> Iterator[str]:
        """Keep the pages of this server in this language; files end without a slash."""
        for link in links:
            path = urlsplit(link).path
            if path.startswith(f"/{self.person.language}/") and path.endswith("/"):
                yield link.partition("#")[0]


def pattern(address: str, *, is_of_any: bool) -> str:
    """Return an address without its language, its ids, its theme, its query and, if wanted, its process."""
    path = ID.sub("*", urlsplit(address).path)
    path = THEME.sub(r"/\1/*/", re.sub(r"^/\w\w/", "/", path))
    return re.sub(rf"^/({'|'.join(PROCESSES)})/", "/*/", path) if is_of_any else path


@pytest.mark.browser
@pytest.mark.slow
def test_every_page_of_every_role_is_open_to_everyone(demo: House, browser: Browser) -> None:
    known: set[str] = set()
    shapes: dict[str, set[str]] = {}
    frames: set[frozenset[str]] = set()
    wrong: list[str] = []
    count = 0

    for role, language, light in LOOKS:
        person = Person(browser, demo.address, language, width=PHONE, color_scheme=light)
        person.become(role)
        look = Look(person, role, known, shapes, frames)
        count += look.everywhere()
        wrong += look.wrong
        person.leave()

    assert not wrong, "\n" + "\n".join(wrong)
    assert count > 120, f"only {count} pages were found"
