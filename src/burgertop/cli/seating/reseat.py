"""``burgertop reseat``: some are missing, some came unexpected; the folder gets the plan for those who are here."""

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.seating.halls import Hall, people_from
from burgertop.cli.seating.plans import KIND, Plan, chance, open_plan, saying
from burgertop.cli.seating.seat import content_of, summary_of
from burgertop.cli.sortition.asking import stopping_cleanly
from burgertop.cli.sortition.folder import MANIFEST, Content, manifest_of, write_folder
from burgertop.cli.sortition.pools import listed, whole_number
from burgertop.cli.sortition.saying import shown
from burgertop.cli.sortition.tables import Sheet, read_sheet
from burgertop.core.seating import EFFORTS, LEAST_AT_TABLE, Person, Reseating, reseat
from burgertop.foundation.files.tables import Table

__all__ = ["add_arguments", "run"]

BEFORE = "before-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, who is here, how far the day is."""
    parser.add_argument("folder", type=Path, help="the folder of the plan")
    parser.add_argument(
        "--present",
        type=Path,
        required=True,
        metavar="FILE",
        help="ids of everybody here; unexpected ones with columns",
    )
    parser.add_argument("--begun", type=whole_number, default=0, help="rounds over or under way; they stay (0)")
    parser.add_argument(
        "--least", type=whole_number, default=LEAST_AT_TABLE, help=f"least people at an open table ({LEAST_AT_TABLE})"
    )
    parser.add_argument(
        "--effort", default="quick", choices=tuple(EFFORTS), help="for the rounds after the next (quick)"
    )
    parser.add_argument("--seed", default="", help="the chance (that of the plan before, and how often it was changed)")


def run(chosen: argparse.Namespace) -> int:
    """Seat those who are here; the plan before is kept inside the folder."""
    plan = open_plan(chosen.folder)
    if not 0 <= chosen.begun < len(plan.rounds):
        raise BadInputError(f"--begun is from 0 to {len(plan.rounds) - 1}: the plan has {len(plan.rounds)} rounds.")
    if chosen.least < 1:
        raise BadInputError(f"--least is 1 or more, not {chosen.least}.")
    here = _present(chosen.present, plan)
    ids = {person.id for person in here}
    away = [person for person in plan.hall.people if person.id not in ids]
    times = len(list(chosen.folder.glob(f"{BEFORE}*"))) + 1
    seed = chosen.seed or f"{plan.told.get('seed', '')} reseat {times}"
    hall = replace(plan.hall, people=here)
    with stopping_cleanly():
        with saying(hall):
            found = reseat(
                here,
                hall.tables,
                plan.rounds,
                feature_names=hall.features,
                rng=chance(seed),
                rules=plan.rules,
                begun=chosen.begun,
                least=chosen.least,
                effort=chosen.effort,
                before=plan.before,
            )
        told = _told(hall, found, plan)
        told |= {"begun": chosen.begun, "least": chosen.least, "seed": seed, "effort": chosen.effort}
        held = plan.rounds[: chosen.begun]
        files, breaches = content_of(hall, plan.rules, found.seating, before=plan.before, held=held, away=away, **told)
        _replace(plan, files, chosen.present, times)
    _tell(hall, found, plan, breaches, chosen.folder / f"{BEFORE}{times}")
    return 1 if breaches else 0


def _present(path: Path, plan: Plan) -> tuple[Person, ...]:
    """Read who is here: known ids, and unknown ones with all that a seating asks of people."""
    known = {person.id: person for person in plan.hall.people}
    ids: dict[str, int] = {}
    for line, one in listed(path, "id"):
        if not one:
            raise BadInputError(f"{path.name}, row {line}, column “id” is empty. Fill it in, or remove the row.")
        if one in ids:
            raise BadInputError(
                f"{path.name}, row {line}: “{one}” stands in row {ids[one]} already. Remove one of them."
            )
        ids[one] = line
    strangers = [one for one in ids if one not in known]
    if not ids:
        raise BadInputError(f"{path.name} names nobody.")
    newcomers = _newcomers(path, strangers, ids, plan.hall) if strangers else ()
    return (*(known[one] for one in ids if one in known), *newcomers)


def _newcomers(path: Path, strangers: Sequence[str], ids: dict[str, int], hall: Hall) -> tuple[Person, ...]:
    has_speech = any(person.speaks != frozenset({"any"}) for person in hall.people)
    wanted = ("id", *hall.features, *(("speaks",) if has_speech else ()))
    sheet = read_sheet(path) if _is_table(path) else None
    if sheet is None or not sheet.table.has(*wanted):
        raise BadInputError(
            f"{path.name}, row {ids[strangers[0]]}: “{strangers[0]}” is not in the plan"
            + (f" (nor {shown(list(strangers[1:]))})" if strangers[1:] else "")
            + f". To seat people who were not expected, give the columns {', '.join(wanted)}; else mend the id."
        )
    at = sheet.table.place_of("id")
    kept = [row for row, cells in enumerate(sheet.table.rows) if cells[at] in set(strangers)]
    rows, lines = tuple(sheet.table.rows[row] for row in kept), tuple(sheet.table.lines[row] for row in kept)
    only = Sheet(sheet.path, sheet.content, Table(sheet.table.columns, rows, (), lines), sheet.formulas)
    return people_from(only, hall.features)[0]


def _is_table(path: Path) -> bool:
    content = path.read_bytes()
    return content.startswith(b"PK") or any(sign in content for sign in b",;\t")


def _told(hall: Hall, found: Reseating, plan: Plan) -> dict[str, object]:
    expected = {one for ids in plan.rounds[-1].values() for one in ids}
    here = {person.id for person in hall.people}
    return {
        "moves": len(found.moved),
        "floor": found.floor,
        "moved": list(found.moved),
        "closed": [hall.names[number - 1] for number in found.closed],
        "short": [hall.names[number - 1] for number in found.short],
        "missing": len(expected - here),
        "unexpected": len(here - expected),
    }


def _replace(plan: Plan, files: Content, present: Path, times: int) -> None:
    """Write the new folder beside the old one, the old one inside it, then change their names."""
    folder = plan.folder.resolve()
    old = (folder / MANIFEST).read_bytes()
    inputs = {**plan.manifest.get("inputs", {}), "present": {"sha256": sha256(present.read_bytes()).hexdigest()}}
    manifest = manifest_of(KIND, files, inputs=inputs, follows=sha256(old).hexdigest())
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        write_folder(beside / "new", files, manifest)
        kept = beside / "new" / f"{BEFORE}{times}"
        kept.mkdir()
        for path in folder.iterdir():
            if path.is_dir() and path.name.startswith(BEFORE):
                shutil.copytree(path, beside / "new" / path.name)
            elif path.is_file():
                shutil.copy2(path, kept / path.name)
        folder.rename(beside / "old")
        (beside / "new").rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _tell(hall: Hall, found: Reseating, plan: Plan, breaches: int, before: Path) -> None:
    told = _told(hall, found, plan)
    rows = [
        ("missing", f"{told['missing']}"),
        ("unexpected", f"{told['unexpected']}"),
        ("people who change tables", f"{len(found.moved)} (at least {found.floor})"),
        ("tables that close", shown([hall.names[number - 1] for number in found.closed]) or "none"),
    ]
    if found.short:
        rows.append(("tables below the least", shown([hall.names[number - 1] for number in found.short])))
    width = max(len(name) for name, _ in rows) + 2
    print("\n".join(f"{name:<{width}}{value}" for name, value in rows))
    print(summary_of(hall, found.seating, breaches))
    print(f"\n{plan.folder} holds the new plan; the one before stands in {before}.")
