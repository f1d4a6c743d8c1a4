"""Who may do what in a consultation, and when."""

from datetime import datetime

from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.models import Raters, Setup

__all__ = [
    "is_taking_ideas",
    "is_taking_ratings",
    "may_exchange",
    "may_hold_vote",
    "may_moderate",
    "may_place",
    "may_rate",
    "may_read_desk",
    "may_read_ratings",
    "may_see_stage",
    "may_send_idea",
    "role_of",
    "setup_of",
]

MODERATORS = (Role.MODERATOR, Role.ORGANISER)
PLACERS = (Role.THEME_TEAM, Role.ORGANISER)
READERS = (Role.ORGANISER, Role.MODERATOR, Role.THEME_TEAM, Role.OBSERVER)


def setup_of(stage: Stage) -> Setup:
    """How this consultation is held; the defaults when nobody changed them."""
    try:
        return stage.consultation
    except Setup.DoesNotExist:
        return Setup(stage=stage)


def is_taking_ideas(stage: Stage, now: datetime) -> bool:
    """Whether the idea box is open."""
    until = setup_of(stage).ideas_until
    return stage.is_open(now) and (until is None or now < until)


def is_taking_ratings(stage: Stage, now: datetime) -> bool:
    """Whether ideas can be rated."""
    until = setup_of(stage).ratings_until
    return stage.is_open(now) and (until is None or now < until)


def may_see_stage(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The pages of a consultation are open to all; before it opens, to the staff of the process."""
    has_opened = stage.state != "planned"
    return has_opened or stage.is_open(now) or _is_staff(actor, stage)


def may_send_idea(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Everybody may send ideas while the box is open; no account is asked."""
    return is_taking_ideas(stage, now)


def may_rate(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Everybody may rate while ratings are taken; contributors only, when the process chose so."""
    if not is_taking_ratings(stage, now):
        return False
    if setup_of(stage).raters == Raters.CONTRIBUTORS:
        return actor.pass_for("idea", stage.process_id) is not None
    return True


def may_read_ratings(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Figures are shown once rating is over, so that nobody follows the others; earlier to observers and organisers."""
    has_ended = stage.state != "planned" and not is_taking_ratings(stage, now)
    return has_ended or actor.has_role(stage.process_id, Role.OBSERVER, Role.ORGANISER)


def may_read_desk(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The desks can be read by those who work at one, and by observers."""
    return actor.has_role(stage.process_id, *READERS)


def may_moderate(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Moderators and organisers hide and show ideas, also after the stage has closed."""
    return actor.has_role(stage.process_id, *MODERATORS)


def may_place(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The theme team and organisers put ideas under themes."""
    return actor.has_role(stage.process_id, *PLACERS) and stage.state != "closed"


def may_hold_vote(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Organisers put themes to the vote, open it and close it."""
    return actor.has_role(stage.process_id, Role.ORGANISER)


def may_exchange(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Organisers import and export, and enter ideas from paper."""
    return actor.has_role(stage.process_id, Role.ORGANISER)


def role_of(actor: Actor, stage: Stage, *wanted: Role) -> Role:
    """The role in which somebody acts here: the first of those wanted that they hold."""
    return next((role for role in wanted if actor.has_role(stage.process_id, role)), Role.ORGANISER)


def _is_staff(actor: Actor, stage: Stage) -> bool:
    return actor.is_staff_of(stage.process_id)
