"""Papers for the day: asked for, written by the worker, fetched within a day, destroyed."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db import transaction

from burgertop.foundation.files.onetime import destroy_sealed, sealed_before
from burgertop.foundation.files.press import pages_of, typeset
from burgertop.foundation.files.tables import Cell, write_csv, write_workbook
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.queries import running_for
from burgertop.foundation.people.actions import note_search
from burgertop.foundation.people.vault import open_identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery.models import Diet
from burgertop.stages.summit.papers.badges import write_badges, write_staff_badges, write_table_cards
from burgertop.stages.summit.papers.card_sheets import write_card_sheets
from burgertop.stages.summit.papers.day import write_help_signs, write_script
from burgertop.stages.summit.papers.guides import write_guides
from burgertop.stages.summit.papers.keeping import PAPERS, PRINT, destroy_paper, open_paper, seal_paper, subject_of
from burgertop.stages.summit.papers.kinds import ABOUT, Look, Paper
from burgertop.stages.summit.papers.lists import GRIDS, door_list, write_list
from burgertop.stages.summit.papers.sheets import write_host_sheets
from burgertop.stages.summit.papers.shelf import is_empty
from burgertop.stages.summit.papers.writing import Names, Writing, speaking
from burgertop.stages.summit.queries.papers import Hall, duties_digest, hall_of_papers, script_digest, seats_digest

__all__ = [
    "Wish",
    "ask_for_paper",
    "drop_old_papers",
    "drop_paper",
    "has_old_papers",
    "paper_file",
    "print_paper",
]

KEPT = timedelta(days=1)
STEPS = 4  # read, open names, set in type, seal
SHARES_MOST = 26
SHEETS = Path(__file__).resolve().parents[1] / "papers"
# Whose names a list needs; the others name everybody.
ONLY: dict[Paper, Callable[[Mapping[str, object]], bool]] = {
    Paper.CATERING: lambda needs: needs.get("diet") == Diet.ALLERGY,
    Paper.CHILD_CARE: lambda needs: bool(needs.get("children")),
    Paper.ACCESS: bool,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """Which paper, in which language; the door list in so many parts of the alphabet."""

    what: Paper
    language: str
    shares: int = 1


Tell = Callable[[int, int], None]
Write = Callable[[Writing], Mapping[str, object]]
PRESSES: dict[Paper, tuple[str, Write]] = {
    Paper.BADGES: ("badges.typ", write_badges),
    Paper.STAFF_BADGES: ("badges.typ", write_staff_badges),
    Paper.TABLE_CARDS: ("table_cards.typ", write_table_cards),
    Paper.HOST_SHEETS: ("host_sheets.typ", write_host_sheets),
    Paper.CARD_SHEETS: ("card_sheets.typ", write_card_sheets),
    Paper.SCRIPT: ("script.typ", write_script),
    Paper.HELP_SIGNS: ("help_signs.typ", write_help_signs),
    Paper.GUIDES: ("guides.typ", write_guides),
}


@transaction.atomic
def ask_for_paper(stage: Stage, wish: Wish, *, actor_id: uuid.UUID | None, now: datetime) -> Job:
    """Let the worker print a paper; asked twice it is done once at a time.

    Raises:
        HouseError: ``summit.nothing_to_print``: there is nobody, no table or no staff to put on it.
    """
    subject = subject_of(stage, wish.what)
    if running := running_for(subject, PRINT):
        return running
    _need_something(hall_of_papers(stage), wish.what)
    args = {
        "stage": str(stage.pk),
        "what": wish.what.value,
        "language": wish.language,
        "shares": max(1, min(wish.shares, SHARES_MOST)),
        "account": str(actor_id or ""),
    }
    return start(PRINT, args, process_id=stage.process_id, actor_id=actor_id, subject=subject, now=now)


def print_paper(
    stage: Stage, wish: Wish, *, job: uuid.UUID, account: uuid.UUID | None, now: datetime, tell: Tell
) -> dict[str, object]:
    """Write a paper and seal it in a file by the name of the job, in place of the one before; say what is in it.

    Names are opened in memory only, and a line is left for it. A stop in the middle leaves nothing but that line.
    """
    hall = hall_of_papers(stage)
    _need_something(hall, wish.what)
    tell(1, STEPS)
    names = _open_names(hall, wish.what, account, now)
    tell(2, STEPS)
    with speaking(wish.language):
        files = _written(Writing(hall, names, wish.language, now), wish)
    tell(3, STEPS)
    for ending, content in files.items():
        seal_paper(job, ending, content)
    for before in Job.objects.filter(kind=PRINT, subject=subject_of(stage, wish.what)).exclude(pk=job):
        destroy_paper(before)
    tell(STEPS, STEPS)
    pages = pages_of(files["pdf"]) if "pdf" in files else 0
    digests = {"seats": seats_digest(hall), "duties": duties_digest(hall), "script": script_digest(hall)}
    return {"pages": pages, "names": len(names), **digests}


def paper_file(job: Job, ending: str) -> bytes:
    """The file of a paper, as PDF, CSV or XLSX.

    Raises:
        FileError: ``files.destroyed``: a day is over, it was thrown away, or there is none of this kind.
    """
    return open_paper(job, ending)


def drop_paper(job: Job) -> None:
    """Destroy the files of a paper; a second time changes nothing."""
    destroy_paper(job)


def drop_old_papers(*, now: datetime) -> int:
    """Destroy the papers of a day ago, whatever became of their jobs; return how many files."""
    old = list(sealed_before(PAPERS, int(KEPT.total_seconds())))
    for name in old:
        destroy_sealed(PAPERS, name)
    return len(old)


def has_old_papers(now: datetime) -> bool:
    """Whether a printed file is older than a day."""
    return any(True for _name in sealed_before(PAPERS, int(KEPT.total_seconds())))


def _need_something(hall: Hall, what: Paper) -> None:
    if is_empty(hall, what):
        raise HouseError("summit.nothing_to_print")


def _open_names(hall: Hall, what: Paper, account: uuid.UUID | None, now: datetime) -> Names:
    """Open the names that this paper needs and no others; the access log says how many, who asked and why."""
    if not ABOUT[what].names_people:
        return {}
    need = ONLY.get(what)
    wanted = [one for one in hall.guests if one.identity is not None and (need is None or need(one.needs))]
    if wanted:
        note_search(hall.stage.process_id, len(wanted), by=account, reason=Look.PAPERS, now=now)
    return {one.participant.pk: open_identity(one.identity) for one in wanted if one.identity is not None}


def _written(writing: Writing, wish: Wish) -> dict[str, bytes]:
    """The files of a paper by their endings."""
    if wish.what == Paper.PACK:
        return {"zip": _pack(writing, wish)}
    if wish.what == Paper.WORKBOOK:
        grids = [(paper, make(writing)) for paper, make in GRIDS.items()]
        pages = [(str(paper.label), grid.file_columns(), grid.file_rows()) for paper, grid in grids]
        return {"xlsx": write_workbook(pages)}
    if wish.what in PRESSES:
        sheet, write = PRESSES[wish.what]
        return {"pdf": typeset(SHEETS / sheet, write(writing), now=writing.now)}
    grid = door_list(writing, wish.shares) if wish.what == Paper.DOOR_LIST else GRIDS[wish.what](writing)
    rows: list[list[Cell]] = [list(row) for row in grid.file_rows()]
    return {
        "pdf": typeset(SHEETS / "lists.typ", write_list(writing, grid), now=writing.now),
        "csv": write_csv(grid.file_columns(), rows, has_mark=True),
    }


def _pack(writing: Writing, wish: Wish) -> bytes:
    """Every sheet there is something to put on, numbered in the order of the page."""
    sheets = [what for what in Paper if what.ending == "pdf" and not is_empty(writing.hall, what)]
    day = writing.now.timetuple()[:6]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as file:
        for number, what in enumerate(sheets, start=1):
            name = ZipInfo(f"{number:02}-{what.value.replace('_', '-')}.pdf", day)
            file.writestr(name, _written(writing, replace(wish, what=what))["pdf"])
    return packed.getvalue()
