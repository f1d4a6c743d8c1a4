"""After the draw: replacements for people who leave, by the same lottery, and how long a reserve should be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from burgertop.core.errors import InputError
from burgertop.core.sortition.lottery import lottery_of
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.published import Lottery
from burgertop.core.sortition.quotas import Quota, Quotas

__all__ = ["Replacements", "replacements_of", "reserve_of"]


@dataclass(frozen=True, eq=False)
class Replacements:
    """A lottery of replacements: numbered sets of people who complete a panel.

    Args:
        remaining: ids of the people who stay, sorted.
        lottery: its panels are those who stay and their replacements; its chances are conditional:
            given who stays and who has left.
    """

    remaining: tuple[str, ...]
    lottery: Lottery

    def newcomers(self, number: int) -> tuple[str, ...]:
        """Tell who comes in by a numbered set (from 1).

        Raises:
            InputError: ``sortition.no_such_panel``.
        """
        stay = set(self.remaining)
        return tuple(one for one in self.lottery.panel(number) if one not in stay)


def replacements_of(
    pool: Pool,
    quotas: Quotas,
    panel: Sequence[str],
    gone: Sequence[str],
    *,
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
    rule: str = "leximin",
    panels: int | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> Replacements:
    """Make the lottery of replacements for people who leave a panel.

    Round after round: the panel of the next round is the one with its newcomers, and ``never`` names
    everybody who has left before. Each round has its own commitment and its own public chance.

    Args:
        pool: the people who can be drawn.
        quotas: seats, and least and most of every value: for the whole panel, as before.
        panel: ids of the panel as it is, those who leave included.
        gone: ids of the people who leave now.
        never: ids of people who cannot come: left before, not reachable.
        at_most_per_household: most people of one household; None: no limit.
        rule: a name in ``RULES``.
        panels: number of numbered sets; None: as for a lottery.
        progress: as for ``lottery_of``.

    Returns:
        The lottery of replacements.

    Raises:
        InputError: ``sortition.not_on_panel``: somebody who leaves is not on it; as ``lottery_of``.
        InfeasibleError: ``sortition.no_feasible_panel``: nobody can complete the panel within the quotas;
            ``check_feasibility`` with the same must and never says what would help.

    Cost: as ``lottery_of``.

    >>> from burgertop.core.sortition import Quota
    >>> pool = Pool(tuple("abcd"), ("gender",), (("woman",), ("man",), ("woman",), ("woman",)))
    >>> quotas = Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1)))
    >>> found = replacements_of(pool, quotas, ["a", "b"], ["a"])
    >>> found.remaining, found.lottery.ideal.tolist()
    (('b',), [0.0, 1.0, 0.5, 0.5])
    """
    if strangers := tuple(sorted(set(gone) - set(panel))):
        raise InputError("sortition.not_on_panel", ids=strangers)
    remaining = tuple(sorted(set(panel) - set(gone)))
    lottery = lottery_of(
        pool,
        quotas,
        rule=rule,
        panels=panels,
        must=remaining,
        never=sorted({*gone, *never}),
        at_most_per_household=at_most_per_household,
        progress=progress,
    )
    return Replacements(remaining, lottery)


def reserve_of(
    pool: Pool,
    quotas: Quotas,
    panel: Sequence[str],
    *,
    drop_out: float | Mapping[tuple[str, str], float],
    certainty: float = 0.9,
) -> Quotas:
    """Say how many people of each value a reserve should hold, so that it outlasts those who leave.

    Args:
        pool: the people who can be drawn.
        quotas: the quotas of the panel.
        panel: ids of the panel.
        drop_out: chance that somebody leaves (0..1): one for all, or by feature and value (a person's
            chance is then the mean over the values that are named; 0 where none is).
        certainty: chance that the reserve of a value is enough (0..1, below 1).

    Returns:
        Quotas of the reserve, to be drawn by ``lottery_of`` with ``never`` = panel: of each value at
        least as many as leave with this certainty, if people leave independently, and as far as the pool
        has them. Seats: the largest sum over the values of a feature (1 at least).

    Raises:
        InputError: ``sortition.bad_share``, ``sortition.not_in_pool``.

    Cost: O(features * panel squared).

    >>> from burgertop.core.sortition import Quota
    >>> pool = Pool(tuple("abcd"), ("gender",), (("woman",), ("man",), ("woman",), ("man",)))
    >>> quotas = Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1)))
    >>> [(row.value, row.least) for row in reserve_of(pool, quotas, ["a", "b"], drop_out=0.2)]
    [('woman', 1), ('man', 1)]
    """
    shares = [drop_out] if isinstance(drop_out, float | int) else list(drop_out.values())
    if not all(0 <= share <= 1 for share in shares) or not 0 < certainty < 1:
        raise InputError("sortition.bad_share")
    if strangers := tuple(sorted(set(panel) - set(pool.ids))):
        raise InputError("sortition.not_in_pool", ids=strangers)
    place = {one: number for number, one in enumerate(pool.ids)}
    values = {feature: pool.column(feature) for feature in quotas.features}
    seated = set(panel)
    leaves = {one: _chance_to_leave({f: values[f][place[one]] for f in values}, drop_out) for one in panel}
    needed: dict[tuple[str, str], int] = {}
    for feature in quotas.features:
        for row in quotas.of(feature):
            people = [leaves[one] for one in panel if values[feature][place[one]] == row.value]
            there = sum(
                value == row.value and one not in seated for one, value in zip(pool.ids, values[feature], strict=True)
            )
            needed[feature, row.value] = min(_enough(people, certainty), there)
    seats = max(1, *(sum(needed[f, row.value] for row in quotas.of(f)) for f in quotas.features))
    return Quotas(seats, tuple(Quota(row.feature, row.value, needed[row.feature, row.value], seats) for row in quotas))


def _chance_to_leave(values: Mapping[str, str], drop_out: float | Mapping[tuple[str, str], float]) -> float:
    if isinstance(drop_out, float | int):
        return float(drop_out)
    named = [drop_out[pair] for pair in values.items() if pair in drop_out]
    return sum(named) / len(named) if named else 0.0


def _enough(chances: Sequence[float], certainty: float) -> int:
    """Find the least number that more people than that leave with less than the chance that is left."""
    spread = np.ones(1)
    for chance in chances:
        spread = np.convolve(spread, [1 - chance, chance])
    return int(np.searchsorted(np.cumsum(spread), certainty - 1e-12))
