"""Making a backup: the database first, as it is at one moment, then the files it speaks of, then one tar."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from burgertop.foundation.keys import keyed_hash
from burgertop.web.backups import ledger, postgresql, sqlite
from burgertop.web.backups.errors import BackupError
from burgertop.web.backups.package import FORMAT, KIND, KIND_OF_KEYS, write_package
from burgertop.web.backups.places import DATABASE_FILE, kept_keys, media_files

__all__ = ["KEEP_DAYS", "Made", "key_mark", "make_backup", "room"]

KEEP_DAYS = 90
ROOM = "backup-"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the backup, and the file of keys when it was asked for."""

    path: Path
    keys: Path | None
    manifest: Mapping[str, Any]
    keep_until: str


def key_mark() -> str:
    """Return a mark by which the key of the vault is known again; it tells nothing of the key."""
    return keyed_hash("vault", "backup", "mark")


@contextmanager
def room() -> Iterator[Path]:
    """A folder for unfinished work; what a killed command left goes first."""
    scratch = Path(settings.HOME) / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    for left in scratch.glob(f"{ROOM}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=ROOM, dir=scratch))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_backup(
    to: Path, *, now: datetime, keys_to: Path | None = None, keep_days: int = KEEP_DAYS, say: Say = lambda _step: None
) -> Made:
    """Make a backup of this home in a folder, and the file of its keys in another one.

    Never in it: the tellers' keys, one-time keys, the scratch folder, mails in the outbox. Call it with the lock of
    backups held. ``say`` hears each step.

    Raises:
        BackupError: it cannot be made; nothing that looks like a backup is left.
    """
    home = Path(settings.HOME)
    for folder in filter(None, (to, keys_to)):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if keys_to is not None and keys_to.resolve() == to.resolve():
        raise BackupError("keys and database must not lie together: name another folder for the keys.")
    stem = f"burgertop-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}"
    keep_until = (now + timedelta(days=keep_days)).date().isoformat()
    with room() as folder:
        say("database")
        files, database = _copy_database(folder)
        say("package")
        facts = {
            "format": FORMAT,
            "version": settings.VERSION,
            "made_at": now.astimezone(UTC).isoformat(),
            "keep_until": keep_until,
            "vault_key": key_mark(),
        }
        manifest = {**facts, "kind": KIND, "database": database}
        path = to.resolve() / f"{stem}.tar.gz"
        digest = write_package(path, {**files, **media_files(home)}, manifest)
    say("list")
    ledger.note_backup(home, ledger.Backup(path.name, str(path), str(facts["made_at"]), keep_until, digest))
    keys = None
    if keys_to is not None:
        say("keys")
        keys = keys_to.resolve() / f"{stem}-keys.tar.gz"
        write_package(keys, kept_keys(Path(settings.KEYS)), {**facts, "kind": KIND_OF_KEYS})
    return Made(path, keys, manifest, keep_until)


def _copy_database(folder: Path) -> tuple[dict[str, Path], dict[str, Any]]:
    if connection.vendor == "postgresql":
        files, counts, migrations = postgresql.copy_out(folder)
        return files, {"kind": "postgresql", "rows": counts, "migrations": migrations}
    files = sqlite.copy_out(Path(settings.HOME) / DATABASE_FILE, folder)
    copy = next(iter(files.values()))
    facts = {"kind": "sqlite", "rows": sqlite.counts_of(copy), "migrations": sqlite.migrations_in(copy)}
    return files, facts
