"""The public record as pages: read, taken along, printed, checked."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.views.conftest import At

from burgertop.foundation.process.models import Process
from burgertop.foundation.record.actions import append
from burgertop.foundation.record.chain import Line, check_chain
from burgertop.foundation.record.queries import head_of

pytestmark = pytest.mark.django_db


def write(process: Process, count: int) -> None:
    for number in range(count):
        append(process.pk, "draw_chance", {"draw": f"Draw {number}", "seed": "<b>4 1 7</b> é"})


def test_lines_are_read_newest_first_fifty_on_a_page(client: Client, process: Process, at: At) -> None:
    write(process, 53)

    first, second = (client.get(at("record"), {"page": page}).content.decode() for page in (1, 2))

    assert [html.count('id="line-') for html in (first, second)] == [50, 3]
    assert first.index('id="line-53"') < first.index('id="line-52"')
    assert "<b>4 1 7</b>" not in first


@pytest.mark.parametrize("page", ["0", "-1", "999", "abc", "", "1e9", "é"])
def test_a_page_that_is_not_there_leads_to_one_that_is(client: Client, process: Process, at: At, page: str) -> None:
    write(process, 1)

    response = client.get(at("record"), {"page": page})

    assert (response.status_code, 'id="line-1"' in response.content.decode()) == (200, True)


def test_a_page_costs_as_much_for_one_line_as_for_fifty(client: Client, process: Process, at: At) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(at("record"))
        return len(queries)

    write(process, 1)
    one = cost()
    write(process, 30)

    assert cost() == one


def test_the_record_taken_along_can_be_checked_by_an_outsider(client: Client, process: Process, at: At) -> None:
    write(process, 3)
    head = head_of(process.pk)

    body = b"".join(client.get(at("record_lines")).streaming_content).decode()  # type: ignore[arg-type,attr-defined]  # a stream

    lines = [Line(**json.loads(line)) for line in body.splitlines()]
    assert check_chain(lines, head.digest, 3) == ()
    assert client.get(at("record_lines"))["Content-Disposition"] == 'attachment; filename="town-record.jsonl"'


def test_a_record_of_another_process_is_not_mixed_in(client: Client, process: Process, other: Process, at: At) -> None:
    write(process, 1)
    write(other, 1)

    body = b"".join(client.get(at("record_lines")).streaming_content).decode()  # type: ignore[arg-type,attr-defined]  # a stream
    assert [json.loads(line)["process_id"] for line in body.splitlines()] == [str(process.pk)]


def test_the_head_is_printed_in_groups_of_four(client: Client, process: Process, at: At) -> None:
    write(process, 2)
    digest = head_of(process.pk).digest

    html = client.get(at("record_head")).content.decode()
    assert " ".join(digest[start : start + 4] for start in range(0, 64, 4)) in html


def test_a_head_that_was_kept_fits_however_it_is_typed(client: Client, process: Process, at: At) -> None:
    write(process, 2)
    kept = head_of(process.pk)
    write(process, 2)
    typed = " ".join(kept.digest[start : start + 4] for start in range(0, 64, 4)).upper()

    html = client.post(at("record_check"), {"number": "2", "digest": typed}).content.decode()
    assert "The record holds." in html


def test_a_head_that_does_not_fit_says_where(client: Client, process: Process, at: At) -> None:
    write(process, 2)

    wrong = client.post(at("record_check"), {"number": "2", "digest": "0" * 64}).content.decode()
    gone = client.post(at("record_check"), {"number": "9", "digest": "0" * 64}).content.decode()

    assert "Line 2 is not the line whose digest you kept." in wrong
    assert "The line whose digest you kept, number 9, is not there." in gone


@pytest.mark.parametrize(
    ("number", "digest"),
    [("", ""), ("0", "0" * 64), ("x", "0" * 64), ("1", "z" * 64), ("1", "0" * 63), ("1", "0" * 65), ("1", "🗳" * 64)],
)
def test_what_is_no_head_is_explained(client: Client, process: Process, at: At, number: str, digest: str) -> None:
    html = client.post(at("record_check"), {"number": number, "digest": digest}).content.decode()

    assert "The record holds." not in html
    assert 'aria-invalid="true"' in html
