"""Reads of blind coding: the samples, who codes what next, and how far coders and desk agree."""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db.models import Count, Q, QuerySet

from burgertop.core.opinion import Agreement, agreement_of, codes_of
from burgertop.stages.summit.models import Cluster, ClusterCard, Coding, CodingSample, Round, SampledCard
from burgertop.stages.summit.queries.desk_counts import end_of, merged_in

__all__ = ["CodedCluster", "SampleRow", "SampleView", "items_for", "next_item", "sample_view", "samples_of"]

DRAWS = 1000


@dataclass(frozen=True, slots=True)
class CodedCluster:
    """One cluster of a sample, and how often another coder agreed when somebody named it."""

    cluster: Cluster
    share: float | None


@dataclass(frozen=True, slots=True)
class SampleView:
    """How far coders who are done and the desk agree on a sample; hints beside the blind coders' choices."""

    sample: CodingSample
    coders: int
    agreement: Agreement
    clusters: tuple[CodedCluster, ...]
    right: int
    shown: int


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A sample in the list: how many cards, how far this account is, how many coders are done."""

    sample: CodingSample
    cards: int
    mine: int
    done_by_me: int
    coders_done: int

    @property
    def is_mine_done(self) -> bool:
        """Whether this account has coded all it may."""
        return self.mine > 0 and self.done_by_me >= self.mine

    @property
    def is_begun(self) -> bool:
        """Whether this account is in the middle of it: then it sees no result."""
        return 0 < self.done_by_me < self.mine

    @property
    def may_show(self) -> bool:
        """Whether the agreement may be shown to this account."""
        return self.coders_done > 0 and not self.is_begun


def touched_by(account: UUID) -> QuerySet[ClusterCard]:
    """The placements an account made or confirmed, at any time: it knows where these cards lie."""
    return ClusterCard.objects.filter(Q(put_by=account) | Q(confirmed_by=account))


def items_for(sample: CodingSample, coder: UUID) -> QuerySet[SampledCard]:
    """The cards of a sample that somebody may code: those they neither placed nor confirmed."""
    return sample.items.exclude(card__placements__in=touched_by(coder))


def next_item(sample: CodingSample, coder: UUID) -> SampledCard | None:
    """The next card of a sample for a coder, with its words."""
    items = items_for(sample, coder).exclude(codings__in=Coding.objects.filter(coder=coder))
    return items.select_related("card__table").prefetch_related("card__texts").first()


def samples_of(round_: Round, account: UUID | None) -> list[SampleRow]:
    """The samples of a round as one account sees them, newest last."""
    rows = []
    for sample in round_.coding_samples.annotate(cards=Count("items")):
        mine = items_for(sample, account).count() if account is not None else 0
        own = Coding.objects.filter(item__sample=sample, coder=account).count() if account is not None else 0
        rows.append(SampleRow(sample, sample.cards, mine, own, len(_finished(sample))))
    return rows


def _finished(sample: CodingSample) -> list[UUID]:
    """The coders who coded every card of a sample that they may code."""
    counted = Coding.objects.filter(item__sample=sample).order_by().values_list("coder").annotate(n=Count("pk"))
    return sorted((coder for coder, n in counted if n >= items_for(sample, coder).count()), key=str)


def sample_view(sample: CodingSample) -> SampleView | None:
    """How far the desk and the coders who are done agree; None before anybody is."""
    coders = _finished(sample)
    if not coders:
        return None
    merged = merged_in(sample.round_id)
    items = list(sample.items.all())
    codings = Coding.objects.filter(item__sample=sample, coder__in=coders).values_list("coder", "item", "cluster")
    chosen = {(coder, item): end_of(cluster, merged) for coder, item, cluster in codings}
    desk: list[UUID | None] = [end_of(item.cluster_id, merged) for item in items]
    labels = [desk, *([chosen.get((coder, item.pk)) for item in items] for coder in coders)]
    codes, names = codes_of(labels)
    agreement = agreement_of(codes, rng=np.random.default_rng(0), draws=DRAWS)
    share_of = dict(zip(names, agreement.share_by_code, strict=True))
    found = Cluster.objects.filter(pk__in=[name for name in names if isinstance(name, UUID)]).prefetch_related("texts")
    rows = [CodedCluster(one, None if np.isnan(share_of[one.pk]) else float(share_of[one.pk])) for one in found]
    rows.sort(key=lambda row: (row.share is None, row.share or 0.0, row.cluster.order))
    right, shown = _hints(items, chosen, merged)
    return SampleView(sample, len(coders), agreement, tuple(rows), right, shown)


def _hints(
    items: list[SampledCard], chosen: dict[tuple[UUID, UUID], UUID], merged: dict[UUID, UUID]
) -> tuple[int, int]:
    """How often the cluster a blind coder chose was among those the desk had been shown."""
    suggested = dict(
        ClusterCard.objects.standing()
        .filter(card__in=[item.card_id for item in items])
        .values_list("card_id", "suggested")
    )
    card_of = {item.pk: item.card_id for item in items}
    right = shown = 0
    for (_coder, item), cluster in chosen.items():
        hints = {end_of(UUID(one), merged) for one in suggested.get(card_of[item]) or []}
        shown += bool(hints)
        right += cluster in hints
    return right, shown
