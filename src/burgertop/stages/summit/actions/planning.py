"""The plan of the hall: everybody a table in every round that has not begun, from one public chance."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import numpy as np
from django.db import transaction

from burgertop.core.errors import CoreError, Param
from burgertop.core.seating import LEAST_AT_TABLE, Seating, seat_rounds
from burgertop.core.seating.rules import LEAST_SPEAKERS
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Effort, PlanKind, PlanState, Round, RoundState, Seat, SeatPlan
from burgertop.stages.summit.queries.plan import Given, given_of, lines_of, standing_plan
from burgertop.stages.summit.queries.roster import roster_of

__all__ = [
    "SEATING_RULE",
    "chance_of",
    "check_unchanged",
    "facts_of",
    "figures_of",
    "in_numbers",
    "kept_of",
    "result_digest",
    "seat_hall",
    "seated_ahead",
    "store_plan",
]

SEATING_RULE = "whole-day-heat-bath"
BATCH = 500
ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
ROUND_OF_PIN = re.compile(r"/(\d+)\Z")
Seated = Mapping[int, Sequence[str]]
Tell = Callable[[int, int], None]
STEPS = 3


def seat_hall(
    stage: Stage,
    *,
    seed: str,
    effort: str = Effort.GOOD,
    least_speakers: int = LEAST_SPEAKERS,
    now: datetime,
    tell: Tell | None = None,
) -> SeatPlan:
    """Give everybody on the roster a table in every planned round, in place of any seats there.

    The plan follows from the roster, the tables that are open, the rules, the locks by hand, the rounds that
    have begun, the public ``seed``, the effort: the record gets the digests of what went in and what came
    out. Asked again with nothing changed, the standing plan is given back and nothing is written.

    Raises:
        CoreError: what ``core.seating`` says of people, tables and rules, people under their numbers.
        HouseError: ``summit.no_round_planned``, ``summit.pin_at_closed_table``, ``summit.hall_changed``.
    """
    told = tell or (lambda _done, _total: None)
    told(0, STEPS)
    given = _given_for_all(stage, least_speakers)
    plan = SeatPlan(
        stage=stage,
        kind=PlanKind.DRAWN,
        seed=seed,
        effort=effort,
        least_at_table=LEAST_AT_TABLE,
        least_speakers=least_speakers,
        rounds=list(given.planned),
        people=len(given.people),
        tables=len(given.tables),
        input_digest=given.input_digest(has_seats_ahead=False),
        rules_digest=given.rules_digest,
        planned_at=now,
    )
    if (same := _same_plan(plan, given)) is not None:
        return same
    told(1, STEPS)
    seating = seated_ahead(given, plan)
    told(2, STEPS)
    plan.figures = figures_of(seating, given)
    plan.result_digest = result_digest(given.planned, seating.rounds)
    plan.given = kept_of(given, given.held)
    with transaction.atomic():
        Stage.objects.select_for_update().get(pk=stage.pk)
        check_unchanged(plan, _given_for_all(stage, least_speakers))
        store_plan(stage, plan, seating.rounds, given)
        append(stage.process_id, "seats_planned", facts_of(plan), now=now)
    told(STEPS, STEPS)
    return plan


def seated_ahead(given: Given, plan: SeatPlan) -> Seating:
    """Compute the rounds that are not begun, from the chance and the effort of a plan; nothing is stored.

    Raises:
        CoreError: as ``seat_rounds``, people under their numbers.
    """
    with in_numbers(given):
        return seat_rounds(
            given.people,
            given.tables,
            feature_names=given.names,
            rng=chance_of(plan),
            rounds=len(given.planned),
            rules=given.rules_ahead,
            effort=plan.effort,
            before=given.held,
        )


def _given_for_all(stage: Stage, least_speakers: int) -> Given:
    given = given_of(stage, roster_of(stage), least_speakers=least_speakers)
    if not given.planned:
        raise HouseError("summit.no_round_planned")
    return given


def _same_plan(plan: SeatPlan, given: Given) -> SeatPlan | None:
    """The standing plan, if it was made from the very same and its seats are still there."""
    known = standing_plan(plan.stage)
    names = ("kind", "seed", "effort", "least_speakers", "rounds", "input_digest", "rules_digest")
    if known is None or any(getattr(known, name) != getattr(plan, name) for name in names):
        return None
    return known if known.result_digest == result_digest(given.planned, given.seated[given.begun :]) else None


def check_unchanged(plan: SeatPlan, given: Given) -> None:
    """Refuse a plan that was made from other people, tables, seats or rules than those that stand now.

    Raises:
        HouseError: ``summit.hall_changed``.
    """
    digest = given.input_digest(has_seats_ahead=plan.kind == PlanKind.RESEATED)
    if (digest, given.rules_digest) != (plan.input_digest, plan.rules_digest):
        raise HouseError("summit.hall_changed")


def store_plan(stage: Stage, plan: SeatPlan, rounds: Sequence[Seated], given: Given) -> None:
    """Put the seats of a plan in the place of those in its rounds; call it inside a transaction.

    The plan that stood before is kept without seats and without what it was computed from.
    """
    row_of = {one.number: one for one in Round.objects.filter(stage=stage, state=RoundState.PLANNED)}
    table_of = dict(stage.tables.values_list("number", "pk"))
    locks = {(person, number) for person, _table, number in given.locks}
    Seat.objects.filter(round__in=row_of.values()).delete()
    Seat.objects.bulk_create(
        (
            Seat(
                round=row_of[number],
                table_id=table_of[table],
                participant_id=one,
                is_by_hand=(one, number) in locks,
            )
            for number, seated in zip(plan.rounds, rounds, strict=True)
            for table, ids in seated.items()
            for one in ids
        ),
        batch_size=BATCH,
    )
    for number, seated in zip(plan.rounds, rounds, strict=True):
        row = row_of[number]
        row.seat_seed, row.seated_at = plan.seed, plan.planned_at
        row.seat_digest = fingerprint(lines_of(seated).encode())
    Round.objects.bulk_update(row_of.values(), ["seat_seed", "seat_digest", "seated_at"])
    others = SeatPlan.objects.filter(stage=stage).exclude(pk=plan.pk)
    others.filter(state=PlanState.PROPOSED).delete()
    others.update(state=PlanState.PAST, given={}, proposal=[])
    plan.state, plan.proposal = PlanState.STANDING, []
    plan.save()


def chance_of(plan: SeatPlan) -> np.random.Generator:
    """All the chance of a plan, from its public seed, its kind and its rounds."""
    words = f"summit seats\n{plan.seed}\n{plan.kind}\nrounds {' '.join(map(str, plan.rounds))}"
    return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(words.encode()).digest(), "big")))


def result_digest(numbers: Sequence[int], rounds: Sequence[Seated]) -> str:
    """The fingerprint of who sits where in these rounds."""
    parts = (f"round {number}\n{lines_of(seated)}" for number, seated in zip(numbers, rounds, strict=True))
    return fingerprint("".join(parts).encode())


def figures_of(seating: Seating, given: Given) -> dict[str, object]:
    """How good a plan is; numbers of people and tables, nobody's id."""
    return {
        "balance": seating.balance,
        "bound": seating.bound,
        "repeats": seating.repeats,
        "forced_repeats": seating.forced_repeats,
        "lone_speakers": seating.lone_speakers,
        "forced_lone_speakers": seating.forced_lone_speakers,
        "by_feature": [[name, *map(float, pair)] for name, pair in zip(given.names, seating.by_feature, strict=True)],
    }


def facts_of(plan: SeatPlan) -> dict[str, object]:
    """What the public record says of a plan: all that is needed to compute it again, and how good it is."""
    figures = plan.figures
    return {
        "stage": str(plan.stage_id),
        "rounds": plan.rounds,
        "rule": SEATING_RULE,
        "seed": plan.seed,
        "effort": plan.effort,
        "least_speakers": plan.least_speakers,
        "people": plan.people,
        "tables": plan.tables,
        "features": [name for name, _balance, _bound in figures["by_feature"]],
        "input_digest": plan.input_digest,
        "rules_digest": plan.rules_digest,
        "result_digest": plan.result_digest,
        "balance": f"{figures['balance']:.4f}",
        "bound": f"{figures['bound']:.4f}",
        **{name: figures[name] for name in ("repeats", "forced_repeats", "lone_speakers", "forced_lone_speakers")},
    }


def kept_of(given: Given, seated: Sequence[Seated]) -> dict[str, object]:
    """What is kept of what a plan was computed from, as plain values; ``seated`` are the rounds it looked at."""
    return {
        "people": [one.id for one in given.people],
        "tables": [table.number for table in given.tables],
        "locks": [list(one) for one in given.locks],
        "seated": {
            str(number): {str(table): list(ids) for table, ids in one.items()}
            for number, one in zip(given.numbers, seated, strict=False)
        },
    }


@contextmanager
def in_numbers(given: Given) -> Iterator[None]:
    """Say errors of the core under the numbers of people and rounds that staff knows."""
    try:
        yield
    except CoreError as error:
        named = {name: _named(name, value, given) for name, value in error.params.items()}
        raise type(error)(error.code, **named) from error


def _named(name: str, value: Param, given: Given) -> Param:
    if isinstance(value, tuple):
        said = [str(_named(name, one, given)) for one in value]
        return tuple(said if name == "tables" else sorted(said))
    if name == "round" and isinstance(value, int):
        return _number_of(value, given)
    if isinstance(value, str):
        renamed = ID.sub(lambda found: given.labels.get(found[0], found[0][:8]), value)
        if value.startswith("pin:"):
            return ROUND_OF_PIN.sub(lambda found: f"/{_number_of(int(found[1]), given)}", renamed)
        return renamed
    return value


def _number_of(place: int, given: Given) -> int:
    """The number of the round at a place, counted from the first that is not begun."""
    return given.planned[place - 1] if 1 <= place <= len(given.planned) else place
