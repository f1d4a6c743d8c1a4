"""PostgreSQL in a backup: every table by COPY, all from one moment; put back beside, then swapped by name.

No client program is needed, and a backup goes into any newer server: the tables themselves are made by our own
migrations, exactly those that the backup had seen.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from psycopg import IsolationLevel, sql

from burgertop.web.backups.elsewhere import looking_at
from burgertop.web.backups.errors import BackupError

__all__ = [
    "BESIDE",
    "copy_out",
    "counts_in",
    "drop_schema",
    "fill",
    "has_schema",
    "in_schema",
    "is_filled",
    "old_schemas",
    "swap_in",
]

BESIDE = "burgertop_restoring"
PIECE = 1 << 20
TABLES = (
    "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"
)
COLUMNS = (
    "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
    "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position"
)


def in_schema(schema: str) -> AbstractContextManager[BaseDatabaseWrapper]:
    """Look at one schema of the same database."""
    return looking_at(options={"options": f"-c search_path={schema}"})


def _raw(opened_connection: BaseDatabaseWrapper) -> "psycopg.Connection[Any]":
    opened_connection.ensure_connection()
    raw: psycopg.Connection[Any] = opened_connection.connection
    return raw


def copy_out(folder: Path) -> tuple[dict[str, Path], dict[str, int], list[list[str]]]:
    """Write every table into a file, as they all are at one moment; return files, counts and migrations."""
    files, counts = {}, {}
    with looking_at(options={"isolation_level": IsolationLevel.REPEATABLE_READ}) as source:
        raw = _raw(source)
        with raw.transaction(), raw.cursor() as cursor:
            for (table,) in cursor.execute(TABLES).fetchall():
                path = folder / f"{table}.copy"
                statement = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), _columns(raw, table))
                with path.open("wb") as file, cursor.copy(statement) as rows:
                    for piece in rows:
                        file.write(piece)
                files[f"database/{table}.copy"] = path
                counts[table] = _count(raw, table)
            seen = cursor.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    return files, counts, [list(row) for row in seen]


def _columns(raw: "psycopg.Connection[Any]", table: str) -> sql.Composed:
    names = raw.execute(COLUMNS, [table]).fetchall()
    return sql.SQL(", ").join(sql.Identifier(name) for (name,) in names)


def _count(raw: "psycopg.Connection[Any]", table: str) -> int:
    row = raw.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return int(row[0]) if row else 0


def counts_in(there: BaseDatabaseWrapper) -> dict[str, int]:
    """Return how many rows each table of a schema has."""
    raw = _raw(there)
    return {table: _count(raw, table) for (table,) in raw.execute(TABLES).fetchall()}


def is_filled() -> bool:
    """Whether the database has a table already."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return bool(cursor.fetchall())


def fill(schema: str, folder: Path, migrations: Sequence[Sequence[str]]) -> None:
    """Make the tables as the backup had them in a schema of their own, and put its rows in."""
    drop_schema(schema)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {connection.ops.quote_name(schema)}")
    with in_schema(schema) as there:
        _migrate_to(there, migrations)
        raw = _raw(there)
        with raw.transaction(), raw.cursor() as cursor:
            tables = [name for (name,) in cursor.execute(TABLES).fetchall()]
            for table in tables:
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for table in tables:
                _copy_in(cursor, table, _columns(raw, table), folder / f"{table}.copy")
        _set_sequences(there, tables)


def _migrate_to(there: BaseDatabaseWrapper, migrations: Sequence[Sequence[str]]) -> None:
    executor = MigrationExecutor(there)
    seen = {(app, name) for app, name in migrations}
    unknown = seen - set(executor.loader.graph.nodes)
    if unknown:
        app, name = min(unknown)
        raise BackupError(f"the backup was made by a newer version (it knows {app}.{name}). Install that one first.")
    nodes = executor.loader.graph.node_map
    last = [
        key
        for key in sorted(seen)
        if not any(child.key in seen and child.key[0] == key[0] for child in nodes[key].children)
    ]
    executor.migrate(last)


def _copy_in(cursor: "psycopg.Cursor[Any]", table: str, columns: sql.Composed, path: Path) -> None:
    if not path.is_file():
        raise BackupError(f"the backup holds no table {table}.")
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with path.open("rb") as file, cursor.copy(statement) as rows:
        while piece := file.read(PIECE):
            rows.write(piece)


def _set_sequences(there: BaseDatabaseWrapper, tables: Sequence[str]) -> None:
    """Let every counter go on after the largest number that is taken."""
    quote = there.ops.quote_name
    with there.cursor() as cursor:
        for table in tables:
            for sequence in there.introspection.get_sequences(cursor, table):
                column = sequence["column"]
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({quote(column)}), 1), "  # noqa: S608  # names of its own
                    f"max({quote(column)}) IS NOT NULL) FROM {quote(table)}",
                    [quote(table), column],
                )


def has_schema(schema: str) -> bool:
    """Whether a schema is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema])
        return cursor.fetchone() is not None


def old_schemas() -> list[str]:
    """Return the schemas that restores have put aside; none where the database is another."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before\\_restore\\_%' ORDER BY nspname")
        return [name for (name,) in cursor.fetchall()]


def drop_schema(schema: str) -> None:
    """Remove a schema of ours and all that is in it; one that is not there is no error."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {connection.ops.quote_name(schema)} CASCADE")


def swap_in(schema: str, old_name: str) -> None:
    """Let a schema take the place of the one in use, in one transaction; the other is kept under a new name."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        here = connection.ops.quote_name(cursor.fetchone()[0])
        there, old = connection.ops.quote_name(schema), connection.ops.quote_name(old_name)
        cursor.execute(f"ALTER SCHEMA {here} RENAME TO {old}")
        cursor.execute(f"ALTER SCHEMA {there} RENAME TO {here}")
