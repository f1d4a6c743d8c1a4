"""Who may do what at a summit, and when."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from burgertop.foundation.codes.queries import is_standing
from burgertop.foundation.keys import keyed_hash
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.models import Role
from burgertop.foundation.prepared import Prepared
from burgertop.foundation.process.models import Stage, StageState
from burgertop.stages.summit.models import (
    Device,
    Door,
    DoorDevice,
    Gathering,
    GatheringState,
    HallBallot,
    HomeGuest,
    LinkKind,
    Observation,
    Round,
    RoundState,
    SignedLink,
    Table,
)

__all__ = [
    "DOOR",
    "GATHERING",
    "HOME",
    "Holder",
    "device_hash",
    "device_of",
    "door_device_of",
    "gathering_of",
    "has_home_pen",
    "has_old_pass",
    "holder_of",
    "home_guest_of",
    "hosts_table",
    "is_author",
    "link_of",
    "may_answer_observers",
    "may_call_help",
    "may_check_in",
    "may_cluster",
    "may_export_cards",
    "may_help",
    "may_hold_pen",
    "may_host",
    "may_look_on",
    "may_look_on_as_staff",
    "may_make_links",
    "may_moderate_homes",
    "may_object",
    "may_open_table",
    "may_print_host_sheets",
    "may_print_papers",
    "may_read_desk",
    "may_read_homes",
    "may_run_day",
    "may_run_doors",
    "may_see_board",
    "may_see_control",
    "may_see_doors",
    "may_see_guests",
    "may_see_in_hall",
    "may_see_photos",
    "may_see_result",
    "may_see_script",
    "may_see_seats",
    "may_see_stage",
    "may_type_cards",
    "may_write_at_table",
    "old_device_of",
    "sits_at_home",
    "tables_handed_on",
]

DOOR, HOME, GATHERING = "door", "home", "gathering"


def _has(actor: Actor, stage: Stage, *roles: Role) -> bool:
    return actor.has_role(stage.process_id, *roles)


def link_of(actor: Actor, stage: Stage, kind: LinkKind, now: datetime) -> SignedLink | None:
    """The signed link this browser opened, as long as it stands: not called back, not over."""
    for held in reversed(actor.passes):
        if (held.purpose, held.process_id) == (kind.value, stage.process_id):
            found = SignedLink.objects.filter(pk=held.subject, stage=stage, kind=kind, key=held.key).first()
            if found is not None and found.is_good(now):
                return found
    return None


def may_look_on_as_staff(actor: Actor, stage: Stage) -> bool:
    """Whether the account itself is an observer's: then the account is the author of notes, and not a link."""
    return _has(actor, stage, Role.OBSERVER)


def may_look_on(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Observers, by account or by signed link: they read everything but identities, and write only their own notes."""
    return may_look_on_as_staff(actor, stage) or link_of(actor, stage, LinkKind.OBSERVER, now) is not None


def device_hash(key: str) -> str:
    """Hash the secret of a device as it is stored."""
    return keyed_hash("devices", key)


def may_see_stage(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The day is public once it is opened; before that the staff prepares it."""
    is_staff = actor.is_operator or actor.is_staff_of(stage.process_id)
    return stage.state != StageState.PLANNED or is_staff or may_look_on(actor, stage, now)


def may_run_day(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The organiser lays tables, opens rounds and ballots, and publishes."""
    return _has(actor, stage, Role.ORGANISER)


def may_see_control(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Observers look over the shoulder of the organiser."""
    return _has(actor, stage, Role.ORGANISER) or may_look_on(actor, stage, now)


def may_see_board(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Which table calls, is silent or is behind: the staff of the hall and observers."""
    return _has(actor, stage, Role.ORGANISER, Role.FACILITATOR) or may_look_on(actor, stage, now)


def may_help(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Organisers and facilitators go to the tables that call."""
    return _has(actor, stage, Role.ORGANISER, Role.FACILITATOR)


def may_see_script(actor: Actor, stage: Stage, now: datetime, *, is_public: bool) -> bool:
    """The whole script: everybody when it is public, else those who work on the day and observers."""
    is_staff = actor.is_operator or actor.is_staff_of(stage.process_id)
    return is_public or is_staff or may_look_on(actor, stage, now)


def may_see_seats(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Who sits where, without names: the staff of the hall and observers."""
    return _has(actor, stage, Role.ORGANISER, Role.FACILITATOR) or may_look_on(actor, stage, now)


def may_see_guests(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Who sits at a table, by number, with languages and needs: those who work in the hall, not the observers."""
    return _has(actor, stage, Role.ORGANISER, Role.FACILITATOR)


def may_print_papers(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Badges and lists name people: the organiser has them printed."""
    return _has(actor, stage, Role.ORGANISER)


def may_print_host_sheets(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The sheets of the table hosts are for the facilitators, too."""
    return _has(actor, stage, Role.ORGANISER, Role.FACILITATOR)


def may_read_desk(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The desk is read by those who work at it, and by observers."""
    return _has(actor, stage, Role.ORGANISER, Role.THEME_TEAM) or may_look_on(actor, stage, now)


def may_cluster(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The theme team puts cards together while the day is on."""
    return stage.state == StageState.OPEN and _has(actor, stage, Role.ORGANISER, Role.THEME_TEAM)


def may_export_cards(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Cards name nobody: who may read the desk may take them along."""
    return may_read_desk(actor, stage, now)


_device = Prepared(lambda table, key_hash: Device.objects.filter(table=table, key_hash=key_hash))


def device_of(actor: Actor, table: Table) -> Device | None:
    """The device of the table that this browser is, as long as its right was not ended."""
    held = actor.pass_for("table", table.stage.process_id, table.pk)
    if held is None or not held.key:
        return None
    found = _device.first(table.pk, device_hash(held.key))
    return found if found is not None and found.revoked_at is None else None


def old_device_of(actor: Actor, table: Table) -> Device | None:
    """The device that this browser is or was; ``revoked_at`` says that it is no longer."""
    held = actor.pass_for("table", table.stage.process_id, table.pk)
    if held is None or not held.key:
        return None
    return _device.first(table.pk, device_hash(held.key))


def tables_handed_on(actor: Actor, stage: Stage) -> list[Table]:
    """The tables for which this browser wrote, and others write now: it may still hold words of theirs."""
    held = [one for one in actor.passes if (one.purpose, one.process_id) == ("table", stage.process_id) and one.key]
    if not held:
        return []
    keys = [device_hash(one.key) for one in held]
    found = Device.objects.filter(table__stage=stage, is_handed_on=True, key_hash__in=keys).select_related("table")
    return [one.table for one in found]


def has_old_pass(actor: Actor, table: Table) -> bool:
    """Whether this browser once was the device of the table."""
    return actor.pass_for("table", table.stage.process_id, table.pk) is not None


def may_open_table(actor: Actor, table: Table, now: datetime) -> bool:
    """The page of a table: its own device, and the staff of the hall."""
    is_staff = _has(actor, table.stage, Role.ORGANISER, Role.FACILITATOR, Role.THEME_TEAM)
    is_remote = sits_at_home(actor, table) or hosts_table(actor, table)
    is_ours = is_staff or is_remote or device_of(actor, table) is not None
    return is_ours or may_look_on(actor, table.stage, now)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the pen of a table: the account or the device as which they write, and whether they send."""

    by: uuid.UUID | None
    may_send: bool


def holder_of(actor: Actor, table: Table) -> Holder | None:
    """Cards of a table come from its device, from a facilitator who helps, or from who writes for an online table.

    One device of a table sends; who has no device sends, too.
    """
    device = device_of(actor, table)
    is_helper = _has(actor, table.stage, Role.ORGANISER, Role.FACILITATOR)
    if device is not None:
        return Holder(actor.account_id or device.pk, may_send=is_helper or device.is_sender)
    return Holder(actor.account_id, may_send=True) if is_helper or has_home_pen(actor, table) else None


def may_hold_pen(actor: Actor, table: Table) -> bool:
    """Whether one may write for a table, see its photos, call for help and object."""
    return holder_of(actor, table) is not None


def may_call_help(actor: Actor, table: Table, now: datetime) -> bool:
    """Who holds the pen of a table calls for help, until the day is over."""
    return table.stage.state != StageState.CLOSED and may_hold_pen(actor, table)


def may_object(actor: Actor, table: Table, now: datetime) -> bool:
    """Who holds the pen of a table may say that its cards were not understood, while the day is on."""
    return table.stage.state == StageState.OPEN and may_hold_pen(actor, table)


def may_see_photos(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Photos of flip charts are for those who work with the cards, and for observers; never public."""
    return _has(actor, stage, Role.ORGANISER, Role.FACILITATOR, Role.THEME_TEAM) or may_look_on(actor, stage, now)


def may_type_cards(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Cards that a table wrote on paper are typed in by the staff, while the summit is open."""
    return stage.state == StageState.OPEN and _has(actor, stage, Role.ORGANISER, Role.FACILITATOR, Role.THEME_TEAM)


def may_write_at_table(actor: Actor, table: Table, round_: Round | None, now: datetime) -> bool:
    """Who holds the pen of a table writes while the round is open."""
    is_writing = round_ is not None and round_.is_open and table.stage.state == StageState.OPEN
    return is_writing and may_hold_pen(actor, table)


def may_run_doors(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The organiser makes doors, prints their sheets, shuts devices out and takes check-ins back."""
    return _has(actor, stage, Role.ORGANISER)


def may_see_doors(actor: Actor, stage: Stage, now: datetime) -> bool:
    """How many came, by door, without names: the staff of the hall and observers."""
    return _has(actor, stage, Role.ORGANISER, Role.FACILITATOR) or may_look_on(actor, stage, now)


def may_check_in(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Organisers and facilitators find people by name and check them in, until the day is over."""
    return stage.state != StageState.CLOSED and _has(actor, stage, Role.ORGANISER, Role.FACILITATOR)


def door_device_of(actor: Actor, door: Door) -> DoorDevice | None:
    """The device of this door that this browser is or was; ``ended_at`` says that it is no longer."""
    held = actor.pass_for(DOOR, door.stage.process_id, door.pk)
    if held is None or not held.key:
        return None
    return DoorDevice.objects.filter(door=door, key_hash=device_hash(held.key)).first()


def may_make_links(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The organiser gives signed links to observers and to the press, and calls them back."""
    return _has(actor, stage, Role.ORGANISER)


def may_see_result(actor: Actor, hall: HallBallot, now: datetime) -> bool:
    """Everybody once it is public; the press once it is given out; who runs or watches the day from the count on."""
    stage = hall.stage
    if hall.is_public(now) or may_see_control(actor, stage, now):
        return True
    is_press = _has(actor, stage, Role.PRESS) or link_of(actor, stage, LinkKind.PRESS, now) is not None
    return hall.is_released and is_press


def may_see_in_hall(actor: Actor, hall: HallBallot, now: datetime) -> bool:
    """On the screen of the hall: what is public, and what was published under embargo where its staff is signed in."""
    is_hall = _has(actor, hall.stage, Role.ORGANISER, Role.FACILITATOR)
    return hall.is_public(now) or (hall.published_at is not None and is_hall)


def is_author(actor: Actor, one: Observation, now: datetime) -> bool:
    """Whether this account, or the link this browser opened, wrote it."""
    if one.account is not None:
        return one.account == actor.account_id and may_look_on(actor, one.stage, now)
    link = link_of(actor, one.stage, LinkKind.OBSERVER, now)
    return link is not None and one.link_id == link.pk


def may_answer_observers(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The organiser answers beside what observers published, and changes nothing of it."""
    return _has(actor, stage, Role.ORGANISER)


def home_guest_of(actor: Actor, stage: Stage) -> HomeGuest | None:
    """Who takes part from home with this browser, as long as their code works and they have not left."""
    held = actor.pass_for(HOME, stage.process_id)
    try:
        is_known = held is not None and is_standing(uuid.UUID(held.key))
    except ValueError:
        is_known = False
    if held is None or not is_known:
        return None
    return HomeGuest.objects.filter(pk=held.subject, stage=stage, left_at__isnull=True).first()


def sits_at_home(actor: Actor, table: Table) -> bool:
    """Whether this browser's guest sits at an online table: where they had their seat in the last round that began."""
    guest = home_guest_of(actor, table.stage) if table.origin == Origin.G_HOME else None
    return guest is not None and _sits_at(guest, table)


def has_home_pen(actor: Actor, table: Table) -> bool:
    """Whether this browser's guest sits at an online table and writes for it."""
    guest = home_guest_of(actor, table.stage) if table.origin == Origin.G_HOME else None
    return guest is not None and guest.pens.filter(table=table).exists() and _sits_at(guest, table)


def _sits_at(guest: HomeGuest, table: Table) -> bool:
    last = guest.seats.exclude(round__state=RoundState.PLANNED).order_by("-round__number").first()
    return last is not None and last.table_id == table.pk


def may_moderate_homes(actor: Actor, stage: Stage, now: datetime) -> bool:
    """Moderators read every online table and hide what breaks the rules."""
    return _has(actor, stage, Role.ORGANISER, Role.MODERATOR)


def may_read_homes(actor: Actor, stage: Stage, now: datetime) -> bool:
    """The statements of a round that is not over are for moderators, the theme desk and observers."""
    return _has(actor, stage, Role.ORGANISER, Role.MODERATOR, Role.THEME_TEAM) or may_look_on(actor, stage, now)


def gathering_of(actor: Actor, stage: Stage, pk: uuid.UUID) -> Gathering | None:
    """The gathering that this browser's signed link opens; a link that was called back opens nothing."""
    held = actor.pass_for(GATHERING, stage.process_id, pk)
    if held is None or not held.key:
        return None
    return Gathering.objects.filter(pk=pk, stage=stage, link_key=held.key, state=GatheringState.ACCEPTED).first()


def may_host(actor: Actor, gathering: Gathering, now: datetime) -> bool:
    """A gathering is led by who has its link, and by the organiser."""
    return (
        _has(actor, gathering.stage, Role.ORGANISER) or gathering_of(actor, gathering.stage, gathering.pk) is not None
    )


def hosts_table(actor: Actor, table: Table) -> bool:
    """Whether this browser has the link of the gathering at which the table is."""
    if table.origin != Origin.G_OFF:
        return False
    gathering = Gathering.objects.filter(tables__table=table).first()
    return gathering is not None and gathering_of(actor, table.stage, gathering.pk) is not None
