"""Reads of local gatherings: who registered, their tables, and what they sent in, apart from the hall."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from burgertop.foundation.people.vault import VaultError, open_identity
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import Card, CardState, Gathering, GatheringState, Round, Table

__all__ = [
    "GatheringRound",
    "accepted_gatherings",
    "gathering_mail",
    "gathering_or_404",
    "gathering_rounds",
    "gathering_tables",
    "gatherings_of",
]


@dataclass(frozen=True, slots=True)
class GatheringRound:
    """What one gathering sent in one round, and how many cards came late."""

    round: Round
    cards: tuple[Card, ...]

    @property
    def late(self) -> int:
        """How many came when the round was over."""
        return sum(card.is_late for card in self.cards)


def gatherings_of(stage: Stage) -> QuerySet[Gathering]:
    """All registrations, oldest first, each with how many tables it has."""
    return Gathering.objects.filter(stage=stage).select_related("identity").annotate(table_count=Count("tables"))


def accepted_gatherings(stage: Stage) -> list[Gathering]:
    """The gatherings that take place, by their place."""
    return list(gatherings_of(stage).filter(state=GatheringState.ACCEPTED).order_by("place", "asked_at"))


def gathering_or_404(stage: Stage, pk: uuid.UUID) -> Gathering:
    """Return a gathering of this stage, or answer "not found"."""
    found = get_object_or_404(Gathering.objects.select_related("identity"), pk=pk, stage=stage)
    found.stage = stage
    return found


def gathering_mail(gathering: Gathering) -> str:
    """The address for mail that the host left; empty when it was erased."""
    try:
        return open_identity(gathering.identity).get("mail", "") if gathering.identity is not None else ""
    except VaultError:
        return ""


def gathering_tables(gathering: Gathering) -> list[Table]:
    """The tables of a gathering by number."""
    tables = list(Table.objects.filter(at_gathering__gathering=gathering).order_by("number"))
    for table in tables:
        table.stage = gathering.stage
    return tables


def gathering_rounds(gathering: Gathering, rounds: list[Round]) -> list[GatheringRound]:
    """What the tables of a gathering sent, round by round; two queries."""
    cards = Card.objects.filter(state=CardState.SENT, table__at_gathering__gathering=gathering, round__in=rounds)
    found: dict[uuid.UUID, list[Card]] = defaultdict(list)
    for card in cards.select_related("table").prefetch_related("texts").order_by("table__number", "number"):
        found[card.round_id].append(card)
    return [GatheringRound(one, tuple(found[one.pk])) for one in rounds]
