"""Reads for those who look on: the day in numbers, their links, their notes."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from burgertop.foundation.ballotbox.models import BallotState
from burgertop.foundation.files.tables import Cell
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import Card, Cluster, HallBallot, Observation, SignedLink, Table

__all__ = [
    "DayNumbers",
    "clusters_to_note",
    "links_of",
    "notes_table",
    "notes_text",
    "numbers_of",
    "observation_or_404",
    "observations_by",
    "place_of",
    "published_observations",
]


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """What there is of the day, in numbers: tables and sent cards by origin, clusters, ballots by where they stand."""

    tables: Mapping[Origin, int]
    cards: Mapping[Origin, int]
    clusters: int
    ballots_open: int
    ballots_counted: int

    @property
    def tables_by_place(self) -> list[tuple[str, int]]:
        """Tables in the hall, of G-Home, of G-Off; never added up."""
        return [(place_of(origin), count) for origin, count in self.tables.items()]

    @property
    def cards_by_place(self) -> list[tuple[str, int]]:
        """Sent cards, by where their tables are."""
        return [(place_of(origin), count) for origin, count in self.cards.items()]


def place_of(origin: Origin) -> str:
    """Say where tables of an origin are: those of people drawn by lot are in the hall."""
    return pgettext("origin of tables", "in the hall") if origin == Origin.DRAWN else str(origin.label)


def numbers_of(stage: Stage) -> DayNumbers:
    """Count the day; four queries, however many tables."""
    tables = Table.objects.filter(stage=stage).order_by("origin").values_list("origin").annotate(Count("id"))
    sent = Card.objects.sent().filter(round__stage=stage)
    cards = sent.order_by("origin").values_list("origin").annotate(Count("id"))
    ballots = list(HallBallot.objects.filter(stage=stage).values_list("ballot__state", flat=True))
    return DayNumbers(
        tables={Origin(origin): count for origin, count in tables},
        cards={Origin(origin): count for origin, count in cards},
        clusters=Cluster.objects.standing().filter(round__stage=stage).count(),
        ballots_open=ballots.count(BallotState.OPEN),
        ballots_counted=ballots.count(BallotState.COUNTED),
    )


def links_of(stage: Stage, now: datetime) -> list[tuple[SignedLink, bool]]:
    """Every signed link, those that open something first, and whether it does."""
    found = [(one, one.is_good(now)) for one in stage.signed_links.order_by("-made_at", "id")]
    return sorted(found, key=lambda row: not row[1])


def clusters_to_note(stage: Stage) -> list[Cluster]:
    """The clusters a note can be about, round by round, with their texts."""
    standing = Cluster.objects.standing().filter(round__stage=stage).prefetch_related("texts")
    return list(standing.order_by("round__number", "order"))


def observations_by(stage: Stage, account: uuid.UUID | None, link: SignedLink | None) -> QuerySet[Observation]:
    """What one author wrote, the newest first."""
    author = {"account": account} if account is not None else {"account__isnull": True, "link": link}
    return _told(stage).filter(**author).order_by("-written_at", "id")


def published_observations(stage: Stage) -> QuerySet[Observation]:
    """What everybody may read: reports first, then notes as they were published."""
    return _told(stage).filter(published_at__isnull=False).order_by("-kind", "published_at", "id")


def observation_or_404(stage: Stage, pk: uuid.UUID) -> Observation:
    """Return what an observer wrote, or answer "not found"."""
    found = get_object_or_404(_told(stage), pk=pk)
    found.stage = stage
    return found


def _told(stage: Stage) -> QuerySet[Observation]:
    rows = Observation.objects.filter(stage=stage).select_related("round", "cluster", "link")
    return rows.prefetch_related("cluster__texts")


def notes_table(notes: QuerySet[Observation], language: str) -> tuple[list[str], list[list[Cell]]]:
    """Lay out somebody's own notes for a file: a row each, the oldest first."""
    columns = ["written_at", "round", "table", "cluster", "language", "note", "published_at", "digest"]
    rows: list[list[Cell]] = [
        [
            _moment(one.written_at),
            one.round.number if one.round is not None else None,
            one.table_number,
            one.cluster.say("title", language).text if one.cluster is not None else "",
            one.language,
            one.body,
            _moment(one.published_at),
            one.digest if one.published_at is not None else "",
        ]
        for one in notes.filter(kind="note").order_by("written_at", "id")
    ]
    return columns, rows


def notes_text(notes: QuerySet[Observation], language: str) -> str:
    """Write somebody's own notes as one text, each under its moment and what it is about; the oldest first."""
    parts = []
    for row in notes_table(notes, language)[1]:
        written, number, table, cluster, _language, body, *_rest = row
        about = [
            _("Round %(number)s") % {"number": number} if number else "",
            _("Table %(table)s") % {"table": table} if table else "",
            str(cluster or ""),
        ]
        parts.append(f"{written}  {', '.join(one for one in about if one)}".rstrip() + f"\n{body}\n")
    return "\n".join(parts)


def _moment(value: datetime | None) -> str:
    return timezone.localtime(value).isoformat(timespec="minutes") if value is not None else ""
