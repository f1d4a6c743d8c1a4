"""An embargo: the hall and the press see a result now, everybody from a moment on."""

from datetime import datetime

from django.db import transaction

from burgertop.foundation.ballotbox.models import BallotState
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.votes import note_result
from burgertop.stages.summit.models import HallBallot
from burgertop.stages.summit.news import tell_hall

__all__ = ["lift_embargo", "set_embargo"]


@transaction.atomic
def set_embargo(hall: HallBallot, until: datetime, *, now: datetime) -> HallBallot:
    """Let the public see the result of a ballot from a moment on; the same moment again changes nothing.

    It can be set before the vote, and moved as long as the public has not seen the result.

    Raises:
        HouseError: ``summit.embargo_in_past``, ``summit.result_public``, ``ballots.cancelled``.
    """
    locked = _alone(hall)
    if locked.embargo_until == until:
        return locked
    if locked.ballot.state == BallotState.CANCELLED:
        raise HouseError("ballots.cancelled")
    if locked.is_public(now):
        raise HouseError("summit.result_public")
    if until <= now:
        raise HouseError("summit.embargo_in_past")
    locked.embargo_until = until
    locked.save(update_fields=["embargo_until"])
    append(locked.stage.process_id, "hall_result_embargoed", {**_facts(locked), "until": until.isoformat()}, now=now)
    tell_hall(locked.stage, "ballot", locked.number)
    return locked


@transaction.atomic
def lift_embargo(hall: HallBallot, *, now: datetime) -> HallBallot:
    """End an embargo before its moment: a result that was given out is public at once; else it waits for people."""
    locked = _alone(hall)
    if not locked.is_embargoed(now):
        return locked
    was_released = locked.is_released
    locked.embargo_until = None
    if was_released and locked.published_at is None:
        locked.published_at = now
    locked.save(update_fields=["embargo_until", "published_at"])
    append(locked.stage.process_id, "hall_embargo_lifted", _facts(locked), now=now)
    if was_released:
        note_result(locked, now=now)
    else:
        tell_hall(locked.stage, "ballot", locked.number)
    return locked


def _alone(hall: HallBallot) -> HallBallot:
    return HallBallot.objects.select_for_update(of=("self",)).select_related("stage", "ballot").get(pk=hall.pk)


def _facts(hall: HallBallot) -> dict[str, object]:
    return {"stage": str(hall.stage_id), "ballot": str(hall.ballot_id), "number": hall.number}
