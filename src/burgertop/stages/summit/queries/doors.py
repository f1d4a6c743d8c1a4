"""Reads of the doors: who is in the house, who is missing, what each door and its device last said."""

import uuid

from django.db.models import QuerySet

from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import Arrival, Badge, Scan

__all__ = [
    "arrivals_of",
    "arrivals_of_person",
    "badges_of_person",
    "has_checked_in",
    "present_in",
    "scans_of_person",
]


def arrivals_of(stage: Stage) -> QuerySet[Arrival]:
    """Everybody who came, those who have gone again too, by the moment they came."""
    return Arrival.objects.filter(stage=stage).select_related("participant").order_by("came_at", "pk")


def present_in(stage: Stage) -> frozenset[uuid.UUID]:
    """The participants who are in the house now, walk-ins too."""
    here = Arrival.objects.filter(stage=stage, in_since__isnull=False)
    return frozenset(here.values_list("participant_id", flat=True))


def has_checked_in(stage: Stage) -> bool:
    """Whether check-in was begun: somebody came, even if nobody is in the house any more."""
    return Arrival.objects.filter(stage=stage).exists()


def arrivals_of_person(participant: Participant) -> QuerySet[Arrival]:
    """When one participant came to each summit."""
    return participant.hall_arrivals.order_by("came_at")


def scans_of_person(participant: Participant) -> QuerySet[Scan]:
    """What was scanned of one participant, in order."""
    return participant.door_scans.select_related("door").order_by("at", "number")


def badges_of_person(participant: Participant) -> QuerySet[Badge]:
    """The badges of one participant that took the place of an earlier one."""
    return participant.badges.order_by("replaced_at")
