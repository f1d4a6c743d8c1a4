"""Reads of badges: whose code it is, and whether that badge is still good."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from burgertop.foundation.codes.alphabet import canonical, is_well_formed
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.badges import badge_code
from burgertop.stages.summit.models import Badge

__all__ = ["Wearer", "badge_codes", "badge_numbers", "wearers_of"]


@dataclass(frozen=True, slots=True)
class Wearer:
    """Whose badge it is; an old badge is one that was replaced."""

    participant: uuid.UUID
    is_good: bool


def badge_numbers(stage: Stage) -> dict[uuid.UUID, int]:
    """The number of the good badge of those who have another than the first."""
    return dict(Badge.objects.filter(stage=stage).values_list("participant_id", "number"))


def badge_codes(stage: Stage, participants: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The codes to print on the badges of these people."""
    numbers = badge_numbers(stage)
    return {one: badge_code(stage.pk, one, numbers.get(one, 1)) for one in participants}


def wearers_of(stage: Stage, typed: Iterable[str], first: Iterable[uuid.UUID]) -> dict[str, Wearer]:
    """Find whose badges these codes are, first among these people, then among all of the process.

    Cost: one keyed hash a person and badge, 4 microseconds each.
    """
    numbers = badge_numbers(stage)
    wanted = {code for one in typed if is_well_formed(code := canonical(one[:40]))}
    found: dict[str, Wearer] = {}
    near = list(first)
    _look(stage, near, numbers, wanted, found)
    if wanted - set(found):
        others = Participant.objects.filter(process_id=stage.process_id, erased_at__isnull=True).exclude(pk__in=near)
        _look(stage, others.values_list("pk", flat=True), numbers, wanted, found)
    return found


def _look(
    stage: Stage,
    people: Iterable[uuid.UUID],
    numbers: Mapping[uuid.UUID, int],
    wanted: set[str],
    found: dict[str, Wearer],
) -> None:
    for one in people:
        if len(found) == len(wanted):
            return
        good = numbers.get(one, 1)
        for number in range(1, good + 1):
            code = badge_code(stage.pk, one, number)
            if code in wanted:
                found[code] = Wearer(one, is_good=number == good)
