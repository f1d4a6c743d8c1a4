"""Who waits for whom: voters go side by side, the count goes alone.

SQLite lets one transaction write at a time, which is enough. On PostgreSQL an
advisory lock of the transaction is shared by voters and taken whole by the count.
"""

import uuid

from django.db import connection

__all__ = ["alone_with", "beside_others"]


def beside_others(ballot_id: uuid.UUID) -> None:
    """Wait while this ballot is being opened, counted or cancelled, then keep that from starting."""
    _lock("SELECT pg_advisory_xact_lock_shared(%s)", ballot_id)


def alone_with(ballot_id: uuid.UUID) -> None:
    """Wait for every paper that is being taken, then let nobody else in until the transaction ends."""
    _lock("SELECT pg_advisory_xact_lock(%s)", ballot_id)


def _lock(statement: str, ballot_id: uuid.UUID) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, [ballot_id.int % (1 << 63)])
