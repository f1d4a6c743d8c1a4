"""Reads of the doors: who is in the house, who is missing, what each door and its device last said."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Count, F, Max, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Arrival, Badge, Clash, Door, DoorDevice, Scan, Seat
from burgertop.stages.summit.queries.roster import expected_ids

__all__ = [
    "AtDoor",
    "Attendance",
    "Moved",
    "arrivals_of",
    "arrivals_of_person",
    "attendance_of",
    "badges_of_person",
    "clash_or_404",
    "clashes_of",
    "door_or_404",
    "doors_of",
    "has_checked_in",
    "last_number",
    "moved_since",
    "opens_sheet",
    "present_in",
    "scans_of_person",
    "sheet_word",
    "walk_ins_waiting",
]

SHEET_SALT = "burgertop.door"
SILENT_AFTER = timedelta(minutes=1)
RATE_MINUTES = 5


@dataclass(frozen=True, slots=True)
class AtDoor:
    """One door: how many it checked in, and how its device does."""

    door: Door
    taken: int
    last_at: datetime | None
    device: DoorDevice | None
    now: datetime

    @property
    def is_silent(self) -> bool:
        """Whether its device was not heard of for a minute."""
        seen = self.device.seen_at or self.device.bound_at if self.device is not None else None
        return seen is not None and self.now - seen > SILENT_AFTER

    @property
    def is_clock_wrong(self) -> bool:
        """Whether the clock of its device is off by more than a minute."""
        return self.device is not None and abs(self.device.clock_seconds) > 60


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many came of those who are expected, where, and how fast."""

    expected: int
    came: int
    here: int
    gone: int
    walk_ins: int
    waiting: int
    clashes: int
    per_minute: float
    doors: Sequence[AtDoor]

    @property
    def missing(self) -> int:
        """How many who have a seat have not come."""
        return self.expected - self.came

    @property
    def held(self) -> int:
        """How many check-ins silent devices said they hold."""
        return sum(one.device.holds for one in self.doors if one.device is not None and one.is_silent)


@dataclass(frozen=True, slots=True)
class Moved:
    """Where somebody stands after scans that came since: in the house since when, checked in by which door."""

    participant: uuid.UUID
    in_since: datetime | None
    door: str


def arrivals_of(stage: Stage) -> QuerySet[Arrival]:
    """Everybody who came, those who have gone again too, by the moment they came."""
    return (
        Arrival.objects.filter(stage=stage).select_related("participant", "first_scan__door").order_by("came_at", "pk")
    )


def present_in(stage: Stage) -> frozenset[uuid.UUID]:
    """The participants who are in the house now, walk-ins too."""
    here = Arrival.objects.filter(stage=stage, in_since__isnull=False)
    return frozenset(here.values_list("participant_id", flat=True))


def has_checked_in(stage: Stage) -> bool:
    """Whether check-in was begun: somebody came, even if nobody is in the house any more."""
    return Arrival.objects.filter(stage=stage).exists()


def walk_ins_waiting(stage: Stage) -> QuerySet[Arrival]:
    """Walk-ins in the house who have no seat in any round."""
    seated = Seat.objects.filter(round__stage=stage).values("participant_id")
    waiting = arrivals_of(stage).filter(is_expected=False, in_since__isnull=False)
    return waiting.exclude(participant_id__in=seated)


def attendance_of(stage: Stage, *, now: datetime) -> Attendance:
    """The doors at a glance; as many queries for forty doors as for one."""
    expected = expected_ids(stage)
    arrivals = Arrival.objects.filter(stage=stage).values_list("participant_id", "is_expected", "in_since")
    rows = list(arrivals)
    recent = Arrival.objects.filter(stage=stage, came_at__gt=now - timedelta(minutes=RATE_MINUTES)).count()
    return Attendance(
        expected=len(expected),
        came=sum(person in expected for person, _expected, _since in rows),
        here=sum(since is not None for _person, _expected, since in rows),
        gone=sum(since is None for _person, _expected, since in rows),
        walk_ins=sum(not is_expected for _person, is_expected, _since in rows),
        waiting=walk_ins_waiting(stage).count(),
        clashes=Clash.objects.filter(stage=stage, settled_at__isnull=True).count(),
        per_minute=recent / RATE_MINUTES,
        doors=doors_of(stage, now=now),
    )


def doors_of(stage: Stage, *, now: datetime) -> list[AtDoor]:
    """Every door with its device and what it took; three queries."""
    devices = {one.door_id: one for one in DoorDevice.objects.filter(door__stage=stage, ended_at__isnull=True)}
    came = Counter(
        dict(
            Arrival.objects.filter(stage=stage, first_scan__door__isnull=False)
            .order_by()
            .values_list("first_scan__door")
            .annotate(Count("pk"))
        )
    )
    last: Mapping[uuid.UUID | None, datetime] = dict(
        Scan.objects.filter(stage=stage).order_by().values_list("door").annotate(Max("at"))
    )
    doors = list(stage.doors.order_by("number"))
    return [AtDoor(door, came[door.pk], last.get(door.pk), devices.get(door.pk), now) for door in doors]


def door_or_404(stage: Stage, pk: uuid.UUID) -> Door:
    """Return a door of this stage, or answer "not found"."""
    found = get_object_or_404(Door, pk=pk, stage=stage)
    found.stage = stage
    return found


def clashes_of(stage: Stage) -> list[Clash]:
    """Two check-ins of one person, those to settle first, the newest first."""
    told = Clash.objects.filter(stage=stage).select_related("first__door", "second__door", "second__participant")
    return list(told.order_by(F("settled_at").desc(nulls_first=True), "-second__number"))


def clash_or_404(stage: Stage, pk: uuid.UUID) -> Clash:
    """Return a clash of this stage, or answer "not found"."""
    told = Clash.objects.select_related("first__door", "second__door", "second__participant__identity", "stage")
    found = told.filter(stage=stage, pk=pk).first()
    if found is None:
        raise Http404
    found.stage = stage
    return found


def last_number(stage: Stage) -> int:
    """The number of the last scan that came; a device asks for what comes after it."""
    return Scan.objects.filter(stage=stage).aggregate(last=Max("number"))["last"] or 0


def moved_since(stage: Stage, number: int) -> list[Moved]:
    """Where everybody stands of whom a scan came after this number, from whatever door."""
    touched = set(
        Scan.objects.filter(stage=stage, number__gt=number, is_counted=True, participant__isnull=False).values_list(
            "participant__pk", flat=True
        )
    )
    here = Arrival.objects.filter(stage=stage, participant_id__in=touched).select_related("first_scan__door")
    stand = {one.participant_id: one for one in here}
    return [
        Moved(person, one.in_since if (one := stand.get(person)) else None, _door_name(one))
        for person in sorted(touched, key=str)
    ]


def _door_name(arrival: Arrival | None) -> str:
    door = arrival.first_scan.door if arrival is not None else None
    return door.name if door is not None else ""


def sheet_word(door: Door) -> str:
    """The signed word in the square on a door's printed sheet; nothing of it is stored."""
    return signing.Signer(salt=SHEET_SALT).sign(f"{door.pk.hex}.{door.sheet}")


def opens_sheet(token: str) -> Door:
    """Return the door that a printed square opens.

    Raises:
        HouseError: ``summit.sheet_broken``, ``summit.door_replaced``, ``summit.door_closed``.
    """
    try:
        word = signing.Signer(salt=SHEET_SALT).unsign(token)
        door_hex, _, sheet = word.partition(".")
        door = Door.objects.select_related("stage__process").get(pk=uuid.UUID(door_hex))
    except (signing.BadSignature, ValueError, Door.DoesNotExist) as error:
        raise HouseError("summit.sheet_broken") from error
    if sheet != str(door.sheet):
        raise HouseError("summit.door_replaced")
    if door.closed_at is not None:
        raise HouseError("summit.door_closed")
    return door


def arrivals_of_person(participant: Participant) -> QuerySet[Arrival]:
    """When one participant came to each summit."""
    return participant.hall_arrivals.order_by("came_at")


def scans_of_person(participant: Participant) -> QuerySet[Scan]:
    """What was scanned of one participant, in order."""
    return participant.door_scans.select_related("door").order_by("at", "number")


def badges_of_person(participant: Participant) -> QuerySet[Badge]:
    """The badges of one participant that took the place of an earlier one."""
    return participant.badges.order_by("replaced_at")
