"""Papers are made by the worker, lie sealed for a day, and leave nothing behind."""

import os
import time
import uuid
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.stages.summit.conftest import NOW

from burgertop.foundation.files.errors import FileError
from burgertop.foundation.files.tables import read_table
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.people.models import Opening, Participant
from burgertop.foundation.people.vault import reseal
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.papers import (
    Wish,
    ask_for_paper,
    drop_old_papers,
    drop_paper,
    has_old_papers,
    paper_file,
    print_paper,
)
from burgertop.stages.summit.models import Seat, Staff, Table
from burgertop.stages.summit.papers.keeping import PAPERS
from burgertop.stages.summit.papers.kinds import ABOUT, Paper
from burgertop.stages.summit.papers.shelf import PaperRow, papers_of
from burgertop.stages.summit.queries.papers import hall_of_papers

ASKER = uuid.UUID(int=7)


class PowerCut(BaseException):
    """The machine stops."""


def printed(stage: Stage, what: Paper, *, language: str = "en") -> Job:
    """Ask for a paper and let the worker make it."""
    job = ask_for_paper(stage, Wish(what, language), actor_id=ASKER, now=NOW)
    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def row_of(stage: Stage, what: Paper) -> PaperRow:
    return next(row for row in papers_of(hall_of_papers(stage), for_hosts_only=False) if row.paper == what)


def sealed_files() -> list[str]:
    return sorted(path.name for path in (Path(settings.HOME) / PAPERS).glob("*"))


@pytest.fixture(autouse=True)
def empty_shelf() -> None:
    for folder in (Path(settings.HOME) / PAPERS, Path(settings.KEYS) / PAPERS):
        for path in folder.glob("*") if folder.is_dir() else ():
            path.unlink()


@pytest.mark.usefixtures("seated", "staff")
def test_every_paper_is_a_tagged_pdf_with_so_many_pages_or_a_workbook(stage: Stage) -> None:
    pages = {}
    for what in Paper:
        job = printed(stage, what)
        assert job.state == JobState.DONE, (what, job.note_code)
        assert job.result is not None
        content = paper_file(job, what.ending)
        if what.ending != "pdf":
            assert content.startswith(b"PK")
            continue
        assert content.startswith(b"%PDF-1.7"), what
        assert b"/StructTreeRoot" in content, what
        assert b"pdfuaid" in content, what
        pages[what] = job.result["pages"]

    assert (pages[Paper.BADGES], pages[Paper.STAFF_BADGES], pages[Paper.TABLE_CARDS]) == (2, 1, 4)
    assert (pages[Paper.HOST_SHEETS], pages[Paper.DOOR_LIST]) == (7, 1)  # each sheet begins in front
    assert pages[Paper.CARD_SHEETS] == Table.objects.filter(stage=stage).count() * stage.rounds.count()


@pytest.mark.usefixtures("seated", "staff")
def test_every_list_is_a_csv_file_too_and_the_workbook_has_them_all(stage: Stage) -> None:
    table = read_table("door.csv", paper_file(printed(stage, Paper.DOOR_LIST), "csv"))
    book = paper_file(printed(stage, Paper.WORKBOOK), "xlsx")

    assert table.columns[:3] == ("Family name", "First name", "Badge")
    assert table.column("First name")[:2] == ("Ann", "Élodie")
    assert len(read_table("all.xlsx", book, sheet="Find your table").rows) == 12
    assert len(read_table("all.xlsx", book, sheet="List for the caterer").rows) == 12


@pytest.mark.usefixtures("seated", "staff")
def test_the_pack_holds_every_sheet_in_its_order(stage: Stage) -> None:
    with ZipFile(BytesIO(paper_file(printed(stage, Paper.PACK), "zip"))) as pack:
        names = pack.namelist()
        assert all(pack.read(name).startswith(b"%PDF-1.7") for name in names)

    sheets = [what.value.replace("_", "-") for what in Paper if what.ending == "pdf"]
    assert names == [f"{number:02}-{name}.pdf" for number, name in enumerate(sheets, start=1)]


@pytest.mark.usefixtures("seated", "staff")
def test_opened_names_leave_a_line_with_their_number_and_papers_without_names_none(stage: Stage) -> None:
    for what in Paper:
        Opening.objects.all().delete()
        printed(stage, what)

        lines = list(Opening.objects.values_list("account_id", "reason", "people"))
        many = {Paper.ACCESS: 4}.get(what, 12)
        is_named = ABOUT[what].names_people and what not in {Paper.CATERING, Paper.CHILD_CARE}  # nobody told of any
        assert lines == ([(ASKER, "papers", many)] if is_named else []), what


def test_the_caterer_opens_the_names_of_those_with_an_allergy_only(
    stage: Stage,
    seated: list[Participant],
    needs: Callable[..., None],
) -> None:
    needs(seated[0], diet="vegan")
    needs(seated[1], diet="allergy")

    printed(stage, Paper.CATERING)

    assert Opening.objects.get().people == 1


@pytest.mark.usefixtures("seated")
def test_nothing_lies_open_on_the_disk(stage: Stage) -> None:
    printed(stage, Paper.BADGES)

    assert len(sealed_files()) == 1
    found = [path for path in Path(settings.HOME).rglob("*") if path.is_file() and "sqlite" not in path.name]
    assert [path for path in found if b"Broecke" in path.read_bytes()] == []


@pytest.mark.usefixtures("seated")
def test_a_job_that_is_killed_midway_leaves_no_file_and_is_made_again(stage: Stage) -> None:
    job = ask_for_paper(stage, Wish(Paper.BADGES, "en"), actor_id=None, now=NOW)
    scratch = Path(settings.HOME) / "scratch"
    before = set(scratch.glob("*"))

    def cut(done: int, total: int) -> None:
        if done == 3:
            raise PowerCut

    with pytest.raises(PowerCut):
        print_paper(stage, Wish(Paper.BADGES, "en"), job=job.pk, account=None, now=NOW, tell=cut)
    assert sealed_files() == []
    assert set(scratch.glob("*")) == before

    run_job.call(str(job.pk))

    assert paper_file(job, "pdf").startswith(b"%PDF")


@pytest.mark.usefixtures("seated")
def test_asked_twice_it_is_printed_once_and_a_new_one_takes_the_place_of_the_old(stage: Stage) -> None:
    asked = {ask_for_paper(stage, Wish(Paper.FIND_LIST, "en"), actor_id=None, now=NOW).pk for _ in range(2)}
    first = printed(stage, Paper.FIND_LIST)

    second = printed(stage, Paper.FIND_LIST)

    assert asked == {first.pk}
    with pytest.raises(FileError, match=r"files\.destroyed"):
        paper_file(first, "pdf")
    assert paper_file(second, "pdf").startswith(b"%PDF")
    assert len(sealed_files()) == 2  # PDF and CSV


@pytest.mark.usefixtures("seated")
def test_a_file_is_destroyed_by_hand_or_after_a_day(stage: Stage) -> None:
    thrown, old = printed(stage, Paper.BADGES), printed(stage, Paper.DOOR_LIST)

    drop_paper(thrown)
    assert len(sealed_files()) == 2
    assert not has_old_papers(NOW)
    for path in (Path(settings.HOME) / PAPERS).glob("*"):
        os.utime(path, (time.time() - 90_000, time.time() - 90_000))

    assert has_old_papers(NOW)
    assert drop_old_papers(now=NOW) == 2
    assert sealed_files() == []
    with pytest.raises(FileError, match=r"files\.destroyed"):
        paper_file(old, "pdf")


def test_a_paper_is_out_of_date_when_somebody_moved(
    stage: Stage,
    seated: list[Participant],
    staff: list[Staff],
    tables: list[Table],
) -> None:
    for what in (Paper.BADGES, Paper.TABLE_CARDS, Paper.ROTA):
        printed(stage, what)
    assert [row_of(stage, what).is_stale for what in (Paper.BADGES, Paper.TABLE_CARDS, Paper.ROTA)] == [False] * 3

    seat = Seat.objects.filter(participant=seated[0]).first()
    assert seat is not None
    Seat.objects.filter(pk=seat.pk).update(table=tables[1] if seat.table != tables[1] else tables[0])
    assert [row_of(stage, what).is_stale for what in (Paper.BADGES, Paper.ROTA)] == [True, False]

    staff[1].duties.all().delete()
    assert row_of(stage, Paper.ROTA).is_stale


def test_an_empty_paper_is_refused_with_the_reason(stage: Stage) -> None:
    for what in set(Paper) - {Paper.GUIDES}:
        with pytest.raises(HouseError, match=r"summit\.nothing_to_print"):
            ask_for_paper(stage, Wish(what, "en"), actor_id=None, now=NOW)
    rows = papers_of(hall_of_papers(stage), for_hosts_only=False)
    assert [row.paper for row in rows if not row.is_empty] == [Paper.GUIDES]  # the same in every hall


@pytest.mark.usefixtures("seated")
def test_a_sign_without_a_font_is_said_and_its_name_is_in_no_job(stage: Stage, people: list[Participant]) -> None:
    identity = people[0].identity
    assert identity is not None
    reseal(identity, {"given_name": "\uf8fe", "family_name": "Nobody"})

    job = printed(stage, Paper.BADGES)

    assert (job.state, job.note_code, job.note_params) == (JobState.FAILED, "files.no_font", {})


def test_the_hall_is_read_by_as_many_queries_for_many_as_for_few(stage: Stage, seated: list[Participant]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            hall_of_papers(stage)
        return len(caught)

    many = queries()
    Participant.objects.filter(pk__in=[one.pk for one in seated[2:]]).delete()

    assert queries() == many
