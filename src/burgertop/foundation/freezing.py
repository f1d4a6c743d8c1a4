"""The freeze: while it holds, this server only reads.

It is a file in the home and no row of the database: it must hold when the disk is full, when the database is
locked, and across a restore (docs/decisions/freeze-in-a-file.md).
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

__all__ = [
    "Freeze",
    "FrozenError",
    "current_freeze",
    "freeze",
    "rest_while_frozen",
    "thaw",
    "wait_for_writers",
    "writing",
]

FILE, PENS = "frozen.json", "writing.lock"
LOOK_SECONDS = 0.25


class FrozenError(Exception):
    """Something would have been written while the server only reads."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """Since when the server only reads, and why, in the operator's words."""

    since: datetime
    reason: str = ""


def current_freeze() -> Freeze | None:
    """Return the freeze of this server, or nothing; a file that cannot be read freezes as well.

    Cost: one system call while there is none, so that every request may ask.
    """
    path = f"{settings.HOME}/{FILE}"
    try:
        since = datetime.fromtimestamp(os.stat(path).st_mtime, UTC)  # noqa: PTH116  # asked at every request
        told = json.loads(Path(path).read_bytes())
        return Freeze(datetime.fromisoformat(told["since"]), str(told["reason"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        return Freeze(since)


def freeze(reason: str = "", *, now: datetime) -> Freeze:
    """Freeze this server; a freeze that holds already keeps its moment and gets the new reason, if there is one."""
    before = current_freeze()
    if before is not None and reason in {"", before.reason}:
        return before
    made = Freeze(before.since if before is not None else now, reason)
    path = Path(settings.HOME) / FILE
    draft = path.with_name(f".{FILE}")
    try:
        draft.write_text(json.dumps({"since": made.since.isoformat(), "reason": made.reason}), encoding="utf-8")
        draft.replace(path)
    except OSError:  # the disk is full: an empty file has room, and freezes all the same
        draft.unlink(missing_ok=True)
        path.touch()
    return made


def thaw() -> Freeze | None:
    """Let the server write again; return the freeze that held."""
    before = current_freeze()
    (Path(settings.HOME) / FILE).unlink(missing_ok=True)
    return before


@contextmanager
def writing() -> Iterator[Freeze | None]:
    """Hold a pen while a request writes; gives the freeze instead when there is one.

    Whoever freezes can wait until all pens are down: a pen falls with its process, however that ends.
    """
    pen = -1
    with suppress(OSError):  # no room even for an empty file: the freeze holds, only nobody can wait for this pen
        pen = os.open(f"{settings.HOME}/{PENS}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(pen, fcntl.LOCK_SH)
    try:
        yield current_freeze()
    finally:
        if pen >= 0:
            os.close(pen)


def wait_for_writers(seconds: float) -> bool:
    """Wait until every request that began to write before the freeze is through; False when one still writes."""
    until = time.monotonic() + seconds
    pens = os.open(f"{settings.HOME}/{PENS}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(pens, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    return False
                time.sleep(LOOK_SECONDS / 5)
            else:
                return True
    finally:
        os.close(pens)


def rest_while_frozen() -> None:
    """Return when the server may write."""
    while current_freeze() is not None:
        time.sleep(LOOK_SECONDS)
