"""Every kind of long work the house knows.

A room declares its jobs in its own ``jobs.py``, which is read when the house opens:

    @job("lottery.draw_panel")
    def draw_panel(args: Args, progress: Progress) -> Result: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from burgertop.foundation.jobs.progress import Progress

__all__ = ["Args", "Kind", "Result", "UnknownKindError", "job", "kind_of", "kinds"]

Args = dict[str, object]
Result = dict[str, object]
Work = Callable[[Args, Progress], Result]
When = Callable[[datetime], bool]


class UnknownKindError(LookupError):
    """No room has declared this kind of work."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: what to call, and how to treat it.

    ``may_repeat``: it may be run again after a power cut, because running it twice
    gives what running it once gives. ``every_seconds``: the worker starts it by itself, when there
    is something to do (``when``).
    """

    name: str
    work: Work
    may_repeat: bool
    every_seconds: int
    when: When | None = None


_kinds: dict[str, Kind] = {}


def job(
    name: str, *, may_repeat: bool = True, every_seconds: int = 0, when: When | None = None
) -> Callable[[Work], Work]:
    """Declare a kind of work; a name belongs to one function."""

    def declare(work: Work) -> Work:
        known = _kinds.get(name)
        if known is not None and known.work.__qualname__ != work.__qualname__:
            raise ValueError(f"{name} is declared twice.")
        _kinds[name] = Kind(name, work, may_repeat, every_seconds, when)
        return work

    return declare


def kind_of(name: str) -> Kind:
    """Return a kind of work by its name."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKindError(name) from None


def kinds() -> tuple[Kind, ...]:
    """Every kind, by name."""
    return tuple(_kinds[name] for name in sorted(_kinds))
