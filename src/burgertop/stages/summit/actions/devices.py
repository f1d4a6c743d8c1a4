"""Devices at the tables: bound by the printed square, one at a time."""

import secrets
from datetime import datetime

from django.db import transaction

from burgertop.foundation.people.actors import Pass
from burgertop.foundation.record.actions import append
from burgertop.stages.summit.models import Device, Table
from burgertop.stages.summit.news import tell_table
from burgertop.stages.summit.permissions import device_hash

__all__ = ["bind_device", "release_device", "renew_door"]

KEY_BYTES = 24


@transaction.atomic
def bind_device(table: Table, *, now: datetime) -> Pass:
    """Let one more browser write for a table, and end the right of the one before; returns its pass.

    The browser keeps the secret of the pass, the database its hash.
    """
    Table.objects.select_for_update().get(pk=table.pk)
    is_takeover = bool(_end(table, now))
    key = secrets.token_urlsafe(KEY_BYTES)
    Device.objects.create(table=table, key_hash=device_hash(key), bound_at=now)
    facts = {"stage": str(table.stage_id), "table": table.number, "takeover": is_takeover}
    append(table.stage.process_id, "table_device_bound", facts, now=now)
    tell_table(table.stage, table.number, "device")
    return Pass("table", table.stage.process_id, table.pk, key=key)


@transaction.atomic
def release_device(table: Table, *, now: datetime) -> int:
    """End the right of the table's device; returns how many there were (nought or one)."""
    ended = _end(table, now)
    if ended:
        tell_table(table.stage, table.number, "device")
    return ended


@transaction.atomic
def renew_door(table: Table, *, now: datetime) -> Table:
    """Make every printed sheet of a table worthless, and its device too; print a new one."""
    locked = Table.objects.select_for_update().select_related("stage__process").get(pk=table.pk)
    locked.door += 1
    locked.save(update_fields=["door"])
    release_device(locked, now=now)
    return locked


def _end(table: Table, now: datetime) -> int:
    return Device.objects.filter(table=table, revoked_at__isnull=True).update(revoked_at=now)
