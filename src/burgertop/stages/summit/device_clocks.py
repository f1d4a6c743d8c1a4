"""By how much the clock of a device is slow, as far as that can be known: what a device sends may have waited.

A device tells its own moment with everything it brings. The difference to the server's moment is what its clock is
slow and what the request waited, for a network, a lock or a server that starts again; nobody can tell the two apart
in one request. So the least difference holds, until one is so large that no waiting explains it.
"""

import math
from datetime import datetime, timedelta

from burgertop.stages.summit.models import Device, DoorDevice

__all__ = ["LONGEST_WAIT", "slow_seconds"]

LONGEST_WAIT = timedelta(seconds=12)  # then a device gives up and asks anew: static/js/offline/beat.js
MOST_SECONDS = 2**31 - 1


def slow_seconds(device: Device | DoorDevice, told: datetime, *, now: datetime) -> int:
    """By how much the clock of a device is slow (less than nothing: fast), from what it tells and was known of it.

    >>> noon = datetime(2026, 11, 28, 12)
    >>> known = Device(seen_at=noon, clock_seconds=3600)
    >>> [slow_seconds(known, noon - timedelta(seconds=one), now=noon) for one in (3610, 3599, 3613, 0)]
    [3600, 3599, 3613, 0]
    """
    found = max(-MOST_SECONDS, min(math.floor((now - told).total_seconds()), MOST_SECONDS))
    known = device.clock_seconds if device.seen_at is not None else 0
    return known if known <= found <= known + LONGEST_WAIT.total_seconds() else found
