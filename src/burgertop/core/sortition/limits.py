"""What limits a draw beside its quotas: who must and never sits, how many of a household."""

from collections.abc import Sequence
from dataclasses import dataclass

from burgertop.core.errors import InputError
from burgertop.core.sortition.pool import Pool

__all__ = ["Limits", "limits_of"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one draw; made by ``limits_of``, which checks them.

    >>> Limits(must=("a",)).at_most_per_household is None
    True
    """

    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    at_most_per_household: int | None = None


def limits_of(
    pool: Pool,
    seats: int,
    must: Sequence[str] = (),
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
) -> Limits:
    """Put the limits of a draw together and check them against the pool.

    Args:
        pool: the people who can be drawn.
        seats: number of people on the panel.
        must: ids of people who are on the panel in any case.
        never: ids of people who are not.
        at_most_per_household: most people of one household; None: as many as it may be.

    Raises:
        InputError: ``sortition.unknown_person``, ``sortition.must_and_never``,
            ``sortition.must_above_seats``, ``sortition.households_unknown``,
            ``sortition.no_one_per_household``.

    Cost: O(people).

    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> limits_of(pool, 1, never=["c"])
    Traceback (most recent call last):
    burgertop.core.errors.InputError: ('sortition.unknown_person', {'ids': ('c',)})
    """
    known = set(pool.ids)
    if unknown := tuple(sorted({*must, *never} - known)):
        raise InputError("sortition.unknown_person", ids=unknown)
    if both := tuple(sorted(set(must) & set(never))):
        raise InputError("sortition.must_and_never", ids=both)
    if len(set(must)) > seats:
        raise InputError("sortition.must_above_seats", people=len(set(must)), seats=seats)
    if at_most_per_household is not None:
        if at_most_per_household < 1:
            raise InputError("sortition.no_one_per_household", limit=at_most_per_household)
        if not pool.households:
            raise InputError("sortition.households_unknown")
    return Limits(tuple(sorted(set(must))), tuple(sorted(set(never))), at_most_per_household)
