"""The published folder of a lottery, checked by counting; no solver, nothing of what drew it."""

from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.sortition.counting import checks_of_numbers
from burgertop.cli.sortition.findings import FAILED, OPEN, PASSED, Finding
from burgertop.cli.sortition.folder import LOTTERY, read_json, read_manifest
from burgertop.cli.sortition.opened import Opened, checks_of_folder
from burgertop.cli.sortition.pools import read_case
from burgertop.cli.sortition.quota_files import quotas_from
from burgertop.cli.sortition.saying import said, sentence_of
from burgertop.core.errors import CoreError
from burgertop.core.sortition.published import lottery_from_json
from burgertop.core.sortition.verify import breaches_of, verify_lottery

__all__ = ["findings_of_folder"]

WITHOUT_FILES = (
    "Not checked without --pool and --quotas: that the panels meet the quotas and the lists, that people of one kind "
    "are alike, that the digest is that of pool and quotas, that the bounds follow from their prices."
)


def findings_of_folder(folder: Path, pool: Path | None, quotas: Path | None) -> list[Finding]:
    """Check a folder; with the files it was made from, everything."""
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
