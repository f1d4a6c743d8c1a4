"""The worker of ``burgertop serve``: does long work, and the house's own regular work."""

import argparse
import logging
import threading
import time
from datetime import datetime

from django.conf import settings
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.compat import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker

from burgertop.cli.house import held
from burgertop.foundation.ballotbox.actions import sweep_keys
from burgertop.foundation.files.scratch import sweep
from burgertop.foundation.freezing import current_freeze, rest_while_frozen
from burgertop.foundation.full_disk import note_full
from burgertop.foundation.jobs.actions import mend_interrupted, start_due

__all__ = ["add_arguments", "run", "start_regular_work"]

LOOK_SECONDS, FREEZE_SECONDS = 0.5, 0.25
REGULAR_SECONDS, FULL_SECONDS = 10.0, 3.0
HELD = "a worker is running on {home} already (process {{process}})."

log = logging.getLogger("burgertop.worker")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For tests and scripts: do what waits, then end."""
    parser.add_argument("--once", action="store_true", help="do what waits now, then end")


def run(chosen: argparse.Namespace) -> int:
    """Mend what a killed worker left, then work until SIGTERM; a frozen server has no work done."""
    with held(settings.HOME / "worker.lock", problem=HELD.format(home=settings.HOME)):
        if not chosen.once:
            threading.Thread(target=_keep_starting, name="regular-work", daemon=True).start()
        while True:
            try:
                if current_freeze() is not None:
                    log.warning("Frozen: no work is begun.")
                    rest_while_frozen()
                _mend()
                _work_until_frozen(is_once=chosen.once)
            except OperationalError as error:
                if chosen.once or not note_full(error):
                    raise
                time.sleep(FULL_SECONDS)
            else:
                if chosen.once or current_freeze() is None:  # nothing waits, or somebody wished it to end
                    return 0


def _mend() -> None:
    sweep_keys()
    for job in mend_interrupted():
        log.warning("Job %s (%s) was interrupted and is now %s.", job.pk, job.kind, job.state)


def _worker(*, is_once: bool) -> Worker:
    """The queue's own worker: it looks for work, does it, and looks again."""
    logging.getLogger("django_tasks").setLevel(logging.CRITICAL)
    logging.getLogger("django_tasks_db").setLevel(logging.CRITICAL)
    worker = Worker(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        interval=LOOK_SECONDS,
        batch=is_once,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    return worker


def _work_until_frozen(*, is_once: bool) -> None:
    """Work until the server is frozen; what is under way then is finished first."""
    worker = _worker(is_once=is_once)
    is_over = threading.Event()

    def stop_when_frozen() -> None:
        while not is_over.wait(FREEZE_SECONDS):
            if current_freeze() is not None:
                worker.running = False
                return

    threading.Thread(target=stop_when_frozen, name="watch-freeze", daemon=True).start()
    try:
        worker.run()
    finally:
        is_over.set()


def _keep_starting() -> None:
    """Start the regular work when its time has come; a failed attempt is tried again soon after."""
    while True:
        close_old_connections()
        try:
            if current_freeze() is None:
                start_regular_work(now=timezone.now())
        except Exception as error:
            if not note_full(error):
                log.exception("The regular work could not be started.")
        time.sleep(REGULAR_SECONDS)


def start_regular_work(*, now: datetime) -> None:
    """Ask for the jobs whose time has come; remove files that were handed in for a preview an hour ago."""
    sweep()
    start_due(now=now)
