"""The folder of a plan: what stands in it, and the same read back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from burgertop.cli.house import BadInputError
from burgertop.cli.seating.halls import Hall
from burgertop.cli.sortition.folder import MANIFEST, as_json, read_json
from burgertop.cli.sortition.saying import spoken
from burgertop.core.errors import CoreError, Param
from burgertop.core.seating import HEARING_LOOP, STEP_FREE, Person, Pin, Rules, Table
from burgertop.foundation import wording
from burgertop.foundation.files.tables import read_table, write_csv
from burgertop.stages.summit.sentences import SENTENCES

if TYPE_CHECKING:
    from burgertop.core.seating import Seating  # loads the solver

__all__ = [
    "HALL",
    "KIND",
    "PLAN",
    "SEATS",
    "Plan",
    "chance",
    "hall_json",
    "named_params",
    "open_plan",
    "plan_json",
    "saying",
    "seats_csv",
]

KIND, SEATS, PLAN, HALL = "burgertop.seating", "seats.csv", "plan.json", "hall.json"
Rounds = Sequence[Mapping[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A folder, read back; ``before`` are rounds of other folders, held at other tables."""

    folder: Path
    manifest: dict[str, Any]
    told: dict[str, Any]
    hall: Hall
    rules: Rules
    rounds: tuple[dict[int, tuple[str, ...]], ...]
    away: frozenset[str]
    begun: int
    before: tuple[dict[int, tuple[str, ...]], ...] = ()

    @property
    def here(self) -> tuple[Person, ...]:
        """Those who sit in the rounds not begun."""
        return tuple(person for person in self.hall.people if person.id not in self.away)


def chance(seed: str) -> np.random.Generator:
    """All the chance of a plan, from the words of its seed."""
    digest = sha256(f"burgertop seating\n{seed}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


@contextmanager
def saying(hall: Hall) -> Iterator[None]:
    """Turn what the core refuses into a problem in words, tables by their names."""
    wording.register(SENTENCES)
    with spoken():
        try:
            yield
        except CoreError as error:
            raise type(error)(error.code, **named_params(error.params, hall)) from error


def named_params(params: Mapping[str, Param], hall: Hall) -> dict[str, Param]:
    """The values of an error or a breach, tables by their names."""
    return {name: _named(name, value, hall) for name, value in params.items()}


def _named(name: str, value: Param, hall: Hall) -> Param:
    if name == "table" and isinstance(value, int) and 0 < value <= len(hall.names):
        return hall.names[value - 1]
    if name == "rules" and isinstance(value, tuple):
        return tuple(_named_rule(one, hall) for one in value)
    return value


def _named_rule(rule: str, hall: Hall) -> str:
    person, sign, where = rule.rpartition("@")
    number, slash, round_ = where.partition("/")
    if not rule.startswith("pin:") or not sign or not number.isdecimal():
        return rule
    return f"{person}@{hall.names[int(number) - 1]}{slash}{round_}"


def seats_csv(hall: Hall, rounds: Rounds) -> bytes:
    """One row for each person in each round."""
    rows = (
        (number, hall.names[table - 1], one)
        for number, seated in enumerate(rounds, 1)
        for table, ids in sorted(seated.items())
        for one in ids
    )
    return write_csv(("round", "table", "id"), rows)


def plan_json(hall: Hall, plan: "Seating", breaches: int, **more: object) -> bytes:
    """The figures of a plan."""
    return as_json(
        {
            "rounds": len(plan.rounds),
            "people": len(hall.people),
            "tables": len(hall.tables),
            "hard_violations": breaches,
            "balance": plan.balance,
            "bound": plan.bound,
            "repeats": plan.repeats,
            "forced_repeats": plan.forced_repeats,
            "lone_speakers": plan.lone_speakers,
            "forced_lone_speakers": plan.forced_lone_speakers,
            "features": {
                name: {"balance": mine, "bound": least}
                for name, (mine, least) in zip(hall.features, plan.by_feature, strict=True)
            },
            **more,
        }
    )


def hall_json(hall: Hall, rules: Rules, *, away: Sequence[str] = (), begun: int = 0, before: Rounds = ()) -> bytes:
    """People, tables and rules, so that the plan can be checked and changed without the files it came from.

    ``away`` are people who are not here, ``begun`` how many rounds were over or under way, ``before`` who sat together
    in another part of the day.
    """
    people = [[one.id, sorted(one.speaks), list(one.features), one.household, sorted(one.needs)] for one in hall.people]
    tables = [
        [name, one.seats, sorted(one.languages), sorted(one.interpreter), sorted(one.meets)]
        for name, one in zip(hall.names, hall.tables, strict=True)
    ]
    told = {
        "pins": [[pin.person, hall.names[pin.table - 1], pin.round] for pin in rules.pins],
        "apart": rules.apart,
        "together": rules.together,
        "households_apart": rules.households_apart,
        "least_speakers": rules.least_speakers,
        "weights": dict(rules.weights),
    }
    values: dict[str, object] = {"features": hall.features, "people": people, "tables": tables, "rules": told}
    values |= {"away": sorted(away), "begun": begun}
    if before:
        values["before"] = [[list(ids) for _, ids in sorted(seated.items())] for seated in before]
    return (json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def open_plan(folder: Path) -> Plan:
    """Read a folder that holds a plan."""
    manifest = read_json(folder / MANIFEST)
    if manifest.get("kind") != KIND:
        raise BadInputError(f"{folder} is not the folder of a seating: {MANIFEST} says “{manifest.get('kind', '')}”.")
    try:
        told = read_json(folder / HALL)
        hall, rules = _hall_from(told)
        away, begun = frozenset(map(str, told["away"])), int(told["begun"])
        rounds = _rounds_from(folder / SEATS, hall)
        before = tuple(
            {number: tuple(map(str, ids)) for number, ids in enumerate(tables, 1)} for tables in told.get("before", ())
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadInputError(f"{folder} cannot be read: {HALL} or {SEATS} is damaged ({error}).") from error
    return Plan(folder, manifest, read_json(folder / PLAN), hall, rules, rounds, away, begun, before)


def _hall_from(told: Mapping[str, Any]) -> tuple[Hall, Rules]:
    people = tuple(
        Person(one, frozenset(speaks), tuple(values), home, frozenset(needs))
        for one, speaks, values, home, needs in told["people"]
    )
    names = tuple(str(row[0]) for row in told["tables"])
    tables = tuple(
        Table(number, seats, frozenset(languages), frozenset(added), STEP_FREE in meets, HEARING_LOOP in meets)
        for number, (_, seats, languages, added, meets) in enumerate(told["tables"], 1)
    )
    hall = Hall(people, tuple(told["features"]), tables, names)
    rules = told["rules"]
    return hall, Rules(
        pins=tuple(Pin(one, hall.number_of(table), number) for one, table, number in rules["pins"]),
        apart=tuple(map(tuple, rules["apart"])),
        together=tuple(map(tuple, rules["together"])),
        households_apart=bool(rules["households_apart"]),
        least_speakers=int(rules["least_speakers"]),
        weights=dict(rules["weights"]),
    )


def _rounds_from(path: Path, hall: Hall) -> tuple[dict[int, tuple[str, ...]], ...]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    with spoken(path.name):
        table = read_table(path.name, content)
        columns = [table.column(name) for name in ("round", "table", "id")]
    last = max(int(cell) for cell in columns[0])
    seated: list[dict[int, list[str]]] = [{one.number: [] for one in hall.tables} for _ in range(last)]
    ids = {one.id.removeprefix("'"): one.id for one in hall.people}
    number_of = {name: number for number, name in enumerate(hall.names, 1)}
    for round_, name, one in zip(*columns, strict=True):
        number = number_of.get(name, number_of.get(name.removeprefix("'"), 0))
        seated[int(round_) - 1].setdefault(number, []).append(ids.get(one.removeprefix("'"), one))
    return tuple({number: tuple(ids) for number, ids in one.items()} for one in seated)
