"""``burgertop check``: what is missing on this server, and how to mend it."""

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from burgertop.cli.house import note_in
from burgertop.cli.setting_up import is_static_fresh
from burgertop.web.backups.swapping import old_states

__all__ = ["problems", "run"]

LEAST_FREE_BYTES = 1024**3
LEAST_PYTHON = (3, 11)


def run(chosen: argparse.Namespace) -> int:
    """Print every problem with its remedy; return 1 when there is one."""
    found = list(problems())
    for problem in found:
        print(f"- {problem}")
    print(f"{len(found)} to mend." if found else "All is well.")
    return 1 if found else 0


def problems() -> Iterator[str]:
    """Every problem of this server: what it is, then what mends it."""
    checks: tuple[Callable[[], str], ...] = (
        _python,
        _keys,
        _room,
        _database,
        _static,
        _address,
        _mail,
        _running,
        _put_aside,
    )
    yield from (said for check in checks if (said := check()))


def _python() -> str:
    if sys.version_info >= LEAST_PYTHON:
        return ""
    return "Python is older than 3.11. Install a newer one and make the environment anew."


def _keys() -> str:
    folder = Path(settings.KEYS)
    if not folder.is_dir():
        return f"{folder} is missing. If this server had data, put the keys back from their own backup."
    if folder.stat().st_mode & 0o077:
        return f"Others can read {folder}. Run: chmod -R go= {folder}"
    return ""


def _room() -> str:
    if shutil.disk_usage(settings.HOME).free >= LEAST_FREE_BYTES:
        return ""
    return f"Less than 1 GB is free where {settings.HOME} stands. Make room."


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError as error:
        return f"The database does not answer ({str(error).splitlines()[0]}). Check BURGERTOP_DATABASE_URL."
    return "The database is not up to date. Run: burgertop setup" if is_behind else ""


def _static() -> str:
    return "" if is_static_fresh() else "The static files are not up to date. Run: burgertop setup"


def _address() -> str:
    where = urlsplit(settings.PUBLIC_URL)
    if (where.hostname or "") not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return f"{where.hostname} is not among BURGERTOP_HOSTS. Add it, or browsers are refused."
    if where.scheme != "https" and where.hostname not in {"localhost", "127.0.0.1"}:
        return "BURGERTOP_PUBLIC_URL is not https. Put a web server with a certificate before Burgertop."
    return ""


def _mail() -> str:
    if settings.MAIL_URL or settings.DEMO:
        return ""
    return f"No mail is sent: it is kept in {settings.HOME / 'outbox'}. Set BURGERTOP_MAIL_URL."


def _running() -> str:
    if note_in(settings.HOME / "server.lock") and not note_in(settings.HOME / "worker.lock"):
        return "The server runs without its worker: long work waits. Look into the log of burgertop serve."
    return ""


def _put_aside() -> str:
    """What a restore has put aside still holds personal data."""
    old = ", ".join(str(path) for path in old_states(Path(settings.HOME)))
    return f"{old} holds personal data of before a restore. Delete it when you no longer need it." if old else ""
