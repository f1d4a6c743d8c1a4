"""``burgertop thaw``: a frozen server writes again; the record of what is under way says that it stood still."""

import argparse
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from burgertop.cli.house import Problem
from burgertop.foundation.freezing import Freeze, thaw
from burgertop.foundation.process.models import Process, StageState
from burgertop.foundation.record.actions import append

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing can be chosen."""


def run(chosen: argparse.Namespace) -> int:
    """Thaw and say so; thawing twice is the same."""
    held = thaw()
    if held is None:
        print("This server was not frozen.")
        return 0
    now = timezone.now()
    minutes, seconds = divmod(int((now - held.since).total_seconds()), 60)
    print(f"Thawed after {minutes} min {seconds} s: this server writes again. Tablets and doors bring what they kept.")
    try:
        _tell_records(held, now)
    except DatabaseError as error:
        raise Problem(f"the public record could not be told of the freeze: {error}") from error
    return 0


def _tell_records(held: Freeze, now: datetime) -> None:
    """Nobody could write or vote meanwhile: whoever checks a process later must be able to know that."""
    facts = {"since": held.since.isoformat(timespec="seconds"), "until": now.isoformat(timespec="seconds")}
    for process in Process.objects.filter(stages__state=StageState.OPEN).distinct():
        append(process.pk, "server_frozen", facts, now=now)
