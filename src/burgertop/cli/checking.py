"""``burgertop check``: of this server; with ``--pool`` of quotas, which asks no server."""

import argparse
import importlib

from burgertop.cli.house import open_house
from burgertop.cli.sortition import check

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing for the server; for quotas, what is to be drawn."""
    check.add_arguments(parser)


def run(chosen: argparse.Namespace) -> int:
    """Check quotas when a file is named, else this server."""
    if any((chosen.pool, chosen.quotas, chosen.seats is not None)):
        return check.run(chosen)
    open_house()
    return int(importlib.import_module("burgertop.cli.checks").run(chosen))  # reads settings and models
