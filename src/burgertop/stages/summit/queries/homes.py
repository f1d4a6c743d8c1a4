"""Reads of G-Home: rooms and who is in them, the talk of a table, what to rate next, the report of each session.

A session is one round in one language: it stands apart and is never added to the hall's results.
"""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import Count
from django.shortcuts import get_object_or_404

from burgertop.core.opinion import RatingCounts, next_idea, wilson_interval
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.shelf import kept
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.queries import Counts, counted
from burgertop.stages.summit.models import (
    Card,
    HomeGuest,
    HomeRating,
    HomeRoom,
    HomeSeat,
    HomeSetting,
    HomeStatement,
    Reach,
    Round,
    Table,
)
from burgertop.stages.summit.rooms import check_address, filled
from burgertop.stages.summit.voices import author_of, rater_of

__all__ = [
    "Line",
    "NextStatement",
    "Ranked",
    "RoomRow",
    "Session",
    "guest_numbered",
    "home_rooms_of",
    "home_setting",
    "home_tables",
    "may_rate_here",
    "next_statement",
    "people_at",
    "report_of",
    "report_table",
    "room_address",
    "room_of_table",
    "seat_at_home",
    "session_of",
    "statement_or_404",
    "statements_of",
    "talk_at",
    "unseated",
]

COLUMNS = (
    *("round", "language", "table", "statement", "text", "state", "agree", "disagree", "pass", "ratings"),
    *("share_low", "share", "share_high", "rank", "card", "origin", "id"),
)


@dataclass(frozen=True, slots=True)
class RoomRow:
    """An online table in one round: its room, how many sit there, who was heard of lately, whether somebody writes."""

    table: Table
    room: HomeRoom | None
    address: str
    people: int
    present: int
    has_pen: bool

    @property
    def is_empty(self) -> bool:
        """Whether nobody has a seat here in this round."""
        return self.people == 0

    @property
    def is_silent(self) -> bool:
        """Whether people should be here and nobody was heard of lately."""
        return self.people > 0 and self.present == 0


@dataclass(frozen=True, slots=True)
class Line:
    """One statement as somebody at the table reads it."""

    statement: HomeStatement
    is_mine: bool

    @property
    def is_hidden(self) -> bool:
        """Whether only its author reads it any more."""
        return self.statement.hidden_at is not None


@dataclass(frozen=True, slots=True)
class NextStatement:
    """What somebody may rate now (None when they have seen all), and how far they are."""

    statement: HomeStatement | None
    seen: int
    total: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A statement with its ratings and its place; equal ones share it. Shares are those who agree, 0 to 1."""

    place: int
    statement: HomeStatement
    counts: Counts
    low: float
    share: float | None
    high: float

    @property
    def percent(self) -> tuple[int, int | None, int]:
        """The share and its interval in whole per cent: low, share (None when nobody rated it), high."""
        share = round(self.share * 100) if self.share is not None else None
        return (round(self.low * 100), share, round(self.high * 100))


@dataclass(frozen=True, slots=True)
class Session:
    """One round in one language, online: what its people said and how they rated it; the hall is not in it."""

    round: Round
    language: str
    tables: int
    people: int
    ratings: int
    raters: int
    hidden: int
    cards: int
    ranked: tuple[Ranked, ...]

    @property
    def statements(self) -> int:
        """How many statements were said, hidden ones too."""
        return len(self.ranked) + self.hidden


def home_setting(stage: Stage) -> HomeSetting:
    """The setting of a summit; the defaults, not stored, where nothing was set."""
    found = kept(("home setting", stage.pk), lambda: HomeSetting.objects.filter(stage=stage).first())
    return found or HomeSetting(stage=stage, seed="")


def home_tables(stage: Stage) -> list[Table]:
    """The online tables by number."""
    tables = list(Table.objects.filter(stage=stage, origin=Origin.G_HOME).order_by("number"))
    for table in tables:
        table.stage = stage
    return tables


def room_address(table: Table, room: HomeRoom | None, setting: HomeSetting) -> str:
    """The address of the room of a table: its own, else by the pattern; empty when there is none that may be linked."""
    if room is None:
        return ""
    pattern = setting.room_pattern
    address = room.address or filled(pattern, process=table.stage.process.slug, table=table.number, secret=room.secret)
    try:
        return check_address(address) if address else ""
    except HouseError:
        return ""


def room_of_table(table: Table) -> HomeRoom | None:
    """The room of one table."""
    return HomeRoom.objects.filter(table=table).first()


def people_at(table: Table, round_: Round) -> int:
    """How many people at home have a seat at a table in a round."""
    return HomeSeat.objects.filter(table=table, round=round_).count()


def home_rooms_of(stage: Stage, round_: Round | None, *, since: datetime) -> list[RoomRow]:
    """Every online table in a round; present is who was heard of since a moment. Four queries, however many."""
    setting = home_setting(stage)
    rooms = {room.table_id: room for room in HomeRoom.objects.filter(table__stage=stage)}
    people: Counter[uuid.UUID] = Counter()
    present: Counter[uuid.UUID] = Counter()
    if round_ is not None:
        for table_id, seen_at in HomeSeat.objects.filter(round=round_).values_list("table_id", "seen_at"):
            people[table_id] += 1
            present[table_id] += seen_at is not None and seen_at >= since
    return [
        RoomRow(
            table,
            rooms.get(table.pk),
            room_address(table, rooms.get(table.pk), setting),
            people[table.pk],
            present[table.pk],
            has_pen=table.pk in rooms and rooms[table.pk].pen_id is not None,
        )
        for table in home_tables(stage)
    ]


def unseated(round_: Round) -> list[tuple[str, int]]:
    """How many people at home wait for a table in a round, by language."""
    guests = HomeGuest.objects.filter(stage=round_.stage, left_at__isnull=True).exclude(seats__round=round_)
    wanting = (guests.filter(rounds=round_) | guests.filter(rounds=None)).distinct()
    return sorted(Counter(wanting.values_list("language", flat=True)).items())


def guest_numbered(stage: Stage, number: int) -> HomeGuest:
    """Return who registered under a number.

    Raises:
        HouseError: ``summit.no_such_guest``.
    """
    guest = HomeGuest.objects.filter(stage=stage, number=number, left_at__isnull=True).first()
    if guest is None:
        raise HouseError("summit.no_such_guest", number=number)
    guest.stage = stage
    return guest


def seat_at_home(guest: HomeGuest, round_: Round) -> HomeSeat | None:
    """The online table of a guest in a round, with the table and the guest."""
    seat = HomeSeat.objects.filter(guest=guest, round=round_).select_related("table").first()
    if seat is not None:
        seat.guest, seat.round, seat.table.stage = guest, round_, guest.stage
    return seat


def statement_or_404(stage: Stage, pk: uuid.UUID) -> HomeStatement:
    """Return a statement of this stage, or answer "not found"."""
    found = get_object_or_404(HomeStatement.objects.select_related("round", "table", "card"), pk=pk, round__stage=stage)
    found.round.stage = found.table.stage = stage
    return found


def talk_at(seat: HomeSeat) -> tuple[list[Line], int]:
    """What was said at a table in a round, newest first, and how many statements are hidden from the reader."""
    author = author_of(seat.guest)
    said = HomeStatement.objects.filter(round=seat.round, table=seat.table).select_related("card").order_by("-number")
    lines = [Line(one, is_mine=one.author == author) for one in said]
    return [line for line in lines if line.is_mine or not line.is_hidden], sum(line.is_hidden for line in lines)


def statements_of(stage: Stage, round_: Round) -> list[tuple[HomeStatement, Counts]]:
    """Everything that was said online in a round, newest first, with its ratings; for moderators."""
    said = list(HomeStatement.objects.filter(round=round_).select_related("table", "card").order_by("-said_at", "-id"))
    counts = _counts_of(said)
    for one in said:
        one.round = round_
        one.table.stage = stage
    return [(one, counts.get(one.pk, Counts())) for one in said]


def next_statement(seat: HomeSeat, reach: Reach | str) -> NextStatement:
    """Choose what somebody rates next: never their own, those few have rated first; the same at each reload."""
    author, rater = author_of(seat.guest), rater_of(seat.guest)
    said = _in_reach(seat.table, seat.round, reach)
    rated = set(HomeRating.objects.filter(statement__in=said, rater=rater).values_list("statement_id", flat=True))
    is_mine = [one.author == author for one in said]
    total = is_mine.count(False)
    if not said:
        return NextStatement(None, 0, 0)
    mask = np.array([mine or one.pk in rated for one, mine in zip(said, is_mine, strict=True)], dtype=np.bool_)
    rng = np.random.default_rng([rater.int >> 64, len(rated)])
    chosen = next_idea(_as_counts(said, _counts_of(said)), mask, rng)
    return NextStatement(said[chosen.index] if chosen is not None else None, len(rated), total)


def may_rate_here(seat: HomeSeat, statement: HomeStatement, reach: Reach | str) -> bool:
    """Whether a statement is one of those this guest may rate in this round."""
    if statement.round_id != seat.round_id:
        return False
    if reach == Reach.TABLE:
        return statement.table_id == seat.table_id
    return bool(statement.table.languages[:1] == seat.table.languages[:1])


def _in_reach(table: Table, round_: Round, reach: Reach | str) -> list[HomeStatement]:
    shown = HomeStatement.objects.shown().filter(round=round_).order_by("said_at", "id")
    if reach == Reach.TABLE:
        return list(shown.filter(table=table))
    return [one for one in shown.select_related("table") if one.table.languages[:1] == table.languages[:1]]


def _counts_of(said: Sequence[HomeStatement]) -> dict[uuid.UUID, Counts]:
    rows = HomeRating.objects.filter(statement__in=said).values_list("statement_id", "value")
    return counted(rows.annotate(times=Count("id")).order_by())


def _as_counts(said: Sequence[HomeStatement], counts: Mapping[uuid.UUID, Counts]) -> RatingCounts:
    rows = [counts.get(one.pk, Counts()) for one in said]
    return RatingCounts(
        np.array([row.agree for row in rows], dtype=np.int64),
        np.array([row.disagree for row in rows], dtype=np.int64),
        np.array([row.passed for row in rows], dtype=np.int64),
    )


def report_of(stage: Stage, rounds: Sequence[Round]) -> list[Session]:
    """The report of every session of these rounds: a round in a language in which somebody had a table or spoke."""
    tables = home_tables(stage)
    language_of = {table.pk: table.languages[0] for table in tables if table.languages}
    seats = HomeSeat.objects.filter(round__in=rounds).values_list("round_id", "table_id").distinct()
    said = HomeStatement.objects.filter(round__in=rounds).order_by().values_list("round_id", "table_id").distinct()
    held = {(round_id, language_of[table_id]) for round_id, table_id in seats.union(said) if table_id in language_of}
    order = {one.pk: one for one in rounds}
    return [
        session_of(order[pk], language, tables)
        for pk, language in sorted(held, key=lambda one: (order[one[0]].number, one[1]))
    ]


def session_of(round_: Round, language: str, tables: Sequence[Table]) -> Session:
    """The report of one round in one language, given all online tables; a fixed number of queries."""
    ids = [table.pk for table in tables if table.languages[:1] == [language]]
    said = list(
        HomeStatement.objects.filter(round=round_, table__in=ids)
        .select_related("table", "card")
        .order_by("said_at", "id")
    )
    shown = [one for one in said if one.hidden_at is None]
    ratings = HomeRating.objects.filter(statement__in=shown)
    seats = HomeSeat.objects.filter(round=round_, table__in=ids)
    return Session(
        round=round_,
        language=language,
        tables=seats.order_by().values("table_id").distinct().count(),
        people=seats.count(),
        ratings=ratings.count(),
        raters=ratings.order_by().values("rater").distinct().count(),
        hidden=len(said) - len(shown),
        cards=Card.objects.sent().filter(round=round_, table__in=ids).count(),
        ranked=tuple(_ranked(shown)),
    )


def _ranked(shown: Sequence[HomeStatement]) -> list[Ranked]:
    """Order statements by the lower end of their intervals; Wilson's, which borrows nothing from other statements.

    A session has some dozens of statements with a handful of ratings each: a prior fitted to so few makes
    intervals far narrower than the ratings bear.
    """
    if not shown:
        return []
    counts = _counts_of(shown)
    intervals = wilson_interval(_as_counts(shown, counts))
    lows = [round(float(low), 12) for low in intervals.low]
    rows = []
    for index in sorted(range(len(shown)), key=lambda one: (-lows[one], one)):
        place = 1 + sum(low > lows[index] for low in lows)
        found = counts.get(shown[index].pk, Counts())
        share = found.agree / found.rated if found.rated else None
        rows.append(Ranked(place, shown[index], found, lows[index], share, min(1.0, float(intervals.high[index]))))
    return rows


def report_table(sessions: Sequence[Session]) -> tuple[Sequence[str], Iterator[Sequence[str | int | float | None]]]:
    """The ranked statements of sessions as columns and rows; they name nobody, and every row says its origin."""

    def rows() -> Iterator[Sequence[str | int | float | None]]:
        for session in sessions:
            for one in session.ranked:
                said, counts = one.statement, one.counts
                share = "" if one.share is None else round(one.share, 4)
                yield (
                    *(session.round.number, session.language, said.table.number, said.number, said.text, "shown"),
                    *(counts.agree, counts.disagree, counts.passed, counts.rated),
                    *(round(one.low, 4), share, round(one.high, 4), one.place),
                    *(said.card.number if said.card is not None else "", said.origin, str(said.pk)),
                )

    return COLUMNS, rows()
