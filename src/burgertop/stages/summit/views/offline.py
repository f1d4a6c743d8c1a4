"""What the pages share that work without a network: the script that keeps a page, and a short wait for the database."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.http import HttpResponse

from burgertop.foundation.full_disk import note_full
from burgertop.foundation.sqlite.base import DatabaseWrapper

__all__ = ["short_wait", "worker_file"]

WORKER = "js/offline/worker.js"
SHORT_SECONDS = 3.0


def worker_file() -> HttpResponse:
    """The script; a browser lets it keep what lies below the address under which it was fetched."""
    path = finders.find(WORKER)
    return HttpResponse(Path(str(path)).read_bytes(), content_type="text/javascript; charset=utf-8")


@contextmanager
def short_wait() -> Iterator[None]:
    """Wait for a locked database as long as a device waits for an answer, and no thread longer than that."""
    here = connections[DEFAULT_DB_ALIAS]
    try:
        with here.waiting_at_most(SHORT_SECONDS) if isinstance(here, DatabaseWrapper) else nullcontext():
            yield
    except OperationalError as error:
        note_full(error)  # the operator hears why; the device only hears that it must wait
        raise
