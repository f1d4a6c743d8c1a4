"""What it costs to move somebody by hand: each part of the balance, meetings, and every rule it would break."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from burgertop.core.errors import InputError
from burgertop.core.seating.people import Person, Table
from burgertop.core.seating.rules import Rules
from burgertop.core.seating.verify import Breach, breaches_of_rounds, lone_speakers, repeats_of

__all__ = ["MoveCost", "cost_of_move"]

Seated = Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class MoveCost:
    """What a move by hand changes; below 0 is better.

    Args:
        by_feature: for each feature, people too many or too few at the two tables, added up.
        repeats: repeated meetings.
        lone_speakers: people alone with their language.
        broken: rules that the move would break and that hold now.
        mended: rules that it would mend.

    >>> MoveCost((0.0,), 0, 0, (), ()).is_allowed
    True
    """

    by_feature: tuple[float, ...]
    repeats: int
    lone_speakers: int
    broken: tuple[Breach, ...]
    mended: tuple[Breach, ...]

    @property
    def is_allowed(self) -> bool:
        """Whether no rule would be broken."""
        return not self.broken


def cost_of_move(
    people: Sequence[Person],
    tables: Sequence[Table],
    rounds: Sequence[Seated],
    *,
    number: int,
    person: str,
    table: int,
    swap_with: str = "",
    rules: Rules | None = None,
) -> MoveCost:
    """Tell what moving somebody to another table in one round would change.

    Args:
        people: everybody seated.
        tables: the tables.
        rounds: who sits where.
        number: the round, from 1.
        person: who moves.
        table: where to.
        swap_with: who moves the other way, if anybody.
        rules: the rules of the day.

    Returns:
        The cost; nothing is changed.

    Raises:
        InputError: ``seating.unknown_round``, ``seating.unknown_person`` (not seated in this round),
            ``seating.unknown_table``.

    Cost: O(people * rounds), some milliseconds.
    Source: own.

    >>> nl = frozenset({"nl"})
    >>> people = [Person(one, nl, (sex,)) for one, sex in zip("abcd", "mmww")]
    >>> tables, plan = [Table(1, 2, nl), Table(2, 2, nl)], [{1: "ab", 2: "cd"}]
    >>> cost_of_move(people, tables, plan, number=1, person="a", table=2, swap_with="c").by_feature
    (-4.0,)
    >>> [one.code for one in cost_of_move(people, tables, plan, number=1, person="a", table=2).broken]
    ['seating.table_overfull']
    """
    if not 1 <= number <= len(rounds):
        raise InputError("seating.unknown_round", round=number, rounds=len(rounds))
    if table not in {one.number for one in tables}:
        raise InputError("seating.unknown_table", table=table)
    now = {at: tuple(ids) for at, ids in rounds[number - 1].items()}
    then = _moved(now, person, table, swap_with)
    after = [*rounds[: number - 1], then, *rounds[number:]]
    day = rules or Rules()
    before_breaches, after_breaches = (_breaches(some, people, tables, day) for some in (rounds, after))
    lonely = [len(lone_speakers(some, people, tables)) for some in (now, then)]
    mine, theirs = (_distances(some, people) for some in (now, then))
    return MoveCost(
        by_feature=tuple(new - old for old, new in zip(mine, theirs, strict=True)),
        repeats=repeats_of(after) - repeats_of(rounds),
        lone_speakers=lonely[1] - lonely[0],
        broken=_missing_in(after_breaches, before_breaches),
        mended=_missing_in(before_breaches, after_breaches),
    )


def _moved(now: Mapping[int, tuple[str, ...]], person: str, table: int, swap_with: str) -> dict[int, tuple[str, ...]]:
    at = {one: place for place, ids in now.items() for one in ids}
    if missing := tuple(one for one in (person, swap_with) if one and one not in at):
        raise InputError("seating.unknown_person", ids=missing)
    goes = {person: table} | ({swap_with: at[person]} if swap_with else {})
    then = {place: tuple(one for one in ids if one not in goes) for place, ids in now.items()}
    for one, place in goes.items():
        then[place] = (*then.get(place, ()), one)
    return then


def _breaches(
    rounds: Sequence[Seated], people: Sequence[Person], tables: Sequence[Table], rules: Rules
) -> list[Breach]:
    return list(breaches_of_rounds(rounds, people, tables, rules))


def _missing_in(some: Sequence[Breach], others: Sequence[Breach]) -> tuple[Breach, ...]:
    return tuple(one for one in some if one not in others)


def _distances(seated: Seated, people: Sequence[Person]) -> list[float]:
    features_of = {one.id: one.features for one in people}
    everybody = Counter(pair for one in people for pair in enumerate(one.features))
    sums = [0.0] * (len(people[0].features) if people else 0)
    for ids in seated.values():
        here = Counter(pair for one in ids for pair in enumerate(features_of[one]))
        for pair, number in everybody.items():
            sums[pair[0]] += abs(here[pair] - number / len(people) * len(ids))
    return sums
