"""A thousand people at four doors in twenty minutes, five of them without a network: none lost, none doubled.

The time is simulated, the server is the real action on a real database. Devices send every fifteen seconds what they
hold. One answer in ten is lost on its way back, so that the device sends the same again; one batch in twelve dies with
the server before it is stored. One device's clock is a day slow, another is replaced in the middle of it all.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import transaction

from burgertop.foundation.draws.models import Draw, DrawState, Member, Standing
from burgertop.foundation.people.actors import Actor
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage, StageKind
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.actions import ScanDraft, Source
from burgertop.stages.summit.models import Arrival, Clash, Door, DoorDevice, Scan
from burgertop.stages.summit.permissions import door_device_of

PEOPLE, DOORS, SECONDS, EVERY = 1000, 4, 20 * 60, 15
CUT = range(8 * 60, 13 * 60)
TWICE, AT_TWO_DOORS = 30, 20
DAY = timedelta(days=1)


class PowerCutError(Exception):
    """The server dies before a batch is stored."""


@dataclass(slots=True)
class Tablet:
    """One device: what it scanned and the server has not answered for."""

    door: Door
    device: DoorDevice
    slow: timedelta
    held: list[ScanDraft] = field(default_factory=list)
    most_held: int = 0

    def scan(self, person: Participant, now: datetime) -> None:
        """Keep one check-in, by the clock of this device."""
        self.held.append(ScanDraft(now - self.slow, person.pk))
        self.most_held = max(self.most_held, len(self.held))

    def bring(self, stage: Stage, now: datetime, rng: Random) -> None:
        """Send everything held; let go only of what was answered."""
        source = Source(self.door, self.device, slow=self.slow)
        try:
            with transaction.atomic():
                actions.take_scans(stage, self.held, source, now=now)
                die_now_and_then(rng)
        except PowerCutError:
            return
        if rng.random() > 1 / 10:
            self.held.clear()


def die_now_and_then(rng: Random) -> None:
    """One batch in twelve."""
    if rng.random() < 1 / 12:
        raise PowerCutError


def crowd(stage: Stage) -> list[Participant]:
    """A thousand people with a seat."""
    lottery = Stage.objects.create(process=stage.process, kind=StageKind.LOTTERY, slug="lot", order=2)
    draw = Draw.objects.create(stage=lottery, name="hall", seats=PEOPLE, state=DrawState.DRAWN)
    people = Participant.objects.bulk_create(
        Participant(process=stage.process, origin="drawn", language="nl") for _ in range(PEOPLE)
    )
    Member.objects.bulk_create(
        Member(draw=draw, participant=one, number=number, origin="drawn", standing=Standing.DRAWN)
        for number, one in enumerate(people, start=1)
    )
    return people


def tablet_at(door: Door, slow: timedelta, now: datetime) -> Tablet:
    device = door_device_of(Actor(passes=(actions.bind_door(door, now=now),)), door)
    assert device is not None
    return Tablet(door, device, slow)


def plan(people: list[Participant], rng: Random) -> dict[int, list[tuple[int, Participant]]]:
    """Who comes in which second at which door; some scan twice, some at a second door half a minute later."""
    comings: dict[int, list[tuple[int, Participant]]] = {}
    for number, person in enumerate(people):
        second, door = rng.randrange(SECONDS - 60), rng.randrange(DOORS)
        comings.setdefault(second, []).append((door, person))
        if number < TWICE:
            comings.setdefault(second + 2, []).append((door, person))
        elif number < TWICE + AT_TWO_DOORS:
            comings.setdefault(second + 30, []).append(((door + 1) % DOORS, person))
    return comings


@pytest.mark.slow
def test_a_thousand_people_at_four_doors_with_the_network_cut(stage: Stage, now: datetime) -> None:
    rng = Random(2011)  # noqa: S311  # a plan of the day, no secret
    people = crowd(stage)
    doors = [actions.make_door(stage, f"Door {number}", now=now) for number in range(DOORS)]
    tablets = [tablet_at(door, DAY if number == 1 else timedelta(0), now) for number, door in enumerate(doors)]
    at_doors, retired, comings = list(tablets), list[Tablet](), plan(people, rng)

    for second in range(SECONDS + 600):
        moment = now + timedelta(seconds=second)
        for door, person in comings.get(second, []):
            at_doors[door].scan(person, moment)
        if second == CUT.start + 60:  # a tablet falls; another takes its door, with a network of its own
            retired.append(at_doors[2])
            at_doors[2] = tablet_at(doors[2], timedelta(0), moment)
        if second % EVERY == 0 and second not in CUT:
            for tablet in [*at_doors, *retired]:
                if tablet.held:
                    tablet.bring(stage, moment, rng)

    assert [tablet.held for tablet in [*at_doors, *retired]] == [[]] * (DOORS + 1)
    assert max(tablet.most_held for tablet in tablets) > 50
    assert queries.present_in(stage) == {person.pk for person in people}
    assert Arrival.objects.count() == PEOPLE
    assert Scan.objects.count() == PEOPLE + TWICE + AT_TWO_DOORS
    assert set(Clash.objects.values_list("second__participant", flat=True)) == {
        person.pk for person in people[TWICE : TWICE + AT_TWO_DOORS]
    }
    came = dict(Arrival.objects.values_list("participant_id", "came_at"))
    planned = {person.pk: second for second, rows in sorted(comings.items(), reverse=True) for _door, person in rows}
    assert {person: (moment - now).total_seconds() for person, moment in came.items()} == planned
