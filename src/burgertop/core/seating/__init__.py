"""Seating: people, tables and rules, a plan for several rounds, the check of a plan, the morning of the day.

A name is looked up when somebody asks for it, so that checking a plan loads no solver.
"""

from typing import TYPE_CHECKING

from burgertop.core.lazy import looked_up

if TYPE_CHECKING:
    from burgertop.core.seating.annealing import EFFORTS
    from burgertop.core.seating.drag import MoveCost, cost_of_move
    from burgertop.core.seating.morning import LEAST_AT_TABLE, Reseating, reseat
    from burgertop.core.seating.people import HEARING_LOOP, STEP_FREE, Person, Table, may_sit
    from burgertop.core.seating.rules import Pin, Rules, rules_for
    from burgertop.core.seating.seat import Seating, seat_rounds
    from burgertop.core.seating.staff import Staff, assign_facilitators, assign_interpreters
    from burgertop.core.seating.verify import (
        Breach,
        balance_of,
        breaches_of,
        breaches_of_rounds,
        lone_speakers,
        repeats_of,
    )
    from burgertop.core.seating.walkins import seat_walk_in

__all__ = [
    "EFFORTS",
    "HEARING_LOOP",
    "LEAST_AT_TABLE",
    "STEP_FREE",
    "Breach",
    "MoveCost",
    "Person",
    "Pin",
    "Reseating",
    "Rules",
    "Seating",
    "Staff",
    "Table",
    "assign_facilitators",
    "assign_interpreters",
    "balance_of",
    "breaches_of",
    "breaches_of_rounds",
    "cost_of_move",
    "lone_speakers",
    "may_sit",
    "repeats_of",
    "reseat",
    "rules_for",
    "seat_rounds",
    "seat_walk_in",
]

__getattr__, __dir__ = looked_up(
    __name__,
    {
        "annealing": "EFFORTS",
        "drag": "MoveCost cost_of_move",
        "morning": "LEAST_AT_TABLE Reseating reseat",
        "people": "HEARING_LOOP STEP_FREE Person Table may_sit",
        "rules": "Pin Rules rules_for",
        "seat": "Seating seat_rounds",
        "staff": "Staff assign_facilitators assign_interpreters",
        "verify": "Breach balance_of breaches_of breaches_of_rounds lone_speakers repeats_of",
        "walkins": "seat_walk_in",
    },
    globals(),
)
