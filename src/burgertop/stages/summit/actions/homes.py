"""G-Home: tables opened, people registered and dealt to them, and moved."""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max

from burgertop.foundation.codes import actions as codes
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.vault import blank, seal
from burgertop.foundation.process.models import Stage, StageState
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.pens import drop_pens, free_pen
from burgertop.stages.summit.actions.statements import forget_author
from burgertop.stages.summit.actions.tables import MOST_TABLES
from burgertop.stages.summit.dealing import deal
from burgertop.stages.summit.models import (
    HomeGuest,
    HomeRoom,
    HomeSeat,
    HomeSetting,
    Reach,
    Round,
    RoundState,
    Table,
)
from burgertop.stages.summit.models.homes import new_secret
from burgertop.stages.summit.news import tell_desk, tell_home
from burgertop.stages.summit.permissions import HOME
from burgertop.stages.summit.rooms import check_address, check_pattern

__all__ = [
    "deal_homes",
    "leave_home",
    "move_guest",
    "note_seen",
    "open_home_tables",
    "register_at_home",
    "renew_home_code",
    "renew_room",
    "set_homes",
    "set_room",
    "sit_down",
]

FIRST_HOME, FIRST_OFF = 601, 801  # online tables and those of gatherings are told from the hall's by their numbers
MOST_GUESTS = 5_000
MOST_IN_A_MINUTE = 120
SEEN_EVERY = timedelta(minutes=1)


def setting_locked(stage: Stage) -> HomeSetting:
    """Return the setting, held for this transaction: dealing goes one by one."""
    HomeSetting.objects.get_or_create(stage=stage)
    return HomeSetting.objects.select_for_update().get(stage=stage)


@transaction.atomic
def set_homes(
    stage: Stage,
    *,
    is_home_open: bool,
    is_off_open: bool,
    room_pattern: str,
    least: int,
    most: int,
    reach: Reach,
    uploads_until: datetime | None,
    now: datetime,
) -> HomeSetting:
    """Say how people take part from home and from elsewhere; what opens or closes stands in the record.

    Raises:
        HouseError: ``summit.bad_room_address``, ``summit.room_without_secret``.
    """
    setting = setting_locked(stage)
    before = (setting.is_home_open, setting.is_off_open)
    setting.room_pattern = check_pattern(room_pattern) if room_pattern else ""
    setting.is_home_open, setting.is_off_open = is_home_open, is_off_open
    setting.least, setting.most, setting.reach = least, most, reach
    setting.uploads_until = uploads_until
    setting.save()
    if before != (is_home_open, is_off_open):
        facts = {"stage": str(stage.pk), "home": is_home_open, "off": is_off_open}
        append(stage.process_id, "remote_registration", facts, now=now)
    return setting


@transaction.atomic
def open_home_tables(stage: Stage, language: str, count: int, *, now: datetime) -> list[Table]:
    """Open online tables of one language, each with a room of its own.

    Raises:
        HouseError: ``summit.too_many_tables``.
    """
    setting = setting_locked(stage)
    tables = add_remote_tables(stage, [language], count, seats=setting.most, origin=Origin.G_HOME, now=now)
    HomeRoom.objects.bulk_create(HomeRoom(table=table) for table in tables)
    return tables


def add_remote_tables(
    stage: Stage, languages: Sequence[str], count: int, *, seats: int, origin: Origin, now: datetime
) -> list[Table]:
    """Add tables after those of their kind, inside the caller's transaction.

    Raises:
        HouseError: ``summit.too_many_tables``.
    """
    Stage.objects.select_for_update().get(pk=stage.pk)
    mine = Table.objects.filter(stage=stage, origin=origin)
    if mine.count() + count > MOST_TABLES:
        raise HouseError("summit.too_many_tables", most=MOST_TABLES)
    last = mine.aggregate(last=Max("number"))["last"] or (FIRST_HOME if origin == Origin.G_HOME else FIRST_OFF) - 1
    taken = set(Table.objects.filter(stage=stage, number__gt=last).values_list("number", flat=True))
    free = [number for number in range(last + 1, last + 1 + count + len(taken)) if number not in taken][:count]
    tables = Table.objects.bulk_create(
        Table(stage=stage, number=number, seats=seats, languages=list(languages), origin=origin) for number in free
    )
    facts = {"stage": str(stage.pk), "origin": str(origin), "tables": free}
    append(stage.process_id, "remote_tables_opened", facts, now=now)
    tell_desk(stage, "table")
    return tables


@transaction.atomic
def set_room(table: Table, address: str) -> HomeRoom:
    """Give a table a room by its own address; an empty one goes back to the pattern.

    Raises:
        HouseError: ``summit.bad_room_address``.
    """
    room, _ = HomeRoom.objects.select_for_update().get_or_create(table=table)
    room.address = check_address(address) if address else ""
    room.save(update_fields=["address"])
    tell_home(table.stage, table.number, "room")
    return room


@transaction.atomic
def renew_room(table: Table) -> HomeRoom:
    """Give a table a new room by the pattern: whoever knew the old address stays behind."""
    room, _ = HomeRoom.objects.select_for_update().get_or_create(table=table)
    room.secret, room.address = new_secret(), ""
    room.save(update_fields=["secret", "address"])
    tell_home(table.stage, table.number, "room")
    return room


@transaction.atomic
def register_at_home(
    stage: Stage, *, language: str, rounds: Sequence[Round], mail: str, once: uuid.UUID, now: datetime
) -> tuple[HomeGuest, str]:
    """Register somebody who takes part from home; returns the code of their page, which is shown once.

    No name is asked. The same form sent again gives a new code to the same registration. Without rounds they
    take part in all of them.

    Raises:
        HouseError: ``summit.home_closed``, ``summit.home_full``.
    """
    setting = setting_locked(stage)
    known = HomeGuest.objects.filter(once=once, stage=stage, left_at__isnull=True).first()
    if known is not None:
        return known, renew_home_code(known, now=now)
    if not setting.is_home_open or stage.state == StageState.CLOSED:
        raise HouseError("summit.home_closed")
    guests = HomeGuest.objects.filter(stage=stage)
    just_now = guests.filter(registered_at__gt=now - timedelta(minutes=1)).count()
    if guests.count() >= MOST_GUESTS or just_now >= MOST_IN_A_MINUTE:
        raise HouseError("summit.home_full")
    guest = HomeGuest.objects.create(
        stage=stage,
        number=(guests.aggregate(last=Max("number"))["last"] or 0) + 1,
        language=language,
        identity=seal(stage.process_id, {"mail": mail}) if mail else None,
        once=once,
        registered_at=now,
    )
    guest.rounds.set(rounds)
    return guest, codes.make(stage.process_id, HOME, guest.pk)


@transaction.atomic
def renew_home_code(guest: HomeGuest, *, now: datetime) -> str:
    """Make a new code for somebody who lost theirs; the old one no longer works, nor does a device that wrote by it."""
    drop_pens(guest, now=now)
    return codes.replace(guest.stage.process_id, HOME, guest.pk)


@transaction.atomic
def leave_home(guest: HomeGuest, *, now: datetime) -> None:
    """Take somebody off: no address, no code, no seat in rounds to come. What they said stays, tied to nobody."""
    locked = HomeGuest.objects.select_for_update(of=("self",)).select_related("identity", "stage").get(pk=guest.pk)
    if locked.identity is not None:
        blank(locked.identity, now=now)
    locked.identity, locked.left_at = None, locked.left_at or now
    locked.save(update_fields=["identity", "left_at"])
    locked.rounds.clear()
    forget_author(locked)
    drop_pens(locked, now=now)
    locked.seats.filter(round__state=RoundState.PLANNED).delete()
    codes.revoke_all(locked.pk)


def _order(setting: HomeSetting, guest: uuid.UUID) -> bytes:
    """The order in which people are served: fixed by the stored seed, the same for everybody who looks again."""
    return hashlib.sha256(f"{setting.seed}|{guest}".encode()).digest()


@transaction.atomic
def deal_homes(round_: Round, *, now: datetime) -> int:
    """Give a table of their language to everybody who waits for one in this round; returns how many got one.

    Raises:
        HouseError: ``summit.round_closed``.
    """
    stage = round_.stage
    setting = setting_locked(stage)
    if round_.state == RoundState.CLOSED:
        raise HouseError("summit.round_closed")
    guests = HomeGuest.objects.filter(stage=stage, left_at__isnull=True).exclude(seats__round=round_)
    wanting = guests.filter(rounds=round_) | guests.filter(rounds=None)
    waiting = list(wanting.distinct().values_list("pk", "language"))
    seats: list[HomeSeat] = []
    for language in sorted({language for _pk, language in waiting}):
        mine = sorted((pk for pk, spoken in waiting if spoken == language), key=lambda pk: _order(setting, pk))
        tables = _tables_with_people(round_, language)
        people = {table.number: count for table, count in tables}
        table_of = {table.number: table for table, _count in tables}
        given = deal(mine, people, least=setting.least, most=setting.most)
        seats += [
            HomeSeat(round=round_, table=table_of[number], guest_id=pk, seated_at=now) for pk, number in given.items()
        ]
    HomeSeat.objects.bulk_create(seats)
    _tell_tables(stage, {seat.table.number for seat in seats})
    if seats:
        facts = {"stage": str(stage.pk), "round": round_.number, "people": len(seats), "seed": setting.seed}
        append(stage.process_id, "home_tables_dealt", facts, now=now)
    return len(seats)


def _tables_with_people(round_: Round, language: str) -> list[tuple[Table, int]]:
    """The open online tables of a language with how many people they have in a round."""
    tables = Table.objects.filter(stage=round_.stage, origin=Origin.G_HOME, closed_at__isnull=True).order_by("number")
    counts = dict(HomeSeat.objects.filter(round=round_).order_by().values_list("table_id").annotate(people=Count("id")))
    return [(table, counts.get(table.pk, 0)) for table in tables if table.languages[:1] == [language]]


def _tell_tables(stage: Stage, numbers: set[int]) -> None:
    for number in sorted(numbers):
        tell_home(stage, number, "people")


@transaction.atomic
def sit_down(guest: HomeGuest, round_: Round, *, now: datetime) -> HomeSeat | None:
    """Give somebody who comes late the emptiest table of their language that is used and not full; else None.

    Who has a table in this round gets that one: who dropped out comes back to the same people.
    """
    setting = setting_locked(round_.stage)
    known = HomeSeat.objects.filter(round=round_, guest=guest).select_related("table").first()
    if known is not None or round_.state == RoundState.CLOSED:
        return known
    free = [
        (people, table.number, table)
        for table, people in _tables_with_people(round_, guest.language)
        if 0 < people < setting.most
    ]
    if not free:
        return None
    _people, number, table = min(free, key=lambda one: one[:2])
    seat = HomeSeat.objects.create(round=round_, table=table, guest=guest, seated_at=now)
    tell_home(round_.stage, number, "people")
    return seat


@transaction.atomic
def move_guest(guest: HomeGuest, round_: Round, table: Table, *, now: datetime) -> HomeSeat:
    """Put somebody at an online table by hand, whether they had one or not; their pen stays at the old table.

    Raises:
        HouseError: ``summit.no_home_table``, ``summit.table_closed``, ``summit.round_closed``.
    """
    stage = round_.stage
    setting_locked(stage)
    if table.stage_id != stage.pk or guest.stage_id != stage.pk or table.origin != Origin.G_HOME:
        raise HouseError("summit.no_home_table")
    if table.closed_at is not None:
        raise HouseError("summit.table_closed", table=table.number)
    if round_.state == RoundState.CLOSED:
        raise HouseError("summit.round_closed")
    before = HomeSeat.objects.filter(round=round_, guest=guest).select_related("table").first()
    if before is not None and before.table_id == table.pk:
        return before
    seat, _ = HomeSeat.objects.update_or_create(
        round=round_, guest=guest, defaults={"table": table, "seated_at": now, "seen_at": None}
    )
    if before is not None:
        free_pen(before.table, guest, now=now)
    _tell_tables(stage, {table.number} | ({before.table.number} if before is not None else set()))
    return seat


def note_seen(seat: HomeSeat, *, now: datetime) -> None:
    """Remember that somebody is there; at most once a minute."""
    if seat.seen_at is None or now - seat.seen_at >= SEEN_EVERY:
        HomeSeat.objects.filter(pk=seat.pk).update(seen_at=now)
