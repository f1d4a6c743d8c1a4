"""The worker of ``burgertop serve``: does long work, and the house's own regular work."""

import argparse
import logging
import threading
import time
from datetime import datetime

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone

from burgertop.cli.house import held
from burgertop.foundation.ballotbox.actions import sweep_keys
from burgertop.foundation.files.scratch import sweep
from burgertop.foundation.jobs.actions import mend_interrupted, start_due

__all__ = ["add_arguments", "run", "start_regular_work"]

LOOK_SECONDS = 0.5
REGULAR_SECONDS = 10.0
HELD = "a worker is running on {home} already (process {{process}})."

log = logging.getLogger("burgertop.worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For tests and scripts: do what waits, then end."""
    parser.add_argument("--once", action="store_true", help="do what waits now, then end")


def run(chosen: argparse.Namespace) -> int:
    """Mend what a killed worker left, then work until SIGTERM."""
    with held(settings.HOME / "worker.lock", problem=HELD.format(home=settings.HOME)):
        sweep_keys()
        for job in mend_interrupted():
            log.warning("Job %s (%s) was interrupted and is now %s.", job.pk, job.kind, job.state)
        if not chosen.once:
            threading.Thread(target=_keep_starting, name="regular-work", daemon=True).start()
        call_command(
            "db_worker", interval=LOOK_SECONDS, batch=chosen.once, startup_delay=False, reload=False, verbosity=0
        )
    return 0


def _keep_starting() -> None:
    """Start the regular work when its time has come; a failed attempt is tried again soon after."""
    while True:
        close_old_connections()
        try:
            start_regular_work(now=timezone.now())
        except Exception:
            log.exception("The regular work could not be started.")
        time.sleep(REGULAR_SECONDS)


def start_regular_work(*, now: datetime) -> None:
    """Ask for the jobs whose time has come; remove files that were handed in for a preview an hour ago."""
    sweep()
    start_due(now=now)
