"""Doors and their devices: made, bound by a printed square, replaced, shut out, closed."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from burgertop.foundation.people.actors import Pass
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Arrival, Door, DoorDevice, Ending
from burgertop.stages.summit.news import tell_doors
from burgertop.stages.summit.permissions import DOOR, device_hash

__all__ = ["bind_door", "close_door", "make_door", "note_device", "open_door_again", "renew_sheet", "shut_out"]

KEY_BYTES = 24
MOST_DOORS = 40


@transaction.atomic
def make_door(stage: Stage, name: str, *, now: datetime) -> Door:
    """Add a door; a name that is there already gives that door.

    Raises:
        HouseError: ``summit.too_many_doors``.
    """
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    known = Door.objects.filter(stage=locked, name=name).first()
    if known is not None:
        return known
    last = locked.doors.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_DOORS:
        raise HouseError("summit.too_many_doors", most=MOST_DOORS)
    door = Door.objects.create(stage=stage, number=last + 1, name=name, opened_at=now)
    tell_doors(stage, "door")
    return door


@transaction.atomic
def bind_door(door: Door, *, now: datetime) -> Pass:
    """Let one more browser check people in at a door; the one before still brings what it holds. Returns its pass.

    Raises:
        HouseError: ``summit.door_closed``.
    """
    locked = _locked(door)
    if locked.closed_at is not None:
        raise HouseError("summit.door_closed")
    is_takeover = bool(_end(locked, Ending.REPLACED, now))
    key = secrets.token_urlsafe(KEY_BYTES)
    DoorDevice.objects.create(door=locked, key_hash=device_hash(key), bound_at=now)
    facts = {"stage": str(locked.stage_id), "door": locked.number, "takeover": is_takeover}
    append(locked.stage.process_id, "door_device_bound", facts, now=now)
    tell_doors(locked.stage, "device")
    return Pass(DOOR, locked.stage.process_id, locked.pk, key=key)


@transaction.atomic
def renew_sheet(door: Door, *, now: datetime) -> Door:
    """Make every printed sheet of a door worthless; its device goes on."""
    locked = _locked(door)
    locked.sheet += 1
    locked.save(update_fields=["sheet"])
    return locked


@transaction.atomic
def shut_out(door: Door, *, now: datetime) -> int:
    """End the device of a door that was lost or stolen: what it scans from now on does not count."""
    locked = renew_sheet(door, now=now)
    ended = _end(locked, Ending.SHUT_OUT, now)
    tell_doors(locked.stage, "device")
    return ended


@transaction.atomic
def close_door(door: Door, *, now: datetime) -> Door:
    """Close a door; its device brings what it holds and forgets its list. The last one writes how many came."""
    locked = _locked(door)
    if locked.closed_at is not None:
        return locked
    locked.closed_at = now
    locked.save(update_fields=["closed_at"])
    _end(locked, Ending.CLOSED, now)
    if not Door.objects.filter(stage=locked.stage, closed_at__isnull=True).exists():
        came = Arrival.objects.filter(stage=locked.stage)
        facts = {
            "stage": str(locked.stage_id),
            "came": came.count(),
            "walk_ins": came.filter(is_expected=False).count(),
        }
        append(locked.stage.process_id, "doors_closed", facts, now=now)
    tell_doors(locked.stage, "door")
    return locked


@transaction.atomic
def open_door_again(door: Door, *, now: datetime) -> Door:
    """Open a door that was closed; it needs a device anew."""
    locked = _locked(door)
    locked.closed_at = None
    locked.save(update_fields=["closed_at"])
    tell_doors(locked.stage, "door")
    return locked


def note_device(device: DoorDevice, *, holds: int, clock_seconds: int, now: datetime) -> None:
    """Keep when a device was heard of, how many scans it says it holds, and by how much its clock is slow."""
    DoorDevice.objects.filter(pk=device.pk).update(seen_at=now, holds=holds, clock_seconds=clock_seconds)


def _locked(door: Door) -> Door:
    return Door.objects.select_for_update(of=("self",)).select_related("stage__process").get(pk=door.pk)


def _end(door: Door, ending: Ending, now: datetime) -> int:
    return DoorDevice.objects.filter(door=door, ended_at__isnull=True).update(ended_at=now, ending=ending)
