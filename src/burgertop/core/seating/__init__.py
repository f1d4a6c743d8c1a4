"""Seating: people, tables and rules, a plan for several rounds, the check of a plan, the morning of the day.

A name is looked up when somebody asks for it, so that checking a plan loads no solver.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from burgertop.core.seating.annealing import EFFORTS
    from burgertop.core.seating.people import HEARING_LOOP, STEP_FREE, Person, Plan, Table, may_sit
    from burgertop.core.seating.rules import Pin, Rules
    from burgertop.core.seating.seat import Seating, seat_round, seat_rounds
    from burgertop.core.seating.verify import (
        Breach,
        balance_of,
        breaches_of,
        breaches_of_rounds,
        lone_speakers,
        repeats_of,
    )

__all__ = [
    "EFFORTS",
    "HEARING_LOOP",
    "STEP_FREE",
    "Breach",
    "Person",
    "Pin",
    "Plan",
    "Rules",
    "Seating",
    "Table",
    "balance_of",
    "breaches_of",
    "breaches_of_rounds",
    "lone_speakers",
    "may_sit",
    "repeats_of",
    "seat_round",
    "seat_rounds",
]

_NAMES_IN = {
    "annealing": "EFFORTS",
    "people": "HEARING_LOOP STEP_FREE Person Plan Table may_sit",
    "rules": "Pin Rules",
    "seat": "Seating seat_round seat_rounds",
    "verify": "Breach balance_of breaches_of breaches_of_rounds lone_speakers repeats_of",
}
_MODULE_OF = {name: module for module, names in _NAMES_IN.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Find a name of the list above in the module that makes it."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the names above beside what is there already."""
    return sorted({*globals(), *__all__})
