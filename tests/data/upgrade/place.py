"""Put the dump of an earlier version, which SQLite wrote, into the PostgreSQL database that the environment names.

The tables are made by the migrations of that version; then every row is copied as it is.

    python tests/data/upgrade/place.py tests/data/upgrade/v0.1.sql.gz
"""

import gzip
import json
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

CASTS: dict[str, Callable[[Any], Any]] = {"boolean": bool, "jsonb": lambda text: json.dumps(json.loads(text))}


def main(dump: Path) -> None:
    """Make the tables of the version, then copy the rows."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.migrations.loader import MigrationLoader

    old = sqlite3.connect(":memory:")
    old.executescript(gzip.decompress(dump.read_bytes()).decode())
    known = MigrationLoader(connection).disk_migrations  # a step that has become part of another is not
    applied = old.execute("SELECT app, name FROM django_migrations ORDER BY name").fetchall()
    last = {app: name for app, name in applied if (app, name) in known}
    for app, name in last.items():
        call_command("migrate", app, name, verbosity=0)
    kept = {name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    with transaction.atomic(), connection.cursor() as cursor:
        tables = sorted(kept & set(connection.introspection.table_names(cursor)) - {"django_migrations"})
        cursor.execute(
            "TRUNCATE django_content_type CASCADE"
        )  # with the permissions: all that migrations fill by themselves
        for table in tables:
            _copy(old, cursor, table)
    with connection.cursor() as cursor:
        for table in tables:
            _count_on(cursor, table)


def _copy(old: sqlite3.Connection, cursor: Any, table: str) -> None:
    """Copy the rows of one table, each value as PostgreSQL types it."""
    cursor.execute("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [table])
    types = dict(cursor.fetchall())
    rows = old.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # the names come from the schema itself
    names = [column[0] for column in rows.description]
    casts = [CASTS.get(types[name], lambda value: value) for name in names]
    marks = ", ".join(f"%s::{types[name]}" for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    cursor.executemany(
        f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',  # noqa: S608  # the names come from the schema itself
        [[None if value is None else cast(value) for cast, value in zip(casts, row, strict=True)] for row in rows],
    )


def _count_on(cursor: Any, table: str) -> None:
    """Let numbers that the database gives go on after those that were copied."""
    identity = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_identity = 'YES'"
    cursor.execute(identity, [table])
    for (column,) in cursor.fetchall():
        last = f'SELECT greatest(max("{column}"), 1) FROM "{table}"'  # noqa: S608  # as above
        cursor.execute(f"SELECT setval(pg_get_serial_sequence(%s, %s), ({last}))", [f'"{table}"', column])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
