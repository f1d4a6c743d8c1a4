"""``burgertop draw``: from a pool and quotas to a folder with a fair lottery, its proof and its report."""

import argparse
from hashlib import sha256
from pathlib import Path
from typing import Any

from burgertop.cli.house import BadInputError, Problem
from burgertop.cli.sortition.asking import add_case_arguments, case_of, stopping_cleanly
from burgertop.cli.sortition.folder import COMMITMENT, REPORT, Content, manifest_of, need_free, write_folder
from burgertop.cli.sortition.pools import Case, whole_number
from burgertop.cli.sortition.progress import progress_on
from burgertop.cli.sortition.publishing import published_files
from burgertop.cli.sortition.quota_files import margins_from
from burgertop.cli.sortition.report import report_of
from burgertop.cli.sortition.saying import said, spoken
from burgertop.cli.sortition.tables import read_sheet
from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import RULES, Lottery, lottery_of

__all__ = ["add_arguments", "inputs_of", "run", "summary_of"]

PANELS = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, the seats, the folder."""
    add_case_arguments(parser)
    parser.add_argument("--rule", default="leximin", choices=tuple(RULES), help="the rule of fairness (leximin)")
    parser.add_argument("--panels", type=whole_number, default=PANELS, help=f"how many numbered panels ({PANELS})")
    parser.add_argument("--population", type=Path, help="margins of the population, to be shown in the report")
    parser.add_argument("--out", type=Path, required=True, help="the folder to make")


def run(chosen: argparse.Namespace) -> int:
    """Draw, write the folder, tell what came out."""
    need_free(chosen.out)
    if chosen.panels < 1:
        raise BadInputError(f"--panels is 1 or more, not {chosen.panels}.")
    case = case_of(chosen)
    margins = margins_from(read_sheet(chosen.population)) if chosen.population else {}
    with stopping_cleanly():
        lottery = _drawn(case, chosen.rule, chosen.panels)
        files: Content = published_files(lottery)
        files[REPORT] = report_of(lottery, case.pool, case.quotas, margins).encode()
        inputs = inputs_of(
            case, rule=chosen.rule, panels=chosen.panels, id_column=chosen.id, household=chosen.household
        )
        write_folder(chosen.out, files, manifest_of("burgertop.lottery", files, inputs=inputs))
    print(summary_of(lottery, files, chosen.out))
    return 0


def _drawn(case: Case, rule: str, panels: int) -> Lottery:
    with spoken():
        try:
            return lottery_of(
                case.pool,
                case.quotas,
                rule=rule,
                panels=panels,
                must=case.must,
                never=case.never,
                at_most_per_household=case.per_household,
                progress=progress_on(),
            )
        except InfeasibleError as error:
            raise Problem(
                f"{said(error)} burgertop check with the same words says why, and what would help."
            ) from error


def inputs_of(case: Case, *, rule: str, panels: int, id_column: str, household: list[str]) -> dict[str, Any]:
    """Everything needed to make the lottery again, but for the files themselves."""
    return {
        "seats": case.quotas.seats,
        "rule": rule,
        "panels": panels,
        "id_column": id_column,
        "household": list(household),
        "per_household": case.per_household,
        "must": sorted(case.must),
        "never": sorted(case.never),
        "pool": {"sha256": sha256(case.pool_sheet.content).hexdigest()},
        "quotas": {"sha256": sha256(case.quotas_bytes).hexdigest()},
    }


def summary_of(lottery: Lottery, files: Content, folder: Path) -> str:
    """A short table of what came out."""
    proven, panels = lottery.certificate, len(lottery.panels)
    commitment = files[COMMITMENT].decode().strip()
    rows = [
        ("people in the pool", f"{len(lottery.ids)}"),
        ("seats", f"{lottery.seats}"),
        ("rule", lottery.rule),
        ("numbered panels", f"{panels}"),
        ("least chance", f"{proven.min_probability:.4%}"),
        ("no lottery gives more than", f"{proven.upper_bound:.4%}"),
        ("gap", f"{proven.gap:.1e}"),
        ("can never be chosen", f"{len(lottery.never_chosen)}"),
        ("commitment", commitment),
    ]
    width = max(len(name) for name, _ in rows) + 2
    table = "\n".join(f"{name:<{width}}{value}" for name, value in rows)
    return (
        f"{table}\n\n{folder} is written. Publish {commitment[:8]}..., then: burgertop pick {folder} --dice 1..{panels}"
    )
