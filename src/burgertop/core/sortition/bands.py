"""Number bands such as ``30-44``, ``<30`` and ``60+``: which numbers they hold."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import inf

from burgertop.core.errors import InputError

__all__ = ["Band", "band_of", "overlap_among"]


@dataclass(frozen=True, slots=True)
class Band:
    """The numbers from ``low`` to ``high``; each end belongs to the band or not.

    >>> Band(30, 44).overlaps(Band(44, 59)), Band(30, 44).overlaps(Band(45, 59))
    (True, False)
    """

    low: float
    high: float
    has_low: bool = True
    has_high: bool = True

    def overlaps(self, other: "Band") -> bool:
        """Tell whether some number lies in both bands.

        >>> Band(-inf, 30, has_high=False).overlaps(Band(30, 44))
        False
        """
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and self.holds(low) and other.holds(low))

    def holds(self, number: float) -> bool:
        """Tell whether a number lies in the band.

        >>> Band(-inf, 30, has_high=False).holds(30)
        False
        """
        above = number > self.low or (number == self.low and self.has_low)
        below = number < self.high or (number == self.high and self.has_high)
        return above and below


_NUMBER = r"(\d+(?:\.\d+)?)"
_FORMS: tuple[tuple[str, Callable[..., Band]], ...] = (
    (rf"{_NUMBER}", lambda number: Band(number, number)),
    (rf"{_NUMBER}\s*[-\u2013]\s*{_NUMBER}", Band),
    (rf"{_NUMBER}\s*\+", lambda low: Band(low, inf)),
    (rf">=\s*{_NUMBER}", lambda low: Band(low, inf)),
    (rf">\s*{_NUMBER}", lambda low: Band(low, inf, has_low=False)),
    (rf"<\s*{_NUMBER}", lambda high: Band(-inf, high, has_high=False)),
    (rf"<=\s*{_NUMBER}", lambda high: Band(-inf, high)),
)


def band_of(value: str) -> Band | None:
    """Read a value as a band of numbers.

    Args:
        value: the name of a value. Read as bands are ``30-44`` (both ends included), ``60+``,
            ``>=60``, ``>59``, ``<30``, ``<=29`` and one number.

    Returns:
        The band, or None when the value is something else, such as ``woman``.

    Raises:
        InputError: ``sortition.reversed_band`` for ``44-30``.

    >>> band_of("60+")
    Band(low=60.0, high=inf, has_low=True, has_high=True)
    >>> band_of("woman") is None
    True
    """
    for pattern, band_from in _FORMS:
        if found := re.fullmatch(pattern, value.strip()):
            band = band_from(*(float(number) for number in found.groups()))
            if band.low > band.high:
                raise InputError("sortition.reversed_band", value=value)
            return band
    return None


def overlap_among(values: tuple[str, ...]) -> tuple[str, str] | None:
    """Find two values of one feature that are bands and share a number.

    Cost: O(values squared).

    >>> overlap_among(("<30", "30-45", "45-60"))
    ('30-45', '45-60')
    >>> overlap_among(("<30", "30-44", "45-59", "60+")) is None
    True
    """
    read = [(value, band) for value in values if (band := band_of(value)) is not None]
    for (first, one), (second, other) in combinations(read, 2):
        if one.overlaps(other):
            return first, second
    return None
