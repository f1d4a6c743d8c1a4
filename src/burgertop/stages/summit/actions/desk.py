"""The theme desk: clusters are made, worded, merged, split and taken off."""

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.placing import Move, Pick, make_moves, moves_into, place_cards
from burgertop.stages.summit.models import Cluster, ClusterCard, DeskAct, DeskActKind, Round
from burgertop.stages.summit.news import tell_desk

__all__ = [
    "dissolve_cluster",
    "make_cluster",
    "make_rest",
    "merge_clusters",
    "place_in_new",
    "reword_cluster",
    "split_cluster",
]

KEY_LENGTH = 48
REST = "stands-alone"


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
    locked = _locked_round(round_)
    wanted = _key(key or next((title for title in titles.values() if title.strip()), ""))
    known = locked.clusters.filter(key=wanted).first()
    if known is not None:
        if known.dissolved_at is not None:
            known.dissolved_at, known.merged_into = None, None
            known.save(update_fields=["dissolved_at", "merged_into"])
            tell_desk(locked.stage, "cluster")
        return known
    cluster = _made(locked, wanted, titles, summaries or {}, by=by, now=now)
    if by is not None:
        DeskAct.objects.create(round=locked, kind=DeskActKind.MAKE, cluster=cluster, by=by, at=now)
    tell_desk(locked.stage, "cluster")
    return cluster


@transaction.atomic
def place_in_new(
    round_: Round,
    picks: Sequence[Pick],
    *,
    titles: Mapping[str, str],
    summaries: Mapping[str, str] | None = None,
    by: uuid.UUID | None,
    now: datetime,
) -> Cluster:
    """Make a cluster and put cards in: if the cards cannot go there, no cluster is made.

    What was suggested is not kept: no hint could name a cluster that was not there.

    Raises:
        HouseError: as :func:`place_cards`.
    """
    cluster = make_cluster(round_, titles=titles, summaries=summaries, by=by, now=now)
    if picks:
        place_cards(cluster, picks, by=by, now=now)
    return cluster


@transaction.atomic
def make_rest(round_: Round, *, by: uuid.UUID | None, now: datetime) -> Cluster:
    """Give the cluster of the cards that stand alone: each was read and fits nowhere, a decision of its own."""
    locked = _locked_round(round_)
    known = locked.clusters.filter(is_rest=True).first()
    if known is not None:
        return known
    titles = {}
    for language in dict.fromkeys([*locked.stage.process.languages, "en"]):
        with override(language):
            titles[language] = _("Stands alone")
    rest = _made(locked, REST, titles, {}, by=by, now=now, is_rest=True)
    tell_desk(locked.stage, "cluster")
    return rest


@transaction.atomic
def reword_cluster(
    cluster: Cluster,
    *,
    titles: Mapping[str, str],
    summaries: Mapping[str, str] | None = None,
    revision: int | None = None,
    by: uuid.UUID | None,
    now: datetime,
) -> Cluster:
    """Write title and summary of a cluster anew; its key stays, and so do the words before, with the act.

    Args:
        revision: that of the words the writer had before them; None does not ask.

    Raises:
        HouseError: ``summit.words_changed_meanwhile``.
    """
    locked = Cluster.objects.select_for_update(of=("self",)).select_related("round__stage").get(pk=cluster.pk)
    before = {f"{row.name}__{row.language}": row.body for row in locked.texts.all()}
    after = {f"title__{language}": body.strip() for language, body in titles.items()}
    after |= {f"summary__{language}": body.strip() for language, body in (summaries or {}).items()}
    if all(before.get(name, "") == body for name, body in after.items()):
        return locked
    if revision is not None and revision != locked.revision:
        raise HouseError("summit.words_changed_meanwhile")
    write_words(locked, after)
    if by is not None:
        DeskAct.objects.create(
            round=locked.round,
            kind=DeskActKind.REWORD,
            cluster=locked,
            words=before,
            revision=locked.revision,
            by=by,
            at=now,
        )
    tell_desk(locked.round.stage, "cluster")
    return locked


@transaction.atomic
def merge_clusters(gone: Cluster, into: Cluster, *, by: uuid.UUID | None, now: datetime) -> Cluster:
    """Put all cards of a cluster into another one and take it off the desk; one act, taken back as one.

    Raises:
        HouseError: ``summit.cluster_of_other_round``, ``summit.cluster_gone``, ``summit.rest_stays``.
    """
    both = Cluster.objects.select_for_update(of=("self",)).select_related("round__stage").order_by("pk")
    found = {one.pk: one for one in both.filter(pk__in=[gone.pk, into.pk])}
    source, target = found[gone.pk], found[into.pk]
    if source.merged_into_id == target.pk:
        return target
    if source.round_id != target.round_id or source.pk == target.pk:
        raise HouseError("summit.cluster_of_other_round")
    if source.is_rest:
        raise HouseError("summit.rest_stays")
    if source.dissolved_at is not None:
        raise HouseError("summit.cluster_gone")
    inside = ClusterCard.objects.standing().filter(cluster=source)
    moves = moves_into(target, [Pick(card, placement) for placement, card in inside.values_list("pk", "card_id")])
    act = DeskAct.objects.create(
        round=source.round, kind=DeskActKind.MERGE, cluster=source, cards=_moved(moves), by=by, at=now
    )
    make_moves(target, moves, act=act, by=by, now=now)
    source.dissolved_at, source.merged_into = now, target
    source.save(update_fields=["dissolved_at", "merged_into"])
    tell_desk(source.round.stage, "cluster")
    return target


@transaction.atomic
def split_cluster(
    cluster: Cluster, picks: Sequence[Pick], *, titles: Mapping[str, str], by: uuid.UUID | None, now: datetime
) -> Cluster:
    """Take some cards out of a cluster into a new one; one act, taken back as one.

    Raises:
        HouseError: ``summit.nothing_to_split``, ``summit.card_moved_meanwhile``, ``summit.cluster_key_taken``.
    """
    if not picks:
        raise HouseError("summit.nothing_to_split")
    locked = _locked_round(cluster.round)
    key = _key(next((title for title in titles.values() if title.strip()), ""))
    if locked.clusters.filter(key=key).exists():
        raise HouseError("summit.cluster_key_taken")
    made = _made(locked, key, titles, {}, by=by, now=now)
    made.split_from = cluster
    made.save(update_fields=["split_from"])
    moves = moves_into(made, picks)
    act = DeskAct.objects.create(round=locked, kind=DeskActKind.SPLIT, cluster=made, cards=_moved(moves), by=by, at=now)
    make_moves(made, moves, act=act, by=by, now=now)
    tell_desk(locked.stage, "cluster")
    return made


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


def write_words(cluster: Cluster, words: Mapping[str, str]) -> None:
    """Write texts named ``title__nl`` or ``summary__fr``; an empty one goes. Counts as one more revision."""
    for name in ("title", "summary"):
        bodies = {key.split("__", 1)[1]: body for key, body in words.items() if key.startswith(f"{name}__")}
        cluster.texts.filter(name=name, language__in=[tag for tag, body in bodies.items() if not body]).delete()
        cluster.write(name, _spoken(bodies))
    Cluster.objects.filter(pk=cluster.pk).update(revision=F("revision") + 1)
    cluster.revision += 1


def _moved(moves: Sequence[Move]) -> int:
    return sum(move.is_move for move in moves)


def _locked_round(round_: Round) -> Round:
    rounds = Round.objects.select_for_update(of=("self",)).select_related("stage__process")
    return rounds.get(pk=round_.pk)


def _made(
    round_: Round,
    key: str,
    titles: Mapping[str, str],
    summaries: Mapping[str, str],
    *,
    by: uuid.UUID | None,
    now: datetime,
    is_rest: bool = False,
) -> Cluster:
    last = round_.clusters.aggregate(last=Max("order"))["last"] or 0
    cluster = Cluster.objects.create(round=round_, key=key, order=last + 1, is_rest=is_rest, made_by=by, made_at=now)
    cluster.write("title", _spoken(titles))
    cluster.write("summary", _spoken(summaries))
    return cluster


def _key(words: str) -> str:
    """Make a key from a title; letters that no Latin slug has give a random one."""
    return re.sub(r"-+$", "", slugify(words)[:KEY_LENGTH]) or f"cluster-{uuid.uuid4().hex[:8]}"


def _spoken(bodies: Mapping[str, str]) -> dict[str, str]:
    return {language: body.strip() for language, body in bodies.items() if body.strip()}
