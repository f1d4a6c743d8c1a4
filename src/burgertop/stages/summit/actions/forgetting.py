"""Somebody is erased: their seats to come are free, and no rule, lock or helper remembers them."""

import uuid

from django.db import transaction

from burgertop.foundation.people.models import Participant
from burgertop.stages.summit.models import PlanState, RoundState, RuleKind, Seat, SeatMove, SeatPlan, SeatRule, Staff

__all__ = ["forget_in_hall"]

LEAST_LEFT = 2


@transaction.atomic
def forget_in_hall(participant_id: uuid.UUID) -> None:
    """Free the seats of an erased person in rounds not begun, and take them out of rules and lists.

    a plan can no longer be computed again. A seat of a round that was held stays: it is a count.
    """
    Seat.objects.filter(participant_id=participant_id, round__state=RoundState.PLANNED).delete()
    SeatMove.objects.filter(participant_id=participant_id).delete()
    Staff.knows.through.objects.filter(participant_id=participant_id).delete()
    person = Participant.objects.filter(pk=participant_id).first()
    if person is None:  # an invitee who never took part
        return
    for rule in SeatRule.objects.filter(people=person):
        if rule.kind == RuleKind.PIN or rule.people.count() < LEAST_LEFT + 1:
            rule.delete()
        else:
            rule.people.remove(person)
    plans = SeatPlan.objects.filter(stage__process_id=person.process_id)
    plans.filter(state=PlanState.PROPOSED).delete()
    plans.update(given={})
