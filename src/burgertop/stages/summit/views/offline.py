"""What the pages share that work without a network: the script that keeps a page, and a short wait for the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.http import HttpResponse

from burgertop.foundation.full_disk import note_full

__all__ = ["short_wait", "worker_file"]

WORKER = "js/offline/worker.js"
SHORT_MILLISECONDS = 3_000
LONG_MILLISECONDS = 20_000


def worker_file() -> HttpResponse:
    """The script; a browser lets it keep what lies below the address under which it was fetched."""
    path = finders.find(WORKER)
    return HttpResponse(Path(str(path)).read_bytes(), content_type="text/javascript; charset=utf-8")


@contextmanager
def short_wait() -> Iterator[None]:
    """Wait for a locked database as long as a device waits for an answer, and no thread longer than that."""
    _wait(SHORT_MILLISECONDS)
    try:
        yield
    except OperationalError as error:
        note_full(error)  # the operator hears why; the device only hears that it must wait
        raise
    finally:
        _wait(LONG_MILLISECONDS)


def _wait(milliseconds: int) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
