"""Laying the tables."""

from datetime import datetime

import pytest

from burgertop.foundation.files.tables import read_table
from burgertop.foundation.live.models import Message
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import TableDraft
from burgertop.stages.summit.models import Round, Table
from burgertop.stages.summit.news import desk_topic


def test_a_file_has_a_row_per_table() -> None:
    content = b"table;seats;languages;interpreter;step_free\n1;8;nl;;no\n2;10;nl|fr;1;\n3;;fr;de;yes\n"

    drafts = actions.drafts_from(read_table("tables.csv", content))

    assert drafts == [
        TableDraft(1, ("nl",), 8, (), is_step_free=False),
        TableDraft(2, ("nl", "fr"), 10, ("nl", "fr")),
        TableDraft(3, ("fr",), 10, ("de",)),
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("0,nl,8", "table"),
        ("x,nl,8", "table"),
        ("1,,8", "languages"),
        ("1,Dutch!,8", "languages"),
        ("1,nl,99999", "seats"),
        ("1,nl,-3", "seats"),
        ("\u00b2,nl,8", "table"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(row: str, column: str) -> None:
    table = read_table("tables.csv", f"table,languages,seats\n{row}\n".encode())

    with pytest.raises(HouseError) as caught:
        actions.drafts_from(table)

    assert (caught.value.code, caught.value.params["line"], caught.value.params["column"]) == (
        "summit.bad_table_row",
        2,
        column,
    )


def test_a_file_without_languages_says_which_columns_there_are() -> None:
    with pytest.raises(HouseError) as caught:
        actions.drafts_from(read_table("tables.csv", b"table,seats\n1,8\n"))

    assert caught.value.code == "files.no_such_column"


def test_laying_again_replaces_the_tables(stage: Stage, tables: list[Table], now: datetime) -> None:
    actions.lay_tables(stage, actions.tables_of_kind(["nl"], 2, seats=6), now=now)

    assert list(stage.tables.values_list("number", "seats")) == [(1, 6), (2, 6)]
    assert Entry.objects.filter(kind="tables_laid").count() == 2


def told_the_desk(stage: Stage) -> int:
    """How often open boards and the theme desk heard of the tables; forgets it."""
    told = Message.objects.filter(topic=desk_topic(stage), body={"kind": "table"})
    return told.delete()[0]


def test_open_boards_and_the_theme_desk_hear_of_tables_that_are_laid_changed_closed_and_opened(
    stage: Stage, now: datetime
) -> None:
    table, _other = actions.lay_tables(stage, actions.tables_of_kind(["nl"], 2), now=now)
    laid = told_the_desk(stage)
    draft = TableDraft(1, ("nl", "fr"), 8)
    changed = [actions.change_table(table, draft, now=now) and told_the_desk(stage) for _press in range(2)]
    closed = [actions.set_table_closed(table, is_closed=so, now=now) and told_the_desk(stage) for so in (True, True)]
    actions.set_table_closed(table, is_closed=False, now=now)
    opened = told_the_desk(stage)
    actions.open_home_tables(stage, "fr", 2, now=now)

    assert (laid, changed, closed, opened, told_the_desk(stage)) == (1, [1, 0], [1, 0], 1, 1)


def test_the_hall_stays_once_a_round_has_begun(stage: Stage, round_: Round, now: datetime) -> None:
    with pytest.raises(HouseError) as caught:
        actions.lay_tables(stage, [TableDraft(1, ("nl",))], now=now)

    assert say(caught.value) == "The day has begun: the tables can no longer be laid anew."
    assert stage.tables.count() == 4


@pytest.mark.parametrize(
    ("drafts", "code"),
    [
        ([TableDraft(1, ("nl",)), TableDraft(1, ("fr",))], "seating.doubled_table"),
        ([TableDraft(number, ("nl",)) for number in range(1, 502)], "summit.too_many_tables"),
    ],
)
def test_tables_that_cannot_be_laid_leave_the_old_ones(
    stage: Stage, tables: list[Table], now: datetime, drafts: list[TableDraft], code: str
) -> None:
    with pytest.raises(HouseError) as caught:
        actions.lay_tables(stage, drafts, now=now)

    assert caught.value.code == code
    assert stage.tables.count() == 4


@pytest.mark.parametrize(
    ("people", "counts"), [(810, [30, 18, 32, 1]), (704, [26, 16, 28, 1]), (100, [3, 2, 4, 1]), (1, [1, 1, 1, 1])]
)
def test_the_mix_of_2011_is_scaled_to_the_seats_that_are_needed(people: int, counts: list[int]) -> None:
    drafts = actions.tables_of_2011(people)

    kinds = [("nl",), ("fr",), ("nl", "fr"), ("de", "fr")]
    assert [sum(draft.languages == kind for draft in drafts) for kind in kinds] == counts
    assert [draft.number for draft in drafts] == list(range(1, len(drafts) + 1))
    assert sum(draft.seats for draft in drafts) >= people
    assert all(bool(draft.interpreter_languages) == (len(draft.languages) > 1) for draft in drafts)


def test_a_table_is_changed_closed_and_opened_again(stage: Stage, tables: list[Table], now: datetime) -> None:
    draft = TableDraft(1, ("nl", "de"), 6, ("de",), is_step_free=False, has_hearing_loop=True)
    changed = actions.change_table(tables[0], draft, now=now)
    actions.change_table(tables[0], draft, now=now)
    closed = actions.set_table_closed(tables[0], is_closed=True, now=now)
    actions.set_table_closed(tables[0], is_closed=True, now=now)
    opened = actions.set_table_closed(tables[0], is_closed=False, now=now)

    assert (changed.seats, changed.languages, changed.interpreter_languages) == (6, ["nl", "de"], ["de"])
    assert (changed.is_step_free, changed.has_hearing_loop) == (False, True)
    assert (closed.closed_at, opened.closed_at) == (now, None)
    kinds = list(Entry.objects.values_list("kind", flat=True))
    assert kinds == ["tables_laid", "tables_changed", "table_closed", "table_opened"]
