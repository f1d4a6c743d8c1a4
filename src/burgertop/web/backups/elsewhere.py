"""Looking at another database for a while: everything that asks the house's own asks that one instead."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

__all__ = ["looking_at"]


@contextmanager
def looking_at(*, name: object = "", options: Mapping[str, object] | None = None) -> Iterator[BaseDatabaseWrapper]:
    """Let this thread's database be another one while inside; the real one is untouched, whatever is done.

    A second alias would not do: migrations that move rows ask the default database.
    """
    here = connections[DEFAULT_DB_ALIAS]
    kept = {key: value for key, value in here.settings_dict["OPTIONS"].items() if key != "pool"}
    chosen = {**here.settings_dict, "OPTIONS": {**kept, **(options or {})}, "CONN_MAX_AGE": 0}
    if name:
        chosen["NAME"] = name
    there: BaseDatabaseWrapper = load_backend(chosen["ENGINE"]).DatabaseWrapper(chosen, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = there
    try:
        yield there
    finally:
        there.close()
        connections[DEFAULT_DB_ALIAS] = here
