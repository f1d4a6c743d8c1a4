"""One decision at the theme desk: a card finds its place, and the next one is in hand, in one go."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from burgertop.stages.summit.actions.holding import deal_card, take_next
from burgertop.stages.summit.actions.placing import Pick, place_cards, put_in
from burgertop.stages.summit.models import Card, Cluster, ClusterCard, Round

__all__ = ["Decided", "decide"]


@dataclass(frozen=True, slots=True)
class Decided:
    """Where the cards lie now, and the card that is in hand next; none when others have all that wait in hand."""

    placed: tuple[ClusterCard, ...]
    next: Card | None


def decide(
    round_: Round,
    cluster: Cluster,
    picks: Sequence[Pick],
    *,
    by: uuid.UUID,
    now: datetime,
    suggested: Sequence[uuid.UUID] = (),
) -> Decided:
    """Put cards into a cluster and deal the next one, in one transaction; as :func:`place_cards` and :func:`deal_card`.

    Raises:
        HouseError: as :func:`place_cards`.
    """
    try:
        with transaction.atomic():
            placed = put_in(cluster, picks, by=by, now=now, suggested=suggested)
            if any(hasattr(one.card, "hold") and one.card.hold.account == by for one in placed if one.act is not None):
                return Decided(tuple(placed), take_next(round_, by=by, now=now))
    except IntegrityError:  # somebody took the next card in this very moment: one thing after the other
        placed = place_cards(cluster, picks, by=by, now=now, suggested=suggested)
    return Decided(tuple(placed), deal_card(round_, by=by, now=now))
