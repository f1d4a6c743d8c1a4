"""Reads for the doors of the summit: who was invited, whether they said yes or not."""

import uuid

from burgertop.foundation.people.models import Identity
from burgertop.stages.lottery.models import Invitee

__all__ = ["identities_without_yes", "participant_invited"]


def participant_invited(invitee_id: uuid.UUID) -> uuid.UUID | None:
    """The participant that an invitee became with the first yes; None before that."""
    return Invitee.objects.filter(pk=invitee_id).values_list("participant_id", flat=True).first()


def identities_without_yes(process_id: uuid.UUID) -> list[Identity]:
    """The sealed rows of everybody who was invited in a process and never said yes."""
    waiting = Invitee.objects.filter(stage__process_id=process_id, participant__isnull=True, erased_at__isnull=True)
    return [one.identity for one in waiting.select_related("identity") if one.identity is not None]
