"""The worker's regular work."""

import os
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from pytest_django import Settings

from burgertop.cli.worker_process import start_regular_work
from burgertop.foundation.files import scratch
from burgertop.foundation.jobs.models import Job


def test_a_file_handed_in_for_a_preview_goes_after_an_hour_although_nobody_sends_another(
    db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = settings.KEYS = tmp_path
    old, new = (scratch.keep("pool.csv", b"name\nMia\n", owner="me") for _ in range(2))
    now = timezone.now()
    before = (now - timedelta(minutes=61)).timestamp()
    os.utime(tmp_path / "scratch" / f"{old.hex}.upload", (before, before))

    start_regular_work(now=now)

    assert [path.name for path in (tmp_path / "scratch").iterdir()] == [f"{new.hex}.upload"]
    assert {job.kind for job in Job.objects.all()} == {"jobs.forget_traces", "live.forget_messages"}
