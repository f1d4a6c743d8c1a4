"""What must hold at the tables beyond languages and needs: pins, who sits apart, who together, no lone speakers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from burgertop.core.errors import InputError
from burgertop.core.seating.people import Person, Table

__all__ = ["LEAST_SPEAKERS", "MOST_WEIGHT", "Pin", "Rules", "apart_sets", "check_rules", "rules_for"]

LEAST_SPEAKERS = 3
MOST_WEIGHT = 100


@dataclass(frozen=True, slots=True)
class Pin:
    """Somebody has a fixed table, in one round or (``round`` 0) in all of them.

    >>> Pin("a", 7)
    Pin(person='a', table=7, round=0)
    """

    person: str
    table: int
    round: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a day.

    Args:
        pins: who has a fixed table.
        apart: sets of ids; no two of a set share a table in any round.
        together: sets of ids; a set shares a table in every round (a carer, a sign interpreter).
        households_apart: whether people of one household sit apart.
        least_speakers: at a table where several languages are heard, somebody who follows only one
            of them has company: at least this many people there follow it (themselves and people of
            several languages counted), or as many as there are where the hall has fewer. 0 or 1: no
            such rule.
        weights: feature to weight in the balance, 0 to 100; 1 where nothing is said.

    >>> Rules().least_speakers
    3
    """

    pins: tuple[Pin, ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    households_apart: bool = True
    least_speakers: int = LEAST_SPEAKERS
    weights: Mapping[str, int] = field(default_factory=dict)


def apart_sets(people: Iterable[Person], rules: Rules) -> list[tuple[str, ...]]:
    """List everybody who must not share a table: the listed sets, then the households.

    People of one household who must sit together (a carer) are no two that must sit apart.

    >>> nl = frozenset({"nl"})
    >>> apart_sets([Person("a", nl, (), "h"), Person("b", nl, (), "h")], Rules(apart=(("b", "c"),)))
    [('b', 'c'), ('a', 'b')]
    """
    homes: dict[str, list[str]] = {}
    unit = {one: number for number, ids in enumerate(rules.together) for one in ids}
    taken: set[tuple[str, int]] = set()
    for person in people:
        if not (rules.households_apart and person.household):
            continue
        if person.id in unit:
            if (person.household, unit[person.id]) in taken:
                continue
            taken.add((person.household, unit[person.id]))
        homes.setdefault(person.household, []).append(person.id)
    listed = [tuple(dict.fromkeys(ids)) for ids in rules.apart]
    return [ids for ids in (*listed, *(tuple(ids) for ids in homes.values())) if len(ids) > 1]


def rules_for(people: Sequence[Person], rules: Rules, begun: int = 0) -> Rules:
    """Keep what the rules say of people who are here and of rounds not begun.

    Args:
        people: who is here.
        rules: the rules of the day.
        begun: rounds that are over or under way; a pin of the round after them gets round 1.

    >>> rules_for([Person("a", frozenset({"nl"}), ())], Rules(apart=(("a", "b"),)), 0).apart
    ()
    """
    here = {person.id for person in people}
    pins = [pin for pin in rules.pins if pin.person in here and (not pin.round or pin.round > begun)]
    sets = ([tuple(one for one in ids if one in here) for ids in some] for some in (rules.apart, rules.together))
    apart, together = (tuple(ids for ids in some if len(ids) > 1) for some in sets)
    return replace(
        rules,
        pins=tuple(replace(pin, round=pin.round - begun if pin.round else 0) for pin in pins),
        apart=apart,
        together=together,
    )


def check_rules(
    rules: Rules, people: Sequence[Person], tables: Sequence[Table], feature_names: Sequence[str], rounds: int
) -> None:
    """Refuse rules that speak of people, tables, rounds or features that are not there.

    Args:
        rules: the rules.
        people: the people to be seated.
        tables: the tables.
        feature_names: the features that are balanced.
        rounds: how many rounds there are.

    Raises:
        InputError: ``seating.no_rounds``, ``seating.unknown_person``, ``seating.unknown_table``,
            ``seating.unknown_round``, ``seating.unknown_feature``, ``seating.bad_weight``,
            ``seating.pinned_twice``, ``seating.together_twice``.

    >>> check_rules(Rules(pins=(Pin("z", 1),)), [Person("a", frozenset({"nl"}), ())], [], (), 1)
    Traceback (most recent call last):
    burgertop.core.errors.InputError: ('seating.unknown_person', {'ids': ('z',)})
    """
    if rounds < 1:
        raise InputError("seating.no_rounds", rounds=rounds)
    known = {person.id for person in people}
    named = [pin.person for pin in rules.pins] + [one for ids in (*rules.apart, *rules.together) for one in ids]
    if strangers := tuple(sorted({one for one in named if one not in known})):
        raise InputError("seating.unknown_person", ids=strangers)
    numbers = {table.number for table in tables}
    for pin in rules.pins:
        if pin.table not in numbers:
            raise InputError("seating.unknown_table", table=pin.table)
        if not 0 <= pin.round <= rounds:
            raise InputError("seating.unknown_round", round=pin.round, rounds=rounds)
    for name, weight in rules.weights.items():
        if name not in feature_names:
            raise InputError("seating.unknown_feature", feature=name, features=tuple(feature_names))
        if not 0 <= weight <= MOST_WEIGHT:
            raise InputError("seating.bad_weight", feature=name, weight=weight, most=MOST_WEIGHT)
    _check_once(rules, rounds)


def _check_once(rules: Rules, rounds: int) -> None:
    pinned: dict[tuple[str, int], int] = {}
    for pin in rules.pins:
        for number in [pin.round] if pin.round else range(1, rounds + 1):
            if pinned.setdefault((pin.person, number), pin.table) != pin.table:
                raise InputError("seating.pinned_twice", id=pin.person, round=number)
    times = Counter(one for ids in rules.together for one in set(ids))
    if twice := tuple(sorted(one for one in times if times[one] > 1)):
        raise InputError("seating.together_twice", ids=twice)
