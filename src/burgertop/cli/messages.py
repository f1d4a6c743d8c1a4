"""``burgertop messages``: the catalogs of the interface."""

import argparse

from burgertop.web.catalogs import compile_catalogs, update_catalogs

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the catalogs."""
    parser.add_argument("action", choices=["extract", "compile"], help="collect new sentences, or compile the catalogs")


def run(chosen: argparse.Namespace) -> int:
    """Do it; say how many sentences wait for a translation."""
    if chosen.action == "extract":
        for language, waiting in update_catalogs().items():
            print(f"{language}: {waiting} sentences wait for a translation")
    compile_catalogs()
    return 0
