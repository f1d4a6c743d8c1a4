"""The lock on the record: the database itself refuses to change or delete a line.

A migration puts it on: ``operations = [guard()]`` after the table is made. It stops a slip and a
hurried hand; whoever owns the database can take it off, and then the chain and its witnesses tell.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython

__all__ = ["guard", "is_on", "put_on", "take_off"]

SQLITE_ON = (
    """
    CREATE TRIGGER record_keeps_lines BEFORE UPDATE ON record_entry
    BEGIN SELECT RAISE(ABORT, 'A line of the record is never changed.'); END
    """,
    """
    CREATE TRIGGER record_keeps_all_lines BEFORE DELETE ON record_entry
    BEGIN SELECT RAISE(ABORT, 'A line of the record is never deleted.'); END
    """,
)
SQLITE_OFF = ("DROP TRIGGER record_keeps_lines", "DROP TRIGGER record_keeps_all_lines")
POSTGRESQL_ON = (
    """
    CREATE FUNCTION record_keeps_lines() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'A line of the record is never changed or deleted.'
      USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER record_keeps_lines BEFORE UPDATE OR DELETE ON record_entry
    FOR EACH ROW EXECUTE FUNCTION record_keeps_lines()
    """,
    """
    CREATE TRIGGER record_keeps_all_lines BEFORE TRUNCATE ON record_entry
    FOR EACH STATEMENT EXECUTE FUNCTION record_keeps_lines()
    """,
)
POSTGRESQL_OFF = (
    "DROP TRIGGER record_keeps_lines ON record_entry",
    "DROP TRIGGER record_keeps_all_lines ON record_entry",
    "DROP FUNCTION record_keeps_lines()",
)
LOOK = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = 'record_keeps_lines'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname = 'record_keeps_lines'",
}
ON = {"sqlite": SQLITE_ON, "postgresql": POSTGRESQL_ON}
OFF = {"sqlite": SQLITE_OFF, "postgresql": POSTGRESQL_OFF}


def put_on(connection: BaseDatabaseWrapper) -> None:
    """Let the database refuse to change or delete a line of the record."""
    _run(connection, ON[connection.vendor])


def take_off(connection: BaseDatabaseWrapper) -> None:
    """Take the lock off again: to migrate the table, or to empty a test's database."""
    _run(connection, OFF[connection.vendor])


def is_on(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database refuses to change a line."""
    with connection.cursor() as cursor:
        cursor.execute(LOOK[connection.vendor])
        return bool(cursor.fetchone()[0])


def guard() -> RunPython:
    """Return the operation for a migration of the record."""

    def forwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        put_on(editor.connection)

    def backwards(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        take_off(editor.connection)

    return RunPython(forwards, backwards)


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
