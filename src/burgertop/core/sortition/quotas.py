"""Quotas: the least and the most seats of each value of each feature."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from burgertop.core.errors import InputError
from burgertop.core.sortition.bands import overlap_among
from burgertop.core.sortition.pool import Pool

__all__ = ["Quota", "Quotas"]


@dataclass(frozen=True, slots=True)
class Quota:
    """The seats of one value of one feature: at least ``least``, at most ``most``.

    Args:
        feature: name of the feature, such as ``"gender"``.
        value: the value, such as ``"woman"``.
        least: least number of seats, 0 or more.
        most: most number of seats, ``least`` or more.
        least_flex: how low ``least`` may go when quotas clash and are relaxed; None: down to 0.
        most_flex: how high ``most`` may go then; None: as high as the panel.

    Raises:
        InputError: ``sortition.empty_quota``, ``sortition.negative_quota``,
            ``sortition.least_above_most``, ``sortition.flex_inside_quota``.

    >>> Quota("gender", "woman", 11, 12)
    Quota(feature='gender', value='woman', least=11, most=12, least_flex=None, most_flex=None)
    >>> Quota("gender", "woman", 12, 11)
    Traceback (most recent call last):
    burgertop.core.errors.InputError: ('sortition.least_above_most', {'feature': 'gender', \
'value': 'woman', 'least': 12, 'most': 11})
    """

    feature: str
    value: str
    least: int
    most: int
    least_flex: int | None = None
    most_flex: int | None = None

    def __post_init__(self) -> None:
        """Refuse a quota that no panel could meet or that says nothing."""
        if not self.feature or not self.value:
            raise InputError("sortition.empty_quota", feature=self.feature, value=self.value)
        named = {"feature": self.feature, "value": self.value}
        if self.least < 0 or (self.least_flex is not None and self.least_flex < 0):
            raise InputError("sortition.negative_quota", **named)
        if self.least > self.most:
            raise InputError("sortition.least_above_most", **named, least=self.least, most=self.most)
        is_low_inside = self.least_flex is not None and self.least_flex > self.least
        is_high_inside = self.most_flex is not None and self.most_flex < self.most
        if is_low_inside or is_high_inside:
            raise InputError("sortition.flex_inside_quota", **named)


@dataclass(frozen=True, slots=True)
class Quotas:
    """The size of the panel and the quota of every value.

    Args:
        seats: number of people on the panel.
        rows: one quota per feature and value; a feature that is named has a row for each of
            its values.

    Raises:
        InputError: ``sortition.no_seats``, ``sortition.no_quotas``, ``sortition.doubled_quota``,
            ``sortition.least_above_seats``, ``sortition.most_below_seats``,
            ``sortition.overlapping_bands``, ``sortition.reversed_band``.

    Cost: O(rows, and values of a feature squared).

    >>> quotas = Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1)))
    >>> quotas.features
    ('gender',)
    >>> Quotas(3, quotas.rows)
    Traceback (most recent call last):
    burgertop.core.errors.InputError: ('sortition.most_below_seats', {'feature': 'gender', \
'total': 2, 'seats': 3})
    """

    seats: int
    rows: tuple[Quota, ...]

    def __post_init__(self) -> None:
        """Refuse quotas that contradict themselves, whatever the pool."""
        if self.seats < 1:
            raise InputError("sortition.no_seats", seats=self.seats)
        if not self.rows:
            raise InputError("sortition.no_quotas")
        times = Counter((row.feature, row.value) for row in self.rows)
        for (feature, value), number in times.items():
            if number > 1:
                raise InputError("sortition.doubled_quota", feature=feature, value=value)
        for feature in self.features:
            self._check_feature(feature)

    def __iter__(self) -> Iterator[Quota]:
        """Go through the rows."""
        return iter(self.rows)

    @property
    def features(self) -> tuple[str, ...]:
        """The features that have quotas, in order of first mention."""
        return tuple(dict.fromkeys(row.feature for row in self.rows))

    def of(self, feature: str) -> tuple[Quota, ...]:
        """Tell the quotas of one feature (none when it has no quotas).

        >>> [row.value for row in Quotas(1, (Quota("gender", "woman", 0, 1),)).of("gender")]
        ['woman']
        """
        return tuple(row for row in self.rows if row.feature == feature)

    def check_against(self, pool: Pool) -> None:
        """Refuse quotas that do not speak of this pool.

        A feature of the pool without any quota is allowed: it is only shown. A quota whose
        value nobody in the pool has is allowed too: ``check_feasibility`` says what it means.

        Args:
            pool: the people who can be drawn.

        Raises:
            InputError: ``sortition.pool_too_small``, ``sortition.unknown_feature``,
                ``sortition.value_without_quota``.

        Cost: O(people * features).

        >>> pool = Pool(("a",), ("gender",), (("x",),))
        >>> Quotas(1, (Quota("gender", "woman", 0, 1),)).check_against(pool)
        Traceback (most recent call last):
        burgertop.core.errors.InputError: ('sortition.value_without_quota', {'feature': 'gender', \
'value': 'x', 'people': 1})
        """
        if self.seats > len(pool):
            raise InputError("sortition.pool_too_small", people=len(pool), seats=self.seats)
        for feature in self.features:
            there = Counter(pool.column(feature))
            named = {row.value for row in self.of(feature)}
            for value in sorted(there.keys() - named):
                raise InputError(
                    "sortition.value_without_quota",
                    feature=feature,
                    value=value,
                    people=there[value],
                )

    def _check_feature(self, feature: str) -> None:
        rows = self.of(feature)
        least, most = sum(row.least for row in rows), sum(row.most for row in rows)
        if least > self.seats:
            raise InputError("sortition.least_above_seats", feature=feature, total=least, seats=self.seats)
        if most < self.seats:
            raise InputError("sortition.most_below_seats", feature=feature, total=most, seats=self.seats)
        if pair := overlap_among(tuple(row.value for row in rows)):
            raise InputError("sortition.overlapping_bands", feature=feature, first=pair[0], second=pair[1])
