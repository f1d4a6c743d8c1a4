"""Blind second coders: a sample is drawn, and cards are coded without seeing where they lie."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Hashable
from datetime import datetime

import numpy as np
from django.db import transaction

from burgertop.core.opinion import sample_spread
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Cluster, ClusterCard, Coding, CodingSample, Round, SampledCard
from burgertop.stages.summit.news import tell_desk
from burgertop.stages.summit.queries.coding import items_for, sample_view, touched_by

__all__ = ["code_card", "draw_sample"]


@transaction.atomic
def draw_sample(round_: Round, *, size: int, seed: str, coder: uuid.UUID, now: datetime) -> CodingSample:
    """Draw placed cards for a second coder, spread over the clusters; the same seed draws the same.

    Args:
        coder: cards this account has placed or confirmed are not drawn.

    Raises:
        HouseError: ``summit.nothing_to_code``.
    """
    locked = Round.objects.select_for_update(of=("self",)).select_related("stage").get(pk=round_.pk)
    placed = ClusterCard.objects.standing().of_sent_cards().filter(cluster__round=locked)
    free = placed.exclude(card__placements__in=touched_by(coder)).order_by(
        "cluster__order", "card__table__number", "card__number"
    )
    lying: dict[Hashable, list[uuid.UUID]] = defaultdict(list)
    for lies_in, card in free.values_list("cluster_id", "card_id"):
        lying[lies_in].append(card)
    if not lying:
        raise HouseError("summit.nothing_to_code")
    chance = np.random.default_rng(list(hashlib.sha256(seed.encode()).digest()))
    drawn = sample_spread(lying, size, chance).cards
    sample = CodingSample.objects.create(round=locked, seed=seed, drawn_by=coder, drawn_at=now)
    cluster_of = dict(free.values_list("card_id", "cluster_id"))
    SampledCard.objects.bulk_create(
        SampledCard(sample=sample, card_id=card, cluster_id=cluster_of[card], place=place)
        for place, card in enumerate(drawn, start=1)
    )
    facts = {"stage": str(locked.stage_id), "round": locked.number, "cards": len(drawn), "seed": seed}
    append(locked.stage.process_id, "coding_sample_drawn", facts, now=now)
    return sample


@transaction.atomic
def code_card(item: SampledCard, cluster: Cluster, *, coder: uuid.UUID, now: datetime) -> Coding:
    """Say where a card belongs, without knowing where it lies; the first answer stays.

    When a coder is through, the record gets a line with the agreement.

    Raises:
        HouseError: ``summit.cluster_of_other_round``, ``summit.coder_knows_card``.
    """
    locked = SampledCard.objects.select_for_update(of=("self",)).select_related("sample__round__stage").get(pk=item.pk)
    known = locked.codings.filter(coder=coder).first()
    if known is not None:
        return known
    sample = locked.sample
    if cluster.round_id != sample.round_id or cluster.dissolved_at is not None:
        raise HouseError("summit.cluster_of_other_round")
    if not items_for(sample, coder).filter(pk=locked.pk).exists():
        raise HouseError("summit.coder_knows_card")
    coding = Coding.objects.create(item=locked, coder=coder, cluster=cluster, coded_at=now)
    left = items_for(sample, coder).exclude(codings__in=Coding.objects.filter(coder=coder))
    if not left.exists():
        _tell_record(sample, now)
    return coding


def _tell_record(sample: CodingSample, now: datetime) -> None:
    view = sample_view(sample)
    if view is None:
        return
    alpha = view.agreement.alpha
    facts = {
        "stage": str(sample.round.stage_id),
        "round": sample.round.number,
        "coders": view.coders,
        "cards": view.agreement.cards,
        "alpha_in_hundredths": None if alpha is None else round(100 * alpha),
        "agree_in_hundredths": round(100 * view.agreement.share),
    }
    append(sample.round.stage.process_id, "cards_coded_blind", facts, now=now)
    tell_desk(sample.round.stage, "coding")
