"""The morning through the pages: those who are missing, those who come unexpected; and the morning of 2011."""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from django.test import Client

from burgertop.foundation.draws.models import Draw, DrawState, Member, Standing
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Process, Stage, StageKind
from burgertop.stages.summit import actions
from burgertop.stages.summit.jobs import propose
from burgertop.stages.summit.models import Arrival, Round, Scan, Seat, SeatPlan, Table
from burgertop.stages.summit.queries.plan import proposed_plan, standing_plan

HERE = "/en/town/summit/day/"


class Silent:
    """Somebody who listens to how far a job is, and says nothing."""

    def tell(self, done: int, total: int) -> None:
        """Take the news."""


def check_in(stage: Stage, people: Sequence[Participant], now: datetime) -> None:
    first = Scan.objects.count() + 1
    scans = Scan.objects.bulk_create(
        Scan(
            stage=stage,
            number=number,
            participant=one,
            how="code",
            outcome="taken",
            scanned_at=now,
            at=now,
            received_at=now,
        )
        for number, one in enumerate(people, first)
    )
    Arrival.objects.bulk_create(
        Arrival(stage=stage, participant=one, first_scan=scan, came_at=now, in_since=now)
        for one, scan in zip(people, scans, strict=True)
    )


def walk_in(process: Process, number: int, language: str = "nl") -> Participant:
    return Participant.objects.create(
        process=process,
        origin=Origin.DRAWN,
        language=language,
        speaks=[language],
        features={"sex": "F"},
        pool_id=f"late-{number}",
    )


def look(organiser: Client, **more: object) -> SeatPlan:
    """Ask for a proposal, and let the worker make it."""
    organiser.post(f"{HERE}morning/propose/", {"seed": "9 9 9", "least": 2} | more)
    job = Job.objects.latest("made_at")
    propose(dict(job.args), Silent())  # type: ignore[arg-type]  # what the job needs of its progress
    plan = proposed_plan(Stage.objects.get(slug="day"))
    assert plan is not None
    return plan


@pytest.fixture
def planned(
    stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> SeatPlan:
    return actions.seat_hall(stage, seed="7 3 1", effort="quick", least_speakers=1, now=now)


def test_who_is_here_is_fetched_alone_when_somebody_comes_in(
    planned: SeatPlan, organiser: Client, stage: Stage, people: list[Participant], now: datetime
) -> None:
    whole = organiser.get(f"{HERE}morning/").content.decode()
    before = organiser.get(f"{HERE}morning/", headers={"HX-Request": "true"}).content.decode()
    check_in(stage, people[:5], now)
    after = organiser.get(f"{HERE}morning/", headers={"HX-Request": "true"}).content.decode()

    assert f'data-fragment="{HERE}morning/"' in whole
    assert "data-live" in whole
    assert "Nobody is checked in yet" in before
    assert "<dt>are checked in</dt><dd>5</dd>" in after
    assert "<html" not in after
    assert "propose" not in after  # what somebody fills in stays as it is


def test_before_the_doors_open_the_page_says_so(organiser: Client, planned: SeatPlan) -> None:
    page = organiser.get(f"{HERE}morning/").content.decode()

    assert "Nobody is checked in yet. Begin at the doors" in page
    assert "wait for a seat" not in page


def test_a_proposal_is_looked_at_done_once_and_its_moves_are_listed(
    organiser: Client, planned: SeatPlan, stage: Stage, people: list[Participant], now: datetime
) -> None:
    Table.objects.update(seats=6)
    at_two = list(Seat.objects.filter(round__number=1, table__number=2).values_list("participant_id", flat=True))
    check_in(stage, [one for one in people if one.pk not in at_two[1:]], now)

    plan = look(organiser, least=3)
    shown = organiser.get(f"{HERE}morning/").content.decode()
    before = Seat.objects.count()
    for _ in "ab":
        organiser.post(f"{HERE}morning/{plan.pk}/accept/")
    after = organiser.get(f"{HERE}morning/").content.decode()
    moves = organiser.get(f"{HERE}morning/moves/").content.decode()

    mover = Participant.objects.get(pk=at_two[0]).pool_id
    assert "1 person changes tables; fewer than 1 is impossible." in shown
    assert mover in shown
    assert before == 24
    assert Seat.objects.count() == 2 * (12 - len(at_two) + 1)
    assert "The list of moves" in after
    assert mover in moves
    assert "from table 2" in moves
    assert SeatPlan.objects.filter(kind="reseated").count() == 1


def test_a_proposal_is_forgotten(
    organiser: Client, planned: SeatPlan, stage: Stage, people: list[Participant], now: datetime
) -> None:
    check_in(stage, people[:10], now)
    plan = look(organiser)

    organiser.post(f"{HERE}morning/{plan.pk}/accept/", {"no": 1})
    gone = organiser.post(f"{HERE}morning/{plan.pk}/accept/", follow=True).content.decode()

    assert "What you looked at is no longer there." in gone
    assert Seat.objects.count() == 24


def test_walk_ins_get_a_seat_with_one_press_or_it_is_said_why_not(
    organiser: Client, planned: SeatPlan, process: Process, stage: Stage, people: list[Participant], now: datetime
) -> None:
    guests = [walk_in(process, number) for number in (1, 2)]
    stranger = walk_in(process, 3)
    check_in(stage, [*people, *guests], now)
    Table.objects.filter(number__in=[1, 2, 4]).update(seats=3)

    full = organiser.post(f"{HERE}morning/seat/{guests[0].pk}/", follow=True).content.decode()
    Table.objects.filter(number=1).update(seats=4)
    one = organiser.post(f"{HERE}morning/seat/{guests[0].pk}/", follow=True).content.decode()
    away = organiser.post(f"{HERE}morning/seat/{stranger.pk}/")
    rest = organiser.post(f"{HERE}morning/seat/", follow=True).content.decode()

    assert "No free seat in round 1 keeps all rules for participant late-1." in full
    assert "late-1 – round 1: table 1; round 2: table 1" in one
    assert away.status_code == 404
    assert "No free seat in round 1 keeps all rules for participant late-2." in rest
    assert "1 person waits for a seat" in rest


def test_facilitators_read_and_observers_count(
    client_as: object, planned: SeatPlan, process: Process, stage: Stage, people: list[Participant], now: datetime
) -> None:
    check_in(stage, [*people[:10], walk_in(process, 1)], now)

    pages = [client_as(role).get(f"{HERE}morning/").content.decode() for role in ("facilitator", "observer")]  # type: ignore[operator]  # the fixture

    assert ["late-1" in page for page in pages] == [True, False]
    assert [">2<" in page for page in pages] == [True, True]
    assert ["Show a proposal" in page for page in pages] == [False, False]


@pytest.mark.slow
def test_the_morning_of_2011(
    organiser: Client, process: Process, stage: Stage, rounds: list[Round], now: datetime, shared_data: Path
) -> None:
    """704 expected at the 81 tables of 2011, 106 of them absent, five come unexpected."""
    drafts: list[actions.TableDraft] = []
    with (shared_data / "g1000" / "tables.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["edition"] == "summit 2011-11-11":
                languages = row["languages"].split("|")
                drafts += actions.tables_of_kind(
                    languages, int(row["tables"]), first=len(drafts) + 1, has_interpreter=len(languages) > 1
                )
    actions.lay_tables(stage, drafts, now=now)
    rng = np.random.default_rng(2011)
    spoken = rng.choice(["nl", "fr", "nl fr", "de fr"], 704, p=[0.55, 0.36, 0.085, 0.005])
    people = [
        Participant(
            process=process,
            origin=Origin.DRAWN,
            language=tongues.split()[0],
            speaks=tongues.split(),
            features={"sex": str(rng.choice(["F", "M"])), "age": str(rng.choice(["16-29", "30-44", "45-59", "60+"]))},
            pool_id=f"p{number}",
        )
        for number, tongues in enumerate(map(str, spoken))
    ]
    Participant.objects.bulk_create(people)
    lottery = Stage.objects.create(process=process, kind=StageKind.LOTTERY, slug="lot", order=2)
    draw = Draw.objects.create(stage=lottery, name="hall", seats=704, state=DrawState.DRAWN)
    Member.objects.bulk_create(
        Member(draw=draw, participant=one, number=number, origin=one.origin, standing=Standing.DRAWN)
        for number, one in enumerate(people, start=1)
    )
    actions.seat_hall(stage, seed="11 11 11", effort="quick", now=now)
    before = dict(Seat.objects.filter(round=rounds[0]).values_list("participant_id", "table__number"))
    absent = set(rng.permutation(704)[:106].tolist())
    here = [one for number, one in enumerate(people) if number not in absent]
    check_in(stage, here, now)

    plan = look(organiser, least=8)
    page = organiser.get(f"{HERE}morning/").content.decode()
    organiser.post(f"{HERE}morning/{plan.pk}/accept/")
    guests = [walk_in(process, number, language) for number, language in enumerate(["nl", "nl", "fr", "fr", "nl"])]
    check_in(stage, guests, now)
    organiser.post(f"{HERE}morning/seat/")

    standing = standing_plan(stage)
    assert standing is not None
    figures = standing.figures
    after = dict(Seat.objects.filter(round=rounds[0]).values_list("participant_id", "table__number"))
    moved = sum(before[one.pk] != after[one.pk] for one in here)
    sizes = Counter(after.values())
    assert ">106<" in page
    assert moved == figures["moved"] <= figures["floor"] + 5
    assert set(after) == {one.pk for one in [*here, *guests]}
    assert all(size >= 8 or table in figures["short"] for table, size in sizes.items())
    assert max(sizes.values()) <= 10
    assert set(figures["closed"]).isdisjoint(sizes)
    assert figures["lone_speakers"] == figures["forced_lone_speakers"]
