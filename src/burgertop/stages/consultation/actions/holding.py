"""Setting how a consultation is held."""

from datetime import datetime

from django.db import transaction

from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.stages.consultation.models import Setup

__all__ = ["set_up"]


@transaction.atomic
def set_up(
    stage: Stage,
    *,
    ideas_until: datetime | None,
    ratings_until: datetime | None,
    raters: str,
    is_read_first: bool,
    most_per_hour: int,
    most_choices: int,
    now: datetime,
) -> Setup:
    """Change the rules of a consultation; the record keeps what they were from when."""
    setup, _ = Setup.objects.select_for_update().get_or_create(stage=stage)
    setup.ideas_until = ideas_until
    setup.ratings_until = ratings_until
    setup.raters = raters
    setup.is_read_first = is_read_first
    setup.most_per_hour = most_per_hour
    setup.most_choices = most_choices
    setup.full_clean(exclude=["stage"])
    setup.save()
    facts = {
        "stage": str(stage.pk),
        "ideas_until": ideas_until.isoformat() if ideas_until else "",
        "ratings_until": ratings_until.isoformat() if ratings_until else "",
        "raters": str(raters),
        "is_read_first": is_read_first,
        "most_choices": most_choices,
    }
    append(stage.process_id, "consultation_rules_set", facts, now=now)
    return setup
