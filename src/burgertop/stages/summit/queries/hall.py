"""Reads of the hall: rounds, tables, who sits where, which tables are silent."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Count, Max, Q, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404

from burgertop.foundation.origins import REMOTE
from burgertop.foundation.prepared import Prepared
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.foundation.shelf import kept
from burgertop.foundation.texts import speak_together
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Card, CardState, Device, Round, RoundState, Seat, Table

__all__ = [
    "HallTable",
    "current_round",
    "door_of",
    "hall_of",
    "hall_tables_of",
    "has_device",
    "opens_door",
    "round_or_404",
    "rounds_of",
    "seat_list",
    "seats_of",
    "size_of_hall",
    "table_for_form",
    "table_numbered",
    "table_or_404",
    "tables_of",
]

DOOR_SALT = "burgertop.table"

_table = Prepared(lambda pk, stage: Table.objects.filter(pk=pk, stage=stage))
_table_of_day = Prepared(
    lambda pk, process, stage: Table.objects.filter(
        pk=pk, stage__slug=stage, stage__kind=StageKind.SUMMIT, stage__process__slug=process
    ).select_related("stage__process")
)
_rounds = Prepared(lambda stage: Round.objects.filter(stage=stage))


@dataclass(frozen=True, slots=True)
class HallTable:
    """One table as the hall desk sees it in one round."""

    table: Table
    people: int
    cards_sent: int
    last_sent_at: datetime | None
    is_bound: bool

    @property
    def is_silent(self) -> bool:
        """Whether nothing has come from this table yet."""
        return self.cards_sent == 0


def rounds_of(stage: Stage) -> list[Round]:
    """The rounds of the day in order, with their texts."""
    return kept(("rounds", stage.pk), lambda: _read_rounds(stage))


def _read_rounds(stage: Stage) -> list[Round]:
    rounds = _rounds.all(stage.pk)
    for one in rounds:
        one.stage = stage
    speak_together(rounds)
    return rounds


def current_round(rounds: Sequence[Round]) -> Round | None:
    """The round that is open; between rounds the one that was closed last."""
    is_open = next((one for one in rounds if one.is_open), None)
    return is_open or next((one for one in reversed(rounds) if one.state == RoundState.CLOSED), None)


def round_or_404(stage: Stage, pk: uuid.UUID) -> Round:
    """Return a round of this stage with its texts, or answer "not found"."""
    found = get_object_or_404(Round.objects.prefetch_related("texts"), pk=pk, stage=stage)
    found.stage = stage
    return found


def tables_of(stage: Stage) -> list[Table]:
    """All tables by number: those of the hall, at home and elsewhere."""
    return list(stage.tables.order_by("number"))


def hall_tables_of(stage: Stage) -> list[Table]:
    """The tables of the hall by number: those at which people who were drawn have their seats."""
    return list(stage.tables.exclude(origin__in=REMOTE).order_by("number"))


def size_of_hall(stage: Stage) -> tuple[int, int]:
    """How many tables stand in the hall, and how many seats."""

    def count() -> tuple[int, int]:
        tables = stage.tables.exclude(origin__in=REMOTE)
        told = tables.aggregate(tables=Count("pk"), seats=Sum("seats", default=0))
        return told["tables"], told["seats"]

    return kept(("size of hall", stage.pk), count)


def table_or_404(stage: Stage, pk: uuid.UUID) -> Table:
    """Return a table of this stage, or answer "not found"."""
    found = _table.first(pk, stage.pk)
    if found is None:
        raise Http404
    found.stage = stage
    return found


def table_for_form(process: str, stage: str, pk: uuid.UUID) -> Table:
    """Return a table with its stage and process and nothing more, or answer "not found": all that a form asks for."""
    found = _table_of_day.first(pk, process, stage)
    if found is None:
        raise Http404
    speak_together([found.stage.process])
    return found


def table_numbered(stage: Stage, number: int) -> Table:
    """Return the table with this number.

    Raises:
        HouseError: ``seating.unknown_table``.
    """
    table = Table.objects.filter(stage=stage, number=number).first()
    if table is None:
        raise HouseError("seating.unknown_table", table=number)
    return table


def has_device(table: Table) -> bool:
    """Whether some device writes for the table now."""
    return Device.objects.filter(table=table, revoked_at__isnull=True).exists()


def hall_of(stage: Stage, round_: Round | None) -> list[HallTable]:
    """Every table with its people and cards in a round; four queries, however many tables."""
    people: Counter[uuid.UUID] = Counter()
    cards: dict[uuid.UUID, tuple[int, datetime | None]] = {}
    if round_ is not None:
        people.update(Seat.objects.filter(round=round_).values_list("table_id", flat=True))
        sent = Card.objects.filter(round=round_, state=CardState.SENT)
        for row in sent.order_by().values("table_id").annotate(number=Count("id"), last=Max("sent_at")):
            cards[row["table_id"]] = (row["number"], row["last"])
    bound = set(Device.objects.filter(table__stage=stage, revoked_at__isnull=True).values_list("table_id", flat=True))
    return [
        HallTable(table, people[table.pk], *cards.get(table.pk, (0, None)), is_bound=table.pk in bound)
        for table in tables_of(stage)
    ]


def seat_list(round_: Round) -> list[tuple[Table, list[Seat]]]:
    """Every table with its seats in a round, with the participants; for plans and printed lists."""
    at: dict[uuid.UUID, list[Seat]] = defaultdict(list)
    seats = Seat.objects.filter(round=round_).select_related("participant__identity")
    for seat in seats.order_by("participant__language", "participant__pool_id", "id"):
        at[seat.table_id].append(seat)
    return [(table, at[table.pk]) for table in hall_tables_of(round_.stage)]


def seats_of(stage: Stage, participant_id: uuid.UUID) -> list[Seat]:
    """The seats of one participant, round by round."""
    seats = Seat.objects.filter(Q(round__stage=stage), participant_id=participant_id)
    return list(seats.select_related("round", "table").prefetch_related("round__texts").order_by("round__number"))


def door_of(table: Table) -> str:
    """The signed word in the square on the table's printed sheet; nothing of it is stored."""
    return signing.Signer(salt=DOOR_SALT).sign(f"{table.pk.hex}.{table.door}")


def opens_door(token: str) -> Table:
    """Return the table that a printed square opens.

    Raises:
        HouseError: ``summit.door_broken``, ``summit.door_replaced``.
    """
    try:
        word = signing.Signer(salt=DOOR_SALT).unsign(token)
        table_hex, _, door = word.partition(".")
        table = Table.objects.select_related("stage__process").get(pk=uuid.UUID(table_hex))
    except (signing.BadSignature, ValueError, Table.DoesNotExist) as error:
        raise HouseError("summit.door_broken") from error
    if door != str(table.door):
        raise HouseError("summit.door_replaced")
    return table
