"""Devices at the tables: bound by the printed square, several at once, one of which sends."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from burgertop.foundation.people.actors import Pass
from burgertop.foundation.prepared import update
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Device, Table
from burgertop.stages.summit.news import tell_table
from burgertop.stages.summit.permissions import device_hash

__all__ = [
    "MOST_DEVICES",
    "bind_device",
    "note_table_device",
    "release_devices",
    "renew_door",
    "take_send",
    "tell_handed_on",
]

KEY_BYTES = 24
MOST_DEVICES = 6
NOTED_EVERY = timedelta(seconds=5)
SAME_CLOCK_SECONDS = 2


@transaction.atomic
def bind_device(table: Table, *, now: datetime) -> Pass:
    """Let one more browser write for a table; the first one sends. Returns its pass.

    The browser keeps the secret of the pass, the database its hash.

    Raises:
        HouseError: ``summit.too_many_devices``.
    """
    Table.objects.select_for_update().get(pk=table.pk)
    others = list(Device.objects.standing().filter(table=table))
    if len(others) >= MOST_DEVICES:
        raise HouseError("summit.too_many_devices", most=MOST_DEVICES)
    taken = {one.number for one in others}
    number = next(number for number in range(1, MOST_DEVICES + 1) if number not in taken)
    is_sender = not any(one.is_sender for one in others)
    key = secrets.token_urlsafe(KEY_BYTES)
    Device.objects.create(table=table, number=number, is_sender=is_sender, key_hash=device_hash(key), bound_at=now)
    facts = {"stage": str(table.stage_id), "table": table.number, "takeover": False}
    append(table.stage.process_id, "table_device_bound", facts, now=now)
    tell_table(table.stage, table.number, "device")
    return Pass("table", table.stage.process_id, table.pk, key=key)


@transaction.atomic
def take_send(device: Device, *, now: datetime) -> Device:
    """Let this device send from now on, in the place of the other; a second time changes nothing.

    Raises:
        HouseError: ``summit.device_ended``.
    """
    table = Table.objects.select_for_update(of=("self",)).select_related("stage__process").get(pk=device.table_id)
    mine = Device.objects.standing().filter(pk=device.pk).first()
    if mine is None:
        raise HouseError("summit.device_ended")
    if mine.is_sender:
        return mine
    before = Device.objects.standing().filter(table=table, is_sender=True).first()
    Device.objects.filter(table=table, is_sender=True).update(is_sender=False)
    mine.is_sender = True
    mine.save(update_fields=["is_sender"])
    facts = {
        "stage": str(table.stage_id),
        "table": table.number,
        "device": mine.number,
        "before": before.number if before is not None else 0,
    }
    append(table.stage.process_id, "table_sender_changed", facts, now=now)
    tell_table(table.stage, table.number, "device")
    return mine


def note_table_device(device: Device, *, waiting: int, clock_seconds: int, now: datetime) -> None:
    """Keep when a device was heard of, how many changes it says it holds, and by how much its clock is slow.

    A device that says the same again within a few seconds is not noted: that would be a write for each question.
    """
    is_same = device.waiting == waiting and abs(device.clock_seconds - clock_seconds) <= SAME_CLOCK_SECONDS
    if is_same and device.seen_at is not None and timedelta() <= now - device.seen_at < NOTED_EVERY:
        return
    device.seen_at, device.waiting, device.clock_seconds = now, waiting, clock_seconds
    update([device], ("seen_at", "waiting", "clock_seconds"))


def tell_handed_on(device: Device, *, now: datetime) -> None:
    """Note when a device first heard that others write for its table: what it wrote before is taken."""
    if device.told_at is None:
        device.told_at = now
        update([device], ("told_at",))


@transaction.atomic
def release_devices(table: Table, *, now: datetime, is_handed_on: bool = False) -> int:
    """End the right of all devices of a table; returns how many there were.

    ``is_handed_on``: others write from now on, and what these wrote until they hear of it is still taken.
    """
    ended = Device.objects.standing().filter(table=table).update(revoked_at=now, is_handed_on=is_handed_on)
    if ended:
        tell_table(table.stage, table.number, "device")
    return ended


@transaction.atomic
def renew_door(table: Table, *, now: datetime) -> Table:
    """Make every printed sheet of a table worthless, and its devices too; print a new one."""
    locked = Table.objects.select_for_update().select_related("stage__process").get(pk=table.pk)
    locked.door += 1
    locked.save(update_fields=["door"])
    release_devices(locked, now=now)
    return locked
