"""Counting wrong codes, per space and per network, in windows of ten minutes."""

from datetime import UTC, datetime, timedelta

from django.db.models import F

from burgertop.foundation.codes.models import Attempts, Space

__all__ = ["MOST_OF_NETWORK", "MOST_OF_SPACE", "WINDOW", "count_wrong", "minutes_to_wait"]

WINDOW = timedelta(minutes=10)
MOST_OF_SPACE = 200
MOST_OF_NETWORK = 20
START = datetime(2000, 1, 1, tzinfo=UTC)


def minutes_to_wait(space: Space, network: str, now: datetime) -> int:
    """How many minutes no code is taken, 0 when one is taken now.

    A space takes 200 wrong codes a window, or as many as it has codes; a network takes 20.
    """
    window = _window_of(now)
    rows = Attempts.objects.filter(space=space, network__in=["", network], window=window)
    wrong = dict(rows.values_list("network", "wrong"))
    is_over = bool(network) and wrong.get(network, 0) >= MOST_OF_NETWORK
    in_space = wrong.get("", 0)
    if in_space >= MOST_OF_SPACE and not is_over:
        is_over = in_space >= space.codes.filter(replaced_at__isnull=True).count()
    return -((now - window - WINDOW) // timedelta(minutes=1)) if is_over else 0


def count_wrong(space: Space, network: str, now: datetime) -> None:
    """Count one wrong code against the space and against the network it came from."""
    window = _window_of(now)
    for counted in dict.fromkeys(("", network)):
        Attempts.objects.get_or_create(space=space, network=counted, window=window)
        Attempts.objects.filter(space=space, network=counted, window=window).update(wrong=F("wrong") + 1)


def _window_of(now: datetime) -> datetime:
    return START + (now - START) // WINDOW * WINDOW
