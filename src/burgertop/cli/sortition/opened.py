"""A folder that is being checked: its digests, and whether its files say the same as its lottery."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from burgertop.cli.sortition.findings import OPEN, Finding, held_to
from burgertop.cli.sortition.folder import COMMITMENT, DRAW, LOTTERY, MANIFEST, REPORT, read_json
from burgertop.core.errors import CoreError
from burgertop.core.sortition.picking import pick_panel
from burgertop.core.sortition.published import Lottery
from burgertop.foundation.files.tables import guarded

__all__ = ["Opened", "checks_of_folder"]

NEEDED = (LOTTERY, "panels.csv", "chances.csv", COMMITMENT, REPORT)
OWN = "replacements-"


@dataclass(frozen=True, eq=False)
class Opened:
    """A published folder."""

    folder: Path
    manifest: dict[str, Any]
    lottery: Lottery

    def rows(self, name: str) -> list[list[str]]:
        """The rows of one of its CSV files, headings first."""
        try:
            return list(csv.reader(io.StringIO((self.folder / name).read_text(encoding="utf-8"), newline="")))
        except (OSError, UnicodeDecodeError, csv.Error):
            return []

    def drawn(self) -> tuple[str, ...]:
        """The ids of the panel that was drawn, if one was."""
        if not (self.folder / DRAW).exists():
            return ()
        number = read_json(self.folder / DRAW).get("panel")
        is_there = isinstance(number, int) and 1 <= number <= len(self.lottery.panels)
        return self.lottery.panel(int(str(number))) if is_there else ()


def checks_of_folder(opened: Opened) -> Iterator[Finding]:
    """Digests, commitment, and what the other files say."""
    yield from _checks_of_digests(opened)
    committed = sha256((opened.folder / LOTTERY).read_bytes()).hexdigest()
    try:
        promised = (opened.folder / COMMITMENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        promised = ""
    yield held_to(
        promised == committed,
        f"{COMMITMENT} is the SHA-256 of {LOTTERY}.",
        f"It says {promised[:16]}..., counted is {committed[:16]}...",
    )
    yield _check_of_inputs(opened)
    yield _check_of_panels(opened)
    yield _check_of_chances(opened)
    yield from _checks_of_draw(opened, promised)
    yield Finding(OPEN, f"{REPORT} is for reading; only its digest was checked.")


def _checks_of_digests(opened: Opened) -> Iterator[Finding]:
    files = opened.manifest["files"]
    missing = [name for name in NEEDED if name not in files]
    wrong = [
        name for name, kept in files.items() if name != Path(name).name or not _is_kept(opened.folder / name, kept)
    ]
    yield held_to(
        not missing and not wrong,
        f"The {len(files)} files are those of {MANIFEST}.",
        f"Missing or changed: {', '.join(sorted({*missing, *wrong}))}.",
    )
    others = {path.name for path in opened.folder.iterdir()} - set(files) - {MANIFEST}
    if strangers := sorted(name for name in others if not name.startswith(OWN)):
        yield Finding(OPEN, f"Not in {MANIFEST}, so not checked: {', '.join(strangers)}.")


def _is_kept(path: Path, kept: object) -> bool:
    try:
        return (
            not path.is_symlink()
            and isinstance(kept, dict)
            and sha256(path.read_bytes()).hexdigest() == kept.get("sha256")
        )
    except OSError:
        return False


def _check_of_inputs(opened: Opened) -> Finding:
    inputs, lottery = opened.manifest.get("inputs", {}), opened.lottery
    told = (inputs.get("seats"), inputs.get("rule"), inputs.get("panels"))
    return held_to(
        told == (lottery.seats, lottery.rule, len(lottery.panels)),
        f"{MANIFEST} and {LOTTERY} tell of {lottery.seats} seats, rule {lottery.rule}, {len(lottery.panels)} panels.",
        f"{MANIFEST} tells of {told}.",
    )


def _check_of_panels(opened: Opened) -> Finding:
    """Write the panels once more, people in the order of chances.csv, and compare letter by letter."""
    lottery = opened.lottery
    turn = {row[0]: number for number, row in enumerate(opened.rows("chances.csv")[1:]) if row}
    at = np.array([turn.get(str(guarded(one)), -1) for one in lottery.ids], dtype=np.int64)
    words = "panels.csv names the panels of lottery.json."
    is_whole = sorted(at.tolist()) == list(range(len(lottery.ids))) and len(turn) == len(lottery.ids)
    if not is_whole or not ((lottery.panels >= 0) & (lottery.panels < len(at))).all():
        return held_to(False, words)
    out = io.StringIO(newline="")
    cells: list[str] = []
    for place in np.argsort(at).tolist():
        out.seek(0)
        out.truncate()
        csv.writer(out).writerow(("", guarded(lottery.ids[place])))
        cells.append(out.getvalue())
    panels = np.sort(at[lottery.panels], axis=1).tolist()
    lines = (f"{number}{cells[one]}" for number, panel in enumerate(panels, 1) for one in panel)
    text = "".join(("panel,id\r\n", *lines))
    path = opened.folder / "panels.csv"
    return held_to(path.is_file() and path.read_bytes() == text.encode(), words)


def _check_of_chances(opened: Opened) -> Finding:
    lottery = opened.lottery
    head, rows = _parted(opened.rows("chances.csv"))
    published = (lottery.published / max(len(lottery.panels), 1)).tolist()
    chances = zip(lottery.ideal.tolist(), lottery.exact.tolist(), published, strict=True)
    wanted = {str(guarded(one)): three for one, three in zip(lottery.ids, chances, strict=True)}
    try:
        found = {row[0]: tuple(map(float, row[1:])) for row in rows}
    except (ValueError, IndexError):
        found = {}
    is_same = head == ["id", "ideal", "exact", "published"] and len(rows) == len(wanted) and found == wanted
    return held_to(is_same, f"chances.csv tells the chances of {LOTTERY}.")


def _parted(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    return (rows[0], rows[1:]) if rows else ([], [])


def _checks_of_draw(opened: Opened, promised: str) -> Iterator[Finding]:
    if not (opened.folder / DRAW).exists():
        yield Finding(OPEN, "No panel was picked yet.")
        return
    draw = read_json(opened.folder / DRAW)
    earlier = draw.get("earlier", [])
    for one in [*earlier, draw]:
        chance = one.get("chance", {})
        try:
            panel = pick_panel(
                opened.lottery, dice=chance.get("dice"), public_seed=chance.get("public_seed"), commitment=promised
            )
        except CoreError:
            panel = 0
        yield held_to(
            panel and panel == one.get("panel") and draw.get("commitment") == promised,
            f"Panel {one.get('panel')} follows from the commitment and the public chance {_told(chance)}.",
            f"Counted: {panel or 'none'}.",
        )
    if earlier:
        yield Finding(OPEN, f"It was picked {len(earlier) + 1} times; the reason given: “{draw.get('again')}”.")
    yield _check_of_selected(opened)


def _check_of_selected(opened: Opened) -> Finding:
    drawn = {str(guarded(one)) for one in opened.drawn()}
    key = str(opened.manifest.get("inputs", {}).get("id_column") or "id").casefold()
    listed: list[list[str]] = []
    for name in ("selected.csv", "remaining.csv"):
        head, rows = _parted(opened.rows(name))
        place = next((at for at, heading in enumerate(head) if heading.casefold() == key), 0)
        listed.append([row[place] for row in rows if len(row) > place])
    away = {str(guarded(one)) for one in opened.manifest.get("inputs", {}).get("never", ())}
    left = {str(guarded(one)) for one in opened.lottery.ids} - drawn - away
    is_same = set(listed[0]) == drawn and set(listed[1]) == left and len(listed[0]) == len(drawn)
    return held_to(is_same, "selected.csv names the people of this panel, remaining.csv those who were not drawn.")


def _told(chance: dict[str, Any]) -> str:
    return f"{chance['dice']} (dice)" if "dice" in chance else f"“{chance.get('public_seed')}”"
