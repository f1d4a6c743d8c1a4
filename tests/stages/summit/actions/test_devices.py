"""The device of a table."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from burgertop.foundation.people.actors import Actor
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.models import Device, Table


def devices_of(tables: list[Table], now: datetime) -> list[Device]:
    """Two devices of the first table."""
    actors = [Actor(passes=(actions.bind_device(tables[0], now=now),)) for _device in range(2)]
    found = [permissions.device_of(actor, tables[0]) for actor in actors]
    return [one for one in found if one is not None]


def test_two_devices_write_and_the_first_sends(tables: list[Table], now: datetime) -> None:
    assert [(one.number, one.is_sender) for one in devices_of(tables, now)] == [(1, True), (2, False)]


def test_the_other_takes_the_sending_over_with_one_press_and_the_record_knows(
    tables: list[Table], now: datetime
) -> None:
    _first, second = devices_of(tables, now)

    for _press in range(2):
        actions.take_send(second, now=now)

    assert [(one.number, one.is_sender) for one in queries.devices_at(tables[0])] == [(1, False), (2, True)]
    changed = Entry.objects.filter(kind="table_sender_changed")
    assert [(one.facts["device"], one.facts["before"]) for one in changed] == [(2, 1)]


def test_a_device_that_was_ended_does_not_take_the_sending_over(tables: list[Table], now: datetime) -> None:
    _first, second = devices_of(tables, now)
    actions.release_devices(tables[0], now=now)

    with pytest.raises(HouseError) as caught:
        actions.take_send(second, now=now)

    assert caught.value.code == "summit.device_ended"


def test_two_senders_at_one_table_cannot_be_stored(tables: list[Table], now: datetime) -> None:
    devices_of(tables, now)

    with pytest.raises(IntegrityError):
        Device.objects.filter(table=tables[0]).update(is_sender=True)


def test_a_table_has_so_many_devices(tables: list[Table], now: datetime) -> None:
    for _device in range(6):
        actions.bind_device(tables[0], now=now)

    with pytest.raises(HouseError) as caught:
        actions.bind_device(tables[0], now=now)

    assert say(caught.value) == "6 devices write for this table already. Use one of them, or ask the hall desk."


def test_the_database_does_not_hold_the_secret(tables: list[Table], now: datetime) -> None:
    given = actions.bind_device(tables[0], now=now)

    assert given.key not in str(Device.objects.values_list().get())


def test_a_pass_opens_its_own_table_only(tables: list[Table], now: datetime) -> None:
    actor = Actor(passes=(actions.bind_device(tables[0], now=now),))

    assert permissions.device_of(actor, tables[1]) is None


@pytest.mark.parametrize("token", ["", "x", "0" * 32, "0" * 32 + ".1:abc"])
def test_a_made_up_square_opens_nothing(tables: list[Table], token: str) -> None:
    with pytest.raises(HouseError) as caught:
        queries.opens_door(token)

    assert caught.value.code == "summit.door_broken"


def test_a_renewed_sheet_makes_the_old_one_worthless(tables: list[Table], now: datetime) -> None:
    old = queries.door_of(tables[0])
    actor = Actor(passes=(actions.bind_device(tables[0], now=now),))

    renewed = actions.renew_door(tables[0], now=now)

    with pytest.raises(HouseError) as caught:
        queries.opens_door(old)
    assert caught.value.code == "summit.door_replaced"
    assert queries.opens_door(queries.door_of(renewed)) == tables[0]
    assert permissions.device_of(actor, tables[0]) is None


def test_a_device_that_says_the_same_again_at_once_is_not_noted_each_time(tables: list[Table], now: datetime) -> None:
    actions.bind_device(tables[0], now=now)
    seen = []

    for seconds, waiting, slow in ((0, 0, 0), (3, 0, 1), (4, 2, 1), (5, 2, 9), (20, 2, 9)):
        device = Device.objects.get()
        actions.note_table_device(device, waiting=waiting, clock_seconds=slow, now=now + timedelta(seconds=seconds))
        device.refresh_from_db()
        assert device.seen_at is not None
        seen.append(((device.seen_at - now).seconds, device.waiting, device.clock_seconds))

    assert seen == [(0, 0, 0), (0, 0, 0), (4, 2, 1), (5, 2, 9), (20, 2, 9)]
