"""Photos of the day: somebody at the desk agrees to be in them, or does so no longer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from burgertop.foundation.people import actions as people
from burgertop.foundation.people.models import Participant, Purpose
from burgertop.foundation.wording import HouseError

__all__ = ["agree_to_photos"]


@transaction.atomic
def agree_to_photos(participant: Participant, *, is_yes: bool, now: datetime) -> None:
    """Keep what somebody says about photos with its moment; the same word again changes nothing.

    A no counts at once, from everybody. A yes of somebody who takes part with the consent of a guardian is the
    guardian's to give, and not asked for at the desk.

    Raises:
        HouseError: ``summit.photos_need_guardian``.
    """
    locked = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    if not is_yes:
        people.withdraw_consent(locked, Purpose.PHOTO, now=now)
        return
    standing = locked.consents.filter(withdrawn_at__isnull=True)
    if standing.filter(purpose=Purpose.TAKE_PART, is_by_guardian=True).exists():
        raise HouseError("summit.photos_need_guardian")
    words, language = _("I may be in photos of the day."), get_language() or "en"
    people.give_consent(locked, Purpose.PHOTO, wording=words, language=language, now=now)
