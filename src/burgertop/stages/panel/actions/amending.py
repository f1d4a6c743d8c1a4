"""Amendments: a member proposes another wording of the standing version."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from burgertop.foundation.trace.actions import link
from burgertop.foundation.wording import HouseError
from burgertop.stages.panel.models import Amendment, AmendmentState, Recommendation, RecommendationState

__all__ = ["propose_amendment", "withdraw_amendment"]


@transaction.atomic
def propose_amendment(
    recommendation: Recommendation,
    *,
    bodies: Mapping[str, str],
    reasons: Mapping[str, str],
    language: str,
    once: uuid.UUID,
    now: datetime,
) -> Amendment:
    """Propose another wording of a draft; sent twice it is proposed once.

    Raises:
        HouseError: ``panel.not_a_draft`` when the recommendation is being voted on or decided.
    """
    locked = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    known = Amendment.objects.filter(once=once).first()
    if known is not None:
        return known
    if locked.state != RecommendationState.DRAFT:
        raise HouseError("panel.not_a_draft", number=locked.number)
    number = (locked.amendments.aggregate(most=Max("number"))["most"] or 0) + 1
    amendment = Amendment.objects.create(
        recommendation=locked, number=number, to_version=locked.version, proposed_at=now, once=once
    )
    amendment.write("body", bodies, original=language)
    amendment.write("reason", reasons, original=language)
    link(locked.stage.process_id, ("amendment", amendment.pk), [("recommendation", locked.pk)])
    return amendment


@transaction.atomic
def withdraw_amendment(amendment: Amendment) -> Amendment:
    """Take a proposed amendment back; taking it back twice changes nothing."""
    locked = Amendment.objects.select_for_update().get(pk=amendment.pk)
    if locked.state == AmendmentState.WITHDRAWN:
        return locked
    if locked.state != AmendmentState.PROPOSED:
        raise HouseError("panel.amendment_decided", number=locked.number)
    locked.state = AmendmentState.WITHDRAWN
    locked.save(update_fields=["state"])
    return locked
