"""Check a plan against the rules: by looking at every seat, sharing nothing with its maker."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from burgertop.core.errors import InputError, Param
from burgertop.core.seating.people import HEARING_LOOP, STEP_FREE, Person, Table
from burgertop.core.seating.rules import LEAST_SPEAKERS, Rules

__all__ = ["Breach", "balance_of", "breaches_of", "breaches_of_rounds", "lone_speakers", "repeats_of"]

Seated = Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that a plan breaks, said as a code with values.

    >>> Breach("seating.table_overfull", {"table": 3, "people": 11, "seats": 10}).code
    'seating.table_overfull'
    """

    code: str
    params: Mapping[str, Param]


def balance_of(seated: Seated, people: Sequence[Person]) -> float:
    """Measure how far the tables are from mirroring all the people.

    Args:
        seated: who sits where in one round.
        people: everybody seated, with features.

    Returns:
        Mean over the tables with people of the sum over features and values of
        ``|people at the table - share of all * people at the table|``; 0 is a perfect mirror.
        Whole people cannot be split, so 0 is seldom possible.

    Raises:
        InputError: ``seating.unknown_person``.

    Cost: O(people * features + tables * values).
    Source: Barrett, Gal, Goelz, Hong and Procaccia (2023), Now we're talking: Better
    deliberation groups through submodular optimization, AAAI-23, for other measures.

    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> balance_of({1: ("a", "c"), 2: ("b", "d")}, people)
    0.0
    >>> balance_of({1: ("a", "b"), 2: ("c", "d")}, people)
    2.0
    """
    features_of = {person.id: person.features for person in people}
    everybody = Counter(pair for one in people for pair in enumerate(one.features))
    total = 0.0
    for ids in seated.values():
        if unknown := tuple(one for one in ids if one not in features_of):
            raise InputError("seating.unknown_person", ids=unknown)
        here = Counter(pair for one in ids for pair in enumerate(features_of[one]))
        total += sum(abs(here[pair] - number / len(people) * len(ids)) for pair, number in everybody.items())
    return total / max(1, sum(1 for ids in seated.values() if ids))


def repeats_of(rounds: Sequence[Seated]) -> int:
    """Count meetings of pairs beyond their first.

    Cost: O(rounds * people * seats).

    >>> repeats_of([{1: ["a", "b"]}, {2: ["a", "b"]}, {1: ["b", "a"]}])
    2
    """
    times = Counter(pair for seated in rounds for ids in seated.values() for pair in combinations(sorted(ids), 2))
    return sum(number - 1 for number in times.values())


def lone_speakers(
    seated: Seated, people: Sequence[Person], tables: Sequence[Table], least: int = LEAST_SPEAKERS
) -> list[tuple[int, str]]:
    """List who follows only one language of a mixed table and has fewer than ``least`` - 1 others to speak it with.

    Args:
        seated: who sits where in one round.
        people: the people.
        tables: the tables.
        least: how many speakers, people of several languages counted.

    Returns:
        Table number and id, in order. A table is mixed when it is heard in several languages.

    >>> people = [Person("a", frozenset({"nl"}), ()), Person("b", frozenset({"fr"}), ())]
    >>> lone_speakers({1: ["a", "b"]}, people, [Table(1, 2, frozenset({"nl"}), frozenset({"fr"}))])
    [(1, 'a'), (1, 'b')]
    """
    person_of = {person.id: person for person in people}
    table_of = {table.number: table for table in tables}
    found = []
    for number, ids in sorted(seated.items()):
        heard = table_of[number].languages | table_of[number].interpreter if number in table_of else frozenset()
        here = [person_of[one] for one in ids if one in person_of]
        for person in sorted(here, key=lambda one: one.id):
            follows = person.speaks & heard
            if len(heard) > 1 and len(follows) == 1 and sum(bool(one.speaks & follows) for one in here) < least:
                found.append((number, person.id))
    return found


def breaches_of_rounds(
    rounds: Sequence[Seated], people: Sequence[Person], tables: Sequence[Table], rules: Rules
) -> tuple[Breach, ...]:
    """Look at every seat of every round and tell every rule the plan breaks.

    Args:
        rounds: who sits where.
        people: the people who should be seated.
        tables: the tables there are.
        rules: the rules of the day.

    Returns:
        The breaches, each with its ``round`` from 1. Codes as ``breaches_of``, and
        ``seating.not_at_pin``, ``seating.not_apart``, ``seating.not_together``,
        ``seating.lone_speaker`` (only where more company exists in the hall).

    Cost: O(rounds * people * seats).

    >>> rules = Rules(together=(("a", "b"),))
    >>> nl = frozenset({"nl"})
    >>> people, tables = [Person("a", nl, ()), Person("b", nl, ())], [Table(1, 8, nl), Table(2, 8, nl)]
    >>> found = breaches_of_rounds([{1: ["a"], 2: ["b"]}], people, tables, rules)
    >>> [(breach.code, breach.params["round"]) for breach in found]
    [('seating.not_together', 1)]
    """
    return tuple(
        Breach(breach.code, {"round": number, **breach.params})
        for number, seated in enumerate(rounds, 1)
        for breach in (*breaches_of(seated, people, tables), *_rule_breaches(number, seated, people, tables, rules))
        if breach.code != "seating.household_together" or not _may_share(breach.params["ids"], rules)
    )


def _may_share(ids: Param, rules: Rules) -> bool:
    """Whether people of one household may share a table: they must, or nobody minds."""
    return not rules.households_apart or any(isinstance(ids, tuple) and set(ids) <= set(one) for one in rules.together)


def _rule_breaches(
    number: int, seated: Seated, people: Sequence[Person], tables: Sequence[Table], rules: Rules
) -> Iterator[Breach]:
    at = {one: table for table, ids in seated.items() for one in ids}
    for pin in rules.pins:
        if pin.round in {0, number} and at.get(pin.person) != pin.table:
            yield Breach("seating.not_at_pin", {"id": pin.person, "table": pin.table})
    for ids in rules.apart:
        for one, other in combinations(sorted(set(ids)), 2):
            if one in at and at[one] == at.get(other):
                yield Breach("seating.not_apart", {"table": at[one], "ids": (one, other)})
    for ids in rules.together:
        if len({at.get(one) for one in ids}) > 1:
            yield Breach("seating.not_together", {"ids": tuple(ids)})
    if rules.least_speakers > 1:
        yield from _lone_breaches(seated, people, tables, rules.least_speakers)


def _lone_breaches(seated: Seated, people: Sequence[Person], tables: Sequence[Table], least: int) -> Iterator[Breach]:
    person_of = {person.id: person for person in people}
    table_of = {table.number: table for table in tables}
    for table, one in lone_speakers(seated, people, tables, least):
        language = person_of[one].speaks & (table_of[table].languages | table_of[table].interpreter)
        here = sum(bool(person_of[other].speaks & language) for other in seated[table] if other in person_of)
        there_are = sum(bool(other.speaks & language) and not _misses(other, table_of[table]) for other in people)
        if here < min(least, there_are):
            yield Breach("seating.lone_speaker", {"table": table, "id": one, "language": min(language)})


def breaches_of(seated: Seated, people: Sequence[Person], tables: Sequence[Table]) -> tuple[Breach, ...]:
    """Look at every seat of a round and tell which seats break a rule.

    Args:
        seated: who sits where in one round.
        people: the people who should be seated.
        tables: the tables there are.

    Returns:
        The breaches, none when all is well. Codes: ``seating.unseated``,
        ``seating.seated_twice``, ``seating.unknown_person``, ``seating.unknown_table``,
        ``seating.table_overfull``, ``seating.not_understood``, ``seating.not_step_free``,
        ``seating.no_hearing_loop``, ``seating.household_together`` (also when it could not be helped).

    Cost: O(people).

    >>> nl = frozenset({"nl"})
    >>> breaches_of({1: ["a"]}, [Person("a", nl, ())], [Table(1, 8, nl)])
    ()
    """
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
        params = {"table": table.number, "people": people, "seats": table.seats}
        found.append(Breach("seating.table_overfull", params))
    for person in here:
        found += [Breach(code, {"table": table.number, "id": person.id}) for code in _misses(person, table)]
    return found


def _misses(person: Person, table: Table) -> list[str]:
    """The codes of what a person lacks at a table."""
    return [
        code
        for code, is_lacking in (
            ("seating.not_understood", not person.speaks & (table.languages | table.interpreter)),
            ("seating.not_step_free", STEP_FREE in person.needs and not table.is_step_free),
            ("seating.no_hearing_loop", HEARING_LOOP in person.needs and not table.has_hearing_loop),
        )
        if is_lacking
    ]


def _named(code: str, ids: Sequence[str]) -> list[Breach]:
    return [Breach(code, {"ids": tuple(sorted(ids))})] if ids else []
