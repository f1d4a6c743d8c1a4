"""Reads of a lottery: its draws, the pool against the quotas, what a page may show of them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import cos, pi, sin
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from burgertop.core.sortition import Feasibility
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, DrawState, Duty, Member, Round, Standing
from burgertop.foundation.draws.packing import own_of_member
from burgertop.foundation.draws.queries import (
    QuotaCount,
    margins_of,
    people_in,
    quota_table,
    roster_of,
    round_of,
    rounds_of,
)
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.queries import jobs_of, note_of
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.people.vault import open_identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery.models import Intake

__all__ = [
    "HIDDEN_BELOW",
    "ChanceBar",
    "Chances",
    "FeatureLines",
    "Line",
    "NamedSeat",
    "Place",
    "Step",
    "can_be_computed",
    "chances_of",
    "checks_in",
    "draw_or_404",
    "draws_with_counts",
    "duties_of",
    "failure_of",
    "intake_of",
    "last_job",
    "lines_of",
    "named_seats",
    "own_rounds",
    "places_of",
    "relaxations_in",
    "round_or_404",
    "seats_of_person",
    "steps_of",
    "vacancies_of",
]

HIDDEN_BELOW = 5
BAR = 300.0
CHART_WIDTH, CHART_HEIGHT = 360.0, 120.0
RING_MOST, RING_MIDDLE, RING_EDGE = 40, 380.0, 360.0
SEAT_RADIUS, SEAT_WIDTH, SEAT_SCALE_MOST = 25.0, 66.0, 2.2
DIGITS_THAT_FIT = 3.4


@dataclass(frozen=True, slots=True)
class Line:
    """One quota as a page shows it. ``None`` stands for a number under five that the public does not see.

    The picture compares shares, in units of ``lottery/_quotas.html``: of the pool and of the panel (bars; empty
    where the number is hidden), of the population (a mark; empty where it is not known), and of the seats, least to
    most (a box).
    """

    value: str
    least: int
    most: int
    in_pool: int | None
    drawn: int | None
    is_met: bool
    is_in_reach: bool
    pool_bar: str
    panel_bar: str
    population_at: str
    low: str
    width: str


@dataclass(frozen=True, slots=True)
class FeatureLines:
    """The quotas of one feature."""

    feature: str
    lines: tuple[Line, ...]

    @property
    def met(self) -> int:
        """How many of these quotas the drawn meet."""
        return sum(1 for line in self.lines if line.is_met)

    @property
    def in_reach(self) -> int:
        """For how many of these quotas the pool has enough people."""
        return sum(1 for line in self.lines if line.is_in_reach)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the work of the organiser: its name and whether it is done."""

    name: str
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class NamedSeat:
    """A number of the roster with what the vault knows of the person."""

    number: int
    standing: str
    identity: dict[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a drawn number stands on the ring of the screen, and how large: the fewer seats, the larger."""

    number: int
    x: str
    y: str
    scale: str
    text_scale: str


def places_of(numbers: Sequence[int]) -> list[Place]:
    """Put the drawn numbers on a ring, the smallest at the top, clockwise; none when they do not fit."""
    if len(numbers) > RING_MOST:
        return []
    places = []
    scale = max(1.0, min(SEAT_SCALE_MOST, 2 * pi * RING_EDGE / (max(1, len(numbers)) * SEAT_WIDTH)))
    radius = RING_EDGE - scale * SEAT_RADIUS
    for order, number in enumerate(numbers):
        angle = 2 * pi * order / len(numbers)
        x, y = RING_MIDDLE + radius * sin(angle), RING_MIDDLE - radius * cos(angle)
        fits = min(1.0, DIGITS_THAT_FIT / len(str(number)))
        places.append(Place(number, f"{x:.1f}", f"{y:.1f}", f"{scale:.2f}", f"{fits:.2f}"))
    return places


def draws_with_counts(stage: Stage) -> QuerySet[Draw]:
    """The draws of a stage with ``people`` in the pool and ``seated`` so far."""
    seated = Q(members__standing__in=(Standing.DRAWN, Standing.REPLACEMENT))
    return stage.draws.annotate(
        people=Count("members", filter=Q(members__participant__erased_at__isnull=True), distinct=True),
        seated=Count("members", filter=seated, distinct=True),
    ).order_by("created_at", "name")


def draw_or_404(stage: Stage, name: str) -> Draw:
    """Return a draw of this stage with its counts, or answer "not found"."""
    draw = get_object_or_404(draws_with_counts(stage), name=name)
    draw.stage = stage
    return draw


def intake_of(once: uuid.UUID) -> Intake | None:
    """The intake of a confirmation that was sent before, if there is one."""
    return Intake.objects.filter(once=once).first()


def last_job(draw: Draw, kind: str) -> Job | None:
    """The last time the worker was asked to compute or to check this draw, if ever."""
    return jobs_of(draw.stage.process_id).filter(subject=draw.pk, kind=kind).first()


def lines_of(draw: Draw, *, is_public: bool) -> list[FeatureLines]:
    """The quotas by feature against the population, the pool and, once drawn, the panel.

    For the public, numbers under five are left out and no bar is drawn for them.
    """
    totals = _Totals(
        seats=draw.seats,
        pool=people_in(draw).count(),
        panel=roster_of(draw).filter(participant__erased_at__isnull=True).count(),
        population={
            (feature, value): people / sum(counts.values())
            for feature, counts in margins_of(draw).items()
            for value, people in counts.items()
        },
    )
    grouped = groupby(quota_table(draw), key=lambda row: row.feature)
    return [FeatureLines(feature, _lines(list(rows), totals, is_public)) for feature, rows in grouped]


@dataclass(frozen=True, slots=True)
class _Totals:
    """What shares are taken of; the population by feature and value, as shares already."""

    seats: int
    pool: int
    panel: int
    population: Mapping[tuple[str, str], float]


def _lines(rows: Sequence[QuotaCount], totals: _Totals, is_public: bool) -> tuple[Line, ...]:
    shares = [share for row in rows for share in _shares(row, totals)]
    scale = BAR / max(0.01, *shares)
    return tuple(_line(row, totals, scale, is_public) for row in rows)


def _shares(row: QuotaCount, totals: _Totals) -> tuple[float, float, float, float]:
    """The shares of one value: in the pool, in the panel, in the population, and the most of the seats."""
    return (
        row.in_pool / max(1, totals.pool),
        row.drawn / max(1, totals.panel),
        totals.population.get((row.feature, row.value), 0.0),
        row.most / totals.seats,
    )


def _line(row: QuotaCount, totals: _Totals, scale: float, is_public: bool) -> Line:
    pool, panel, population, most = _shares(row, totals)
    least = row.least / totals.seats
    is_known = (row.feature, row.value) in totals.population
    return Line(
        value=row.value,
        least=row.least,
        most=row.most,
        in_pool=_shown(row.in_pool, is_public),
        drawn=_shown(row.drawn, is_public),
        is_met=row.is_met,
        is_in_reach=row.is_in_reach,
        pool_bar="" if _shown(row.in_pool, is_public) is None else f"{pool * scale:.1f}",
        panel_bar="" if _shown(row.drawn, is_public) is None else f"{panel * scale:.1f}",
        population_at=f"{population * scale:.1f}" if is_known else "",
        low=f"{least * scale:.1f}",
        width=f"{max(2.0, (most - least) * scale):.1f}",
    )


def _shown(number: int, is_public: bool) -> int | None:
    return None if is_public and number < HIDDEN_BELOW else number


def relaxations_in(found: Feasibility) -> list[tuple[str, str, str, int, int]]:
    """The smallest change that would help: feature, value, what moves (least, most), from and to."""
    moves = []
    for move in found.relaxation:
        quota = move.quota
        if move.least != quota.least:
            moves.append((quota.feature, quota.value, "least", quota.least, move.least))
        if move.most != quota.most:
            moves.append((quota.feature, quota.value, "most", quota.most, move.most))
    return moves


def steps_of(draw: Draw) -> list[Step]:
    """The work on a draw in its order: pool, quotas, lottery, seal, chance, roster; from the lottery on by round."""
    one = round_of(draw)
    is_over = draw.state == DrawState.DRAWN
    done = {
        "pool": draw.members.exists() and draw.filling_from is None,
        "quotas": draw.quotas.exists(),
        "lottery": one is not None,
        "seal": one is not None and one.committed_at is not None,
        "chance": one is not None and one.drawn_at is not None,
        "roster": is_over,
    }
    current = next((name for name, is_done in done.items() if not is_done), "")
    return [Step(name, is_done, name == current) for name, is_done in done.items()]


def duties_of(draw: Draw) -> dict[str, str]:
    """The numbers for whom chance does not decide, as the form of duties shows them."""
    bound = draw.members.exclude(duty=Duty.FREE).order_by("number").values_list("number", "duty")
    return {
        str(duty): ", ".join(str(number) for number, given in bound if given == duty)
        for duty in (Duty.MUST, Duty.NEVER)
    }


def failure_of(job: Job | None) -> str:
    """Why the worker could not do it, as a sentence; empty when nothing went wrong."""
    return note_of(job) if job and job.state == JobState.FAILED else ""


def checks_in(recheck: Job | None) -> list[tuple[str, str]]:
    """What the last check found: each sentence with passed, failed or open."""
    found = (recheck.result or {}).get("checks", ()) if recheck else ()
    return [(say(HouseError.kept(code, params)), state) for code, state, params in found]


def can_be_computed(draw: Draw) -> bool:
    """Whether a lottery can be asked for now: before the seal, or for seats that are free."""
    one = round_of(draw)
    if draw.state == DrawState.PREPARING:
        return draw.filling_from is None and draw.members.exists() and draw.quotas.exists()
    return bool(vacancies_of(draw)) and (one is None or one.committed_at is None or one.drawn_at is not None)


@dataclass(frozen=True, slots=True)
class ChanceBar:
    """One bar of the picture of chances: from and to which chance, how many people, and where it stands."""

    least: float
    most: float
    people: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Chances:
    """How chances spread in a round, never fewer than ten people together, and the chance without quotas."""

    bars: tuple[ChanceBar, ...]
    even: float
    even_at: str
    top: float


def chances_of(one: Round) -> Chances | None:
    """The picture of a round, in units of ``lottery/_chances.html``; none for a draw of version 0.1."""
    if not one.facts.get("chances"):
        return None
    smallest = int(one.facts["least"] * one.panels)  # public by itself: nobody is below it
    cells = [cell | {"from": min(max(cell["from"], smallest), cell["to"])} for cell in one.facts["chances"]]
    even = one.seats / one.facts["people"]
    top = max(even, *((cell["to"] + 1) / one.panels for cell in cells)) * 1.02
    heights = [cell["people"] / (cell["to"] + 1 - cell["from"]) for cell in cells]
    bars = tuple(
        ChanceBar(
            least=cell["from"] / one.panels,
            most=cell["to"] / one.panels,
            people=cell["people"],
            x=f"{cell['from'] / one.panels / top * CHART_WIDTH:.1f}",
            y=f"{CHART_HEIGHT * (1 - height / max(heights)):.1f}",
            width=f"{max(1.0, (cell['to'] + 1 - cell['from']) / one.panels / top * CHART_WIDTH - 1):.1f}",
            height=f"{CHART_HEIGHT * height / max(heights):.1f}",
        )
        for cell, height in zip(cells, heights, strict=True)
    )
    return Chances(bars, even, f"{even / top * CHART_WIDTH:.1f}", top)


def vacancies_of(draw: Draw) -> int:
    """How many seats of a drawn panel are empty: somebody left, or was erased."""
    if draw.state != DrawState.DRAWN:
        return 0
    return draw.seats - roster_of(draw).filter(participant__erased_at__isnull=True).count()


def named_seats(members: Sequence[Member]) -> list[NamedSeat]:
    """Open the vault for these members: names and addresses, by number."""
    pks = [member.participant.identity_id for member in members if member.participant.identity_id]
    identities: dict[uuid.UUID, Identity] = {}
    for start in range(0, len(pks), 500):
        identities |= Identity.objects.in_bulk(pks[start : start + 500])
    return [
        NamedSeat(
            number=member.number,
            standing=member.get_standing_display(),
            identity=open_identity(identities[member.participant.identity_id])
            if member.participant.identity_id in identities
            else {},
        )
        for member in members
    ]


def seats_of_person(stage: Stage, participant_id: uuid.UUID) -> list[Member]:
    """What became of one participant in the draws of this stage, draw by draw."""
    if not Participant.objects.filter(pk=participant_id, process_id=stage.process_id).exists():
        return []
    members = Member.objects.filter(participant_id=participant_id, draw__stage=stage)
    return list(members.select_related("draw__stage", "participant").order_by("draw__created_at"))


def own_rounds(member: Member) -> list[tuple[Round, dict[str, Any] | None, str]]:
    """The sealed rounds of the draw of a member: each with their own package, or with why there is none."""
    found: list[tuple[Round, dict[str, Any] | None, str]] = []
    for one in rounds_of(member.draw).filter(root__gt=""):
        try:
            found.append((one, own_of_member(one, member), ""))
        except DrawError as error:
            found.append((one, None, say(error)))
    return found


def round_or_404(draw: Draw, number: int) -> Round:
    """Return a sealed round that has a lottery, or answer "not found"."""
    return get_object_or_404(rounds_of(draw).filter(root__gt="").select_related("draw__stage"), number=number)
