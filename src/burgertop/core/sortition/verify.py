"""Check a panel against its quotas: by counting only, sharing nothing with what drew it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from burgertop.core.errors import Param
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.quotas import Quotas

__all__ = ["Breach", "breaches_of"]


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that a panel breaks, said as a code with values.

    >>> Breach("sortition.panel_size", {"people": 21, "seats": 22}).code
    'sortition.panel_size'
    """

    code: str
    params: Mapping[str, Param]


def breaches_of(
    pool: Pool,
    quotas: Quotas,
    panel: Sequence[str],
    *,
    must: Sequence[str] = (),
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
) -> tuple[Breach, ...]:
    """Count a panel and tell every rule it breaks.

    Args:
        pool: the people who could be drawn.
        quotas: seats, and least and most of every value.
        panel: the ids of the people on the panel.
        must: ids of people who had to be on it.
        never: ids of people who had to stay off it.
        at_most_per_household: most people of one household; None: no limit.

    Returns:
        The breaches, none when all is well. Codes: ``sortition.panel_size``,
        ``sortition.doubled_on_panel``, ``sortition.not_in_pool``, ``sortition.below_least``,
        ``sortition.above_most``, ``sortition.value_without_quota``, ``sortition.must_missing``,
        ``sortition.never_present``, ``sortition.household_above_limit``.

    Raises:
        InputError: ``sortition.unknown_feature``.

    Cost: O(people * features).

    >>> from burgertop.core.sortition import Quota
    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> quotas = Quotas(1, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 0, 1)))
    >>> breaches_of(pool, quotas, ["a"])
    ()
    >>> [(breach.code, breach.params["value"]) for breach in breaches_of(pool, quotas, ["b"])]
    [('sortition.below_least', 'woman')]
    """
    times = Counter(panel)
    known = set(pool.ids)
    found = []
    if len(panel) != quotas.seats:
        found.append(Breach("sortition.panel_size", {"people": len(panel), "seats": quotas.seats}))
    found += _named("sortition.doubled_on_panel", (one for one in times if times[one] > 1))
    found += _named("sortition.not_in_pool", (one for one in times if one not in known))
    found += _quota_breaches(pool, quotas, times)
    found += _named("sortition.must_missing", (one for one in set(must) if one not in times))
    found += _named("sortition.never_present", (one for one in set(never) if one in times))
    if at_most_per_household is not None:
        found += _household_breaches(pool, times, at_most_per_household)
    return tuple(found)


def _named(code: str, ids: Iterable[str]) -> list[Breach]:
    named = tuple(sorted(ids))
    return [Breach(code, {"ids": named})] if named else []


def _quota_breaches(pool: Pool, quotas: Quotas, times: Counter[str]) -> list[Breach]:
    found = []
    for feature in quotas.features:
        column = zip(pool.ids, pool.column(feature), strict=True)
        seated = Counter(value for one, value in column if one in times)
        rows = {row.value: row for row in quotas.of(feature)}
        for value in sorted(seated.keys() - rows.keys()):
            named: dict[str, Param] = {"feature": feature, "value": value}
            found.append(Breach("sortition.value_without_quota", named | {"people": seated[value]}))
        for row in rows.values():
            people = seated[row.value]
            named = {"feature": feature, "value": row.value, "people": people}
            if people < row.least:
                found.append(Breach("sortition.below_least", named | {"least": row.least}))
            if people > row.most:
                found.append(Breach("sortition.above_most", named | {"most": row.most}))
    return found


def _household_breaches(pool: Pool, times: Counter[str], limit: int) -> list[Breach]:
    homes = zip(pool.ids, pool.households, strict=False)
    seated = Counter(home for one, home in homes if home and one in times)
    return [
        Breach(
            "sortition.household_above_limit",
            {"household": home, "people": people, "limit": limit},
        )
        for home, people in sorted(seated.items())
        if people > limit
    ]
