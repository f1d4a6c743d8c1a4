"""All that a plan of the hall is computed from, and its digests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from burgertop.core.seating import Person, Pin, Rules, Table, rules_for
from burgertop.core.seating.rules import LEAST_SPEAKERS
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import (
    FeatureWeight,
    PlanState,
    Round,
    RoundState,
    RuleKind,
    Seat,
    SeatMove,
    SeatPlan,
    SeatRule,
    Weight,
)
from burgertop.stages.summit.queries.hall import hall_tables_of
from burgertop.stages.summit.queries.roster import core_people, core_tables, feature_names, label_of, seated_in

__all__ = [
    "Given",
    "Lock",
    "Then",
    "given_of",
    "last_act_of",
    "lines_of",
    "locks_of",
    "proposed_plan",
    "rounds_in_order",
    "rules_of",
    "standing_plan",
    "weights_of",
]

Seated = Mapping[int, Sequence[str]]
Lock = tuple[str, int, int]  # a person, a table, the number of a round


@dataclass(frozen=True, slots=True)
class Given:
    """What a plan is computed from, as the core takes it; rounds that have begun come first.

    ``numbers`` are the numbers of the rounds in this order, ``seated`` who sits where in each of them now.
    Pins of ``rules`` count rounds in this order. ``labels`` are the numbers under which staff knows people.
    """

    people: tuple[Person, ...]
    tables: tuple[Table, ...]
    names: tuple[str, ...]
    rules: Rules
    numbers: tuple[int, ...]
    begun: int
    seated: tuple[Seated, ...]
    locks: tuple[Lock, ...]
    labels: Mapping[str, str]

    @property
    def planned(self) -> tuple[int, ...]:
        """The numbers of the rounds that are not begun."""
        return self.numbers[self.begun :]

    @property
    def held(self) -> tuple[Seated, ...]:
        """Who sat where in the rounds that have begun."""
        return self.seated[: self.begun]

    @property
    def rules_ahead(self) -> Rules:
        """The rules of those who are here, their rounds counted from the first that is not begun."""
        return rules_for(self.people, self.rules, self.begun)

    @property
    def rules_digest(self) -> str:
        """The fingerprint of the rules."""
        return fingerprint(_rule_lines(self.rules_ahead).encode())

    def input_digest(self, *, has_seats_ahead: bool) -> str:
        """The fingerprint of people, tables, and rounds held; for a re-seating also of the seats in rounds to come."""
        seated = self.seated if has_seats_ahead else self.held
        parts = [
            _input_lines(self),
            *(f"round {number}\n{lines_of(one)}" for number, one in zip(self.numbers, seated, strict=False)),
        ]
        return fingerprint("\n".join(parts).encode())


@dataclass(frozen=True, slots=True)
class Then:
    """What takes the place of what stands now: rounds to seat, tables by number, locks, who sat where by round."""

    planned: Sequence[int] | None = None
    tables: Sequence[int] | None = None
    locks: Sequence[Lock] | None = None
    seated: Mapping[int, Seated] = field(default_factory=dict)


def given_of(
    stage: Stage, people: Sequence[Participant], *, least_speakers: int = LEAST_SPEAKERS, then: Then | None = None
) -> Given:
    """Read all that a plan for these people is computed from; ``then`` holds where it says something.

    Raises:
        HouseError: ``summit.pin_at_closed_table``.
    """
    then = then or Then()
    rounds, begun = rounds_in_order(stage, then.planned)
    rows = [
        table
        for table in hall_tables_of(stage)
        if (table.closed_at is None if then.tables is None else table.number in then.tables)
    ]
    here = {table.number for table in rows}
    at = {one.number: place for place, one in enumerate(rounds, 1)}
    locks = locks_of(rounds[begun:]) if then.locks is None else then.locks
    kept = tuple((one, table, number) for one, table, number in locks if table in here and number in at)
    rules = rules_of(stage, at, here)
    pinned = {(pin.person, pin.round) for pin in rules.pins}
    hands = (Pin(one, table, at[number]) for one, table, number in kept if not {(one, 0), (one, at[number])} & pinned)
    names = feature_names(people)
    return Given(
        people=tuple(core_people(people, names)),
        tables=tuple(core_tables(rows)),
        names=tuple(names),
        rules=replace(
            rules,
            pins=(*rules.pins, *hands),
            weights={name: int(weight) for name, weight in weights_of(stage, names).items()},
            least_speakers=least_speakers,
        ),
        numbers=tuple(one.number for one in rounds),
        begun=begun,
        seated=tuple(then.seated.get(one.number, now) for one, now in zip(rounds, seated_in(rounds), strict=True)),
        locks=kept,
        labels={str(person.pk): label_of(person) for person in people},
    )


def rounds_in_order(stage: Stage, planned: Sequence[int] | None = None) -> tuple[list[Round], int]:
    """The rounds of a stage, those to be seated (``planned``, else those not begun) last; how many come first."""
    rounds = list(stage.rounds.order_by("number"))
    if planned is None:
        planned = [one.number for one in rounds if one.state == RoundState.PLANNED]
    ahead = [one for one in rounds if one.number in planned]
    return [*(one for one in rounds if one.number not in planned), *ahead], len(rounds) - len(ahead)


def locks_of(rounds: Sequence[Round]) -> list[Lock]:
    """Who was put at a table by hand in these rounds."""
    rows = Seat.objects.filter(round__in=rounds, is_by_hand=True, participant__erased_at__isnull=True)
    return sorted(
        (str(person), table, number)
        for person, table, number in rows.values_list("participant_id", "table__number", "round__number")
    )


def rules_of(stage: Stage, place_of: Mapping[int, int], open_tables: set[int]) -> Rules:
    """The rules that were made, as the core takes them; ``place_of`` a round's number is its place in the order.

    Raises:
        HouseError: ``summit.pin_at_closed_table``.
    """
    pins: list[Pin] = []
    sets: dict[str, list[tuple[str, ...]]] = {RuleKind.APART: [], RuleKind.TOGETHER: []}
    for rule in SeatRule.objects.filter(stage=stage).select_related("table", "round").prefetch_related("people"):
        ids = sorted(str(person.pk) for person in rule.people.all())
        if rule.table is None:
            sets[rule.kind].append(tuple(ids))
            continue
        if rule.table.number not in open_tables:
            raise HouseError("summit.pin_at_closed_table", table=rule.table.number)
        place = place_of[rule.round.number] if rule.round is not None else 0
        pins += [Pin(one, rule.table.number, place) for one in ids]
    return Rules(pins=tuple(pins), apart=tuple(sets[RuleKind.APART]), together=tuple(sets[RuleKind.TOGETHER]))


def weights_of(stage: Stage, names: Sequence[str]) -> dict[str, Weight]:
    """How much each of these features counts; all alike until somebody says otherwise."""
    said = dict(FeatureWeight.objects.filter(stage=stage).values_list("feature", "weight"))
    return {name: Weight(said.get(name, Weight.PLAIN)) for name in names}


def standing_plan(stage: Stage) -> SeatPlan | None:
    """The plan that holds now."""
    return SeatPlan.objects.filter(stage=stage, state=PlanState.STANDING).first()


def proposed_plan(stage: Stage) -> SeatPlan | None:
    """The plan that is shown and not yet done."""
    return SeatPlan.objects.filter(stage=stage, state=PlanState.PROPOSED).first()


def last_act_of(stage: Stage) -> list[SeatMove]:
    """The last change by hand since the plan that stands: one move, or the two of a swap; empty when there is none."""
    moves = SeatMove.objects.filter(round__stage=stage, undone_at__isnull=True)
    plan = standing_plan(stage)
    if plan is not None:
        moves = moves.filter(moved_at__gte=plan.planned_at)
    last = moves.order_by("-moved_at", "-pk").first()
    if last is None:
        return []
    return list(moves.filter(act=last.act).select_related("round__stage", "participant", "table", "origin_table"))


def lines_of(seated: Seated) -> str:
    """Write the seats of a round as text, a line for each table in order: what its digest is of."""
    return "".join(f"{number}: {' '.join(sorted(seated[number]))}\n" for number in sorted(seated) if seated[number])


def _rule_lines(rules: Rules) -> str:
    rows = sorted(f"pin {pin.person} {pin.table} {pin.round}" for pin in rules.pins)
    rows += sorted(f"apart {' '.join(sorted(ids))}" for ids in rules.apart)
    rows += sorted(f"together {' '.join(sorted(ids))}" for ids in rules.together)
    rows += sorted(f"weight {name} {weight}" for name, weight in rules.weights.items() if weight != 1)
    return "\n".join([*rows, f"least speakers {rules.least_speakers}"])


def _input_lines(given: Given) -> str:
    """Write people and tables as text, in order."""
    rows = [f"features {'|'.join(given.names)}", f"rounds {' '.join(map(str, given.planned))}"]
    rows += [
        f"table {table.number} {table.seats} {'|'.join(sorted(table.languages))} {'|'.join(sorted(table.interpreter))}"
        f" {'|'.join(sorted(table.meets))}"
        for table in sorted(given.tables, key=lambda one: one.number)
    ]
    rows += [
        f"person {person.id} {'|'.join(sorted(person.speaks))} {'|'.join(person.features)} {person.household}"
        f" {'|'.join(sorted(person.needs))}"
        for person in sorted(given.people, key=lambda one: one.id)
    ]
    return "\n".join(rows)
