"""Check a plan against the rules: by looking at every seat, sharing nothing with its maker."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from burgertop.core.errors import Param
from burgertop.core.seating.people import STEP_FREE, Person, Plan, Table

__all__ = ["Breach", "breaches_of"]


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that a plan breaks, said as a code with values.

    >>> Breach("seating.table_overfull", {"table": 3, "people": 11, "seats": 10}).code
    'seating.table_overfull'
    """

    code: str
    params: Mapping[str, Param]


def breaches_of(
    plan: Plan | Mapping[int, Sequence[str]], people: Sequence[Person], tables: Sequence[Table]
) -> tuple[Breach, ...]:
    """Look at every seat and tell every rule the plan breaks.

    Args:
        plan: who sits where, a plan or its tables.
        people: the people who should be seated.
        tables: the tables there are.

    Returns:
        The breaches, none when all is well. Codes: ``seating.unseated``,
        ``seating.seated_twice``, ``seating.unknown_person``, ``seating.unknown_table``,
        ``seating.table_overfull``, ``seating.not_understood``, ``seating.not_step_free``,
        ``seating.household_together`` (also when it could not be helped).

    Cost: O(people).

    >>> nl = frozenset({"nl"})
    >>> breaches_of({1: ["a"]}, [Person("a", nl, ())], [Table(1, 8, nl)])
    ()
    """
    seated = plan.tables if isinstance(plan, Plan) else plan
    person_of = {person.id: person for person in people}
    table_of = {table.number: table for table in tables}
    times = Counter(one for ids in seated.values() for one in ids)
    found = [
        *_named("seating.unseated", [one for one in person_of if one not in times]),
        *_named("seating.seated_twice", [one for one in times if times[one] > 1]),
        *_named("seating.unknown_person", [one for one in times if one not in person_of]),
    ]
    for number, ids in sorted(seated.items()):
        here = [person_of[one] for one in ids if one in person_of]
        if number not in table_of:
            found.append(Breach("seating.unknown_table", {"table": number}))
        else:
            found += _table_breaches(table_of[number], here, len(ids))
        homes = Counter(person.household for person in here if person.household)
        for home in sorted(home for home in homes if homes[home] > 1):
            mates = tuple(sorted(person.id for person in here if person.household == home))
            found.append(Breach("seating.household_together", {"table": number, "ids": mates}))
    return tuple(found)


def _table_breaches(table: Table, here: Sequence[Person], people: int) -> list[Breach]:
    found = []
    if people > table.seats:
        found.append(
            Breach(
                "seating.table_overfull",
                {"table": table.number, "people": people, "seats": table.seats},
            )
        )
    languages = table.languages | table.interpreter
    for person in here:
        named: dict[str, Param] = {"table": table.number, "id": person.id}
        if not person.speaks & languages:
            found.append(Breach("seating.not_understood", named))
        if STEP_FREE in person.needs and not table.is_step_free:
            found.append(Breach("seating.not_step_free", named))
    return found


def _named(code: str, ids: Sequence[str]) -> list[Breach]:
    return [Breach(code, {"ids": tuple(sorted(ids))})] if ids else []
