"""The day of the summit as a file for a calendar (RFC 5545): plain text, no names of people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

__all__ = ["Day", "calendar_of"]

OCTETS = 75  # the longest line, without its end


@dataclass(frozen=True, slots=True)
class Day:
    """What stands in the calendar; ``uid`` is the same for everybody, so that a second mail replaces the first."""

    uid: str
    title: str
    about: str
    address: str
    begins_at: datetime
    ends_at: datetime | None


def calendar_of(day: Day, *, now: datetime) -> str:
    """Write one event; it is tentative, because a yes is not a seat yet.

    >>> at = datetime(2026, 11, 11, 9, tzinfo=UTC)
    >>> text = calendar_of(Day("1@town.example", "The town; a day", "", "https://town.example", at, None), now=at)
    >>> [line for line in text.splitlines() if line.startswith(("DTSTART", "SUMMARY"))]
    ['DTSTART:20261111T090000Z', 'SUMMARY:The town\\\\; a day']
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Burgertop//summit//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{day.uid}",
        f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(day.begins_at)}",
        *([f"DTEND:{_moment(day.ends_at)}"] if day.ends_at else []),
        f"SUMMARY:{_text(day.title)}",
        *([f"DESCRIPTION:{_text(day.about)}"] if day.about else []),
        f"URL:{day.address}",
        "STATUS:TENTATIVE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> Iterator[str]:
    """Cut a line into parts of 75 octets at most, never inside a sign; each but the first begins with a blank."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > OCTETS:
            yield part
            part = " "
        part += sign
    yield part
