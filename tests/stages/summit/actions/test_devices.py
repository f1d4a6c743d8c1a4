"""The device of a table."""

from datetime import datetime

import pytest

from burgertop.foundation.people.actors import Actor
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.models import Device, Table


def test_a_second_device_ends_the_first(tables: list[Table], now: datetime) -> None:
    first = Actor(passes=(actions.bind_device(tables[0], now=now),))
    second = Actor(passes=(actions.bind_device(tables[0], now=now),))

    assert permissions.device_of(first, tables[0]) is None
    assert permissions.device_of(second, tables[0]) is not None
    assert Device.objects.filter(revoked_at__isnull=True).count() == 1


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
