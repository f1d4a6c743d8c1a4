"""Who sits where: drawn for a round from a public seed, and changed by hand with the rules checked."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from django.db import transaction

from burgertop.core.seating import breaches_of
from burgertop.core.seating import seat_round as seat_people
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Round, RoundState, Seat, Table
from burgertop.stages.summit.queries import (
    core_people,
    core_tables,
    feature_names,
    roster_of,
    seated_before,
    tables_of,
)

__all__ = ["SEATING_RULE", "move_seat", "seat_everyone", "seat_round", "swap_seats"]

SEATING_RULE = "balanced-heat-bath"
BATCH = 500
# What a table must have; two of a household at one table is told, not forbidden.
FORBIDDEN = frozenset(
    {"seating.table_overfull", "seating.not_understood", "seating.not_step_free", "seating.no_hearing_loop"}
)


def seat_round(round_: Round, *, seed: str, now: datetime) -> Round:
    """Give everybody on the roster a table for one round, in place of any seats drawn before.

    The seating follows from the roster, the tables, the rounds before it, the public ``seed`` and
    the number of the round; the record gets the digests of what went in and what came out. Who met
    in an earlier round meets new people where that is possible.

    Raises:
        CoreError: what ``core.seating`` says of people and tables.
        HouseError: ``summit.round_has_begun``.
    """
    if round_.state != RoundState.PLANNED:
        raise HouseError("summit.round_has_begun", number=round_.number)
    people = roster_of(round_.stage)
    tables = tables_of(round_.stage)
    names = feature_names(people)
    seated_people, seated_tables = core_people(people, names), core_tables(tables)
    before = seated_before(round_)
    chance = _chance(seed, round_.number)
    plan = seat_people(seated_people, seated_tables, feature_names=names, rng=chance, before=before)
    digest = fingerprint(_lines(plan.tables).encode())
    facts = {
        "stage": str(round_.stage_id),
        "round": round_.number,
        "rule": SEATING_RULE,
        "seed": seed,
        "people": len(people),
        "tables": len(tables),
        "features": names,
        "input_digest": fingerprint("\n".join([_input_lines(people, tables, names), *map(_lines, before)]).encode()),
        "result_digest": digest,
        "balance": f"{plan.balance:.4f}",
        "households_together": len(plan.together),
    }
    return _store(round_, plan.tables, tables, people, seed=seed, digest=digest, facts=facts, now=now)


@transaction.atomic
def _store(
    round_: Round,
    seated: Mapping[int, Sequence[str]],
    tables: Sequence[Table],
    people: Sequence[Participant],
    *,
    seed: str,
    digest: str,
    facts: Mapping[str, object],
    now: datetime,
) -> Round:
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    if locked.state != RoundState.PLANNED:
        raise HouseError("summit.round_has_begun", number=locked.number)
    Seat.objects.filter(round=locked).delete()
    table_of = {table.number: table for table in tables}
    person_of = {str(person.pk): person for person in people}
    Seat.objects.bulk_create(
        (
            Seat(round=locked, table=table_of[number], participant=person_of[one])
            for number, ids in seated.items()
            for one in ids
        ),
        batch_size=BATCH,
    )
    locked.seat_seed, locked.seat_digest, locked.seated_at = seed, digest, now
    locked.save(update_fields=["seat_seed", "seat_digest", "seated_at"])
    append(round_.stage.process_id, "seats_drawn", facts, now=now)
    return locked


def seat_everyone(stage: Stage, *, seed: str, now: datetime) -> list[Round]:
    """Draw the seats of every round that is still planned, each with its own chance from the same seed.

    Raises:
        CoreError, HouseError: as ``seat_round``; rounds seated before the error keep their new seats.
    """
    planned = stage.rounds.filter(state=RoundState.PLANNED).select_related("stage__process").order_by("number")
    return [seat_round(one, seed=seed, now=now) for one in planned]


@transaction.atomic
def move_seat(seat: Seat, table: Table, *, now: datetime) -> Seat:
    """Move one person to another table in one round, if the rules allow it there.

    Raises:
        HouseError: ``summit.same_table``, ``seating.table_overfull``, ``seating.not_understood``,
            ``seating.not_step_free``.
    """
    locked = Seat.objects.select_for_update().select_related("participant", "round__stage").get(pk=seat.pk)
    if locked.table_id == table.pk:
        raise HouseError("summit.same_table")
    Table.objects.select_for_update().get(pk=table.pk)
    there = Seat.objects.filter(round_id=locked.round_id, table=table).select_related("participant")
    _check_table(table, [*(one.participant for one in there), locked.participant])
    locked.table, locked.is_by_hand = table, True
    locked.save(update_fields=["table", "is_by_hand"])
    _write_change(locked.round, "seat_moved", now)
    return locked


@transaction.atomic
def swap_seats(first: Seat, second: Seat, *, now: datetime) -> tuple[Seat, Seat]:
    """Let two people of one round change tables, if each may sit at the other's.

    Raises:
        HouseError: as ``move_seat``.
    """
    locked = {
        seat.pk: seat
        for seat in Seat.objects.select_for_update(of=("self",))
        .filter(pk__in=[first.pk, second.pk], round_id=first.round_id)
        .select_related("participant", "table", "round__stage")
    }
    one, other = locked[first.pk], locked[second.pk]
    if one.table_id == other.table_id:
        raise HouseError("summit.same_table")
    _check_table(one.table, [other.participant])
    _check_table(other.table, [one.participant])
    one.table, other.table = other.table, one.table
    one.is_by_hand = other.is_by_hand = True
    Seat.objects.bulk_update([one, other], ["table", "is_by_hand"])
    _write_change(one.round, "seats_swapped", now)
    return one, other


def _check_table(table: Table, people: Sequence[Participant]) -> None:
    seated = core_people(people, [])
    plan = {table.number: [person.id for person in seated]}
    for breach in breaches_of(plan, seated, core_tables([table])):
        if breach.code in FORBIDDEN:
            raise HouseError(breach.code, **breach.params)


def _write_change(round_: Round, kind: str, now: datetime) -> None:
    facts = {"stage": str(round_.stage_id), "round": round_.number}
    append(round_.stage.process_id, kind, facts, now=now)


def _chance(seed: str, number: int) -> np.random.Generator:
    digest = hashlib.sha256(f"summit seats\n{seed}\nround {number}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


def _lines(seated: Mapping[int, Sequence[str]]) -> str:
    """Write a seating as text, a line for each table in order: what the digest is of."""
    return "".join(f"{number}: {' '.join(sorted(seated[number]))}\n" for number in sorted(seated))


def _input_lines(people: Sequence[Participant], tables: Sequence[Table], names: Sequence[str]) -> str:
    """Write roster and tables as text, in order: what the input digest is of."""
    rows = [
        f"table {table.number} {table.seats} {'|'.join(table.languages)} {'|'.join(table.interpreter_languages)}"
        f" {int(table.is_step_free)}"
        for table in sorted(tables, key=lambda one: one.number)
    ]
    rows += [
        f"person {person.id} {'|'.join(sorted(person.speaks))} {'|'.join(person.features)} {person.household}"
        f" {'|'.join(sorted(person.needs))}"
        for person in sorted(core_people(people, names), key=lambda one: one.id)
    ]
    return "\n".join(rows)
