"""Reads of objections: where the cards of a table went, and what tables object to."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from burgertop.foundation.ballotbox.models import BallotState
from burgertop.stages.summit.models import Card, CardState, Cluster, ClusterCard, HallBallot, Objection, Round, Table

__all__ = ["Fate", "RoundFates", "fates_of", "objections_of"]

VOTED = (BallotState.OPEN, BallotState.COUNTED)


@dataclass(frozen=True, slots=True)
class Fate:
    """A sent card of a table, the cluster it lies in (None: not read yet), and what the table objected to."""

    card: Card
    cluster: Cluster | None
    objections: tuple[Objection, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether the table waits for an answer."""
        return any(one.answered_at is None for one in self.objections)


@dataclass(frozen=True, slots=True)
class RoundFates:
    """The cards of one table in one round; once its vote has begun nothing can be objected to."""

    round: Round
    fates: tuple[Fate, ...]
    has_voted: bool


def fates_of(table: Table) -> list[RoundFates]:
    """Where the cards went that a table sent, round by round, the newest round first; a fixed number of queries."""
    cards = Card.objects.sent().filter(table=table).select_related("round").order_by("-round__number", "number")
    objected = Prefetch("objections", Objection.objects.select_related("moved_to").prefetch_related("moved_to__texts"))
    found = list(cards.prefetch_related("texts", "round__texts", objected))
    places = ClusterCard.objects.standing().filter(card__table=table, card__state=CardState.SENT)
    cluster_of = {
        one.card_id: one.cluster for one in places.select_related("cluster").prefetch_related("cluster__texts")
    }
    voted = HallBallot.objects.filter(round__stage_id=table.stage_id, ballot__state__in=VOTED)
    voted_rounds = set(voted.values_list("round_id", flat=True))
    fates: dict[UUID, list[Fate]] = defaultdict(list)
    rounds: dict[UUID, Round] = {}
    for card in found:
        rounds.setdefault(card.round_id, card.round)
        fates[card.round_id].append(Fate(card, cluster_of.get(card.pk), tuple(card.objections.all())))
    return [RoundFates(one, tuple(fates[pk]), pk in voted_rounds) for pk, one in rounds.items()]


def objections_of(round_: Round) -> list[tuple[Objection, Cluster | None]]:
    """What tables object to in a round with where each card lies now: those without an answer first, oldest first."""
    found = (
        Objection.objects.filter(card__round=round_, card__state=CardState.SENT)
        .select_related("card__table", "cluster", "moved_to")
        .prefetch_related("card__texts", "cluster__texts", "moved_to__texts")
    )
    rows = sorted(found, key=lambda one: (one.answered_at is not None, one.made_at))
    places = ClusterCard.objects.standing().filter(card__in=[one.card_id for one in rows])
    cluster_of = {
        one.card_id: one.cluster for one in places.select_related("cluster").prefetch_related("cluster__texts")
    }
    return [(one, cluster_of.get(one.card_id)) for one in rows]
