"""Reads of the theme desk as one person has it: the card in hand, what waits, what can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from burgertop.foundation.prepared import Prepared
from burgertop.foundation.process.models import StageKind
from burgertop.stages.summit.models import Card, CardState, Cluster, ClusterCard, DeskAct, DeskActKind, DeskHold, Round
from burgertop.stages.summit.queries.desk_counts import ClusterRow
from burgertop.stages.summit.queries.recent import Recent
from burgertop.stages.summit.queries.shared_desk import SharedDesk, known_card, shared_desk
from burgertop.stages.summit.queries.suggestions import Alike, Suggestion, hints_for

__all__ = [
    "Bench",
    "Hand",
    "Waiting",
    "bench_of",
    "cards_in",
    "check_of",
    "dealt_hand",
    "desk_round",
    "undoable_acts",
]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card that waits, and whether somebody else has it in hand."""

    card: Card
    is_in_hand: bool


@dataclass(frozen=True, slots=True)
class Hand:
    """The card somebody has in hand: what it looks like, and what waits and says much the same."""

    card: Card
    suggestions: tuple[tuple[Suggestion, ClusterRow], ...]
    alike: tuple[Alike, ...]
    clusters: tuple[ClusterRow, ...]

    @property
    def words(self) -> str:
        """Which clusters there are under which letter, and as they are worded now."""
        return " ".join(f"{row.letter}{row.cluster.pk}.{row.cluster.revision}" for row in self.clusters)


@dataclass(frozen=True, slots=True)
class Bench:
    """What lies on the theme desk in one round, as one person has it before them."""

    desk: SharedDesk
    waiting: tuple[Waiting, ...]
    free_count: int
    hand: Hand | None
    to_confirm: int
    last: DeskAct | None


KEPT = 100

_hands = Recent[tuple[UUID, UUID, int], Hand](KEPT)
_last_acts = Recent[tuple[UUID, UUID], tuple[DeskAct | None]](KEPT)


def cards_in(cluster: Cluster) -> list[ClusterCard]:
    """Everything behind a cluster: its placements with cards and texts, oldest first; then cards taken back."""
    lain = Q(ended_at__isnull=True) | Q(card__state=CardState.WITHDRAWN, undone_at__isnull=True)
    found = cluster.placements.filter(lain).select_related("card__table", "card__round")
    rows = list(found.prefetch_related("card__texts").order_by("ended_at", "put_at", "id"))
    lying = [row for row in rows if row.ended_at is None and row.card.state == CardState.SENT]
    back = {row.card_id: row for row in rows if row.card.state == CardState.WITHDRAWN and _is_last(row)}
    return [*lying, *back.values()]


def _is_last(row: ClusterCard) -> bool:
    """Whether a card was taken back while it lay here: the place ended in the moment the card went."""
    return row.ended_at is not None and row.ended_at == row.card.withdrawn_at


def desk_round(process: str, stage: str, **which: object) -> Round | None:
    """A round of a day with its stage and process, without their words, in one query."""
    day = {"stage__kind": StageKind.SUMMIT, "stage__slug": stage, "stage__process__slug": process}
    return Round.objects.select_related("stage__process").filter(**day, **which).first()


def _holds(round_: UUID, now: datetime) -> "QuerySet[DeskHold, tuple[UUID, UUID]]":
    placed = Exists(ClusterCard.objects.standing().filter(card=OuterRef("card")))
    standing = DeskHold.objects.filter(~placed, until__gt=now, card__round=round_, card__state=CardState.SENT)
    return standing.order_by().values_list("card_id", "account")


_held = Prepared(_holds)
_tabled = Prepared(lambda card: Card.objects.filter(pk=card).select_related("table"))


def undoable_acts(round_: Round, account: UUID) -> QuerySet[DeskAct]:
    """The acts of an account of which something can still be taken back, oldest first."""
    standing = ClusterCard.objects.standing()
    mine = Exists(standing.filter(act=OuterRef("pk")))
    inside = Exists(standing.filter(cluster=OuterRef("cluster")))
    confirmed = Exists(
        standing.filter(cluster__round=OuterRef("round"), confirmed_by=OuterRef("by"), confirmed_at=OuterRef("at"))
    )
    empty = Q(cards=0, kind=DeskActKind.MAKE, cluster__dissolved_at__isnull=True) & ~Q(inside)
    empty |= Q(cards=0, kind=DeskActKind.MERGE, cluster__dissolved_at__isnull=False)
    reworded = Q(kind=DeskActKind.REWORD, cluster__revision=F("revision"))
    can = Q(mine) | empty | reworded | Q(confirmed, kind=DeskActKind.CONFIRM)
    return DeskAct.objects.filter(can, round=round_, by=account, undone_at__isnull=True).order_by("at", "id")


def hand_of(round_: Round, card: Card, rows: Sequence[ClusterRow]) -> Hand:
    """What somebody with this card in hand sees beside it."""
    row_of = {row.cluster.pk: row for row in rows if not row.cluster.is_rest}
    shown, alike = hints_for(card, round_, [row.cluster for row in row_of.values()])
    return Hand(card, tuple((one, row_of[one.cluster]) for one in shown), alike, tuple(row_of.values()))


def dealt_hand(round_: Round, card: Card, rows: Sequence[ClusterRow]) -> Hand:
    """What somebody sees beside a card just dealt; the rows need no counts. Few queries."""
    return hand_of(round_, known_card(card), rows)


def bench_of(round_: Round, account: UUID | None, now: datetime) -> Bench:
    """The desk of a round for one account: the card in its hand, the others that wait, oldest first, the clusters."""
    desk = shared_desk(round_, now)
    held = dict(_held.all(round_.pk, now))
    in_hand = next((card for card, holder in held.items() if holder == account), None)
    mine = next((card for card in desk.waiting if card.pk == in_hand), None)
    if mine is None and in_hand is not None:
        mine = _tabled.first(in_hand)
        mine = known_card(mine) if mine is not None else None
    waiting = [Waiting(card, held.get(card.pk, account) != account) for card in desk.waiting if card.pk != in_hand]
    return Bench(
        desk=desk,
        waiting=tuple(waiting),
        free_count=max(desk.waiting_count - len(held), 0) if mine is None else 0,
        hand=_known_hand(round_, mine, desk) if mine is not None else None,
        to_confirm=desk.to_confirm(account),
        last=_last_act(round_, account, desk) if account is not None else None,
    )


def _known_hand(round_: Round, card: Card, desk: SharedDesk) -> Hand:
    """The same card at the same desk looks like the same."""
    key = (desk.key, card.pk, card.revision)
    hand = _hands.get(key)
    if hand is None:
        hand = hand_of(round_, card, desk.clusters)
        _hands.put(key, hand)
    return hand


def _last_act(round_: Round, account: UUID, desk: SharedDesk) -> DeskAct | None:
    """The last act of an account, with the cluster and its words; no act goes or comes without news to the desk."""
    kept = _last_acts.get((desk.key, account))
    if kept is None:
        act = undoable_acts(round_, account).select_related("cluster").last()
        known = next(
            (row.cluster for row in desk.clusters if act is not None and row.cluster.pk == act.cluster_id), None
        )
        if act is not None and known is not None:
            act.cluster = known  # with its words
        kept = (act,)
        _last_acts.put((desk.key, account), kept)
    return kept[0]


def check_of(round_: Round, account: UUID | None, now: datetime) -> ClusterCard | None:
    """The placement that this account has in hand to confirm, with card and cluster."""
    if account is None:
        return None
    held = DeskHold.objects.filter(account=account, until__gt=now).values("card")
    places = ClusterCard.objects.standing().filter(
        cluster__round=round_, confirmed_by__isnull=True, card__in=held, card__state=CardState.SENT
    )
    found = places.exclude(put_by=account) | places.filter(put_by__isnull=True)
    shown = found.select_related("card__table", "cluster").prefetch_related("card__texts", "cluster__texts")
    return shown.first()
