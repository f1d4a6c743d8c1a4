"""Reads of the hall's ballots, and what the screen shows of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from burgertop.foundation.ballotbox.models import BallotState
from burgertop.foundation.ballotbox.queries import Group, Result, papers_in, result_of
from burgertop.foundation.codes.queries import subjects_without_code
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import HallBallot, RoundKind
from burgertop.stages.summit.queries.roster import roster_of

__all__ = [
    "ScreenDot",
    "ScreenRow",
    "ScreenView",
    "by_kind",
    "codes_missing",
    "hall_ballot_or_404",
    "hall_ballots",
    "latest_ballot",
    "screen_of",
]

ROUNDS_ON_SCREEN = 52
STEP = 27
SCREEN_LANGUAGES = 3
SCREEN_ROWS = 8


@dataclass(frozen=True, slots=True)
class ScreenDot:
    """One circle of a bar on the screen: its middle, and whether it is filled."""

    x: float
    y: float
    is_on: bool


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """One option on the screen, in several languages, with its circles."""

    place: int
    texts: tuple[tuple[str, str], ...]
    votes: int
    share: float | None
    is_chosen: bool
    width: float
    dots: tuple["ScreenDot", ...]


@dataclass(frozen=True, slots=True)
class ScreenView:
    """What the screen of the hall shows of a ballot: nothing of its tendency before the count."""

    hall: HallBallot
    languages: tuple[str, ...]
    papers: int
    result: Result | None
    group: Group | None
    rows: tuple[ScreenRow, ...]
    votes_per_round: int

    @property
    def is_open(self) -> bool:
        """Whether papers are taken."""
        return self.hall.ballot.state == BallotState.OPEN


def hall_ballots(stage: Stage) -> QuerySet[HallBallot]:
    """The ballots of the hall in order, with their texts and rounds."""
    return (
        stage.hall_ballots.select_related("ballot", "round")
        .prefetch_related("ballot__texts", "round__texts")
        .order_by("number")
    )


def hall_ballot_or_404(stage: Stage, pk: uuid.UUID) -> HallBallot:
    """Return a ballot of this hall, or answer "not found"."""
    return get_object_or_404(hall_ballots(stage), pk=pk)


def latest_ballot(stage: Stage) -> HallBallot | None:
    """The ballot the screen speaks of: the one that is open, else the newest that was not cancelled."""
    shown = hall_ballots(stage).exclude(ballot__state__in=[BallotState.CANCELLED, BallotState.DRAFT])
    return shown.filter(ballot__state=BallotState.OPEN).last() or shown.last()


def screen_of(hall: HallBallot) -> ScreenView:
    """Lay out a ballot for the screen in the first languages of the process; the result once it is published."""
    languages = tuple(hall.stage.process.languages[:SCREEN_LANGUAGES])
    result = result_of(hall.ballot) if hall.published_at is not None else None
    group = result.main if result is not None else None
    rows: tuple[ScreenRow, ...] = ()
    votes_per_round = 1
    if group is not None:
        votes_per_round = max(-(-group.valid // ROUNDS_ON_SCREEN), 1)
        of = -(-group.valid // votes_per_round)
        rows = tuple(
            ScreenRow(
                place=place,
                texts=tuple((language, row.option.say("title", language).text) for language in languages),
                votes=row.votes,
                share=row.share,
                is_chosen=row.is_chosen,
                width=STEP * -(-of // 2),
                dots=_dots(round(row.votes / votes_per_round), of),
            )
            for place, row in enumerate(group.rows[:SCREEN_ROWS], start=1)
        )
    return ScreenView(hall, languages, papers_in(hall.ballot), result, group, rows, votes_per_round)


def _dots(filled: int, of: int) -> tuple[ScreenDot, ...]:
    """Lay circles in two rows, column by column from the left."""
    return tuple(
        ScreenDot(STEP / 2 + STEP * (number // 2), STEP / 2 + STEP * (number % 2), number < filled)
        for number in range(of)
    )


def by_kind(
    ballots: Sequence[tuple[HallBallot, int]],
) -> list[tuple[RoundKind, list[tuple[HallBallot, int]]]]:
    """Ballots with their papers under the kind of their round: results of one kind stand together."""
    kinds = [(kind, [one for one in ballots if one[0].round.kind == kind]) for kind in RoundKind]
    return [(kind, of_kind) for kind, of_kind in kinds if of_kind]


def codes_missing(stage: Stage) -> list[uuid.UUID]:
    """The participants on the roster who have no working seat code yet."""
    return subjects_without_code(stage.process_id, "seat", [person.pk for person in roster_of(stage)])
