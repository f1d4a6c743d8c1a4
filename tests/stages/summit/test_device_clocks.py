"""What a request waited is not taken for a slow clock; a clock that is set anew is known at once."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given
from hypothesis import strategies as st

from burgertop.stages.summit.device_clocks import LONGEST_WAIT, slow_seconds
from burgertop.stages.summit.models import Device, DoorDevice

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
LONGEST = int(LONGEST_WAIT.total_seconds())
# Eighths of a second, which a sum keeps as they are.
waits = st.lists(st.integers(0, LONGEST * 8).map(lambda eighths: eighths / 8), min_size=1, max_size=8)
clearly_off = st.integers(LONGEST + 1, 1_000_000) | st.integers(-1_000_000, -LONGEST - 1)


def estimates(device: Device | DoorDevice, *differences: float) -> list[int]:
    """What is known of a clock after each request of a device, by the difference that each shows."""
    known = []
    for difference in differences:
        device.clock_seconds = slow_seconds(device, NOON - timedelta(seconds=difference), now=NOON)
        device.seen_at = NOON
        known.append(device.clock_seconds)
    return known


@pytest.mark.parametrize("device", [Device, DoorDevice])
def test_a_request_that_waited_is_no_slow_clock(device: type[Device | DoorDevice]) -> None:
    assert estimates(device(), 0, 8.5, 12, 0.3) == [0, 0, 0, 0]


def test_a_slow_clock_is_known_better_by_the_request_that_waited_least() -> None:
    assert estimates(DoorDevice(), 3610.2, 3604, 3600.1, 3611) == [3610, 3604, 3600, 3600]


def test_a_fast_clock_is_one_whatever_waited() -> None:
    assert estimates(DoorDevice(), -20, -32, -21) == [-20, -32, -32]


def test_a_clock_that_is_set_anew_is_known_at_once() -> None:
    assert estimates(Device(), 3600, 0, 3600, 3620) == [3600, 0, 3600, 3620]


@given(waits)
def test_a_right_clock_stays_right_however_requests_wait(waited: list[float]) -> None:
    assert estimates(DoorDevice(), *waited) == [0] * len(waited)


@given(st.integers(-1_000_000, 1_000_000), waits)
def test_no_estimate_is_off_by_more_than_the_longest_wait(slow: int, waited: list[float]) -> None:
    known = estimates(DoorDevice(), *(slow + one for one in waited))

    assert [one for one in known if abs(one - slow) > LONGEST] == []


@given(clearly_off, waits)
def test_what_is_known_of_a_wrong_clock_never_gets_worse(slow: int, waited: list[float]) -> None:
    known = estimates(DoorDevice(), *(slow + one for one in waited))

    assert known == sorted(known, reverse=True)


@given(clearly_off, waits, waits)
def test_after_one_request_that_did_not_wait_a_wrong_clock_is_known(
    slow: int, before: list[float], after: list[float]
) -> None:
    known = estimates(DoorDevice(), *(slow + one for one in [*before, 0, *after]))

    assert set(known[len(before) :]) == {slow}


def test_a_device_waits_no_longer_for_an_answer_than_is_said_here() -> None:
    script = Path(str(finders.find("js/offline/beat.js"))).read_text()
    found = re.search(r"^const PATIENCE_MILLISECONDS = ([\d_]+);$", script, re.MULTILINE)

    assert found is not None
    assert timedelta(milliseconds=int(found[1].replace("_", ""))) == LONGEST_WAIT
