"""Who may do what in the panel.

A member of the panel comes in with the seat code; organizers and facilitators with an account.
"""

import uuid
from datetime import datetime

from burgertop.foundation.codes.queries import is_standing
from burgertop.foundation.people.actors import Actor, Pass
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage, StageState
from burgertop.stages.panel.models import PanelSeat

__all__ = [
    "PURPOSE",
    "may_decide",
    "may_draft",
    "may_propose",
    "may_read_drafts",
    "may_run",
    "may_vote",
    "panel_seat_of",
]

PURPOSE = "seat"  # the code of the seat at the summit opens the panel too


def panel_seat_of(actor: Actor, stage: Stage) -> PanelSeat | None:
    """Return the seat of the panel that this browser's code opens, if it has one."""
    door = actor.pass_for(PURPOSE, stage.process_id)
    if door is None or not _is_standing(door):
        return None
    return PanelSeat.objects.filter(stage=stage, participant_id=door.subject, left_at__isnull=True).first()


def _is_standing(door: Pass) -> bool:
    """Whether the code that gave this pass still works; a pass that names no code stands."""
    try:
        return is_standing(uuid.UUID(door.key))
    except ValueError:
        return True


def may_run(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The organizer seats the panel and sets its sittings, before and during the stage."""
    return actor.has_role(stage.process_id, Role.ORGANISER) and stage.state != StageState.CLOSED


def may_draft(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Organizers and facilitators hold the pen for the panel while it works."""
    return actor.has_role(stage.process_id, Role.ORGANISER, Role.FACILITATOR) and stage.is_open(now)


def may_decide(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The organizer opens and closes votes while the panel works."""
    return actor.has_role(stage.process_id, Role.ORGANISER) and stage.is_open(now)


def may_propose(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Members of the panel propose amendments, ask experts and sign minority notes."""
    return stage.is_open(now) and (panel_seat_of(actor, stage) is not None or may_draft(actor, stage, now))


def may_vote(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Members of the panel vote; nobody else."""
    return stage.is_open(now) and panel_seat_of(actor, stage) is not None


def may_read_drafts(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Drafts are read by the panel and by staff; the public reads what was decided."""
    return actor.is_staff_of(stage.process_id) or panel_seat_of(actor, stage) is not None
