"""What every command stands on: the open house, its folder, its locks, and problems said plainly."""

import fcntl
import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar

import django

__all__ = ["AlreadyHeldError", "BadInputError", "Problem", "held", "note_in", "open_house"]


class Problem(Exception):  # noqa: N818  # said to the operator, not raised through code
    """Something the operator can mend; the words say what is wrong and what to do."""

    exit_code: ClassVar[int] = 1


class BadInputError(Problem):
    """A file or a word after the command is wrong; nothing was written."""

    exit_code = 2


class AlreadyHeldError(Problem):
    """Another process holds the lock."""


def open_house() -> None:
    """Read the settings and the models; needed before anything that asks the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "burgertop.web.settings")
    django.setup()
    _finish_restoring()


def _finish_restoring() -> None:
    """Finish a restore that was cut off in the middle of its swap, before anybody asks the database."""
    from django.conf import settings  # read only now

    if (Path(settings.HOME) / "restoring.json").exists():
        restoring = importlib.import_module("burgertop.web.backups.restoring")  # rarely needed
        restoring.finish_restoring(Path(settings.HOME))


@contextmanager
def held(path: Path, *, is_patient: bool = False, problem: str = "") -> Iterator[str]:
    """Hold a lock file while inside; the lock falls with the process, however it ends.

    Yields what the last holder left in the file: its number when it was killed,
    nothing when it ended well.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
        except BlockingIOError:
            raise AlreadyHeldError(problem.format(process=note_in(path) or "?")) from None
        left = os.read(descriptor, 100).decode().strip()
        with suppress(OSError):  # no room for the note: the lock holds without it
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield left
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def note_in(path: Path) -> str:
    """Return the number that stands in a lock file."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
