"""The demo of every earlier version still opens after an upgrade, on SQLite and on PostgreSQL."""

import gzip
import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

DUMPS = sorted((Path(__file__).parent / "data" / "upgrade").glob("v*.sql.gz"))
PLACE = Path(__file__).parent / "data" / "upgrade" / "place.py"
MOST_BYTES = 300_000
LOOK = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from burgertop.foundation.process.models import Process
from burgertop.foundation.record.queries import entries_of, verify
from burgertop.stages.panel.models import Recommendation
process = Process.objects.get(slug="practice")
assert not verify(process.pk), "the record no longer holds"
assert entries_of(process.pk).count() > 20
decided = Recommendation.objects.get(state="adopted")
pages = ["/nl/practice/", "/fr/practice/record/", f"/de/practice/trace/recommendation/{decided.pk}/"]
pages += [f"/en/practice/{stage.kind}/{stage.slug}/" for stage in process.stages.all()]
client = Client(SERVER_NAME="localhost")
print({page: client.get(page).status_code for page in pages})
"""


@pytest.mark.django_db
@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.name)
def test_the_demo_of_an_earlier_version_opens(dump: Path, tmp_path: Path) -> None:
    with _placed(dump, tmp_path) as environment:
        done = _run(["-c", LOOK], environment)

    assert set(eval(done.splitlines()[-1]).values()) == {200}  # noqa: S307  # what the line above printed


@contextmanager
def _placed(dump: Path, home: Path) -> Iterator[dict[str, str]]:
    """Put a dump into a database of its own, of the kind these tests run on; give the environment that opens it."""
    (home / "static").mkdir()
    (home / "static" / "staticfiles.json").write_text('{"paths": {}, "version": "1.1", "hash": ""}')
    here = {"BURGERTOP_HOME": str(home), "BURGERTOP_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "burgertop.web.settings"}
    environment = os.environ | here
    if connection.vendor == "sqlite":
        environment.pop("BURGERTOP_DATABASE_URL", None)
        with sqlite3.connect(home / "burgertop.sqlite3") as database:
            database.executescript(gzip.decompress(dump.read_bytes()).decode())
        yield environment
        return
    name = f"upgrade_{uuid.uuid4().hex}"
    server = os.environ["BURGERTOP_DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as keeper:
        keeper.execute(f'CREATE DATABASE "{name}"')
        environment["BURGERTOP_DATABASE_URL"] = urlsplit(server)._replace(path=f"/{name}").geturl()
        try:
            _run([str(PLACE), str(dump)], environment)
            yield environment
        finally:
            keeper.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_dump_is_small() -> None:
    assert DUMPS

    assert [dump.name for dump in DUMPS if dump.stat().st_size > MOST_BYTES] == []
