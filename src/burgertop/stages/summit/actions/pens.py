"""The pen of an online table: who writes for it. With the pen come and go the devices that were bound by it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from burgertop.foundation.people.actors import Pass
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.devices import bind_device, release_devices
from burgertop.stages.summit.models import Device, HomeGuest, HomeRoom, HomeSeat, Round, Table
from burgertop.stages.summit.news import tell_home

__all__ = ["AWAY", "drop_pens", "free_pen", "hand_on_pens", "take_pen"]

AWAY = timedelta(minutes=10)


@transaction.atomic
def take_pen(seat: HomeSeat, *, now: datetime, is_bound: bool = False) -> Pass | None:
    """Let somebody write for their table: the first who asks, or another when the writer has gone.

    Returns the pass that makes their browser a device of the table; nothing when it is one already (``is_bound``).

    Raises:
        HouseError: ``summit.pen_taken``, ``summit.too_many_devices``.
    """
    table = seat.table
    HomeRoom.objects.get_or_create(table=table)
    room = HomeRoom.objects.select_for_update().get(table=table)
    if room.pen_id != seat.guest_id:
        if room.pen_id is not None and _is_writing(room, seat.round, now):
            raise HouseError("summit.pen_taken")
        release_devices(table, now=now, is_handed_on=True)
        room.pen, room.pen_at = seat.guest, now
        room.save(update_fields=["pen", "pen_at"])
        tell_home(table.stage, table.number, "pen")
        is_bound = False
    return None if is_bound else bind_device(table, now=now)


def _is_writing(room: HomeRoom, round_: Round, now: datetime) -> bool:
    """Whether the writer has a seat at the table in this round, and they or their device were heard of lately."""
    seat = HomeSeat.objects.filter(round=round_, table=room.table, guest=room.pen_id).first()
    heard = Device.objects.standing().filter(table=room.table).values_list("seen_at", flat=True)
    moments = [moment for moment in (room.pen_at, seat.seen_at if seat else None, *heard) if moment is not None]
    return seat is not None and bool(moments) and now - max(moments) < AWAY


@transaction.atomic
def free_pen(table: Table, guest: HomeGuest | None = None, *, now: datetime) -> bool:
    """Lay the pen down so that somebody else of the table can take it; the guest's own, or anybody's by staff.

    What a guest wrote before they laid it down is still taken from their device; when staff frees it, nothing is.
    """
    rooms = HomeRoom.objects.filter(table=table, pen__isnull=False)
    if guest is not None:
        rooms = rooms.filter(pen=guest)
    return _end([*rooms.select_for_update(of=("self",)).select_related("table__stage")], now, guest is not None) > 0


@transaction.atomic
def drop_pens(guest: HomeGuest, *, now: datetime) -> None:
    """Take every pen from somebody who has left or whose code was replaced; their devices bring nothing more."""
    _end([*guest.pens.select_related("table__stage")], now, is_handed_on=False)


@transaction.atomic
def hand_on_pens(round_: Round, *, now: datetime) -> None:
    """Free the pens of those who have no seat at their table in a round that begins."""
    seats = HomeSeat.objects.filter(round=round_, table=OuterRef("table"), guest=OuterRef("pen"))
    rooms = HomeRoom.objects.filter(~Exists(seats), table__stage=round_.stage_id, pen__isnull=False)
    _end([*rooms.select_related("table__stage")], now, is_handed_on=True)


def _end(rooms: list[HomeRoom], now: datetime, is_handed_on: bool) -> int:
    for room in rooms:
        room.pen, room.pen_at = None, None
        room.save(update_fields=["pen", "pen_at"])
        release_devices(room.table, now=now, is_handed_on=is_handed_on)
        tell_home(room.table.stage, room.table.number, "pen")
    return len(rooms)
