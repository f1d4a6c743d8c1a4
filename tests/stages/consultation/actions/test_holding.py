"""Setting how a consultation is held."""

from datetime import timedelta

from django.utils import timezone

from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.queries import entries_of
from burgertop.stages.consultation.actions import set_up
from burgertop.stages.consultation.permissions import is_taking_ideas, is_taking_ratings


def test_ideas_and_ratings_end_at_their_own_moments_and_the_record_says_when(stage: Stage) -> None:
    now = timezone.now()

    set_up(
        stage,
        ideas_until=now - timedelta(hours=1),
        ratings_until=now + timedelta(hours=1),
        raters="contributors",
        is_read_first=True,
        most_per_hour=5,
        most_choices=3,
        now=now,
    )

    stage = Stage.objects.get(pk=stage.pk)
    line = entries_of(stage.process_id).first()
    assert (is_taking_ideas(stage, now), is_taking_ratings(stage, now)) == (False, True)
    assert line is not None
    assert (line.kind, line.facts["raters"]) == ("consultation_rules_set", "contributors")
