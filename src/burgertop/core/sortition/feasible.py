"""One panel that meets all quotas, found by integer programming with a random objective."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition.limits import limits_of
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.program import Program, cells_of, solve
from burgertop.core.sortition.quotas import Quotas

__all__ = ["RANDOM_OBJECTIVE", "Panel", "feasible_panel"]

RANDOM_OBJECTIVE = "random-objective"


@dataclass(frozen=True, slots=True)
class Panel:
    """The people drawn and the name of the rule that drew them.

    >>> Panel(("a", "b"), RANDOM_OBJECTIVE).ids
    ('a', 'b')
    """

    ids: tuple[str, ...]
    rule: str


def feasible_panel(
    pool: Pool,
    quotas: Quotas,
    rng: np.random.Generator,
    *,
    must: Sequence[str] = (),
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
    time_limit_seconds: float | None = None,
) -> Panel:
    """Find one panel that meets every quota: the rule ``random-objective``.

    Everybody gets a random number in 0..1 and of all panels that meet the quotas the one with the
    largest sum is taken. **This is not a fair draw**: not every feasible panel is equally likely,
    and people have unequal chances that nobody has computed; those with rare combinations of
    values can have a very small one. It is a panel that meets the quotas and that nobody could
    choose, not more. The lottery with chances as equal as can be (leximin) is another rule.

    Args:
        pool: the people who can be drawn.
        quotas: seats, and least and most of every value.
        rng: gives one number per person in order of id; the order of rows does not matter.
        must: ids of people who are on the panel in any case (they count for the quotas).
        never: ids of people who are not.
        at_most_per_household: most people of one household; None: no limit.
        time_limit_seconds: raise an error rather than work longer; None: no limit.

    Returns:
        The panel, ids sorted.

    Raises:
        InputError: as ``Quotas.check_against`` and ``limits_of``.
        InfeasibleError: ``sortition.no_feasible_panel``; ``check_feasibility`` says why.
        OutOfTimeError: ``sortition.out_of_time``.

    Cost: one integer program over the people; 1-2 s for 5,000 people and 1,000 seats.
    Source: Flanigan, Goelz, Gupta, Hennig and Procaccia (2021), Fair algorithms for selecting
    citizens' assemblies, Nature 596, 548-552, on why feasible is not yet fair.

    >>> from burgertop.core.sortition import Quota
    >>> pool = Pool(("a", "b", "c"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> quotas = Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1)))
    >>> feasible_panel(pool, quotas, np.random.Generator(np.random.PCG64(1)))
    Panel(ids=('a', 'b'), rule='random-objective')
    """
    limits = limits_of(pool, quotas.seats, must, never, at_most_per_household)
    cells = cells_of(pool, quotas, limits, by_person=True)
    program = Program(
        cost=-rng.random(len(cells.members)),
        lower=cells.lower,
        upper=cells.upper,
        matrix=cells.matrix,
        row_lower=cells.row_lower,
        row_upper=cells.row_upper,
    )
    chosen = solve(program, time_limit_seconds=time_limit_seconds)
    if chosen is None:
        raise InfeasibleError("sortition.no_feasible_panel", seats=quotas.seats, people=len(pool))
    people = (cells.members[cell][0] for cell in np.flatnonzero(chosen))
    return Panel(tuple(sorted(pool.ids[place] for place in people)), RANDOM_OBJECTIVE)
