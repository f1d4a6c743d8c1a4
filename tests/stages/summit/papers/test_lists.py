"""Each list names who it must and tells what it is for, no more."""

from collections.abc import Callable

import pytest
from tests.stages.summit.conftest import NOW

from burgertop.foundation.draws.models import Member
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.actions import agree_to_photos
from burgertop.stages.summit.models import Staff
from burgertop.stages.summit.papers.grids import Grid
from burgertop.stages.summit.papers.kinds import Paper
from burgertop.stages.summit.papers.lists import (
    GRIDS,
    access,
    catering,
    child_care,
    door_list,
    find_list,
    photographers,
    rota,
)
from burgertop.stages.summit.papers.writing import Writing
from burgertop.stages.summit.queries.papers import hall_of_papers

pytestmark = pytest.mark.same_on_both

Begin = Callable[..., Writing]


def everything_in(grid: Grid) -> str:
    return " ".join(str(cell) for section in grid.sections for row in section.rows for cell in row.cells)


def test_the_door_list_is_in_the_order_of_family_names_whatever_their_accents(write: Begin) -> None:
    grid = door_list(write())

    family = [row.cells[1] for row in grid.sections[0].rows]
    assert family[:8] == ["De Smet", "Dubois", "Étienne", "Li", "Müller", "Ötzdal", "Peeters", "Van den Broecke"]
    assert [row.key for row in grid.sections[0].rows][:3] == ["D", "D", "E"]
    assert [column.kind for column in grid.sections[0].columns] == ["box", "strong", "text", "text", "text", "line"]


def test_the_door_list_in_parts_says_from_where_to_where(write: Begin) -> None:
    grid = door_list(write(), shares=3)

    assert [len(section.rows) for section in grid.sections] == [4, 4, 4]
    assert [section.head for section in grid.sections][:2] == ["D–L", "M–V"]
    assert [section.breaks for section in grid.sections] == [False, True, True]


def test_the_door_list_tells_nothing_but_names_badges_and_tables(write: Begin) -> None:
    words = everything_in(door_list(write()))

    for told in ("Liège", "Gent", "0470", "no steps", "halal", "allergy"):
        assert told not in words, told


def test_find_your_table_names_nobody_and_tells_each_badge_apart(write: Begin) -> None:
    grid = find_list(write())

    marks = [str(row.cells[0]) for row in grid.sections[0].rows]
    assert marks == sorted(marks)
    assert len(set(marks)) == 12
    assert max(len(mark) for mark in marks) < 10  # never the whole code: who copies the wall cannot make a badge
    assert "Sarah" not in everything_in(grid)
    assert [len(row.cells) for row in grid.sections[0].rows] == [3] * 12


def test_two_codes_that_begin_alike_are_cut_later(write: Begin, stage: Stage) -> None:
    guests = write().hall.guests

    codes = {one.code for one in guests}
    assert all(sum(code.startswith(one.mark) for code in codes) == 1 for one in guests)


def test_the_rota_shows_tables_breaks_and_where_nobody_interprets(write: Begin, staff: list[Staff]) -> None:
    grid = rota(write())

    assert [section.head for section in grid.sections] == ["Nele Voice", "Nobody interprets here yet"]
    assert [row.cells for row in grid.sections[0].rows] == [(1, 4, "Dutch, French"), (2, "–", "break")]
    assert [row.cells for row in grid.sections[1].rows] == [(2, 4, "Dutch, French")]


def test_the_caterer_reads_counts_and_the_first_names_of_those_with_an_allergy(
    write: Begin, seated: list[Participant], needs: Callable[..., None]
) -> None:
    needs(seated[2], diet="halal")
    needs(seated[5], diet="allergy", note="nuts")

    grid = catering(write())

    counts = {str(row.cells[0]): row.cells[1] for row in grid.sections[0].rows}
    assert (counts["everything"], counts["halal"], counts["All"]) == (10, 1, 12)
    assert [(row.cells[0], row.cells[3]) for row in grid.sections[1].rows] == [("Sarah", "nuts")]
    assert "Zwart" not in everything_in(grid)
    assert len(grid.file_rows()) == 12


def test_the_child_care_reads_how_many_and_whom_to_call(
    write: Begin, seated: list[Participant], needs: Callable[..., None]
) -> None:
    needs(seated[10], children=2)

    grid = child_care(write())

    assert [row.cells[:4] for row in grid.sections[0].rows] == [("Élodie Dubois", 2, "0470 00 00 10", "French")]
    assert grid.intro[0] == "2 children."


def test_access_and_travel_has_who_needs_something_and_nobody_else(write: Begin) -> None:
    grid = access(write())

    assert [(row.cells[0], row.cells[2]) for row in grid.sections[0].rows] == [
        ("Jo Ötzdal", "help with travel"),
        ("Sarah Peeters", "large print"),
        ("Zoë Van den Broecke", "no steps"),
        ("Αλέξανδρος Παπαδόπουλος", "sign language, hearing loop"),
    ]


def test_needs_are_those_of_the_pool_and_of_the_answer_as_in_the_seating(
    write: Begin, seated: list[Participant], needs: Callable[..., None]
) -> None:
    needs(seated[0], hearing_loop=True)

    said = {row.cells[0]: row.cells[2] for row in access(write()).sections[0].rows}

    assert said["Zoë Van den Broecke"] == "no steps, hearing loop"


def test_every_list_has_as_many_cells_as_columns(write: Begin, staff: list[Staff]) -> None:
    for paper, make in GRIDS.items():
        for section in make(write()).sections:
            assert {len(row.cells) for row in section.rows} <= {len(section.columns)}, paper
    assert set(GRIDS) == {paper for paper in Paper if paper.is_list}


def test_who_left_is_on_no_paper(write: Begin, stage: Stage, seated: list[Participant]) -> None:
    Member.objects.filter(participant=seated[0]).update(standing="left")
    seated[0].hall_seats.all().delete()

    assert len(hall_of_papers(stage).guests) == 11


def test_photographers_read_at_which_tables_somebody_wants_no_photo_and_no_name(
    write: Begin, stage: Stage, seated: list[Participant]
) -> None:
    agree_to_photos(seated[4], is_yes=False, now=NOW)  # at the table of the first one
    agree_to_photos(seated[0], is_yes=True, now=NOW)
    agree_to_photos(seated[0], is_yes=False, now=NOW)

    grid = photographers(write())

    marks = {one.participant.pk: one.mark for one in hall_of_papers(stage).guests}
    table, people, unwilling, badges = grid.sections[0].rows[0].cells
    assert (table, people, unwilling, set(str(badges).split())) == (1, 3, 2, {marks[seated[0].pk], marks[seated[4].pk]})
    assert len(grid.sections[0].rows) == 1
    assert grid.sections[0].texts == ["Everybody agreed at tables 2, 3, 4."]
    assert "Zoë" not in str(grid)
