"""``burgertop verify``: check a published folder or package by counting; no solver, nothing of what made it."""

import argparse
from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.seating.plans import KIND
from burgertop.cli.seating.verify import findings_of_plan
from burgertop.cli.sortition.findings import FAILED, OPEN, PASSED
from burgertop.cli.sortition.folder import MANIFEST, read_json
from burgertop.cli.sortition.packages import findings_of_package
from burgertop.cli.sortition.verify import findings_of_folder

__all__ = ["add_arguments", "run"]

MARKS = {PASSED: "ok", FAILED: "WRONG", OPEN: "open"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder and, for the whole check, the files it was made from; or a package."""
    parser.add_argument("path", type=Path, help="the published folder, or the file of a package")
    parser.add_argument("--pool", type=Path, help="for a folder: the pool the lottery was made from")
    parser.add_argument("--quotas", type=Path, help="for a folder: the quotas it was made from")
    parser.add_argument("--public", type=Path, help="for a package: the one that everybody got, to compare")


def run(chosen: argparse.Namespace) -> int:
    """Print a line for each check; 0 when nothing is wrong."""
    if (chosen.pool is None) != (chosen.quotas is None):
        raise BadInputError("--pool and --quotas belong together: name both, or neither.")
    if chosen.path.is_file():
        if chosen.pool is not None:
            raise BadInputError("--pool and --quotas belong to a folder; a package needs neither.")
        findings = findings_of_package(chosen.path, chosen.public)
    elif _is_seating(chosen.path):
        if chosen.public is not None or chosen.pool is not None:
            raise BadInputError("--public, --pool and --quotas belong to lotteries; a seating needs none of them.")
        findings = findings_of_plan(chosen.path)
    else:
        if chosen.public is not None:
            raise BadInputError("--public belongs to the file of a package, not to a folder.")
        findings = findings_of_folder(chosen.path, chosen.pool, chosen.quotas)
    for finding in findings:
        print(f"{MARKS[finding.state]:<6}{finding.words}")
    wrong = sum(finding.state == FAILED for finding in findings)
    left = sum(finding.state == OPEN for finding in findings)
    whole = f"{len(findings) - wrong - left} checks hold"
    print(f"{whole}, {wrong} do not, {left} left open." if wrong else f"{whole}, {left} left open. Nothing is wrong.")
    return 1 if wrong else 0


def _is_seating(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() and read_json(folder / MANIFEST).get("kind") == KIND
