"""Whatever is sent into whatever form: a clear answer in the reader's language, and nothing half written."""

import re
import sys
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache as cache_of_python
from itertools import cycle
from typing import TypeVar
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker
from tests.web.forms_walk import FoundForm, Walk, count_rows, find_forms, finish
from tests.web.small_process import make_small_process

from burgertop.foundation.process.models import Stage, StageState
from burgertop.web.catalogs import read_catalog

pytestmark = [pytest.mark.slow, pytest.mark.same_on_both, pytest.mark.django_db]

Case = TypeVar("Case")

DUTCH = {"Accept-Language": "nl"}
# A code is kept nowhere: one that may have been lost on the way is replaced, never shown again. And whoever sees a name
# again leaves a line again.
GROWS = frozenset({"codes_code", "people_opening"})
MAILS_AGAIN = "/from-home/"  # such a code may have been asked for to be sent by mail: the new one is, too
DISPLAY = "/display/"  # has no secret of its own: where a request comes from is looked at instead
FRAGMENT = "/clock/"  # a piece of a page, on every page of the day
FORM = "application/x-www-form-urlencoded"
NAMED_IN_ADDRESSES = (
    *("again", "card", "here", "idea", "kind", "language", "last", "next", "number", "order", "page", "part", "q"),
    *("round", "seed", "show", "sort", "split", "state", "step", "table", "theme", "words"),
)
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'"
LONG = "x" * 1_000_000
TEXTS = {
    "blank": "   ",
    "script, emoji and right to left": SCRIPT + "\U0001f600 \u202e\u0645\u0631 \u200f\U0001f469\u200d\U0001f467",
    "nul": "a\0b",
    "lone surrogate": "a\udc80b",
    "huge": LONG,
}
AT_ONCE = 2  # every second field of a form gets a bad value at the same time
VALUES = ("", "x", "-1", "99999999999999999999999", "1e309", "2026-02-30", "0" * 32, str(uuid.UUID(int=0)), "a\0b")


@dataclass(slots=True)
class Answer:
    """One answer, as the tests look at it."""

    status: int
    body: str
    error: str


@pytest.fixture(scope="module")
def small_house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walk]:
    """Every form of a small process, found once for this file; each test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("nl"):
        yield find_forms(make_small_process())
        transaction.set_rollback(True)


@pytest.fixture
def walk(small_house: Walk) -> Iterator[Walk]:
    """Every form, in Dutch."""
    with translation.override("nl"):
        yield small_house


def send(walk: Walk, form: FoundForm, fields: dict[str, list[str]], client: Client | None = None) -> Answer:
    """Send a form and tell what came back; the page it leads to counts as the answer."""
    errors: list[str] = []

    def keep(**_told: object) -> None:
        errors.append(repr(sys.exc_info()[1])[:300])

    got_request_exception.connect(keep)
    cache.clear()
    body = urlencode(fields, doseq=True, errors="surrogatepass")
    sender = client or walk.clients[form.actor]
    answer = sender.post(form.address, body, content_type=FORM, headers=DUTCH)
    status = answer.status_code
    if status in {301, 302, 303}:
        answer = sender.get(answer.headers["Location"], follow=True, headers=DUTCH)
    is_text = answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming
    text = answer.content.decode() if is_text else ""
    finish(answer)
    got_request_exception.disconnect(keep)
    return Answer(status if answer.status_code < 500 else answer.status_code, text, "; ".join(errors))


def written(form: FoundForm, text: str) -> dict[str, list[str]]:
    """The same text in every field into which a person writes."""
    return {name: [text] for name in form.typed}


def some_of(cases: Mapping[str, Case], number: int) -> list[tuple[str, Case]]:
    """Two of the cases, others for the next number: together the forms meet every case many times."""
    rows = list(cases.items())
    return [rows[number % len(rows)], rows[(number + 2) % len(rows)]]


def faults_of(answer: Answer) -> list[str]:
    """What must never be in an answer."""
    found = []
    if answer.status >= 500 or answer.error:
        found.append(f"{answer.status} {answer.error}")
    if "Traceback (most recent call last)" in answer.body:
        found.append("a raw traceback")
    if "<script>alert(1)" in answer.body or "<img src=x onerror" in answer.body:
        found.append("unescaped HTML")
    if answer.body and '<html lang="nl"' not in answer.body:
        found.append(f"{answer.status}: not in Dutch: {answer.body[:60]!r}")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.body))
    return found + [f"English on a Dutch page: {one}" for one in english_sentences() if one in words]


@cache_of_python
def english_sentences() -> frozenset[str]:
    """The longer sentences that Dutch says otherwise."""
    return frozenset(
        message.id
        for message in read_catalog("nl")
        if isinstance(message.id, str)
        and len(message.id) > 25
        and "%" not in message.id
        and message.string != message.id
    )


def test_there_is_english_to_look_for() -> None:
    assert len(english_sentences()) > 500


class undone:  # noqa: N801  # reads as a word in the with statement
    """Take back whatever happens inside."""

    def __enter__(self) -> None:
        self.before = transaction.savepoint()

    def __exit__(self, *_: object) -> None:
        transaction.savepoint_rollback(self.before)


def test_no_text_in_any_field_breaks_a_page_or_stays_half_written(walk: Walk) -> None:
    wrong = []
    for number, form in enumerate(walk.forms):
        for name, text in some_of(TEXTS, number):
            with undone():
                before = count_rows()
                where = form.typed[:1] if text is LONG else form.typed
                answer = send(walk, form, {**form.filled(), **{field: [text] for field in where}})
                found = faults_of(answer)
                if answer.status >= 400 and count_rows() != before:
                    found.append(f"{answer.status}, and yet something was written")
                wrong += [f"{form.actor} {form.address} {name}: {one}" for one in found]

    assert len(walk.forms) > 40
    assert wrong == []


def test_no_value_in_any_field_breaks_a_page(walk: Walk) -> None:
    wrong = []
    values = cycle(VALUES)
    for form in walk.forms:
        names = list(form.fields)
        for start in range(min(AT_ONCE, len(names))):
            bad = {name: [next(values)] for name in names[start::AT_ONCE]}
            with undone():
                answer = send(walk, form, {**form.filled(), **bad})
                wrong += [f"{form.actor} {form.address} {bad!r}: {one}" for one in faults_of(answer)]

    assert wrong == []


def test_no_words_behind_an_address_break_a_page(walk: Walk) -> None:
    wrong = []
    values = {name: name for name in ("a\0b", "\u00b2", "9" * 5000, SCRIPT)}
    for number, (address, actor) in enumerate(walk.pages.items()):
        for value, _ in some_of(values, number):
            query = urlencode(dict.fromkeys(NAMED_IN_ADDRESSES, value))
            answer = walk.clients[actor].get(f"{address}?{query}", headers=DUTCH)
            is_page = answer["Content-Type"].startswith("text/html") and not address.endswith(FRAGMENT)
            text = answer.content.decode() if is_page else ""
            finish(answer)
            wrong += [f"{address} {value[:9]!r}: {one}" for one in faults_of(Answer(answer.status_code, text, ""))]

    assert len(walk.pages) > 50
    assert wrong == []


def test_nothing_at_all_and_everything_many_times_is_answered(walk: Walk) -> None:
    wrong = []
    many = {f"field_{number}": ["1"] for number in range(4000)}
    for number, form in enumerate(walk.forms):
        full = form.filled()
        sent: dict[str, dict[str, list[str]]] = {
            "nothing": {},
            "each field two hundred times": {field: values * 200 for field, values in full.items()},
            "strange fields": {**full, "__class__": ["x"], "a[]": ["1"], "process": ["x"], "pk": ["1"]},
            "four thousand fields": many,
        }
        for name, fields in some_of(sent, number):
            with undone():
                wrong += [f"{form.actor} {form.address} {name}: {one}" for one in faults_of(send(walk, form, fields))]

    assert wrong == []


def test_a_form_with_a_number_of_its_own_counts_once(walk: Walk) -> None:
    with_once = [form for form in walk.forms if "once" in form.fields]
    wrong, changed = [], 0
    for form in with_once:
        with undone():
            before = count_rows()
            send(walk, form, form.filled())
            first = count_rows()
            second_answer = send(walk, form, form.filled())
            second = count_rows()
            changed += first != before
            grown = {
                table: (first[table], rows)
                for table, rows in second.items()
                if rows != first[table]
                and table not in GROWS
                and not (table == "post_sending" and form.address.endswith(MAILS_AGAIN))
            }
            wrong += [
                f"{form.actor} {form.address}: {one}"
                for one in [*faults_of(second_answer), *([grown] if grown else [])]
            ]

    assert wrong == []
    assert changed > 5


def test_a_form_that_was_open_too_long_is_told_so_in_the_reader_s_language(walk: Walk) -> None:
    wrong = []
    for form in walk.forms:
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
        strict.cookies = walk.clients[form.actor].cookies
        with undone():
            before = count_rows()
            answer = send(walk, form, {**form.filled(), **written(form, SCRIPT + " en nog wat")}, strict)
            found = faults_of(answer)
            if form.address != DISPLAY and (answer.status != 403 or count_rows() != before):
                found.append(f"{answer.status}, or something was written")
            wrong += [f"{form.actor} {form.address}: {one}" for one in found]

    assert wrong == []


def test_after_the_close_nothing_of_a_citizen_is_taken(walk: Walk) -> None:
    Stage.objects.update(state=StageState.CLOSED)
    tables = ("consultation_idea", "consultation_rating", "summit_card", "panel_amendment", "report_answer")
    wrong = []
    for form in walk.forms:
        with undone():
            before = count_rows()
            answer = send(walk, form, form.filled())
            after = count_rows()
            found = faults_of(answer)
            if form.actor in {"visitor", "seat", "device", "link"}:
                found += [f"{table} grew" for table in tables if after[table] != before[table]]
            wrong += [f"{form.actor} {form.address}: {one}" for one in found]

    assert wrong == []
