"""Seating: people, tables, a plan for one round, and the check of a plan."""

from burgertop.core.seating.balance import balance_of
from burgertop.core.seating.people import STEP_FREE, Person, Plan, Table, may_sit
from burgertop.core.seating.seat import seat_round
from burgertop.core.seating.verify import Breach, breaches_of

__all__ = [
    "STEP_FREE",
    "Breach",
    "Person",
    "Plan",
    "Table",
    "balance_of",
    "breaches_of",
    "may_sit",
    "seat_round",
]
