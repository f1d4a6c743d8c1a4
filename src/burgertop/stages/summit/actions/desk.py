"""The theme desk: clusters are made, cards are put in, and the last act can be undone."""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from burgertop.foundation.process.models import Stage
from burgertop.foundation.trace.actions import link, unlink
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Card, CardState, Cluster, ClusterCard, Round
from burgertop.stages.summit.news import tell_desk

__all__ = ["dissolve_cluster", "make_cluster", "place_card", "reword_cluster", "undo_last"]

KEY_LENGTH = 48


@transaction.atomic
def make_cluster(
    round_: Round,
    *,
    titles: Mapping[str, str],
    summaries: Mapping[str, str] | None = None,
    key: str = "",
    by: uuid.UUID | None,
    now: datetime,
) -> Cluster:
    """Make a cluster after the others of its round; the same title twice gives the first one again."""
    locked = Round.objects.select_for_update(of=("self",)).select_related("stage").get(pk=round_.pk)
    wanted = _key(key or next(iter(titles.values()), ""))
    known = locked.clusters.filter(key=wanted).first()
    if known is not None:
        if known.dissolved_at is not None:
            known.dissolved_at = None
            known.save(update_fields=["dissolved_at"])
        return known
    last = locked.clusters.aggregate(last=Max("order"))["last"] or 0
    cluster = Cluster.objects.create(round=locked, key=wanted, order=last + 1, made_by=by, made_at=now)
    cluster.write("title", _spoken(titles))
    cluster.write("summary", _spoken(summaries or {}))
    tell_desk(locked.stage, "cluster")
    return cluster


@transaction.atomic
def reword_cluster(
    cluster: Cluster, *, titles: Mapping[str, str], summaries: Mapping[str, str] | None = None
) -> Cluster:
    """Write title and summary of a cluster anew; its key stays."""
    cluster.write("title", _spoken(titles))
    cluster.write("summary", _spoken(summaries or {}))
    tell_desk(cluster.round.stage, "cluster")
    return cluster


@transaction.atomic
def dissolve_cluster(cluster: Cluster, *, now: datetime) -> Cluster:
    """Take an empty cluster off the desk; its row stays.

    Raises:
        HouseError: ``summit.cluster_in_use``.
    """
    locked = Cluster.objects.select_for_update(of=("self",)).select_related("round__stage").get(pk=cluster.pk)
    if ClusterCard.objects.standing().filter(cluster=locked).exists():
        raise HouseError("summit.cluster_in_use")
    if locked.dissolved_at is None:
        locked.dissolved_at = now
        locked.save(update_fields=["dissolved_at"])
        tell_desk(locked.round.stage, "cluster")
    return locked


@transaction.atomic
def place_card(card: Card, cluster: Cluster, *, by: uuid.UUID | None, now: datetime) -> ClusterCard:
    """Put a sent card into a cluster of its round, out of any other; the same again changes nothing.

    Raises:
        HouseError: ``summit.cluster_of_other_round``, ``summit.card_sent_away``.
    """
    locked = Card.objects.select_for_update(of=("self",)).select_related("round__stage").get(pk=card.pk)
    if locked.round_id != cluster.round_id or cluster.dissolved_at is not None:
        raise HouseError("summit.cluster_of_other_round")
    if locked.state != CardState.SENT:
        raise HouseError("summit.card_sent_away")
    stage = locked.round.stage
    standing = locked.placements.standing().first()
    if standing is not None and standing.cluster_id == cluster.pk:
        return standing
    if standing is not None:
        _end(standing, now)
    placement = ClusterCard.objects.create(card=locked, cluster=cluster, before=standing, put_by=by, put_at=now)
    _linked(stage, placement)
    tell_desk(stage, "cluster")
    return placement


@transaction.atomic
def undo_last(round_: Round, *, by: uuid.UUID, now: datetime) -> ClusterCard:
    """Take back the last placement this account made in a round; the card returns to where it was.

    Raises:
        HouseError: ``summit.nothing_to_undo``.
    """
    mine = ClusterCard.objects.standing().filter(put_by=by, cluster__round=round_, undone_at__isnull=True)
    last = mine.select_related("card__round__stage", "before").order_by("put_at", "id").last()
    if last is None:
        raise HouseError("summit.nothing_to_undo")
    Card.objects.select_for_update().get(pk=last.card_id)
    _end(last, now)
    last.undone_at = now
    last.save(update_fields=["undone_at"])
    stage = last.card.round.stage
    if last.before is not None:
        earlier = last.before
        again = ClusterCard.objects.create(
            card=last.card,
            cluster_id=earlier.cluster_id,
            before=earlier.before,
            put_by=earlier.put_by,
            put_at=earlier.put_at,
        )
        _linked(stage, again)
    tell_desk(stage, "cluster")
    return last


def _end(placement: ClusterCard, now: datetime) -> None:
    placement.ended_at = now
    placement.save(update_fields=["ended_at"])
    unlink(("cluster", placement.cluster_id), ("card", placement.card_id))


def _linked(stage: Stage, placement: ClusterCard) -> None:
    link(stage.process_id, ("cluster", placement.cluster_id), [("card", placement.card_id)])


def _key(words: str) -> str:
    """Make a key from a title; letters that no Latin slug has give a random one."""
    return re.sub(r"-+$", "", slugify(words)[:KEY_LENGTH]) or f"cluster-{uuid.uuid4().hex[:8]}"


def _spoken(bodies: Mapping[str, str]) -> dict[str, str]:
    return {language: body for language, body in bodies.items() if body.strip()}
