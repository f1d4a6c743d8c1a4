"""``burgertop pick``: public chance picks one of the numbered panels, once."""

import argparse
import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from burgertop.cli.house import BadInputError, Problem
from burgertop.cli.sortition.folder import (
    COMMITMENT,
    DRAW,
    LOTTERY,
    Content,
    add_files,
    as_json,
    read_json,
    read_manifest,
)
from burgertop.cli.sortition.pools import whole_number
from burgertop.cli.sortition.publishing import CHANCES
from burgertop.cli.sortition.saying import shown, spoken
from burgertop.cli.sortition.tables import Sheet, read_sheet
from burgertop.core.sortition.picking import pick_panel
from burgertop.core.sortition.published import Lottery, lottery_from_json
from burgertop.foundation.files.tables import guarded, write_csv

__all__ = ["add_arguments", "pick", "run"]

SELECTED, REMAINING, NEWCOMERS = "selected.csv", "remaining.csv", "newcomers.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder and the chance."""
    parser.add_argument("folder", type=Path, help="the folder that draw or replace made")
    chance = parser.add_mutually_exclusive_group(required=True)
    chance.add_argument("--dice", type=whole_number, help="the number thrown in public, from 1 to the number of panels")
    chance.add_argument("--public-seed", help="a text nobody could know when the lottery was published")
    parser.add_argument("--pool", type=Path, help="the pool, to write its columns into selected.csv and remaining.csv")
    parser.add_argument("--again", metavar="REASON", help="pick once more; the reason and the first pick stay visible")


def run(chosen: argparse.Namespace) -> int:
    """Pick, and tell who it is."""
    panel, ids = pick(
        chosen.folder, dice=chosen.dice, public_seed=chosen.public_seed, pool=chosen.pool, again=chosen.again
    )
    print(f"Panel {panel} is drawn: {len(ids)} people. {chosen.folder / SELECTED} names them.")
    if chosen.pool:
        print(f"{SELECTED} and {REMAINING} hold columns of the pool. Do not publish them.")
    print(shown(ids))
    return 0


def pick(
    folder: Path, *, dice: int | None, public_seed: str | None, pool: Path | None = None, again: str | None = None
) -> tuple[int, list[str]]:
    """Add draw, selected and remaining people to the folder; return the panel and its people."""
    manifest = read_manifest(folder)
    before = _before(folder, again)
    lottery = _committed(folder)
    commitment = (folder / COMMITMENT).read_text(encoding="ascii").strip()
    with spoken():
        panel = pick_panel(lottery, dice=dice, public_seed=public_seed, commitment=commitment)
        drawn = set(lottery.panel(panel))
    order = _ids_in_order(folder, lottery)
    chance: dict[str, Any] = {"dice": dice} if dice is not None else {"public_seed": public_seed}
    draw = {
        "kind": "burgertop.draw",
        "format": 1,
        "commitment": commitment,
        "chance": chance,
        "panel": panel,
        "picked_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "again": again or "",
        "earlier": before,
    }
    selected = [one for one in order if one in drawn]
    files: Content = {DRAW: as_json(draw)}
    stay = set(manifest["inputs"]["must"]) if manifest["kind"] == "burgertop.replacements" else set()
    away = set(manifest["inputs"]["never"])
    columns, rows = _columns_of(pool, order, manifest["inputs"]["id_column"])
    files[SELECTED] = write_csv(columns, [rows[one] for one in selected])
    files[REMAINING] = write_csv(columns, [rows[one] for one in order if one not in drawn and one not in away])
    if stay:
        files[NEWCOMERS] = write_csv(columns, [rows[one] for one in selected if one not in stay])
    add_files(folder, files, first="" if again else DRAW)
    return panel, selected


def _before(folder: Path, again: str | None) -> list[dict[str, Any]]:
    """The picks that were made already; without a reason there is none after the first."""
    if not (folder / DRAW).exists():
        if again is not None:
            raise BadInputError(f"Nothing was picked in {folder} yet, so --again has no meaning.")
        return []
    last = read_json(folder / DRAW)
    if not (again or "").strip():
        raise Problem(
            f"panel {last.get('panel')} was picked in {folder} already, at {last.get('picked_at')}. A draw is made "
            "once. If it has to be made again, say why with --again REASON: the reason and the first draw stay visible."
        )
    earlier = last.pop("earlier", [])
    return [*earlier, {name: last[name] for name in ("chance", "panel", "picked_at", "again") if name in last}]


def _committed(folder: Path) -> Lottery:
    """Read the lottery; refuse one that is not what was committed to."""
    content, commitment = folder / LOTTERY, folder / COMMITMENT
    try:
        is_same = sha256(content.read_bytes()).hexdigest() == commitment.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{folder} is not whole: {error}.") from error
    if not is_same:
        raise Problem(f"{content} is not what {COMMITMENT} promised. It was changed after the draw; nothing is picked.")
    with spoken(LOTTERY):
        return lottery_from_json(read_json(content))


def _ids_in_order(folder: Path, lottery: Lottery) -> list[str]:
    """Everybody in the order of the pool, as the chances were published."""
    text = (folder / CHANCES).read_text(encoding="utf-8")
    order = [row["id"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    plain = {_guarded(one): one for one in lottery.ids}
    if sorted(order) != sorted(plain):
        raise Problem(f"{CHANCES} names other people than {LOTTERY}. Run: burgertop verify {folder}")
    return [plain[one] for one in order]


def _guarded(one: str) -> str:
    """An id as it stands in a CSV file of ours."""
    return str(guarded(one))


def _columns_of(
    pool: Path | None, order: Sequence[str], id_column: str
) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The columns that are written for everybody: the id, and those of the pool when it is named."""
    if pool is None:
        return ("id",), {one: (one,) for one in order}
    sheet: Sheet = read_sheet(pool)
    ids = sheet.column(id_column) if id_column else tuple(str(number) for number in range(1, len(sheet.table.rows) + 1))
    if list(ids) != list(order):
        raise BadInputError(f"{pool.name} does not hold the people of this lottery in their order. Nothing was picked.")
    own = () if id_column else ("id",)
    rows = zip(ids, sheet.table.rows, strict=True)
    return (*own, *sheet.table.columns), {one: ((one, *row) if own else row) for one, row in rows}
