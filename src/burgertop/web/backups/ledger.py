"""The list of backups, and of erasures to be made again: files beside the database, so that no restore turns them back.

They hold names of files, days, digests and random ids; nothing about anybody.
"""

import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path

__all__ = ["Backup", "backups", "erased_ids", "forget_due", "holding", "note_backup", "note_erased"]

BACKUPS, ERASED, LOCK = "backups.json", "erasures.txt", "ledger.lock"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup that was made here: where, when, and the day on which it must go."""

    name: str
    path: str
    made_at: str
    keep_until: str
    sha256: str
    gone_at: str = ""

    @property
    def made(self) -> datetime:
        """The moment it was made."""
        return datetime.fromisoformat(self.made_at)

    @property
    def goes_on(self) -> date:
        """The day on which it must go."""
        return date.fromisoformat(self.keep_until)


def backups(home: Path) -> tuple[Backup, ...]:
    """Every backup that was made of this home, oldest first."""
    try:
        rows = json.loads((home / BACKUPS).read_text("utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(Backup(**row) for row in rows)


def holding(home: Path, *, since: datetime, until: datetime) -> tuple[Backup, ...]:
    """The backups that still hold somebody who was there from one moment to another.

    A backup counts until it is known to be gone: nobody can know of copies in other places.
    """
    return tuple(one for one in backups(home) if since <= one.made <= until and not one.gone_at)


def note_backup(home: Path, backup: Backup) -> None:
    """Put a backup on the list."""
    with _held(home):
        _write(home, (*backups(home), backup))


def forget_due(home: Path, *, now: datetime) -> tuple[Backup, ...]:
    """Delete the backups whose day has come and that still lie where they were made; return those that went.

    One that was moved is not found: it is marked as gone here, and whoever moved it deletes it.
    """
    with _held(home):
        due = [one for one in backups(home) if not one.gone_at and one.goes_on <= now.date()]
        for one in due:
            Path(one.path).unlink(missing_ok=True)
        gone = {one.name for one in due}
        if due:
            kept = (replace(one, gone_at=now.isoformat()) if one.name in gone else one for one in backups(home))
            _write(home, tuple(kept))
    return tuple(due)


def note_erased(home: Path, participant_id: uuid.UUID) -> None:
    """Write down that somebody was erased, so that a restored backup erases them again."""
    with _held(home), (home / ERASED).open("a", encoding="ascii") as file:
        file.write(f"{participant_id}\n")
        file.flush()
        os.fsync(file.fileno())


def erased_ids(home: Path) -> frozenset[uuid.UUID]:
    """Everybody who was ever erased here, by random id."""
    try:
        lines = (home / ERASED).read_text("ascii").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(uuid.UUID(line) for line in lines if len(line) == len(str(uuid.UUID(int=0))))


def _write(home: Path, rows: tuple[Backup, ...]) -> None:
    draft = home / f".{BACKUPS}.{os.getpid()}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump([asdict(one) for one in rows], file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(home / BACKUPS)


@contextmanager
def _held(home: Path) -> Iterator[None]:
    with (home / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
