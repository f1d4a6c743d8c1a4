"""Chance in whole numbers: the same on every machine, because no float takes part."""

from decimal import Context, Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["GRAIN", "heats", "noise"]

GRAIN = 1 << 10
QUANTILES = 1024
LENGTH = 1 << 17
CONTEXT = Context(prec=10)


@lru_cache(maxsize=1)
def noise() -> NDArray[np.int64]:
    """Return quantiles of the Gumbel distribution in units of 1 / GRAIN, in a fixed mixed order.

    Who takes the least of ``cost - heat * noise`` takes each choice with a chance in proportion to
    ``exp(-cost / heat)``. Logarithms are taken in decimal arithmetic, whose rounding is laid down.

    Source: Gumbel (1954), Statistical theory of extreme values, National Bureau of Standards,
    Applied Mathematics Series 33.

    >>> noise().shape, int(noise().max())
    ((131072,), 7807)
    """
    shares = (Decimal(2 * number + 1) / Decimal(2 * QUANTILES) for number in range(QUANTILES))
    values = [int((-CONTEXT.ln(-CONTEXT.ln(share)) * GRAIN).to_integral_value()) for share in shares]
    order = np.random.Generator(np.random.PCG64(2011)).permutation(LENGTH)
    return np.tile(np.array(values, dtype=np.int64), LENGTH // QUANTILES)[order]


def heats(unit: int, stages: int, warmest: int, coolest: int) -> list[int]:
    """Return falling heats: from ``warmest`` to ``coolest`` per mille of the unit, each the same part of the last.

    >>> heats(1000, 3, 400, 100)
    [400, 200, 100]
    """
    first, last = Decimal(warmest * unit) / 1000, Decimal(coolest * unit) / 1000
    step = CONTEXT.divide(CONTEXT.ln(last / first), Decimal(max(stages - 1, 1)))
    return [max(1, int((first * CONTEXT.exp(step * stage)).to_integral_value())) for stage in range(stages)]
