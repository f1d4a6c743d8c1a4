"""A lottery is written in one way only, and read back whole."""

import json

import pytest

from burgertop.core.errors import InputError
from burgertop.core.sortition import (
    Pool,
    Quota,
    Quotas,
    commitment_of,
    lottery_as_json,
    lottery_from_json,
    lottery_of,
    verify_lottery,
)
from burgertop.core.sortition.published import reordered

POOL = Pool(tuple("cab"), ("gender",), (("woman",), ("man",), ("woman",)), ("h", "", "h"))
QUOTAS = Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1)))
LOTTERY = lottery_of(POOL, QUOTAS, at_most_per_household=1, panels=10)


def test_a_lottery_survives_being_written_and_read() -> None:
    written = json.loads(json.dumps(lottery_as_json(LOTTERY)))

    read = lottery_from_json(written)

    assert lottery_as_json(read) == lottery_as_json(LOTTERY)
    assert commitment_of(read) == commitment_of(LOTTERY)
    assert read.ids == ("a", "b", "c")
    checks = verify_lottery(POOL, QUOTAS, read, at_most_per_household=1)
    assert {check.state for check in checks} == {"passed"}


def test_people_can_be_put_into_another_order() -> None:
    other = reordered(LOTTERY, ("a", "b", "c"))

    assert sorted(other.panel(3)) == sorted(LOTTERY.panel(3))
    assert dict(zip(other.ids, other.ideal, strict=True)) == dict(zip(LOTTERY.ids, LOTTERY.ideal, strict=True))
    with pytest.raises(InputError, match="unknown_person"):
        reordered(LOTTERY, ("a", "b", "z"))


@pytest.mark.parametrize("missing", ["format", "ids", "panels", "certificate"])
def test_what_is_no_lottery_is_refused(missing: str) -> None:
    content = lottery_as_json(LOTTERY)
    del content[missing]

    with pytest.raises(InputError, match="not_a_lottery"):
        lottery_from_json(content)


def test_another_format_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        lottery_from_json(lottery_as_json(LOTTERY) | {"format": "burgertop.lottery.9"})

    assert caught.value.params == {"reason": "burgertop.lottery.9"}


def test_a_panel_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="no_such_panel"):
        LOTTERY.panel(11)
