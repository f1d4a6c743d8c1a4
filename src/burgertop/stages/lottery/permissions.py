"""Who may do what in a lottery, and when."""

from datetime import datetime

from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage, StageState
from burgertop.stages.lottery.models import Partner

__all__ = [
    "PARTNER",
    "may_export",
    "may_hold_draw",
    "may_invite",
    "may_nominate",
    "may_open_names",
    "may_prepare",
    "may_read_pool",
    "may_read_roster",
    "may_reply",
    "may_see_draw",
    "may_take_replies",
    "partner_of",
]

PARTNER = "partner"

READERS = (Role.ORGANISER, Role.OBSERVER, Role.PRESS, Role.DATA_PROTECTION)


def _is_organiser(actor: Actor, stage: Stage) -> bool:
    return actor.has_role(stage.process_id, Role.ORGANISER)


def may_see_draw(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The pages of a draw are public once the lottery is under way; before that, for those who may read the pool."""
    return stage.state != StageState.PLANNED or stage.is_open(now) or may_read_pool(actor, stage, now)


def may_read_pool(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Organiser, observer, press and data protection officer read the exact counts of the pool against the quotas."""
    return actor.has_role(stage.process_id, *READERS)


def may_prepare(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The organiser prepares pool and quotas until the lottery is done."""
    return stage.state != StageState.CLOSED and _is_organiser(actor, stage)


def may_hold_draw(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The organiser seals a draw and holds it while the lottery is under way."""
    return stage.is_open(now) and _is_organiser(actor, stage)


def may_read_roster(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Only the organiser sees who was drawn, number by number, with features."""
    return _is_organiser(actor, stage)


def may_open_names(actor: Actor, draw: Draw, now: datetime) -> bool:
    """Only the organiser opens names, and only of a panel that is drawn."""
    return draw.state == DrawState.DRAWN and may_read_roster(actor, draw.stage, now)


def may_export(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Only the organiser takes lists of people out."""
    return may_read_roster(actor, stage, now)


def may_invite(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The organiser commits frames, draws invitees and prints letters, until the lottery is done."""
    return may_prepare(actor, stage, now)


def may_take_replies(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The reply desk and the organiser take answers by phone and on cards while the lottery is under way."""
    return stage.is_open(now) and actor.has_role(stage.process_id, Role.REPLY_DESK, Role.ORGANISER)


def may_reply(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Whoever was written to answers with the code of the letter while the lottery is under way."""
    return stage.is_open(now)


def partner_of(actor: Actor, stage: Stage) -> Partner | None:
    """The partner whose signed link this browser opened, as long as the link stands."""
    held = actor.pass_for(PARTNER, stage.process_id)
    found = Partner.objects.filter(pk=held.subject, stage=stage).first() if held is not None else None
    return found if found is not None and held is not None and held.key == found.link_key else None


def may_nominate(actor: Actor, stage: Stage, now: datetime) -> bool:
    """A partner nominates with its link, while the lottery is under way."""
    return stage.is_open(now) and partner_of(actor, stage) is not None
