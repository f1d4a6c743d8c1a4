"""Rating an idea, and taking a rating back."""

import uuid
from datetime import datetime

from django.db import transaction

from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.models import Idea, Rating
from burgertop.stages.consultation.permissions import is_taking_ratings

__all__ = ["rate", "take_rating_back"]


@transaction.atomic
def rate(
    stage: Stage,
    idea: Idea,
    *,
    rater: uuid.UUID,
    value: int,
    now: datetime,
    origin: Origin = Origin.SELF_SELECTED,
) -> Rating:
    """Store what one rater thinks of one idea; a second rating replaces the first.

    Raises:
        HouseError: ``consultation.ratings_closed``, ``.idea_elsewhere``, ``.idea_not_shown``.
        ValueError: the value is none of 1, 0 and -1.
    """
    if value not in Rating.Value.values:
        raise ValueError(f"{value} is no rating.")
    if not is_taking_ratings(stage, now):
        raise HouseError("consultation.ratings_closed")
    current = Idea.objects.filter(pk=idea.pk, stage=stage).first()
    if current is None:
        raise HouseError("consultation.idea_elsewhere")
    if not current.is_shown:
        raise HouseError("consultation.idea_not_shown")
    rating, _ = Rating.objects.update_or_create(
        idea=current, rater=rater, defaults={"stage": stage, "value": value, "origin": origin, "rated_at": now}
    )
    return rating


@transaction.atomic
def take_rating_back(stage: Stage, idea: Idea, *, rater: uuid.UUID, now: datetime) -> bool:
    """Take a rating back as if it was never given; says whether there was one.

    Raises:
        HouseError: ``consultation.ratings_closed``.
    """
    if not is_taking_ratings(stage, now):
        raise HouseError("consultation.ratings_closed")
    gone, _ = Rating.objects.filter(stage=stage, idea=idea, rater=rater).delete()
    return gone > 0
