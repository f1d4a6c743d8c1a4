"""Dealing people at home to online tables of one language: evenly, and no table with too few."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

__all__ = ["deal"]

One = TypeVar("One", bound=Hashable)


def deal(waiting: Sequence[One], tables: Mapping[int, int], *, least: int, most: int) -> dict[One, int]:
    """Give tables to those who wait, in their order; who gets none waits on.

    As few tables as hold everybody are used, so that none is left thin when people drop out; a new table
    is begun only when all used ones together keep at least ``least`` people. Each person goes to the
    emptiest of them, the lowest number first.

    Args:
        waiting: in the order in which they are served.
        tables: how many people are at each table now, by its number; no entry is over ``most``.

    >>> deal("abcdefghijklm", {1: 0, 2: 0, 3: 0}, least=6, most=10)["a"]
    1
    >>> sorted(deal("abcdefghijklm", {1: 0, 2: 0, 3: 0}, least=6, most=10).values())
    [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]
    >>> deal("a", {1: 10, 2: 0}, least=6, most=10)
    {}
    """
    people = dict(tables)
    total = sum(people.values()) + len(waiting)
    used = sorted(number for number, count in people.items() if count)
    unused = sorted(number for number, count in people.items() if not count)
    wanted = min(-(-total // most), total // least)
    chosen = [*used, *unused[: max(0, wanted - len(used))]]
    given: dict[One, int] = {}
    for one in waiting:
        free = [number for number in chosen if people[number] < most]
        if not free:
            break
        number = min(free, key=lambda table: (people[table], table))
        people[number] += 1
        given[one] = number
    return given
