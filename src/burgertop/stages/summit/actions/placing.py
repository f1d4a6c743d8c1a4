"""The theme desk: cards are put into clusters, confirmed by a second person, and steps are taken back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import get_language

from burgertop.foundation.process.models import Stage
from burgertop.foundation.trace.actions import link, unlink
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Card, CardState, Cluster, ClusterCard, DeskAct, DeskActKind, DeskHold, Round
from burgertop.stages.summit.news import tell_desk, tell_table

__all__ = ["Move", "Pick", "confirm_placements", "make_moves", "moves_into", "place_card", "place_cards", "put_in"]

LONGEST_HAND_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Pick:
    """A card, and where its reader saw it: a placement, None when it waited; "anywhere" does not ask."""

    card: uuid.UUID
    seen: uuid.UUID | Literal["anywhere"] | None = "anywhere"


def place_card(
    card: Card,
    cluster: Cluster,
    *,
    by: uuid.UUID | None,
    now: datetime,
    seen: uuid.UUID | Literal["anywhere"] | None = "anywhere",
    suggested: Sequence[uuid.UUID] = (),
) -> ClusterCard:
    """Put one card into a cluster: see :func:`place_cards`."""
    return place_cards(cluster, [Pick(card.pk, seen)], by=by, now=now, suggested=suggested)[0]


@transaction.atomic
def place_cards(
    cluster: Cluster,
    picks: Sequence[Pick],
    *,
    by: uuid.UUID | None,
    now: datetime,
    suggested: Sequence[uuid.UUID] = (),
) -> list[ClusterCard]:
    """Put sent cards into a cluster of their round, out of any other, as one act; again changes nothing.

    Args:
        picks: each card with the place it was seen in. If somebody moved one of them meanwhile, nothing moves.
        suggested: the clusters that were shown as like the first card, best first.

    Raises:
        HouseError: ``summit.cluster_gone``, ``summit.cluster_of_other_round``, ``summit.card_sent_away``,
            ``summit.card_moved_meanwhile``.
    """
    return put_in(cluster, picks, by=by, now=now, suggested=suggested)


def put_in(
    cluster: Cluster,
    picks: Sequence[Pick],
    *,
    by: uuid.UUID | None,
    now: datetime,
    suggested: Sequence[uuid.UUID] = (),
) -> list[ClusterCard]:
    """Do what :func:`place_cards` does, inside the transaction of something larger.

    Raises:
        HouseError: as :func:`place_cards`.
    """
    target = Cluster.objects.select_for_update(of=("self",)).select_related("round__stage").get(pk=cluster.pk)
    moves = moves_into(target, picks, suggested)
    moved = [one for one in moves if one.is_move]
    act = None
    if by is not None and moved:
        seconds = _seconds_in_hand([one.card for one in moves], by, now)
        act = DeskAct.objects.create(
            round=target.round, kind=DeskActKind.PLACE, cluster=target, cards=len(moved), seconds=seconds, by=by, at=now
        )
    return make_moves(target, moves, act=act, by=by, now=now)


@dataclass(frozen=True, slots=True)
class Move:
    """A card that was picked, where it lies, and whether it has to move; what was suggested for it."""

    card: Card
    here: ClusterCard | None
    is_move: bool
    suggested: list[str]


def moves_into(cluster: Cluster, picks: Sequence[Pick], suggested: Sequence[uuid.UUID] = ()) -> list[Move]:
    """Lock the cards that were picked and look whether all may go into a cluster.

    Raises:
        HouseError: as :func:`place_cards`.
    """
    if cluster.dissolved_at is not None:
        raise HouseError("summit.cluster_gone")
    locked = _locked_cards([pick.card for pick in picks])
    standing = {one.card_id: one for one in ClusterCard.objects.standing().filter(card__in=locked)}
    moves = []
    for number, pick in enumerate(picks):
        card, here = locked[pick.card], standing.get(pick.card)
        _check(card, cluster, here, pick)
        shown = [str(one) for one in suggested] if number == 0 else []
        is_move = here is None or here.cluster_id != cluster.pk
        moves.append(Move(card, here, is_move, here.suggested if here is not None else shown))
    return moves


def make_moves(
    cluster: Cluster, moves: Sequence[Move], *, act: DeskAct | None, by: uuid.UUID | None, now: datetime
) -> list[ClusterCard]:
    """Put cards into a cluster as part of an act that counts them, inside its transaction; tells who has to know."""
    stage = cluster.round.stage
    placed = []
    for move in moves:
        if move.here is not None and not move.is_move:
            placed.append(move.here)
            continue
        if move.here is not None:
            end_placement(move.here, now)
        placement = ClusterCard.objects.create(
            card=move.card,
            cluster=cluster,
            before=move.here,
            act=act,
            suggested=move.suggested,
            put_by=by,
            put_at=now,
        )
        link_placement(stage, placement)
        placed.append(placement)
    moved = [move.card for move in moves if move.is_move]
    if moved:
        DeskHold.objects.filter(card__in=moved).delete()
        tell_desk(stage, "cluster")
        tell_tables(stage, moved)
    return placed


@transaction.atomic
def confirm_placements(round_: Round, seen: Sequence[uuid.UUID], *, by: uuid.UUID, now: datetime) -> int:
    """Confirm where others put cards, as one act; what is confirmed already stays as it is.

    Args:
        seen: the placements as they were read.

    Returns:
        How many were confirmed. Of several, one's own are passed over.

    Raises:
        HouseError: ``summit.card_moved_meanwhile``, ``summit.own_placement`` for a single one of one's own.
    """
    found = ClusterCard.objects.select_for_update(of=("self",)).select_related("card__table", "card__hold", "cluster")
    rows = list(found.filter(pk__in=seen, cluster__round=round_).order_by("pk"))
    for row in rows:
        if row.ended_at is not None:
            here = row.card.placements.standing().select_related("cluster").first()
            raise _moved(row.card, here, row.cluster)
    if len(rows) == 1 and rows[0].put_by == by:
        raise HouseError("summit.own_placement")
    fresh = [row for row in rows if row.put_by != by and row.confirmed_by is None]
    if not fresh:
        return 0
    cards = [row.card for row in fresh]
    DeskAct.objects.create(
        round=round_,
        kind=DeskActKind.CONFIRM,
        cluster=fresh[0].cluster,
        cards=len(fresh),
        seconds=_seconds_in_hand(cards, by, now),
        by=by,
        at=now,
    )
    ClusterCard.objects.filter(pk__in=[row.pk for row in fresh]).update(confirmed_by=by, confirmed_at=now)
    DeskHold.objects.filter(card__in=cards).delete()
    tell_desk(round_.stage, "cluster")
    return len(fresh)


def end_placement(placement: ClusterCard, now: datetime) -> None:
    """End a placement and take its link out of the trace."""
    placement.ended_at = now
    placement.save(update_fields=["ended_at"])
    unlink(("cluster", placement.cluster_id), ("card", placement.card_id))


def link_placement(stage: Stage, placement: ClusterCard) -> None:
    """Write into the trace that a cluster came from a card."""
    link(stage.process_id, ("cluster", placement.cluster_id), [("card", placement.card_id)])


def tell_tables(stage: Stage, cards: Sequence[Card]) -> None:
    """Tell the tables whose cards found another place."""
    for number in sorted({card.table.number for card in cards}):
        tell_table(stage, number, "place")


def _locked_cards(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Card]:
    cards = Card.objects.select_for_update(of=("self",)).select_related("table", "hold").filter(pk__in=ids)
    return {card.pk: card for card in cards.order_by("pk")}


def _check(card: Card, cluster: Cluster, here: ClusterCard | None, pick: Pick) -> None:
    if card.round_id != cluster.round_id:
        raise HouseError("summit.cluster_of_other_round")
    if card.state != CardState.SENT:
        raise HouseError("summit.card_sent_away")
    is_there = here is not None and here.cluster_id == cluster.pk
    if pick.seen == "anywhere" or is_there:
        return
    if (here.pk if here is not None else None) != pick.seen:
        raise _moved(card, here, cluster)


def _moved(card: Card, here: ClusterCard | None, wanted: Cluster) -> HouseError:
    """Say where a card lies now and where it should have gone."""
    language = get_language() or "en"
    named = {"card": f"{card.table.number}-{card.number}", "wanted": wanted.say("title", language).text or wanted.key}
    if here is None:
        return HouseError("summit.card_back_meanwhile", **named)
    return HouseError("summit.card_moved_meanwhile", here=here.cluster.say("title", language).text, **named)


def _seconds_in_hand(cards: Sequence[Card], by: uuid.UUID, now: datetime) -> float | None:
    """How long somebody had one of these cards in hand; the cards come with their holds."""
    holds = (card.hold for card in cards if hasattr(card, "hold"))
    hold = next((hold for hold in holds if hold.account == by), None)
    if hold is None:
        return None
    return min(max((now - hold.since).total_seconds(), 0.0), LONGEST_HAND_SECONDS)
