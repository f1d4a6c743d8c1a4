"""The doors of the desk: for each stage, the pages that an actor's roles open."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage, StageKind, StageState

__all__ = ["DOORS", "Door", "OpenDoor", "doors_for"]

ORGANISER = frozenset({Role.ORGANISER})
EVERYONE = frozenset(Role)
ALWAYS = frozenset(StageState)
NOT_YET_DONE = ALWAYS - {StageState.CLOSED}
UNDER_WAY = frozenset({StageState.OPEN})


@dataclass(frozen=True, slots=True)
class Door:
    """A page of a stage, what it is called on the desk, who finds it there, and in which states of the stage."""

    name: str
    label: str | Promise
    roles: frozenset[Role]
    states: frozenset[StageState] = ALWAYS


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """A door as the desk shows it."""

    label: str | Promise
    url: str


DOORS: Mapping[StageKind, tuple[Door, ...]] = MappingProxyType(
    {
        StageKind.CONSULTATION: (
            Door("consultation:home", _("Public page"), EVERYONE),
            Door("consultation:moderation", _("Moderate ideas"), frozenset({Role.ORGANISER, Role.MODERATOR})),
            Door("consultation:theme_desk", _("Put ideas under themes"), frozenset({Role.ORGANISER, Role.THEME_TEAM})),
            Door("consultation:vote_desk", _("The vote on the themes"), ORGANISER),
            Door("consultation:exchange", _("Import and export"), ORGANISER),
            Door("consultation:settings", _("Settings"), ORGANISER),
        ),
        StageKind.LOTTERY: (
            Door("lottery:home", _("Public page"), EVERYONE),
            Door("lottery:new_draw", _("New draw"), ORGANISER, NOT_YET_DONE),
        ),
        StageKind.SUMMIT: (
            Door("summit:home", _("Public page"), EVERYONE),
            Door("summit:control", _("Control desk"), frozenset({Role.ORGANISER, Role.OBSERVER})),
            Door(
                "summit:doors", _("Check-in at the doors"), frozenset({Role.ORGANISER, Role.FACILITATOR, Role.OBSERVER})
            ),
            Door("summit:home_desk", _("G-Home: online tables"), ORGANISER),
            Door("summit:home_statements", _("Statements from home"), frozenset({Role.ORGANISER, Role.MODERATOR})),
            Door("summit:gathering_desk", _("G-Offs: local gatherings"), ORGANISER),
            Door("summit:lay", _("Tables"), ORGANISER),
            Door("summit:seats", _("Seats"), frozenset({Role.ORGANISER, Role.FACILITATOR, Role.OBSERVER})),
            Door("summit:papers", _("Print for the day"), frozenset({Role.ORGANISER, Role.FACILITATOR})),
            Door("summit:desk", _("Theme desk"), frozenset({Role.ORGANISER, Role.THEME_TEAM, Role.OBSERVER})),
            Door("summit:screen", _("Screen of the hall"), frozenset({Role.ORGANISER, Role.FACILITATOR})),
        ),
        StageKind.PANEL: (
            Door("panel:home", _("Public page"), EVERYONE),
            Door("panel:seating", _("Draw and seat the panel"), ORGANISER, UNDER_WAY),
            Door("panel:sittings", _("Sittings and experts"), frozenset({Role.ORGANISER, Role.FACILITATOR})),
            Door("panel:draft", _("New recommendation"), frozenset({Role.ORGANISER, Role.FACILITATOR}), UNDER_WAY),
        ),
        StageKind.REPORT: (
            Door("report:home", _("Public page"), EVERYONE),
            Door("report:desk", _("Addressees and editions"), ORGANISER, NOT_YET_DONE),
            Door("report:answers", _("Answers"), frozenset({Role.ADDRESSEE})),
        ),
    }
)


def doors_for(actor: Actor, stage: Stage) -> list[OpenDoor]:
    """Return the doors of one stage that this actor's roles open in the state it is in."""
    return [
        OpenDoor(door.label, reverse(door.name, args=[stage.process.slug, stage.slug]))
        for door in DOORS[StageKind(stage.kind)]
        if stage.state in door.states
        and (actor.has_role(stage.process_id, *door.roles) or (actor.is_operator and door.roles == EVERYONE))
    ]
