"""The demo of every earlier version still opens after an upgrade."""

import gzip
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

DUMPS = sorted((Path(__file__).parent / "data" / "upgrade").glob("v*.sql.gz"))
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


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.name)
def test_the_demo_of_an_earlier_version_opens(dump: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "burgertop.sqlite3") as database:
        database.executescript(gzip.decompress(dump.read_bytes()).decode())
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text('{"paths": {}, "version": "1.1", "hash": ""}')

    here = {"BURGERTOP_HOME": str(tmp_path), "BURGERTOP_DEBUG": "1", "DJANGO_SETTINGS_MODULE": "burgertop.web.settings"}
    environment = {name: value for name, value in os.environ.items() if name != "BURGERTOP_DATABASE_URL"} | here
    done = subprocess.run([sys.executable, "-c", LOOK], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert set(eval(done.stdout.splitlines()[-1]).values()) == {200}  # noqa: S307  # what the line above printed


def test_every_dump_is_small() -> None:
    assert DUMPS

    assert [dump.name for dump in DUMPS if dump.stat().st_size > MOST_BYTES] == []
