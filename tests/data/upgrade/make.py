"""Make the reduced dump of a version's demo, so that later versions can test the upgrade from it.

Run in a checkout of that version: ``.venv/bin/python tests/data/upgrade/make.py``.
"""

import gzip
import os
import sqlite3
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT_IDENTITIES = 3


def make() -> Path:
    """Fill a fresh database with the practice summit, take most of the vault out, and dump it."""
    home = Path(tempfile.mkdtemp(prefix="burgertop-dump-"))
    os.environ.update(BURGERTOP_HOME=str(home), DJANGO_SETTINGS_MODULE="burgertop.web.settings")
    os.environ.pop("BURGERTOP_DATABASE_URL", None)

    import django

    django.setup()

    import numpy as np
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from burgertop import __version__
    from burgertop.foundation.draws.models import Draw
    from burgertop.foundation.people.models import Identity, Participant
    from burgertop.web.demo.content import load_content
    from burgertop.web.demo.practice import prepare_practice

    call_command("migrate", verbosity=0)
    prepare_practice(load_content(), np.random.default_rng(1), now=timezone.now())
    second = Draw.objects.get(name="second")
    Participant.objects.filter(drawn_in__draw=second).delete()
    second.delete()
    kept = Identity.objects.filter(participant__isnull=False).order_by("pk")[:KEPT_IDENTITIES]
    Identity.objects.exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    connection.close()

    target = HERE / f"v{__version__.rsplit('.', 1)[0]}.sql.gz"
    with sqlite3.connect(home / "burgertop.sqlite3") as database:
        text = "\n".join(database.iterdump())
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    return target


if __name__ == "__main__":
    made = make()
    sys.stdout.write(f"{made.name}: {made.stat().st_size} bytes\n")
