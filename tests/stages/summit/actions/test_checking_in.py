"""Scans are taken once, in any order; a person is there once; two doors are a clash that waits for staff."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from burgertop.foundation.people.actions import erase
from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.actions import ScanDraft, Source
from burgertop.stages.summit.device_clocks import slow_seconds
from burgertop.stages.summit.models import Arrival, Badge, Clash, Door, DoorDevice, How, Scan, ScanKind, Settled
from burgertop.stages.summit.permissions import door_device_of
from burgertop.stages.summit.queries.badges import badge_codes


@pytest.fixture
def north(stage: Stage, now: datetime) -> Door:
    return actions.make_door(stage, "North", now=now - timedelta(hours=1))


@pytest.fixture
def south(stage: Stage, now: datetime) -> Door:
    return actions.make_door(stage, "South", now=now - timedelta(hours=1))


def device_of(door: Door, now: datetime) -> DoorDevice:
    bound = door_device_of(Actor(passes=(actions.bind_door(door, now=now),)), door)
    assert bound is not None
    return bound


def outcomes(scans: list[Scan]) -> list[str]:
    return [str(scan.outcome) for scan in scans]


def test_a_scan_that_comes_twice_counts_once(
    stage: Stage, people: list[Participant], north: Door, now: datetime
) -> None:
    mia = ScanDraft(now, people[0].pk)

    first = actions.take_scans(stage, [mia, ScanDraft(now, people[1].pk)], Source(north), now=now)
    again = actions.take_scans(stage, [mia, mia], Source(north), now=now + timedelta(minutes=3))

    assert outcomes(first) == ["taken", "taken"]
    assert again == [first[0], first[0]]
    assert queries.present_in(stage) == {people[0].pk, people[1].pk}
    assert Scan.objects.count() == 2


def test_a_badge_is_known_by_its_code_and_an_old_badge_is_refused(
    stage: Stage, people: list[Participant], north: Door, now: datetime
) -> None:
    old = badge_codes(stage, [people[0].pk])[people[0].pk]
    actions.replace_badge(stage, people[0], now=now)
    new = badge_codes(stage, [people[0].pk])[people[0].pk]
    drafts = [ScanDraft(now, code=code, how=How.SQUARE) for code in (old, new.lower(), "K7M4PX9RW3")]

    scans = actions.take_scans(stage, drafts, Source(north), now=now)

    assert outcomes(scans) == ["replaced", "taken", "unknown"]
    assert [(scan.participant_id, scan.code) for scan in scans] == [
        (people[0].pk, ""),
        (people[0].pk, ""),
        (None, "K7M4PX9RW3"),
    ]
    assert queries.present_in(stage) == {people[0].pk}


def test_one_badge_at_two_doors_is_a_clash_that_staff_settles(
    stage: Stage, people: list[Participant], north: Door, south: Door, now: datetime
) -> None:
    actions.take_scans(stage, [ScanDraft(now, people[0].pk)], Source(south), now=now)
    late = actions.take_scans(
        stage, [ScanDraft(now - timedelta(minutes=4), people[0].pk)], Source(north), now=now + timedelta(minutes=9)
    )

    (clash,) = queries.clashes_of(stage)
    assert outcomes(late) == ["taken"]
    assert (clash.first.door, clash.second.door, clash.settled_at) == (north, south, None)
    assert Arrival.objects.get().came_at == now - timedelta(minutes=4)

    by = uuid.uuid4()
    actions.settle_clash(clash, Settled.COPIED_BADGE, by=by, now=now)
    actions.settle_clash(clash, Settled.SAME_PERSON, by=uuid.uuid4(), now=now)

    clash.refresh_from_db()
    assert (clash.settled_as, clash.settled_by) == ("copied", by)
    assert Badge.objects.get().number == 2
    assert queries.attendance_of(stage, now=now).clashes == 0


def test_a_going_out_that_comes_late_takes_a_clash_away(
    stage: Stage, people: list[Participant], north: Door, south: Door, now: datetime
) -> None:
    for minute, door in ((0, north), (20, south)):
        draft = ScanDraft(now + timedelta(minutes=minute), people[0].pk)
        actions.take_scans(stage, [draft], Source(door), now=now + timedelta(minutes=minute))
    assert Clash.objects.count() == 1

    out = ScanDraft(now + timedelta(minutes=10), people[0].pk, kind=ScanKind.OUT)
    actions.take_scans(stage, [out], Source(north), now=now + timedelta(minutes=40))

    assert Clash.objects.count() == 0
    assert Arrival.objects.get().in_since == now + timedelta(minutes=20)


def test_a_clock_that_is_a_day_wrong_is_put_right(
    stage: Stage, people: list[Participant], north: Door, now: datetime
) -> None:
    day = timedelta(days=1)
    drafts = [ScanDraft(now - day, people[0].pk), ScanDraft(now - day + timedelta(hours=2), people[1].pk)]

    scans = actions.take_scans(stage, drafts, Source(north, slow=day), now=now)

    assert [(scan.scanned_at, scan.at) for scan in scans] == [(now - day, now), (now - day + timedelta(hours=2), now)]


def test_what_a_replaced_device_brings_counts_and_what_a_stolen_one_scans_does_not(
    stage: Stage, people: list[Participant], north: Door, south: Door, now: datetime
) -> None:
    replaced, stolen = device_of(north, now), device_of(south, now)
    actions.bind_door(north, now=now + timedelta(minutes=5))
    actions.shut_out(south, now=now + timedelta(minutes=5))
    drafts = [ScanDraft(now + timedelta(minutes=minute), people[minute].pk) for minute in (1, 8)]
    more = [ScanDraft(now + timedelta(minutes=minute), people[minute + 1].pk) for minute in (1, 8)]
    for device in (replaced, stolen):
        device.refresh_from_db()

    kept = actions.take_scans(stage, drafts, Source(north, replaced), now=now + timedelta(minutes=30))
    aside = actions.take_scans(stage, more, Source(south, stolen), now=now + timedelta(minutes=30))

    assert (outcomes(kept), outcomes(aside)) == (["taken", "taken"], ["taken", "shut_out"])
    assert queries.present_in(stage) == {people[1].pk, people[8].pk, people[2].pk}


def test_a_walk_in_waits_for_a_seat_and_the_missing_are_counted(
    stage: Stage, people: list[Participant], north: Door, now: datetime
) -> None:
    late = Participant.objects.create(process=stage.process, origin="drawn", language="nl", speaks=["nl"])

    actions.check_in(stage, late, Source(), now=now)
    actions.check_in(stage, people[3], Source(north), now=now)

    seen = queries.attendance_of(stage, now=now)
    assert [one.participant for one in queries.walk_ins_waiting(stage)] == [late]
    assert (seen.expected, seen.came, seen.missing, seen.walk_ins, seen.here) == (12, 1, 11, 1, 2)
    assert Scan.objects.get(participant=late).kind == ScanKind.WALK_IN


def test_a_check_in_is_taken_back_and_may_be_made_again(
    stage: Stage, people: list[Participant], north: Door, now: datetime
) -> None:
    actions.check_in(stage, people[0], Source(north), now=now)
    actions.undo_arrival(Arrival.objects.get(), by=None, now=now + timedelta(minutes=1))
    assert (queries.has_checked_in(stage), queries.present_in(stage)) == (False, frozenset())

    actions.check_in(stage, people[0], Source(north), now=now + timedelta(minutes=2))

    assert queries.present_in(stage) == {people[0].pk}
    assert [scan.kind for scan in Scan.objects.order_by("number")] == ["in", "undo", "in"]


def test_somebody_erased_is_on_no_list_and_their_scan_names_nobody(
    stage: Stage, people: list[Participant], north: Door, now: datetime
) -> None:
    before = queries.list_version(stage)
    erase(people[0], now=now)

    scans = actions.take_scans(stage, [ScanDraft(now, people[0].pk)], Source(north), now=now)

    assert (outcomes(scans), scans[0].participant_id) == (["unknown"], None)
    assert people[0] not in queries.expected_at(stage)
    assert queries.list_version(stage) != before


def test_the_database_itself_lets_nobody_be_there_twice(
    stage: Stage, people: list[Participant], north: Door, now: datetime
) -> None:
    scan = actions.check_in(stage, people[0], Source(north), now=now)
    twice = Arrival(stage=stage, participant=people[0], first_scan=scan, came_at=now, in_since=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()


def test_as_many_queries_for_one_scan_as_for_forty(
    stage: Stage, people: list[Participant], north: Door, now: datetime
) -> None:
    def take(number: int) -> int:
        drafts = [ScanDraft(now, people[step % 12].pk) for step in range(number)]
        with CaptureQueriesContext(connection) as asked:
            actions.take_scans(stage, drafts, Source(north), now=now)
        return len(asked)

    take(12)

    assert take(1) == take(40)


@pytest.mark.parametrize("slow", [0, 3600, -3600])
def test_out_stays_after_in_when_the_first_of_them_waited(
    stage: Stage, people: list[Participant], north: Door, now: datetime, slow: int
) -> None:
    """In at noon, by a request that waits ten seconds; out three seconds after, by one that waits no time."""
    device = device_of(north, now)
    for kind, second, sent in ((ScanKind.IN, 0, 0), (ScanKind.OUT, 3, 11)):
        waited = 10 if kind == ScanKind.IN else 0
        draft = ScanDraft(now + timedelta(seconds=second - slow), people[0].pk, kind=kind)
        heard_at = now + timedelta(seconds=sent + waited)
        seconds = slow_seconds(device, now + timedelta(seconds=sent - slow), now=heard_at)
        actions.take_scans(stage, [draft], Source(north, device, slow=timedelta(seconds=seconds)), now=heard_at)
        actions.note_device(device, holds=0, clock_seconds=seconds, now=heard_at)
        device.refresh_from_db()

    assert outcomes(list(Scan.objects.order_by("number"))) == ["taken", "taken"]
    assert queries.present_in(stage) == frozenset()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(slow=st.integers(-4000, 4000), steps=st.lists(st.tuples(st.floats(0, 20), st.floats(0, 12)), max_size=6))
def test_scans_of_one_device_keep_their_order_however_its_requests_wait(
    stage: Stage, people: list[Participant], north: Door, now: datetime, slow: int, steps: list[tuple[float, float]]
) -> None:
    """Each scan comes so long after the one before; its request waits so long, and the next is sent after it."""
    with transaction.atomic():
        device, made, heard = device_of(north, now), now, now
        for pause, waited in steps:
            made += timedelta(seconds=pause)
            sent = max(made, heard)
            heard = sent + timedelta(seconds=waited)
            seconds = slow_seconds(device, sent - timedelta(seconds=slow), now=heard)
            source = Source(north, device, slow=timedelta(seconds=seconds))
            actions.take_scans(stage, [ScanDraft(made - timedelta(seconds=slow), people[0].pk)], source, now=heard)
            actions.note_device(device, holds=0, clock_seconds=seconds, now=heard)
            device.refresh_from_db()
        moments = list(Scan.objects.order_by("number").values_list("at", flat=True))
        transaction.set_rollback(True)

    assert moments == sorted(moments)
