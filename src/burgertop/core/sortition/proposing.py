"""Quotas proposed from what the population is like."""

from collections.abc import Mapping

from burgertop.core.errors import InputError
from burgertop.core.sortition.quotas import Quota

__all__ = ["propose_quotas"]


def propose_quotas(
    margins: Mapping[str, Mapping[str, int]],
    seats: int,
    *,
    tolerance: int = 2,
    at_least: Mapping[tuple[str, str], int] | None = None,
) -> tuple[Quota, ...]:
    """Propose a quota for every value from the margins of the population.

    Seats are shared out in proportion, rounded by largest remainders; a group whose share is below its
    least seats gets these, and the others share the rest. The tolerance is the play on either side.

    Args:
        margins: for each feature the number of people with each value.
        seats: number of people on the panel.
        tolerance: seats of play below and above the share, 0 or more.
        at_least: least seats of small groups, by feature and value.

    Returns:
        One quota for each value, consistent in each feature: leasts add up to the seats at most,
        mosts at least.

    Raises:
        InputError: ``sortition.no_margins``, ``sortition.unknown_value``, ``sortition.negative_quota``,
            ``sortition.least_above_seats``.

    Cost: O(values squared).
    Source: Hamilton's method of largest remainders (Balinski and Young, 2001, Fair Representation).

    >>> adults = {"language": {"nl": 5_072_000, "fr": 3_588_000, "de": 60_000}}
    >>> for quota in propose_quotas(adults, 32, tolerance=1, at_least={("language", "de"): 2}):
    ...     print(quota.value, quota.least, quota.most)
    nl 17 19
    fr 11 13
    de 2 3
    """
    wanted = dict(at_least or {})
    for feature, value in wanted:
        if value not in margins.get(feature, {}):
            raise InputError("sortition.unknown_value", feature=feature, value=value)
    proposed: list[Quota] = []
    for feature, counts in margins.items():
        least = {value: wanted.get((feature, value), 0) for value in counts}
        if sum(counts.values()) <= 0 or min(counts.values()) < 0:
            raise InputError("sortition.no_margins", feature=feature)
        if bad := next((value for value, number in least.items() if number < 0), None):
            raise InputError("sortition.negative_quota", feature=feature, value=bad)
        if sum(least.values()) > seats:
            raise InputError("sortition.least_above_seats", feature=feature, total=sum(least.values()), seats=seats)
        for value, share in _shared_out(counts, seats, least).items():
            low, high = max(share - tolerance, least[value], 0), min(share + tolerance, seats)
            proposed.append(Quota(feature, value, low, max(low, high)))
    return tuple(proposed)


def _shared_out(counts: Mapping[str, int], seats: int, least: Mapping[str, int]) -> dict[str, int]:
    """Share seats out in proportion; who would get fewer than the least gets the least."""
    raised: set[str] = set()
    while True:
        left = seats - sum(least[value] for value in raised)
        total = sum(number for value, number in counts.items() if value not in raised)
        exact = {
            value: left * number / total if total else 0.0 for value, number in counts.items() if value not in raised
        }
        lacking = {value for value, share in exact.items() if share < least[value]}
        if not lacking:
            break
        raised |= lacking
    shares = {value: int(share) for value, share in exact.items()}
    by_remainder = sorted(exact, key=lambda value: (shares[value] - exact[value], value))
    for value in by_remainder[: left - sum(shares.values())]:
        shares[value] += 1
    return {value: least[value] if value in raised else shares[value] for value in counts}
