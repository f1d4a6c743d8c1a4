"""Check a panel, and a whole lottery with its proof: by counting and adding, sharing nothing with what drew it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum

import numpy as np
from numpy.typing import NDArray

from burgertop.core.errors import Param
from burgertop.core.sortition.chance import canonical_digest
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.published import CertificateLevel, Lottery, reordered
from burgertop.core.sortition.quotas import Quotas

__all__ = ["FAILED", "OPEN", "PASSED", "Breach", "Check", "breaches_of", "verify_lottery"]

PASSED, FAILED, OPEN = "passed", "failed", "open"
CLOSE = 1e-9
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that a panel breaks, said as a code with values.

    >>> Breach("sortition.panel_size", {"people": 21, "seats": 22}).params["people"]
    21
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
    crowded = [(home, people) for home, people in sorted(seated.items()) if people > limit]
    code = "sortition.household_above_limit"
    return [Breach(code, {"household": home, "people": people, "limit": limit}) for home, people in crowded]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: its code, how it ended (passed, failed, or open), and values.

    >>> Check("sortition.check_panels", PASSED).state
    'passed'
    """

    code: str
    state: str
    params: Mapping[str, Param] = field(default_factory=dict)


def verify_lottery(
    pool: Pool,
    quotas: Quotas,
    lottery: Lottery,
    *,
    must: Sequence[str] = (),
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
    gap: float = 1e-6,
) -> tuple[Check, ...]:
    """Check everything a lottery claims, without a solver.

    Args:
        pool: the people who could be drawn.
        quotas: seats, and least and most of every value.
        lottery: what was published.
        must: ids of people who are on every panel.
        never: ids of people who are on none.
        at_most_per_household: most people of one household; None: no limit.
        gap: largest relative difference that is allowed between ideal and exact chances.

    Returns:
        The checks; ``open`` says what only a solver could check, or what was not asked for.

    Cost: O(panels * seats * features + levels * people * features).

    >>> from burgertop.core.sortition import Quota, lottery_of
    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> quotas = Quotas(1, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1)))
    >>> {check.state for check in verify_lottery(pool, quotas, lottery_of(pool, quotas))}
    {'passed'}
    """
    limit = at_most_per_household
    digest = canonical_digest(pool, quotas, must=must, never=never, at_most_per_household=limit)
    whole = (lottery.ids, lottery.ideal, lottery.exact, lottery.published, lottery.alike)
    is_whole = set(lottery.ids) == set(pool.ids) and all(len(one) == len(pool) for one in whole)
    first = _told(
        "sortition.check_input",
        is_whole and (digest, quotas.seats) == (lottery.input_digest, lottery.seats),
        digest=digest,
    )
    if first.state == FAILED:
        return (first,)
    case = _Case(pool, quotas, set(must), set(never), limit, reordered(lottery, pool.ids))
    return (first, *_checks_of_panels(case), *_checks_of_chances(case, gap), _check_of_certificate(case))


@dataclass(frozen=True, eq=False)
class _Case:
    pool: Pool
    quotas: Quotas
    must: set[str]
    never: set[str]
    limit: int | None
    lottery: Lottery

    def among(self, ids: set[str]) -> NDArray[np.bool_]:
        return np.array([one in ids for one in self.pool.ids])


def _told(code: str, is_right: object, **params: Param) -> Check:
    return Check(code, PASSED if is_right else FAILED, params)


def _checks_of_panels(case: _Case) -> list[Check]:
    pool, lottery = case.pool, case.lottery
    every = np.concatenate([lottery.panels, lottery.extra_panels])
    if every.shape[1] != case.quotas.seats or ((every < 0) | (every >= len(pool))).any():
        return [Check("sortition.check_panels", FAILED, {"panels": len(every), "wrong": len(every)})]
    on = np.zeros((len(every), len(pool)), dtype=np.bool_)
    on[np.arange(len(every))[:, None], every] = True
    wrong = on.sum(axis=1) != case.quotas.seats
    for row in case.quotas:
        seated = on[:, np.array(pool.column(row.feature)) == row.value].sum(axis=1)
        wrong |= (seated < row.least) | (seated > row.most)
    wrong |= ~on[:, case.among(case.must)].all(axis=1) | on[:, case.among(case.never)].any(axis=1)
    if case.limit is not None:
        homes, at = np.unique(np.array(pool.households), return_inverse=True)
        for number, panel in enumerate(every):
            wrong[number] |= (np.bincount(at[panel], minlength=len(homes))[homes != ""] > case.limit).any()
    numbers = on[: len(lottery.panels)].sum(axis=0)
    is_other, is_short = (
        numbers != lottery.published,
        numbers < np.floor(len(lottery.panels) * lottery.ideal * (1 - CLOSE)),
    )
    return [
        _told("sortition.check_panels", not wrong.any(), panels=len(every), wrong=int(wrong.sum())),
        _told("sortition.check_published", not is_other.any(), people=int(is_other.sum())),
        _told("sortition.check_floor", not is_short.any(), people=int(is_short.sum())),
    ]


def _checks_of_chances(case: _Case, gap: float) -> list[Check]:
    lottery, weights = case.lottery, case.lottery.weights
    every, kinds = np.concatenate([lottery.panels, lottery.extra_panels]), int(lottery.alike.max()) + 1
    if not len(weights):
        return [Check("sortition.check_weights", OPEN)]
    if len(weights) != len(every) or (weights < 0).any() or abs(fsum(weights) - 1) > CLOSE:
        return [Check("sortition.check_weights", FAILED)]
    seated = np.zeros(kinds)
    np.add.at(seated, lottery.alike[every], np.broadcast_to(weights[:, None], every.shape))
    chances = (seated / np.maximum(np.bincount(lottery.alike, minlength=kinds), 1))[lottery.alike]
    far = float((np.abs(chances - lottery.ideal) / np.where(lottery.ideal > 0, lottery.ideal, 1)).max())
    return [
        Check("sortition.check_weights", PASSED),
        _told("sortition.check_kinds", _are_alike(case)),
        _told("sortition.check_chances", (np.abs(chances - lottery.exact) < CLOSE).all()),
        _told("sortition.check_gap", far <= gap, gap=far),
    ]


def _are_alike(case: _Case) -> bool:
    """Tell whether people of one kind have the same values, duties and (where bound) households of one make-up."""
    pool = case.pool
    columns = [pool.column(feature) for feature in case.quotas.features]
    own = list(zip(*columns, case.among(case.must).tolist(), case.among(case.never).tolist(), strict=True))
    at_home: dict[str, list[str]] = {}
    for home, mine in zip(pool.households if case.limit else (), own, strict=False):
        if home and not mine[-1]:
            at_home.setdefault(home, []).append(repr(mine))
    make_up = {home: tuple(sorted(them)) for home, them in at_home.items() if len(them) > (case.limit or 0)}
    homes = pool.households or ("",) * len(pool)
    seen: dict[int, object] = {}
    people = ((mine, None if mine[-1] else make_up.get(home)) for mine, home in zip(own, homes, strict=True))
    return all(seen.setdefault(kind, one) == one for kind, one in zip(case.lottery.alike.tolist(), people, strict=True))


def _check_of_certificate(case: _Case) -> Check:
    """Check that the levels hold everybody once, and that each bound follows from its prices."""
    lottery, place = case.lottery, {one: number for number, one in enumerate(case.lottery.ids)}
    is_free = ~case.among(case.must | case.never)
    state, last = PASSED, 0.0
    for number, level in enumerate(lottery.certificate.levels, 1):
        members = np.array([place[one] for one in level.ids if one in place], dtype=np.int64)
        failed = Check("sortition.check_certificate", FAILED, {"level": number})
        if len(members) != len(level.ids) or not len(set(level.ids)) == len(members) > 0 or not is_free[members].all():
            return failed
        chances = lottery.ideal[members]
        if np.ptp(chances) > CLOSE or chances[0] < last - CLOSE or chances[0] > level.bound + CLOSE:
            return failed
        if level.bound < _bound(case, level, is_free, members) - CLOSE:
            return failed
        state = state if level.proof in {"duality", "size"} else OPEN
        is_free[members], last = False, float(chances[0])
    return Check("sortition.check_certificate", FAILED if is_free.any() else state, {"level": 0})


def _bound(case: _Case, level: CertificateLevel, is_free: NDArray[np.bool_], members: NDArray[np.int64]) -> float:
    """Work out what the prices prove: no panel is worth more, so not all who are free have a larger chance."""
    if level.proof != "duality":
        return 1.0 if level.proof == "size" else 0.0
    pool, ideal = case.pool, case.lottery.ideal
    whole = np.full(len(pool), level.seat_price)
    most = [level.seat_price * case.quotas.seats]
    for row in case.quotas:
        price = level.quota_prices.get((row.feature, row.value), 0.0)
        whole += price * (np.array(pool.column(row.feature)) == row.value)
        most.append(price * (row.most if price > 0 else row.least))
    for home, price in level.household_prices.items():
        whole += price * (np.array(pool.households) == home)
        most.append(max(price, 0.0) * (case.limit or 0))
    is_bound = case.among(case.must | case.never)
    worth = np.where(case.among(case.must), whole, np.where(is_bound, 0.0, np.maximum(whole, 0)))
    total = fsum(worth[is_free])
    if total <= 0 or not (worth[members] > 0).all():
        return float("inf")
    return (fsum([*most, *(worth - whole)[~is_bound]]) - fsum((worth * ideal)[~is_free])) / total
