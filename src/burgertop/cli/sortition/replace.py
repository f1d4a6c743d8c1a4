"""``burgertop replace``: people left; others come in by the same kind of lottery, round after round."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from burgertop.cli.house import BadInputError, Problem
from burgertop.cli.sortition.asking import stopping_cleanly
from burgertop.cli.sortition.draw import inputs_of, summary_of
from burgertop.cli.sortition.folder import (
    COMMITMENT,
    DRAW,
    LOTTERY,
    REPORT,
    Content,
    manifest_of,
    read_json,
    read_manifest,
    write_folder,
)
from burgertop.cli.sortition.pick import pick
from burgertop.cli.sortition.pools import Case, ids_in
from burgertop.cli.sortition.progress import progress_on
from burgertop.cli.sortition.publishing import published_files
from burgertop.cli.sortition.replay import case_again
from burgertop.cli.sortition.report import report_of
from burgertop.cli.sortition.saying import shown, spoken
from burgertop.core.sortition import Lottery, lottery_from_json, replacements_of

__all__ = ["add_arguments", "run"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a panel stands: its people now, who left before, the folder of the last draw, how many rounds."""

    panel: tuple[str, ...]
    gone: tuple[str, ...]
    folder: Path
    rounds: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, who left, the chance, the files."""
    parser.add_argument("folder", type=Path, help="the folder of the draw")
    parser.add_argument("--left", type=Path, required=True, metavar="FILE", help="ids of the people who left")
    parser.add_argument("--pool", type=Path, required=True, help="the pool the lottery was made from")
    parser.add_argument("--quotas", type=Path, required=True, help="the quotas it was made from")
    parser.add_argument(
        "--public-seed",
        help="the public chance; without it only the lottery is made, to be published before the chance",
    )


def run(chosen: argparse.Namespace) -> int:
    """Make the lottery of replacements in a folder of its own, and pick when the chance is named."""
    manifest = read_manifest(chosen.folder)
    if manifest["kind"] != "burgertop.lottery":
        raise BadInputError(f"{chosen.folder} is a round of replacements. Name the folder of the first draw.")
    standing = _standing(chosen.folder)
    case = case_again(chosen.folder, chosen.pool, chosen.quotas)
    left = ids_in(chosen.left, case.pool, manifest["inputs"]["id_column"])
    if strangers := [one for one in left if one not in set(standing.panel)]:
        raise BadInputError(f"{chosen.left.name}: {shown(strangers)} is not on the panel now.")
    if chosen.public_seed is not None and not chosen.public_seed.strip():
        raise BadInputError("--public-seed is empty. Write down the public chance first.")
    folder = chosen.folder / f"replacements-{standing.rounds + 1}"
    with stopping_cleanly():
        lottery, files = _make(folder, manifest["inputs"], case, standing, left)
    print(summary_of(lottery, files, folder))
    if chosen.public_seed is None:
        return 0
    panel, ids = pick(folder, dice=None, public_seed=chosen.public_seed)
    stay = set(standing.panel) - set(left)
    print(f"\nSet {panel} is drawn. In come: {shown([one for one in ids if one not in stay])}.")
    return 0


def _make(
    folder: Path, inputs: dict[str, object], case: Case, standing: Standing, left: Sequence[str]
) -> tuple[Lottery, Content]:
    never = sorted({*case.never, *standing.gone})
    rule, panels = str(inputs["rule"]), int(str(inputs["panels"]))
    with spoken():
        found = replacements_of(
            case.pool,
            case.quotas,
            standing.panel,
            left,
            never=never,
            at_most_per_household=case.per_household,
            rule=rule,
            panels=panels,
            progress=progress_on(),
        )
    files = published_files(found.lottery)
    files[REPORT] = report_of(found.lottery, case.pool, case.quotas, {}).encode()
    bound = Case(
        case.pool_sheet,
        case.pool,
        case.quotas_bytes,
        case.quotas,
        found.remaining,
        tuple(sorted({*never, *left})),
        case.per_household,
    )
    household = inputs["household"] if isinstance(inputs["household"], list) else []
    written = inputs_of(bound, rule=rule, panels=panels, id_column=str(inputs["id_column"]), household=household)
    after = (standing.folder / COMMITMENT).read_text(encoding="ascii").strip()
    write_folder(
        folder,
        files,
        manifest_of("burgertop.replacements", files, inputs=written, left=sorted(left), follows=after),
    )
    return found.lottery, files


def _standing(first: Path) -> Standing:
    """Follow the draw and its rounds of replacements to the panel as it is now."""
    gone: list[str] = []
    folder, rounds = first, 0
    while True:
        if not (folder / DRAW).exists():
            raise Problem(f"nothing was picked in {folder} yet. First: burgertop pick {folder} --public-seed ...")
        following = first / f"replacements-{rounds + 1}"
        if not following.is_dir():
            break
        folder, rounds = following, rounds + 1
        gone += read_manifest(folder).get("left", [])
    with spoken(str(folder)):
        lottery = lottery_from_json(read_json(folder / LOTTERY))
        return Standing(lottery.panel(int(read_json(folder / DRAW)["panel"])), tuple(gone), folder, rounds)
