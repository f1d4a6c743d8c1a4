"""``burgertop check``: of this server; with ``--pool`` of quotas, which asks no server."""

import argparse
import importlib

from burgertop.cli.house import open_house
from burgertop.cli.sortition.asking import add_case_arguments

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing for the server; for quotas, what is to be drawn."""
    add_case_arguments(parser, is_required=False)


def run(chosen: argparse.Namespace) -> int:
    """Check quotas when a file is named, else this server."""
    if any((chosen.pool, chosen.quotas, chosen.seats is not None)):
        return int(importlib.import_module("burgertop.cli.sortition.check").run(chosen))  # loads the solver
    open_house()
    return int(importlib.import_module("burgertop.cli.checks").run(chosen))  # reads settings and models
