"""People, tables and rules as whole numbers: what all the work on a seating is done with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from burgertop.core.errors import InputError
from burgertop.core.seating.people import Person, Table, check_round
from burgertop.core.seating.rules import Rules, apart_sets, check_rules

__all__ = ["NOWHERE", "Hall", "hall_of", "places_of"]

NOWHERE = -1
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Hall:
    """A hall in numbers; people are sorted by id, tables by number, and told by their place.

    Args:
        people: n people.
        tables: T tables.
        rules: the rules of the day.
        rounds: R, how many rounds are planned.
        codes: shape (n, F); each person's values, numbered over all features.
        weights: shape (V,); the weight of each value's feature.
        class_of: shape (n,); people of a class have the same languages and needs.
        may: shape (C, T); whether a class can take part at a table.
        alone: shape (T, C, L); whether the class follows only this language at this table (and the
            table has several, and the rule against lone speakers holds).
        speaks: shape (C, L); whether the class speaks the language.
        pins: shape (R, n); the fixed table, or ``NOWHERE``.
        groups: shape (n, G); numbers from 1 of the sets that must sit apart, 0 for none.
        blocks: those who must sit together.
        met: shape (B, n); tables of rounds that were held before, different for people who were away.

    >>> nl = frozenset({"nl"})
    >>> hall = hall_of([Person("b", nl, ("w",)), Person("a", nl, ("m",))], [Table(1, 2, nl)], feature_names=["sex"])
    >>> [one.id for one in hall.people], hall.codes.tolist(), hall.may.tolist()
    (['a', 'b'], [[0], [1]], [[True]])
    """

    people: tuple[Person, ...]
    tables: tuple[Table, ...]
    rules: Rules
    rounds: int
    codes: Ints
    weights: Ints
    class_of: Ints
    may: Bools
    alone: Bools
    speaks: Bools
    pins: Ints
    groups: Ints
    blocks: tuple[tuple[int, ...], ...]
    met: Ints

    @cached_property
    def seats(self) -> Ints:
        """Shape (T,); seats at each table."""
        return np.array([table.seats for table in self.tables], dtype=np.int64)

    @cached_property
    def may_person(self) -> Bools:
        """Shape (n, T); whether a person can take part at a table."""
        return self.may[self.class_of]

    @cached_property
    def class_sizes(self) -> Ints:
        """Shape (C,); people of each class."""
        return np.bincount(self.class_of, minlength=len(self.may))

    @cached_property
    def value_sizes(self) -> Ints:
        """Shape (V,); people with each value."""
        return np.bincount(self.codes.ravel(), minlength=len(self.weights))

    @cached_property
    def is_mixed(self) -> Bools:
        """Shape (T,); whether the rule against lone speakers says anything of a table."""
        mixed: Bools = np.asarray(self.alone.any(axis=(1, 2)))
        return mixed

    @cached_property
    def company(self) -> Ints:
        """Shape (T, L); how many speakers a lone speaker of a language needs at a table."""
        reach = self.may.T.astype(np.int64) @ (self.speaks * self.class_sizes[:, np.newaxis])
        company: Ints = np.minimum(self.rules.least_speakers, reach)
        return company

    def unpinned(self) -> "Hall":
        """The same hall without its pins."""
        return replace(self, pins=np.full_like(self.pins, NOWHERE))


def hall_of(
    people: Sequence[Person],
    tables: Sequence[Table],
    *,
    feature_names: Sequence[str],
    rules: Rules | None = None,
    rounds: int = 1,
    before: Sequence[Mapping[int, Sequence[str]]] = (),
) -> Hall:
    """Number people, tables and rules.

    Args:
        people: the people to be seated.
        tables: the tables.
        feature_names: names of the features, as many as each person has values.
        rules: the rules of the day; without, those of ``Rules()``.
        rounds: how many rounds are planned.
        before: rounds that were held, each as table number to ids; ids of people who left may be among them.

    Raises:
        InputError, ShapeError: as ``check_round`` and ``check_rules``.

    Cost: O(people * (features + tables)).

    >>> hall_of([Person("a", frozenset({"nl"}), ())], [Table(1, 2, frozenset({"nl"}))], feature_names=[]).rounds
    1
    """
    rules = rules or Rules()
    check_round(people, tables, feature_names)
    check_rules(rules, people, tables, feature_names, rounds)
    in_order = tuple(sorted(people, key=lambda person: person.id))
    by_number = tuple(sorted(tables, key=lambda table: table.number))
    place = {person.id: number for number, person in enumerate(in_order)}
    codes, weights = _codes_of(in_order, feature_names, rules)
    kinds = sorted({(tuple(sorted(one.speaks)), tuple(sorted(one.needs))) for one in in_order})
    number_of = {kind: number for number, kind in enumerate(kinds)}
    class_of = [number_of[tuple(sorted(one.speaks)), tuple(sorted(one.needs))] for one in in_order]
    may = [
        [bool(table.reach & set(said)) and table.meets >= set(needs) for table in by_number] for said, needs in kinds
    ]
    speaks, alone = _languages_of([frozenset(said) for said, _ in kinds], by_number, rules)
    return Hall(
        people=in_order,
        tables=by_number,
        rules=rules,
        rounds=rounds,
        codes=codes,
        weights=weights,
        class_of=np.array(class_of, dtype=np.int64),
        may=np.array(may, dtype=np.bool_),
        alone=alone,
        speaks=speaks,
        pins=_pins_of(rules, place, by_number, rounds),
        groups=_groups_of([[place[one] for one in ids] for ids in apart_sets(in_order, rules)], len(people)),
        blocks=tuple(tuple(sorted({place[one] for one in ids})) for ids in rules.together if len(set(ids)) > 1),
        met=places_of(before, place, {}),
    )


def places_of(rounds: Sequence[Mapping[int, Sequence[str]]], place: Mapping[str, int], at: Mapping[int, int]) -> Ints:
    """Turn rounds in ids into tables by people; whoever is not seated meets nobody.

    Args:
        rounds: each as table number to ids.
        place: id to place among the people; other ids are left out.
        at: table number to place among the tables; the number itself where it is missing.

    Returns:
        Shape (rounds, people); a table, or a number below 0 that nobody else has.

    Raises:
        InputError: ``seating.negative_table``.

    >>> places_of([{4: ["a", "c"]}], {"a": 0, "b": 1, "c": 2}, {4: 0}).tolist()
    [[0, -3, 0]]
    """
    found = np.tile(-2 - np.arange(len(place)), (len(rounds), 1))
    for number, seated in enumerate(rounds):
        for table, ids in seated.items():
            if table < 0:
                raise InputError("seating.negative_table", table=table)
            for one in ids:
                if one in place:
                    found[number, place[one]] = at.get(table, table)
    return found


def _pins_of(rules: Rules, place: Mapping[str, int], tables: Sequence[Table], rounds: int) -> Ints:
    at = {table.number: number for number, table in enumerate(tables)}
    pins = np.full((rounds, len(place)), NOWHERE, dtype=np.int64)
    for pin in rules.pins:
        pins[slice(pin.round - 1, pin.round) if pin.round else slice(None), place[pin.person]] = at[pin.table]
    return pins


def _codes_of(people: Sequence[Person], names: Sequence[str], rules: Rules) -> tuple[Ints, Ints]:
    pairs = sorted({pair for one in people for pair in enumerate(one.features)})
    number_of = {pair: number for number, pair in enumerate(pairs)}
    rows = [[number_of[pair] for pair in enumerate(one.features)] for one in people]
    weights = [rules.weights.get(names[feature], 1) for feature, _ in pairs]
    return np.array(rows, dtype=np.int64).reshape(len(people), -1), np.array(weights, dtype=np.int64)


def _languages_of(said: Sequence[frozenset[str]], tables: Sequence[Table], rules: Rules) -> tuple[Bools, Bools]:
    languages = sorted(frozenset().union(*said, *(table.reach for table in tables)))
    speaks = np.array([[language in one for language in languages] for one in said], dtype=np.bool_)
    heard = np.array([[language in table.reach for language in languages] for table in tables], dtype=np.bool_)
    both = speaks[np.newaxis] & heard[:, np.newaxis]
    alone: Bools = both & (both.sum(axis=2, keepdims=True) == 1) & (heard.sum(axis=1) > 1)[:, np.newaxis, np.newaxis]
    if rules.least_speakers < 2:
        alone[:] = False
    return speaks, alone


def _groups_of(sets: Iterable[Sequence[int]], people: int) -> Ints:
    of: list[list[int]] = [[] for _ in range(people)]
    for number, members in enumerate(sets, 1):
        for one in members:
            of[one].append(number)
    width = max(map(len, of), default=0)
    return np.array([[*ones, *[0] * (width - len(ones))] for ones in of], dtype=np.int64).reshape(people, width)
