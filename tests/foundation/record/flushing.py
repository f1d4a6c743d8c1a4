"""Emptying the test database past the lock on the record.

A test that commits is cleaned up by deleting every row; the lock steps aside for that, and only for that.
"""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from burgertop.foundation.record.guards import is_on, put_on, take_off

__all__ = ["flush_past_the_lock"]


@pytest.fixture(autouse=True, scope="session")
def flush_past_the_lock() -> Iterator[None]:
    """Let Django's flush take the lock off and put it on again."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def unlocked(self: BaseDatabaseOperations, statements: list[str]) -> None:
        was_on = is_on(connection)
        if was_on:
            take_off(connection)
        try:
            flush(self, statements)
        finally:
            if was_on:
                put_on(connection)

    with mock.patch.object(BaseDatabaseOperations, "execute_sql_flush", unlocked):
        yield
