"""The chain: how a line's digest is made and how a copy of the record is checked.

Values in, values out, so that an outsider can run it on the exported lines.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

__all__ = ["START", "Break", "Line", "check_chain", "digest_of"]

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record as it is published."""

    process_id: str
    number: int
    kind: str
    facts: Mapping[str, object]
    at: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold: the number of the line and a code for the reason."""

    number: int
    code: str


def digest_of(
    process_id: str, number: int, kind: str, facts: Mapping[str, object], at: datetime | str, previous: str
) -> str:
    """Return the SHA-256 of a line in canonical JSON (sorted keys, no spaces, UTF-8).

    >>> digest_of("p", 1, "stage_opened", {"stage": "ideas"}, "2011-07-01T00:00:00+00:00", START)[:12]
    'c1a00cf9a5f6'
    """
    moment = at if isinstance(at, str) else at.isoformat()
    line = [process_id, number, kind, facts, moment, previous]
    return hashlib.sha256(
        json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def check_chain(lines: Iterable[Line], head: str = "", head_number: int = 0) -> tuple[Break, ...]:
    """Check every line against the one before, and the chain against a head that a witness kept.

    Args:
        lines: the record in order of number.
        head: a digest that was printed or mailed earlier; empty means none.
        head_number: the number of the line that had this digest.

    Returns:
        The places where the chain breaks; empty when it holds.

    Cost: one SHA-256 a line.
    """
    breaks: list[Break] = []
    previous, expected = START, 1
    is_head_seen = not head
    for line in lines:
        if line.number != expected:
            breaks.append(Break(line.number, "record.number_missing"))
        if line.previous != previous:
            breaks.append(Break(line.number, "record.link_broken"))
        if digest_of(line.process_id, line.number, line.kind, line.facts, line.at, line.previous) != line.digest:
            breaks.append(Break(line.number, "record.line_changed"))
        if head and line.number == head_number:
            is_head_seen = True
            if line.digest != head:
                breaks.append(Break(line.number, "record.head_differs"))
        previous, expected = line.digest, line.number + 1
    if not is_head_seen:
        breaks.append(Break(head_number, "record.head_missing"))
    return tuple(breaks)
