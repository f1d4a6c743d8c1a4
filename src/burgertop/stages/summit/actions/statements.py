"""Statements of people at home: said, rated by others, hidden by a moderator, made into cards of their table."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from burgertop.foundation.process.models import StageState
from burgertop.foundation.record.actions import append
from burgertop.foundation.trace.actions import link
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.cards import CardDraft, write_card
from burgertop.stages.summit.models import (
    Card,
    CardState,
    HomeGuest,
    HomeRating,
    HomeSeat,
    HomeStatement,
    RemovalReason,
    Round,
    RoundState,
    Table,
)
from burgertop.stages.summit.news import tell_home
from burgertop.stages.summit.voices import author_of, rater_of

__all__ = [
    "card_from_statement",
    "forget_author",
    "hide_statement",
    "rate_statement",
    "say_statement",
    "show_statement",
]

MOST_IN_A_MINUTE = 6
MOST_IN_A_ROUND = 40


def _check_open(round_: Round) -> None:
    state = Round.objects.filter(pk=round_.pk).values_list("state", "stage__state").get()
    if state != (RoundState.OPEN, StageState.OPEN):
        raise HouseError("summit.round_closed")


@transaction.atomic
def say_statement(seat: HomeSeat, text: str, *, language: str, once: uuid.UUID, now: datetime) -> HomeStatement:
    """Store what somebody at home says at their table; the same form sent again changes nothing.

    Raises:
        HouseError: ``summit.round_closed``, ``summit.too_fast``, ``summit.too_many_statements``.
    """
    table = Table.objects.select_for_update(of=("self",)).select_related("stage").get(pk=seat.table_id)
    here = HomeStatement.objects.filter(round=seat.round, table=table)
    known = here.filter(once=once).first()
    if known is not None:
        return known
    _check_open(seat.round)
    author = author_of(seat.guest)
    mine = HomeStatement.objects.filter(round=seat.round, author=author)
    if mine.count() >= MOST_IN_A_ROUND:
        raise HouseError("summit.too_many_statements", most=MOST_IN_A_ROUND)
    if mine.filter(said_at__gt=now - timedelta(minutes=1)).count() >= MOST_IN_A_MINUTE:
        raise HouseError("summit.too_fast")
    before = here.filter(author=author).first()
    people = here.aggregate(last=Max("person"), number=Max("number"))
    statement = HomeStatement.objects.create(
        round=seat.round,
        table=table,
        number=(people["number"] or 0) + 1,
        author=author,
        person=before.person if before is not None else (people["last"] or 0) + 1,
        language=language,
        text=text,
        once=once,
        said_at=now,
    )
    tell_home(table.stage, table.number, "statement")
    return statement


@transaction.atomic
def rate_statement(statement: HomeStatement, guest: HomeGuest, value: int, *, now: datetime) -> HomeRating:
    """Store what somebody thinks of what another said; a second answer replaces the first.

    Raises:
        HouseError: ``summit.round_closed``, ``summit.statement_hidden``, ``summit.own_statement``.
        ValueError: the value is none of 1, 0 and -1.
    """
    if value not in HomeRating.Value.values:
        raise ValueError(f"{value} is no rating.")
    locked = HomeStatement.objects.select_for_update(of=("self",)).select_related("round").get(pk=statement.pk)
    _check_open(locked.round)
    if locked.hidden_at is not None:
        raise HouseError("summit.statement_hidden")
    if locked.author == author_of(guest):
        raise HouseError("summit.own_statement")
    rating, _ = HomeRating.objects.update_or_create(
        statement=locked, rater=rater_of(guest), defaults={"value": value, "rated_at": now}
    )
    return rating


@transaction.atomic
def hide_statement(statement: HomeStatement, reason: RemovalReason, *, now: datetime) -> HomeStatement:
    """Hide a statement for a reason of the list; its author reads why, everybody how many were hidden.

    The ratings stay and no longer count. A second time changes nothing. A card made of it stays: it is the table's.
    """
    locked = _locked(statement)
    if locked.hidden_at is None:
        locked.hidden_at, locked.hidden_for = now, reason
        locked.save(update_fields=["hidden_at", "hidden_for"])
        _tell(locked, "statement_hidden", now)
    return locked


@transaction.atomic
def show_statement(statement: HomeStatement, *, now: datetime) -> HomeStatement:
    """Show a statement again that was hidden by mistake."""
    locked = _locked(statement)
    if locked.hidden_at is not None:
        locked.hidden_at = None
        reason, locked.hidden_for = locked.hidden_for, ""
        locked.save(update_fields=["hidden_at", "hidden_for"])
        _tell(locked, "statement_shown", now, reason)
    return locked


def _locked(statement: HomeStatement) -> HomeStatement:
    rows = HomeStatement.objects.select_for_update(of=("self",)).select_related("round__stage", "table__stage")
    return rows.get(pk=statement.pk)


def _tell(statement: HomeStatement, kind: str, now: datetime, reason: str = "") -> None:
    stage = statement.round.stage
    facts = {
        "stage": str(stage.pk),
        "round": statement.round.number,
        "statement": str(statement.pk),
        "reason": reason or statement.hidden_for,
    }
    append(stage.process_id, kind, facts, now=now)
    tell_home(stage, statement.table.number, "statement")


@transaction.atomic
def card_from_statement(statement: HomeStatement, *, by: uuid.UUID | None, now: datetime) -> Card:
    """Make a statement a card of its table, kept there until the table sends it; twice gives the same card.

    The card has the words, the language and the origin of the statement, and the trace leads back to it.

    Raises:
        HouseError: ``summit.round_closed``, ``summit.too_many_cards``, ``summit.statement_hidden``.
    """
    locked = _locked(statement)
    if locked.hidden_at is not None:
        raise HouseError("summit.statement_hidden")
    if locked.card is not None and locked.card.state != CardState.WITHDRAWN:
        return locked.card
    draft = CardDraft(locked.text, locked.language, is_sent=False)
    pk = uuid.uuid4()
    card = write_card(locked.round_id, locked.table, draft, card_id=pk, once=pk, by=by, now=now)
    locked.card = card
    locked.save(update_fields=["card"])
    link(locked.round.stage.process_id, ("card", card.pk), [("statement", locked.pk)])
    tell_home(locked.round.stage, locked.table.number, "statement")
    return card


@transaction.atomic
def forget_author(guest: HomeGuest) -> int:
    """Cut what somebody said from their id; the words stay. Returns how many statements."""
    return HomeStatement.objects.filter(author=author_of(guest)).update(author=None)
