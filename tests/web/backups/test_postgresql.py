"""PostgreSQL: every table out and in again, beside the one in use, then swapped by name."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from burgertop.foundation.people.models import Participant
from burgertop.foundation.people.vault import seal
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import Process, Template
from burgertop.foundation.record.actions import append
from burgertop.web.backups import postgresql
from burgertop.web.backups.making import make_backup
from burgertop.web.backups.restoring import restore
from burgertop.web.backups.verifying import verify_backup

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
STAMP = "before_restore_2026-09-01t120000z"


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is tried in test_killed.py")
def test_a_backup_is_tried_beside_and_put_back_whole(
    transactional_db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "media").mkdir()
    process = found_process("town", Template.BELGIAN, titles={"nl": "Stad\t\\N \u0001é"}, languages=["nl"])
    mia = Participant.objects.create(
        process=process, identity=seal(process.pk, {"given_name": "Mia"}), origin="drawn", language="nl"
    )
    append(process.pk, "process_founded", {"template": "belgian"}, now=NOW)
    made = make_backup(tmp_path / "to", now=NOW)
    title = process.say("title", "nl").text

    trial = verify_backup(made.path)
    tried_beside = (Participant.objects.count(), postgresql.has_schema("burgertop_verifying"))
    Participant.objects.filter(pk=mia.pk).update(language="fr")
    restore(made.path, now=NOW, is_over=True)

    assert [one.said for one in trial.findings if one.is_well is False] == []
    assert tried_beside == (1, False)
    assert Participant.objects.get(pk=mia.pk).language == "nl"
    assert Process.objects.get(pk=process.pk).say("title", "nl").text == title
    assert postgresql.old_schemas() == [STAMP]
    postgresql.drop_schema(STAMP)
    Participant.objects.create(process=process, origin="drawn", language="nl")
