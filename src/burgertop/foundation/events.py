"""Domain events: what one room tells the others, after the database has agreed.

The only list of listeners is ``web/wiring.py``.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

__all__ = ["Event", "listen", "publish"]


class Event:
    """Something that has happened; subclasses are frozen dataclasses of ids."""


EventT = TypeVar("EventT", bound=Event)
_listeners: dict[type[Event], list[Callable[[Event], None]]] = defaultdict(list)


def listen(kind: type[EventT], listener: Callable[[EventT], None]) -> None:
    """Call ``listener`` for every event of this kind; a second wiring of the same pair is ignored."""
    listeners: list[Callable[[EventT], None]] = _listeners[kind]  # type: ignore[assignment]  # keyed by its own type
    if listener not in listeners:
        listeners.append(listener)


def publish(event: Event) -> None:
    """Tell the listeners once the transaction around this call is committed."""
    transaction.on_commit(lambda: _tell(event))


def _tell(event: Event) -> None:
    for listener in tuple(_listeners[type(event)]):
        listener(event)
