"""SQLite in a backup: its own online copy, one file, taken while others write."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from burgertop.web.backups.errors import BackupError
from burgertop.web.backups.places import DATABASE_FILE

__all__ = ["IN_PACKAGE", "copy_out", "counts_of", "faults_of", "is_filled"]

IN_PACKAGE = f"database/{DATABASE_FILE}"
WAIT_SECONDS = 30


def copy_out(source: Path, folder: Path) -> dict[str, Path]:
    """Copy the database as it is at one moment; what a killed server left in its journal is taken in first."""
    if not source.is_file():
        raise BackupError(f"there is no database {source}. Run: burgertop setup")
    target = folder / DATABASE_FILE
    target.touch(mode=0o600)
    try:
        with (
            closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True, timeout=WAIT_SECONDS)) as here,
            closing(sqlite3.connect(target)) as there,
        ):
            here.backup(there)
            there.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise BackupError(f"{source} cannot be copied: {error}.") from error
    return {IN_PACKAGE: target}


def is_filled(path: Path) -> bool:
    """Whether a database stands here with at least one table."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            return bool(database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0])
    except sqlite3.Error:
        return True  # something stands here, whatever it is


def counts_of(path: Path) -> dict[str, int]:
    """Return how many rows each table has."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {
            name: int(database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608  # names of its own
            for (name,) in sorted(names.fetchall())
        }


def migrations_in(path: Path) -> list[list[str]]:
    """Return the migrations that this database has seen, in order."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        return [list(row) for row in database.execute("SELECT app, name FROM django_migrations ORDER BY id")]


def faults_of(path: Path, expected: Mapping[str, int]) -> list[str]:
    """Return what is wrong inside a copy: pages, references, counts."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            pages = [row[0] for row in database.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            loose = database.execute("PRAGMA foreign_key_check").fetchall()
        found = counts_of(path)
    except sqlite3.Error as error:
        return [f"the database cannot be read: {error}"]
    wrong = [f"the database is damaged: {said}" for said in pages]
    wrong += [f"{len(loose)} rows refer to rows that are not there"] if loose else []
    return wrong + differing(expected, found)


def differing(expected: Mapping[str, int], found: Mapping[str, int]) -> list[str]:
    """Return the tables whose number of rows is not what the manifest says."""
    return [
        f"table {name} has {found.get(name, 0)} rows instead of {expected.get(name, 0)}"
        for name in sorted({*expected, *found})
        if expected.get(name) != found.get(name)
    ]
