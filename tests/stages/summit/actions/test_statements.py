"""Statements from home: said once, rated by others, hidden with a reason, made into cards; apart from the hall."""

import uuid
from datetime import datetime, timedelta

import pytest
from tests.stages.summit.homes import said, seated

from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.queries import entries_of
from burgertop.foundation.trace.models import Link
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import CardState, HomeRating, HomeSeat, HomeStatement, Reach, RemovalReason, Round
from burgertop.stages.summit.queries import next_statement, report_of, report_table, talk_at


@pytest.fixture
def seats(stage: Stage, round_: Round, now: datetime) -> list[HomeSeat]:
    """Two online tables of three, in Dutch."""
    return seated(stage, round_, 6, now=now)


def test_people_of_a_table_are_numbered_as_they_speak_and_the_same_form_counts_once(
    seats: list[HomeSeat], now: datetime
) -> None:
    once = uuid.uuid4()
    for _ in range(2):
        actions.say_statement(seats[0], "Een", language="nl", once=once, now=now)
    said(seats[1], "Twee", now=now)
    said(seats[0], "Drie", now=now)

    rows = list(HomeStatement.objects.order_by("number").values_list("number", "person", "text", "origin"))

    assert rows == [(1, 1, "Een", Origin.G_HOME), (2, 2, "Twee", Origin.G_HOME), (3, 1, "Drie", Origin.G_HOME)]


def test_what_somebody_says_and_what_they_rate_share_no_id(seats: list[HomeSeat], now: datetime) -> None:
    mine, other = said(seats[0], "Een", now=now), said(seats[1], "Twee", now=now)
    actions.rate_statement(other, seats[0].guest, 1, now=now)

    ids = {mine.author, HomeRating.objects.get().rater, seats[0].guest.pk}

    assert len(ids) == 3


def test_nobody_rates_their_own_words_and_a_second_answer_replaces_the_first(
    seats: list[HomeSeat], now: datetime
) -> None:
    one = said(seats[0], "Een", now=now)

    with pytest.raises(HouseError) as refused:
        actions.rate_statement(one, seats[0].guest, 1, now=now)
    for value in (1, -1):
        actions.rate_statement(one, seats[1].guest, value, now=now)

    assert refused.value.code == "summit.own_statement"
    assert list(HomeRating.objects.values_list("value", "origin")) == [(-1, Origin.G_HOME)]


def test_a_rating_that_comes_after_the_hiding_is_refused_and_one_before_no_longer_counts(
    stage: Stage, round_: Round, seats: list[HomeSeat], now: datetime
) -> None:
    one = said(seats[0], "Een", now=now)
    actions.rate_statement(one, seats[1].guest, 1, now=now)
    stale = HomeStatement.objects.get(pk=one.pk)
    actions.hide_statement(one, RemovalReason.INSULT, now=now)
    actions.hide_statement(one, RemovalReason.PERSONAL, now=now)

    with pytest.raises(HouseError) as refused:
        actions.rate_statement(stale, seats[2].guest, 1, now=now)
    session = report_of(stage, [round_])[0]

    assert refused.value.code == "summit.statement_hidden"
    assert (session.hidden, session.ratings, session.ranked) == (1, 0, ())
    lines = [one for one in entries_of(stage.process_id) if one.kind == "statement_hidden"]
    assert [line.facts["reason"] for line in lines] == ["insult"]


def test_only_its_author_reads_a_hidden_statement_with_the_reason(seats: list[HomeSeat], now: datetime) -> None:
    actions.hide_statement(said(seats[0], "Een", now=now), RemovalReason.TWICE, now=now)

    mine, mine_hidden = talk_at(seats[0])
    others, others_hidden = talk_at(seats[1])

    assert [(line.is_mine, line.statement.hidden_for) for line in mine] == [(True, "twice")]
    assert (others, mine_hidden, others_hidden) == ([], 1, 1)


def test_who_writes_too_fast_is_told_to_read(seats: list[HomeSeat], now: datetime) -> None:
    for number in range(6):
        said(seats[0], f"Zin {number}", now=now)

    with pytest.raises(HouseError) as refused:
        said(seats[0], "Nog een", now=now)
    said(seats[1], "Een ander", now=now)
    said(seats[0], "Later", now=now + timedelta(seconds=61))

    assert refused.value.code == "summit.too_fast"
    assert HomeStatement.objects.count() == 8


def test_a_closed_round_takes_no_words_and_no_answers(round_: Round, seats: list[HomeSeat], now: datetime) -> None:
    one = said(seats[0], "Een", now=now)
    actions.close_round(round_, now=now)

    with pytest.raises(HouseError) as words:
        said(seats[0], "Twee", now=now)
    with pytest.raises(HouseError) as answer:
        actions.rate_statement(one, seats[1].guest, 1, now=now)

    assert (words.value.code, answer.value.code) == ("summit.round_closed", "summit.round_closed")


def test_everybody_gets_to_rate_every_statement_of_others_once(seats: list[HomeSeat], now: datetime) -> None:
    statements = {said(seat, f"Zin {place}", now=now).pk for place, seat in enumerate(seats)}
    mine = HomeStatement.objects.get(table=seats[0].table, person=1).pk
    seen = []
    while (following := next_statement(seats[0], Reach.LANGUAGE)).statement is not None:
        seen.append(following.statement.pk)
        actions.rate_statement(following.statement, seats[0].guest, 0, now=now)

    assert (set(seen), len(seen)) == (statements - {mine}, 5)
    assert next_statement(seats[1], Reach.TABLE).total == 2


def test_a_statement_becomes_one_card_of_its_table_that_can_be_traced(seats: list[HomeSeat], now: datetime) -> None:
    one = said(seats[0], "Een bus per uur", now=now)

    card = actions.card_from_statement(one, by=None, now=now)
    again = actions.card_from_statement(one, by=None, now=now)

    assert (again.pk, card.origin, card.state, card.table) == (card.pk, Origin.G_HOME, CardState.DRAFT, one.table)
    assert card.say("text", "nl").text == "Een bus per uur"
    links = Link.objects.filter(later_kind="card", later_id=card.pk).values_list("earlier_kind", "earlier_id")
    assert list(links) == [("statement", one.pk)]


def test_the_report_ranks_each_session_apart(stage: Stage, round_: Round, seats: list[HomeSeat], now: datetime) -> None:
    liked, disliked = said(seats[0], "Goed", now=now), said(seats[1], "Slecht", now=now)
    for seat in seats[2:]:
        actions.rate_statement(liked, seat.guest, 1, now=now)
        actions.rate_statement(disliked, seat.guest, -1, now=now)
    french = seated(stage, round_, 2, now=now, language="fr")
    said(french[0], "Bien", now=now)

    fr, nl = report_of(stage, [round_])
    columns, rows = report_table([fr, nl])
    written = [dict(zip(columns, row, strict=True)) for row in rows]

    assert (fr.language, fr.people, fr.statements, fr.ratings) == ("fr", 2, 1, 0)
    assert (nl.people, nl.tables, nl.ratings, nl.raters) == (6, 2, 8, 4)
    assert [(one.place, one.statement.text) for one in nl.ranked] == [(1, "Goed"), (2, "Slecht")]
    assert [one.percent for one in nl.ranked] == [(60, 100, 100), (0, 0, 40)]
    assert fr.ranked[0].percent == (0, None, 100)
    assert {row["origin"] for row in written} == {"g_home"}
    assert not {"author", "rater", "person"} & set(columns)
