"""The words after draw and check: what is to be drawn; and what happens when somebody stops the work."""

import argparse
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from burgertop.cli.house import BadInputError
from burgertop.cli.sortition.pools import Case, read_case, whole_number
from burgertop.cli.sortition.quota_files import quotas_from

__all__ = ["add_case_arguments", "case_of", "stopping_cleanly"]


def add_case_arguments(parser: argparse.ArgumentParser, *, is_required: bool = True) -> None:
    """What every draw and every check of quotas takes."""
    parser.add_argument("--pool", type=Path, required=is_required, help="CSV or XLSX: one row for each person")
    parser.add_argument("--quotas", type=Path, required=is_required, help="CSV or XLSX: feature,value,min,max")
    parser.add_argument("--seats", type=whole_number, required=is_required, help="people on a panel")
    parser.add_argument("--id", default="", metavar="COLUMN", help="the column of ids (the number of the row)")
    parser.add_argument(
        "--household",
        nargs="+",
        action="extend",
        default=[],
        metavar="COLUMN",
        help="the columns that tell who lives together",
    )
    parser.add_argument("--per-household", type=whole_number, default=1, help="most people of one household (1)")
    parser.add_argument("--must", type=Path, metavar="FILE", help="ids of people who are on every panel")
    parser.add_argument("--never", type=Path, metavar="FILE", help="ids of people who are on none")


def case_of(chosen: argparse.Namespace) -> Case:
    """Read what was named on the command line."""
    if chosen.per_household < 1:
        raise BadInputError(f"--per-household is 1 or more, not {chosen.per_household}.")
    return read_case(
        chosen.pool,
        chosen.quotas,
        quotas_from,
        seats=chosen.seats,
        id_column=chosen.id,
        household=chosen.household,
        per_household=chosen.per_household,
        must=chosen.must or (),
        never=chosen.never or (),
    )


@contextmanager
def stopping_cleanly() -> Iterator[None]:
    """Let a wish to end (SIGTERM) clean up as Ctrl+C does."""

    def stop(wish: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before: Callable[[int, FrameType | None], Any] | int | None = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        print("\nStopped. Nothing was written.", file=sys.stderr)
        raise
    finally:
        signal.signal(signal.SIGTERM, before)
