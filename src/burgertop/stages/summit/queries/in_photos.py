"""Who agreed to be in photos of the day: nobody is who did not say yes, and a yes ends when it is taken back."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from burgertop.foundation.people.models import Consent, Participant, Purpose
from burgertop.foundation.people.queries import consents_of

__all__ = ["PhotoAnswer", "in_photos", "photo_answer_of"]


@dataclass(frozen=True, slots=True)
class PhotoAnswer:
    """What one person last said about photos, and when; ``at`` is empty for who never agreed."""

    is_yes: bool
    at: datetime | None


def in_photos(process_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """The participants of a process who agree now to be in photos; one query."""
    standing = Consent.objects.filter(
        participant__process_id=process_id, purpose=Purpose.PHOTO, withdrawn_at__isnull=True
    )
    return frozenset(standing.values_list("participant_id", flat=True))


def photo_answer_of(participant: Participant) -> PhotoAnswer:
    """What one person last said about photos."""
    last = consents_of(participant).filter(purpose=Purpose.PHOTO).order_by("-given_at").first()
    if last is None:
        return PhotoAnswer(is_yes=False, at=None)
    return PhotoAnswer(is_yes=last.withdrawn_at is None, at=last.withdrawn_at or last.given_at)
