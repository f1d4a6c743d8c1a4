"""The swap of a restore: every step can be cut off, and the next command that opens the house finishes it.

Until ``restoring.json`` stands in the home nothing of the old state was touched; from then on it goes forward only.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from burgertop.web.backups.places import DATABASE_FILE, MEDIA, sync_folder

__all__ = ["JOURNAL", "OLD", "STAGED", "begin_swap", "finish_swap", "is_swapping", "old_states"]

JOURNAL = "restoring.json"
STAGED = ".restoring"
OLD = "before-restore-"
LOCK = "swap.lock"
BESIDE_DATABASE = (f"{DATABASE_FILE}-wal", f"{DATABASE_FILE}-shm", f"{DATABASE_FILE}-journal")

Say = Callable[[str], None]
Swap = Callable[[str], None]


def is_swapping(home: Path) -> bool:
    """Whether a restore was cut off after it had begun to swap."""
    return (home / JOURNAL).exists()


def old_states(home: Path) -> list[Path]:
    """The states that restores have put aside; they hold personal data until somebody deletes them."""
    return sorted(home.glob(f"{OLD}*"))


def begin_swap(home: Path, *, stamp: str, schema: str = "") -> None:
    """Write down that what is staged shall take the place of what is there; from here on it goes forward."""
    draft = home / f".{JOURNAL}"
    with draft.open("w", encoding="ascii") as file:
        json.dump({"old": f"{OLD}{stamp}", "schema": schema, "old_schema": f"before_restore_{stamp}".lower()}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(home / JOURNAL)
    sync_folder(home)


def finish_swap(home: Path, *, swap_schema: Callable[[str, str], None], say: Say = lambda _step: None) -> bool:
    """Do what is left of a swap, whatever was done before; False when there is none.

    ``swap_schema`` exchanges the schemas of PostgreSQL, and does nothing when that was done.
    """
    if not is_swapping(home):
        return False
    with (home / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_swapping(home):
            return False
        journal: dict[str, Any] = json.loads((home / JOURNAL).read_text("ascii"))
        staged, old = home / STAGED, home / str(journal["old"])
        old.mkdir(exist_ok=True, mode=0o700)
        say("database aside")
        _swap_database(home, staged, old, say)
        if journal["schema"]:
            swap_schema(str(journal["schema"]), str(journal["old_schema"]))
        say("media")
        _swap_media(home, staged, old, say)
        say("keys")
        is_kept = bool(journal["schema"]) or (old / DATABASE_FILE).exists()
        _swap_keys(home, staged, old if is_kept else None)
        sync_folder(home)
        say("end")
        for folder in (old / MEDIA, old):
            with suppress(OSError):
                folder.rmdir()  # nothing was in it
        shutil.rmtree(staged, ignore_errors=True)
        (home / JOURNAL).unlink()
        sync_folder(home)
    return True


def _swap_database(home: Path, staged: Path, old: Path, say: Say) -> None:
    """While the new file is still staged, what stands in the home is old, and its journals belong to it."""
    new = staged / "database" / DATABASE_FILE
    if not new.exists():
        return
    for name in (*BESIDE_DATABASE, DATABASE_FILE):
        if (home / name).exists():
            (home / name).replace(old / name)
    sync_folder(old)
    say("database in")
    new.replace(home / DATABASE_FILE)


def _swap_media(home: Path, staged: Path, old: Path, say: Say) -> None:
    new = staged / MEDIA
    if not new.exists():
        return
    if (home / MEDIA).exists():
        if (old / MEDIA).exists():  # moved before the cut; the settings have made an empty one since
            shutil.rmtree(home / MEDIA)
        else:
            (home / MEDIA).replace(old / MEDIA)
    say("media in")
    new.replace(home / MEDIA)


def _swap_keys(home: Path, staged: Path, old: Path | None) -> None:
    """Put the keys in; those that opened an earlier database are kept with it."""
    for new in sorted((staged / "keys").glob("*.key")):
        here = home / "keys" / new.name
        here.parent.mkdir(exist_ok=True, mode=0o700)
        if old is not None and here.exists() and not (old / "keys" / new.name).exists():
            (old / "keys").mkdir(exist_ok=True, mode=0o700)
            shutil.copy2(here, old / "keys" / new.name)
        new.replace(here)
