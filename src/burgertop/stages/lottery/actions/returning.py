"""Letters that came back: noted with the reason, so that no reminder follows; and unnoted again."""

from datetime import datetime

from django.db import transaction

from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery.models import Frame, Invitee, Reply, Return

__all__ = ["invitee_in_row", "mark_returned", "unmark_returned"]


def invitee_in_row(stage: Stage, frame: Frame | None, row: int) -> Invitee:
    """Find whoever was drawn with this row of a list; without a list, the only one that has it.

    Raises:
        HouseError: ``lottery.no_such_row``.
    """
    found = Invitee.objects.drawn().filter(stage=stage, row=row)
    if frame is not None:
        found = found.filter(frame=frame)
    people = list(found[:2])
    if len(people) != 1:
        raise HouseError("lottery.no_such_row", row=row)
    return people[0]


@transaction.atomic
def mark_returned(invitee: Invitee, why: Return, *, now: datetime) -> Invitee:
    """Note that a letter came back and nobody was reached; a second time only the reason changes.

    Raises:
        HouseError: ``lottery.reply_erased``, ``lottery.has_answered``: who answered was reached.
    """
    locked = Invitee.objects.select_for_update(of=("self",)).get(pk=invitee.pk)
    if locked.erased_at is not None:
        raise HouseError("lottery.reply_erased")
    if Reply.objects.filter(invitee=locked).exists():
        raise HouseError("lottery.has_answered")
    locked.returned_at, locked.returned_as = locked.returned_at or now, why
    locked.save(update_fields=["returned_at", "returned_as"])
    return locked


@transaction.atomic
def unmark_returned(invitee: Invitee) -> Invitee:
    """Take the note back that a letter came back; a second time changes nothing."""
    locked = Invitee.objects.select_for_update(of=("self",)).get(pk=invitee.pk)
    locked.returned_at, locked.returned_as = None, ""
    locked.save(update_fields=["returned_at", "returned_as"])
    return locked
