"""Logs carry ids, never addresses, names or what was asked for."""

import logging

import pytest

from burgertop.web.logs import WithoutPersonalData, WithoutWaiting


def logged(message: str, *values: object, error: Exception | None = None) -> str:
    """What the handler writes."""
    info = (type(error), error, None) if error is not None else None
    record = logging.LogRecord("burgertop", logging.WARNING, __file__, 1, message, values, info)
    assert WithoutPersonalData().filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("sent to mia.peeters+top@post.example.org now", "sent to [mail] now"),
        ("from 193.190.1.25 port 4", "from [address] port 4"),
        ("from 2001:0db8:85a3:0000:0000:8a2e:0370:7334!", "from [address]!"),
        ("from 2001:db8::1 and ::1 and fe80::", "from [address] and [address] and [address]"),
        ("GET /nl/g1000/?code=K7M4PX9RW&mail=a@b.be HTTP/1.1", "GET /nl/g1000/?[query] HTTP/1.1"),
        ("at 12:30:45 job 6d0e3f7e-2011-4a11-9000-000000001000 ended", None),
        ("100 % of 3 people", None),
        ("", None),
    ],
)
def test_addresses_and_queries_are_struck_out(line: str, written: str | None) -> None:
    assert logged(line.replace("%", "%%")) == (line.replace("%", "%%") if written is None else written)


def test_values_of_a_line_are_struck_out_too() -> None:
    assert logged("%s from %s", "mia@post.example", "10.0.0.1") == "[mail] from [address]"


def test_a_traceback_names_nobody() -> None:
    text = logged("broken", error=ValueError("Key (email)=(mia@post.example) exists for 10.0.0.1"))

    assert "ValueError: Key (email)=([mail]) exists for [address]" in text
    assert "mia@" not in text


def test_whoever_is_asked_to_come_back_later_makes_no_line() -> None:
    keeper = WithoutWaiting()
    records = [logging.makeLogRecord({"msg": "An answer", "status_code": code}) for code in (404, 500, 503)]

    assert [keeper.filter(record) for record in (*records, logging.makeLogRecord({"msg": "A line"}))] == [
        True,
        True,
        False,
        True,
    ]
