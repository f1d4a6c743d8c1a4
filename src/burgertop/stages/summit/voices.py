"""The random ids of somebody at home: what they say and what they rate never share one."""

import uuid

from burgertop.foundation.people.pseudonyms import pseudonym
from burgertop.stages.summit.models import HomeGuest

__all__ = ["author_of", "rater_of"]


def author_of(guest: HomeGuest) -> uuid.UUID:
    """The id under which a guest speaks; the database alone cannot tell whose it is."""
    return pseudonym(f"home:{guest.pk}", guest.stage.process_id, f"home-speech:{guest.stage_id}")


def rater_of(guest: HomeGuest) -> uuid.UUID:
    """The id under which a guest rates; it says nothing about what they said."""
    return pseudonym(f"home:{guest.pk}", guest.stage.process_id, f"home-rating:{guest.stage_id}")
