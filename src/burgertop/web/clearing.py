"""The retention clock: what of a process goes, how many days after its end, and the line of the record."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.codes.models import Code
from burgertop.foundation.draws.models import Member
from burgertop.foundation.people.models import Consent, Identity, Keeping, Membership, Opening, Participant, Role
from burgertop.foundation.post.models import Sending
from burgertop.foundation.process.models import Process, StageState
from burgertop.foundation.record.actions import append
from burgertop.foundation.record.models import Entry
from burgertop.foundation.retention import Retention
from burgertop.stages.consultation.models import Idea
from burgertop.stages.lottery.models import Invitee, Letter, Reply
from burgertop.stages.summit.models import (
    Arrival,
    Badge,
    Clash,
    Device,
    DoorDevice,
    Gathering,
    HomeRoom,
    HomeStatement,
    Observation,
    Photo,
    Scan,
    SeatMove,
    SeatPlan,
    SeatRule,
    SignedLink,
    Staff,
)

__all__ = ["CLEARINGS", "Clearing", "Due", "clear_due", "due_of", "ended_on", "has_ended_processes", "keeping_of"]

Rows = QuerySet[Any]
KEPT_ROLES = (Role.ORGANISER, Role.DATA_PROTECTION)
CLASSES = (Retention.IDENTITY, Retention.CONTACT, Retention.PROFILE, Retention.SPEECH, Retention.ACCESS)


@dataclass(frozen=True, slots=True)
class Clearing:
    """What the clock does to one model: which rows still wait for it, and how they are cleared."""

    model: str
    retention: Retention
    what: str | Promise
    rows: Callable[[Process], Rows]
    clear: Callable[[Rows, datetime], int]


@dataclass(frozen=True, slots=True)
class Due:
    """One class of one process: the day on which it goes, and what there is of it now."""

    retention: Retention
    days: int | None
    goes_on: date | None
    counts: tuple[tuple[Clearing, int], ...]

    @property
    def rows(self) -> int:
        """How many rows would go."""
        return sum(count for _clearing, count in self.counts)


def _delete(rows: Rows, now: datetime) -> int:
    return rows.delete()[0]


def _blank_profile(rows: Rows, now: datetime) -> int:
    """Blank features and ids; from then on the participant counts as erased, as after their own wish."""
    keys = list(rows.values_list("pk", flat=True))
    Participant.objects.filter(pk__in=keys, erased_at__isnull=True).update(erased_at=now)
    return Participant.objects.filter(pk__in=keys).update(features={}, speaks=[], pool_id="", identity=None)


def _blank_staff(rows: Rows, now: datetime) -> int:
    keys = list(rows.values_list("pk", flat=True))
    Staff.knows.through.objects.filter(staff_id__in=keys).delete()
    return Staff.objects.filter(pk__in=keys).update(name="")


def _forget_observers(rows: Rows, now: datetime) -> int:
    """Throw away what was kept private, files too; what is published stays, without the account behind it."""
    private = rows.filter(published_at__isnull=True)
    for one in private.exclude(file=""):
        one.file.delete(save=False)
    return private.delete()[0] + rows.filter(published_at__isnull=False).update(account=None)


CLEARINGS: tuple[Clearing, ...] = (
    Clearing(
        "people.Identity",
        Retention.IDENTITY,
        _("names and addresses"),
        lambda process: Identity.objects.filter(process=process, blanked_at__isnull=True),
        lambda rows, now: rows.update(sealed=b"", blanked_at=now),
    ),
    Clearing(
        "summit.Staff",
        Retention.IDENTITY,
        _("names of the staff of the hall, and whom they know"),
        lambda process: Staff.objects.filter(stage__process=process).exclude(name=""),
        _blank_staff,
    ),
    Clearing(
        "post.Sending",
        Retention.CONTACT,
        _("to whom something was sent"),
        lambda process: Sending.objects.filter(process=process, identity__isnull=False),
        lambda rows, _now: rows.update(identity=None),
    ),
    Clearing(
        "codes.Code",
        Retention.CONTACT,
        _("codes"),
        lambda process: Code.objects.filter(space__process=process),
        _delete,
    ),
    Clearing(
        "summit.Device",
        Retention.CONTACT,
        _("devices of tables"),
        lambda process: Device.objects.filter(table__stage__process=process),
        _delete,
    ),
    Clearing(
        "summit.DoorDevice",
        Retention.CONTACT,
        _("devices of doors"),
        lambda process: DoorDevice.objects.filter(door__stage__process=process),
        _delete,
    ),
    Clearing(
        "summit.Badge",
        Retention.CONTACT,
        _("numbers of badges"),
        lambda process: Badge.objects.filter(stage__process=process),
        _delete,
    ),
    Clearing(
        "summit.SignedLink",
        Retention.CONTACT,
        _("signed links of observers and the press"),
        lambda process: SignedLink.objects.filter(stage__process=process),
        _delete,
    ),
    Clearing(
        "summit.Gathering",
        Retention.CONTACT,
        _("links of local gatherings"),
        lambda process: Gathering.objects.filter(stage__process=process).exclude(link_key=""),
        lambda rows, _now: rows.update(link_key=""),
    ),
    Clearing(
        "people.Membership",
        Retention.CONTACT,
        _("roles of staff, but not of organizers and data protection officers"),
        lambda process: Membership.objects.filter(process=process).exclude(role__in=KEPT_ROLES),
        _delete,
    ),
    Clearing(
        "lottery.Letter",
        Retention.CONTACT,
        _("who got which letter"),
        lambda process: Letter.objects.filter(invitee__stage__process=process),
        _delete,
    ),
    Clearing(
        "lottery.Invitee",
        Retention.PROFILE,
        _("features and households of invitees"),
        lambda process: Invitee.objects.filter(stage__process=process).exclude(features={}, household=""),
        lambda rows, _now: rows.update(features={}, household=""),
    ),
    Clearing(
        "lottery.Reply",
        Retention.PROFILE,
        _("what participants need"),
        lambda process: Reply.objects.filter(invitee__stage__process=process).exclude(needs={}, reason=""),
        lambda rows, _now: rows.update(needs={}, reason=""),
    ),
    Clearing(
        "people.Participant",
        Retention.PROFILE,
        _("features, languages and ids of participants"),
        lambda process: Participant.objects.filter(process=process).filter(
            ~Q(features={}) | ~Q(speaks=[]) | ~Q(pool_id="")
        ),
        _blank_profile,
    ),
    Clearing(
        "draws.Member",
        Retention.PROFILE,
        _("marks of households"),
        lambda process: Member.objects.filter(draw__stage__process=process).exclude(household=""),
        lambda rows, _now: rows.update(household=""),
    ),
    Clearing(
        "summit.SeatRule",
        Retention.PROFILE,
        _("rules of who sits with whom"),
        lambda process: SeatRule.objects.filter(stage__process=process),
        _delete,
    ),
    Clearing(
        "summit.SeatPlan",
        Retention.PROFILE,
        _("what plans of seats were computed from"),
        lambda process: SeatPlan.objects.filter(stage__process=process).exclude(given={}, proposal=[]),
        lambda rows, _now: rows.update(given={}, proposal=[]),
    ),
    Clearing(
        "summit.SeatMove",
        Retention.PROFILE,
        _("seats moved by hand"),
        lambda process: SeatMove.objects.filter(round__stage__process=process),
        _delete,
    ),
    Clearing(
        "summit.HomeRoom",
        Retention.PROFILE,
        _("who wrote for which online table"),
        lambda process: HomeRoom.objects.filter(table__stage__process=process, pen__isnull=False),
        lambda rows, _now: rows.update(pen=None, pen_at=None),
    ),
    Clearing(
        "people.Consent",
        Retention.PROFILE,
        _("consents and their receipts"),
        lambda process: Consent.objects.filter(participant__process=process),
        _delete,
    ),
    Clearing(
        "summit.Clash",
        Retention.PROFILE,
        _("who was checked in at two doors"),
        lambda process: Clash.objects.filter(stage__process=process),
        _delete,
    ),
    Clearing(
        "summit.Arrival",
        Retention.PROFILE,
        _("who came to the hall"),
        lambda process: Arrival.objects.filter(stage__process=process),
        _delete,
    ),
    Clearing(
        "summit.Scan",
        Retention.PROFILE,
        _("check-ins at the doors"),
        lambda process: Scan.objects.filter(stage__process=process),
        _delete,
    ),
    Clearing(
        "consultation.Idea",
        Retention.SPEECH,
        _("ids of authors; the ideas stay"),
        lambda process: Idea.objects.filter(stage__process=process, speech__isnull=False),
        lambda rows, _now: rows.update(speech=None),
    ),
    Clearing(
        "summit.HomeStatement",
        Retention.SPEECH,
        _("ids of who spoke from home; the statements stay"),
        lambda process: HomeStatement.objects.filter(round__stage__process=process, author__isnull=False),
        lambda rows, _now: rows.update(author=None),
    ),
    Clearing(
        "summit.Photo",
        Retention.SPEECH,
        _("photos of flip charts"),
        lambda process: Photo.objects.filter(round__stage__process=process, size__gt=0),
        lambda rows, _now: rows.update(image=b"", size=0),
    ),
    Clearing(
        "summit.Observation",
        Retention.SPEECH,
        _("notes of observers that were not published, and whose account wrote the others"),
        lambda process: Observation.objects.filter(
            Q(published_at__isnull=True) | Q(account__isnull=False), stage__process=process
        ),
        _forget_observers,
    ),
    Clearing(
        "people.Opening",
        Retention.ACCESS,
        _("lines of the access log"),
        lambda process: Opening.objects.filter(process=process),
        _delete,
    ),
)


def keeping_of(process: Process) -> Keeping:
    """Return what a process has set; the defaults where it has set nothing."""
    return Keeping.objects.filter(process=process).first() or Keeping(process=process)


def ended_on(process: Process) -> date | None:
    """Return the day from which days count: the one that was set, else the day the last stage was closed."""
    if (given := keeping_of(process).ended_on) is not None:
        return given
    stages = process.stages.all()
    if not stages or any(stage.state != StageState.CLOSED for stage in stages):
        return None
    last = Entry.objects.filter(process_id=process.pk, kind="stage_closed").order_by("-number").first()
    return timezone.localdate(last.at) if last is not None else None


def has_ended_processes(now: datetime) -> bool:
    """Whether there is a process that may have something to clear; a cheap question."""
    under_way = Q(stages__state__in=[StageState.PLANNED, StageState.OPEN])
    return Process.objects.exclude(under_way).exists() or Keeping.objects.filter(ended_on__lte=now.date()).exists()


def due_of(process: Process) -> Iterator[Due]:
    """Tell for each class when it goes and what there is of it: the dry run."""
    keeping, end = keeping_of(process), ended_on(process)
    for retention in CLASSES:
        days: int | None = getattr(keeping, f"{retention}_days")
        goes_on = end + timedelta(days=days) if end is not None and days is not None else None
        counts = ((one, one.rows(process).count()) for one in CLEARINGS if one.retention == retention)
        yield Due(retention, days, goes_on, tuple(counts))


def clear_due(process: Process, *, now: datetime) -> dict[str, int]:
    """Clear every class whose day has come, each whole or not at all; return how many rows went, by class.

    The record says which class and how many rows; running it again clears nothing and writes nothing.
    """
    cleared = {}
    today = timezone.localdate(now)
    for due in due_of(process):
        if due.goes_on is None or due.goes_on > today or not due.rows:
            continue
        with transaction.atomic():
            Process.objects.select_for_update().get(pk=process.pk)
            rows = sum(one.clear(one.rows(process), now) for one, _count in due.counts)
            append(process.pk, "data_cleared", {"kept": str(due.retention), "rows": rows}, now=now)
        cleared[str(due.retention)] = rows
    return cleared
