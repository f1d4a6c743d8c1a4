"""``burgertop verify``: check a published folder or package by counting; no solver, nothing of what drew it."""

import argparse
from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.seating.plans import KIND
from burgertop.cli.seating.verify import findings_of_plan
from burgertop.cli.sortition.counting import checks_of_numbers
from burgertop.cli.sortition.findings import FAILED, OPEN, PASSED, Finding
from burgertop.cli.sortition.folder import LOTTERY, MANIFEST, read_json, read_manifest
from burgertop.cli.sortition.opened import Opened, checks_of_folder
from burgertop.cli.sortition.packages import findings_of_package
from burgertop.cli.sortition.pools import read_case
from burgertop.cli.sortition.quota_files import quotas_from
from burgertop.cli.sortition.saying import said, sentence_of
from burgertop.core.errors import CoreError
from burgertop.core.sortition.published import lottery_from_json
from burgertop.core.sortition.verify import breaches_of, verify_lottery

__all__ = ["add_arguments", "run"]

MARKS = {PASSED: "ok", FAILED: "WRONG", OPEN: "open"}
WITHOUT_FILES = (
    "Not checked without --pool and --quotas: that the panels meet the quotas and the lists, that people of one kind "
    "are alike, that the digest is that of pool and quotas, that the bounds follow from their prices."
)


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
        findings = _findings(chosen.path, chosen.pool, chosen.quotas)
    for finding in findings:
        print(f"{MARKS[finding.state]:<6}{finding.words}")
    wrong = sum(finding.state == FAILED for finding in findings)
    left = sum(finding.state == OPEN for finding in findings)
    whole = f"{len(findings) - wrong - left} checks hold"
    print(f"{whole}, {wrong} do not, {left} left open." if wrong else f"{whole}, {left} left open. Nothing is wrong.")
    return 1 if wrong else 0


def _is_seating(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() and read_json(folder / MANIFEST).get("kind") == KIND


def _findings(folder: Path, pool: Path | None, quotas: Path | None) -> list[Finding]:
    manifest = read_manifest(folder)
    try:
        lottery = lottery_from_json(read_json(folder / LOTTERY))
        opened = Opened(folder, manifest, lottery)
        findings = [*checks_of_folder(opened), *checks_of_numbers(lottery)]
    except (CoreError, BadInputError, ArithmeticError, IndexError, ValueError) as error:
        words = said(error) if isinstance(error, CoreError) else str(error)
        return [Finding(FAILED, f"{LOTTERY} can be read. {words}")]
    if pool is None or quotas is None:
        return [*findings, Finding(OPEN, WITHOUT_FILES)]
    return [*findings, *_against_files(opened, pool, quotas)]


def _against_files(opened: Opened, pool: Path, quotas: Path) -> list[Finding]:
    """Hold the lottery against pool and quotas."""
    inputs = opened.manifest.get("inputs", {})
    try:
        case = read_case(
            pool,
            quotas,
            quotas_from,
            seats=opened.lottery.seats,
            id_column=str(inputs.get("id_column", "")),
            household=tuple(inputs.get("household", ())),
            per_household=int(inputs.get("per_household") or 1),
            must=tuple(inputs.get("must", ())),
            never=tuple(inputs.get("never", ())),
        )
        limits = {"must": case.must, "never": case.never, "at_most_per_household": case.per_household}
        checks = verify_lottery(case.pool, case.quotas, opened.lottery, **limits)  # type: ignore[arg-type]  # three kinds
    except (CoreError, ArithmeticError, IndexError, ValueError) as error:
        words = said(error) if isinstance(error, CoreError) else str(error)
        return [Finding(FAILED, f"Pool, quotas and lists fit the lottery. {words}")]
    findings = [Finding(check.state, sentence_of(check.code, check.params)) for check in checks]
    drawn = opened.drawn()
    if drawn and checks[0].state == PASSED:
        broken = breaches_of(case.pool, case.quotas, drawn, **limits)  # type: ignore[arg-type]  # three kinds
        words = " ".join(sentence_of(breach.code, breach.params) for breach in broken)
        findings.append(
            Finding(FAILED if broken else PASSED, f"The panel drawn meets the quotas and the lists. {words}")
        )
    return findings
