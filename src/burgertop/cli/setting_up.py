"""``burgertop setup``: database, static files and translations, brought up to date; safe to repeat."""

import argparse
import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from burgertop.cli.house import held
from burgertop.web.catalogs import compile_catalogs

__all__ = ["add_arguments", "is_static_fresh", "run", "set_up"]

STAMP = ".collected"
SLOW_SECONDS = 0.3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing can be chosen."""


def run(chosen: argparse.Namespace) -> int:
    """Set everything up and say so."""
    set_up()
    print(f"{settings.HOME} is up to date.")
    return 0


def set_up() -> None:
    """Do the steps one after the other; a second caller waits for the first."""
    with held(settings.HOME / "setup.lock", is_patient=True):
        _step("Translations", compile_catalogs)
        _step("Database", lambda: call_command("migrate", interactive=False, verbosity=0))
        _step("Static files", collect_static)


def collect_static() -> None:
    """Copy and compress the static files, unless they are the ones that were copied last."""
    if is_static_fresh():
        return
    stamp = _stamp()
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(_digest_of_static(), encoding="ascii")


def is_static_fresh() -> bool:
    """Whether the copied static files are those of this version."""
    return _stamp().is_file() and _stamp().read_text(encoding="ascii") == _digest_of_static()


def _stamp() -> Path:
    return Path(settings.STATIC_ROOT) / STAMP


def _digest_of_static() -> str:
    """Tell the source files apart by path, size and time of change."""
    digest = hashlib.sha256(settings.VERSION.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            about = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _step(name: str, work: Callable[[], object]) -> None:
    began_at = time.monotonic()
    work()
    if (took := time.monotonic() - began_at) > SLOW_SECONDS:
        print(f"  {name}: ready ({took:.1f} s)", file=sys.stderr, flush=True)
