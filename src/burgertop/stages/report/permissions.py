"""Who may do what with the report: organizers publish, addressees answer, everyone reads."""

from datetime import datetime

from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage, StageState
from burgertop.stages.report.models import Addressee

__all__ = ["addressee_of", "has_old_link", "may_answer", "may_publish"]

LINK = "answer"


def addressee_of(actor: Actor, stage: Stage) -> Addressee | None:
    """Return the office that this actor answers for: by the link opened last, or by a staff account."""
    offices = Addressee.objects.filter(stage=stage).prefetch_related("texts")
    doors = [one for one in reversed(actor.passes) if (one.purpose, one.process_id) == (LINK, stage.process_id)]
    by_link = {(office.pk, office.link_key): office for office in offices.filter(pk__in=[one.subject for one in doors])}
    for door in doors:
        if (door.subject, door.key) in by_link:
            return by_link[door.subject, door.key]
    if actor.account_id is not None and actor.has_role(stage.process_id, Role.ADDRESSEE):
        return offices.filter(account_id=actor.account_id).first()
    return None


def has_old_link(actor: Actor, stage: Stage) -> bool:
    """Whether this browser once came in by a link to answer; a newer link ends the older ones."""
    return actor.pass_for(LINK, stage.process_id) is not None


def may_publish(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The organizer names addressees, makes links and publishes editions."""
    return actor.has_role(stage.process_id, Role.ORGANISER) and stage.state != StageState.CLOSED


def may_answer(actor: Actor, stage: Stage, now: datetime) -> bool:
    """An addressee answers while the stage is open; answers may also come late."""
    return stage.is_open(now) and addressee_of(actor, stage) is not None
