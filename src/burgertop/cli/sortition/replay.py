"""``burgertop replay``: make a published lottery again from pool and quotas, and compare digests."""

import argparse
from hashlib import sha256
from pathlib import Path

from burgertop.cli.house import Problem
from burgertop.cli.sortition.asking import stopping_cleanly
from burgertop.cli.sortition.folder import COMMITMENT, manifest_of, read_manifest
from burgertop.cli.sortition.pools import Case, read_case
from burgertop.cli.sortition.progress import progress_on
from burgertop.cli.sortition.publishing import PANELS, published_files
from burgertop.cli.sortition.quota_files import quotas_from
from burgertop.cli.sortition.saying import spoken
from burgertop.core.sortition import lottery_of

__all__ = ["add_arguments", "case_again", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder and the files it was made from."""
    parser.add_argument("folder", type=Path, help="the published folder")
    parser.add_argument("--pool", type=Path, required=True, help="the pool it was made from")
    parser.add_argument("--quotas", type=Path, required=True, help="the quotas it was made from")


def run(chosen: argparse.Namespace) -> int:
    """Print a line for each digest; 0 when all are the same."""
    manifest = read_manifest(chosen.folder)
    inputs = manifest.get("inputs", {})
    case = case_again(chosen.folder, chosen.pool, chosen.quotas)
    with stopping_cleanly(), spoken():
        lottery = lottery_of(
            case.pool,
            case.quotas,
            rule=str(inputs.get("rule", "")),
            panels=int(inputs.get("panels", 0)),
            must=case.must,
            never=case.never,
            at_most_per_household=case.per_household,
            progress=progress_on(),
        )
    others = {name for name, content in published_files(lottery).items() if not _is_same(chosen.folder / name, content)}
    if not others:
        print(f"The lottery made again is the published one: {COMMITMENT} holds.")
        return 0
    print(f"{len(others)} of 4 files differ.")
    if PANELS not in others:
        print("The numbered panels are the same; what differs are chances or weights, perhaps in their last digits.")
    made_with, now = manifest.get("software", {}), manifest_of("", {})["software"]
    unlike = [name for name in now if now[name] != made_with.get(name)]
    if differ := [f"{name} {made_with.get(name)} there, {now[name]} here" for name in unlike]:
        print(f"The versions differ, which may be the reason: {'; '.join(differ)}.")
    return 1


def _is_same(path: Path, content: bytes) -> bool:
    """Compare a file with what it should hold, and tell."""
    there = sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
    again = sha256(content).hexdigest()
    print(f"same  {path.name:<15} {again}" if there == again else f"OTHER {path.name:<15} {again} not {there}")
    return there == again


def case_again(folder: Path, pool: Path, quotas: Path) -> Case:
    """Read the files as they were read when the folder was made."""
    inputs = read_manifest(folder).get("inputs", {})
    try:
        return read_case(
            pool,
            quotas,
            quotas_from,
            seats=int(inputs["seats"]),
            id_column=str(inputs["id_column"]),
            household=tuple(inputs["household"]),
            per_household=int(inputs["per_household"] or 1),
            must=tuple(inputs["must"]),
            never=tuple(inputs["never"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Problem(f"the manifest of {folder} does not say how it was made ({error}).") from error
