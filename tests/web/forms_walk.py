"""Every form of the house, found by looking at every page: where it goes, and what it sends."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.web.small_process import ACTORS, SmallProcess

__all__ = ["FoundForm", "Walk", "addresses_of", "count_rows", "find_forms", "finish"]

TABLE = Path(__file__).with_name("doors_of_roles.csv")
# Pages of packages; what the house shows on them is tested with the shell.
NOT_OURS = ("account_", "mfa_", "javascript-catalog")
WHO = ("visitor", "seat", "device", "link", "organiser", "operator")  # who sees other forms
TYPED = {"text", "textarea", "search", "email", "url", "tel", "number", "date", "datetime-local", "password"}
# Counting is what these are for; they change when an entry fails.
COUNTERS = {"codes_attempts", "consultation_arrivals", "django_session", "axes_accessattempt", "sqlite_sequence"}


@dataclass(slots=True)
class FoundForm:
    """A form as a page shows it to somebody."""

    actor: str
    address: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> list[str]:
        """The fields into which a person writes."""
        return [name for name, kind in self.kinds.items() if kind in TYPED]

    def filled(self) -> dict[str, list[str]]:
        """Return values that may do: what stands in the form, and a word where nothing does."""
        words = {"email": "mia@post.example", "url": "https://post.example/", "number": "1", "date": "2026-12-01"}
        words |= {"datetime-local": "2026-12-01T12:00", "tel": "0800", "password": "a long walk home"}
        return {
            name: values if any(values) else [words.get(self.kinds[name], "Een goed idee")]
            for name, values in self.fields.items()
        }


class _Reader(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self, actor: str, page: str) -> None:
        super().__init__()
        self.actor, self.page = actor, page
        self.forms: list[FoundForm] = []
        self.inside: FoundForm | None = None
        self.select = ""
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urlsplit(urljoin(self.page, given.get("action") or self.page))
            address = action.path + (f"?{action.query}" if action.query else "")
            self.inside = FoundForm(self.actor, address)
            if given.get("method", "").lower() == "post":
                self.forms.append(self.inside)
        elif self.inside is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text") if tag == "input" else tag
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.area = name
        elif tag == "option" and self.select:
            self._keep(self.select, "select", given.get("value", ""), is_wanted="selected" in given)
        if name and tag in {"input", "textarea", "button"} and name != "csrfmiddlewaretoken":
            is_choice = kind in {"radio", "checkbox"} or tag == "button"
            self._keep(name, kind, given.get("value", ""), is_wanted=not is_choice or "checked" in given)

    def _keep(self, name: str, kind: str, value: str, *, is_wanted: bool) -> None:
        assert self.inside is not None
        self.inside.kinds.setdefault(name, kind)
        values = self.inside.fields.setdefault(name, [])
        if is_wanted or not values:
            self.inside.fields[name] = [value]

    def handle_data(self, data: str) -> None:
        if self.area and self.inside is not None:
            self.inside.fields[self.area] = [data.strip()]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag in {"select", "textarea"}:
            self.select = self.area = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """What was found: the forms, and the browsers of those who see them."""

    forms: list[FoundForm]
    clients: dict[str, Client]
    pages: dict[str, str]  # who sees it first, by address


def finish(answer: HttpResponseBase) -> None:
    """Read a file to its end, which closes it; closing it ourselves would close the connection of the test."""
    if answer.streaming:
        for _ in answer.streaming_content:  # type: ignore[attr-defined]  # streaming answers have it
            pass


def find_forms(small: SmallProcess, who: Sequence[str] = WHO) -> Walk:
    """Look at every page as everybody; a form is kept once, for whoever sees it first."""
    clients = {actor: small.client(actor) for actor in who}
    found: dict[tuple[str, tuple[str, ...]], FoundForm] = {}
    pages: dict[str, str] = {}
    for address, may_open in addresses_of(small).items():
        for actor in (one for one in clients if one in may_open):
            answer = clients[actor].get(address)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                pages.setdefault(address, actor)
                reader = _Reader(actor, address)
                reader.feed(answer.content.decode())
                for form in reader.forms:
                    found.setdefault((_shape(form.address), tuple(sorted(form.fields))), form)
            finish(answer)
    return Walk([form for form in found.values() if "/accounts/" not in form.address], clients, pages)


def _shape(address: str) -> str:
    """The address without its ids: one form of each list is enough."""
    return "/".join("<id>" if any(sign.isdigit() for sign in part) else part for part in address.split("/"))


def addresses_of(small: SmallProcess) -> dict[str, list[str]]:
    """Return an example of every address of the house, and who may open it: ``doors_of_roles.csv`` says so."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["method"] == "GET"]
    may_open = {(row["view"], row["fixed"]): [actor for actor in ACTORS if row[actor] == "ok"] for row in rows}

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, list[str]]]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
            elif one.name and not one.name.startswith(NOT_OURS):
                name = f"{space}{one.name}"
                fixed = " ".join(f"{key}={value}" for key, value in one.default_args.items())
                given = small.arguments.get(name) or small.arguments.get(space, {})
                address = reverse(name, kwargs={**given, **one.default_args} if space or given else {})
                yield address, may_open.get((name, fixed), [])

    return dict(walk(get_resolver().url_patterns, ""))


def count_rows() -> dict[str, int]:
    """How many rows each table has; counters are left out."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in COUNTERS]
        cursor.execute(" UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in tables))  # noqa: S608  # our own names
        return dict(cursor.fetchall())
