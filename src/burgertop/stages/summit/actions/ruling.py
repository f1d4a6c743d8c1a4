"""Rules that every seating keeps: somebody at a table, people apart, people together; what counts how much."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import FeatureWeight, Round, RuleKind, RuleReason, SeatRule, Table, Weight

__all__ = ["drop_rule", "make_rule", "weigh_features"]

LEAST_PEOPLE = 2


@transaction.atomic
def make_rule(
    stage: Stage,
    kind: RuleKind,
    people: Sequence[Participant],
    *,
    reason: RuleReason,
    table: Table | None = None,
    round_: Round | None = None,
    now: datetime,
) -> SeatRule:
    """Add a rule; the next plan keeps it. The same rule again is not added twice.

    Raises:
        HouseError: ``summit.rule_needs_table``, ``summit.rule_needs_people``.
    """
    wanted = {one.pk for one in people}
    if kind == RuleKind.PIN and (table is None or not wanted):
        raise HouseError("summit.rule_needs_table")
    if kind != RuleKind.PIN and len(wanted) < LEAST_PEOPLE:
        raise HouseError("summit.rule_needs_people")
    if kind != RuleKind.PIN:
        table = round_ = None
    Stage.objects.select_for_update().get(pk=stage.pk)
    alike = SeatRule.objects.filter(stage=stage, kind=kind, table=table, round=round_).prefetch_related("people")
    for known in alike:
        if {one.pk for one in known.people.all()} == wanted:
            return known
    rule = SeatRule.objects.create(stage=stage, kind=kind, table=table, round=round_, reason=reason, made_at=now)
    rule.people.set(people)
    return rule


def drop_rule(rule: SeatRule) -> None:
    """Give up a rule."""
    SeatRule.objects.filter(pk=rule.pk).delete()


@transaction.atomic
def weigh_features(stage: Stage, weights: Mapping[str, Weight]) -> None:
    """Say how much it counts that the tables mirror the hall in each feature; the next plan goes by it."""
    for feature, weight in weights.items():
        FeatureWeight.objects.update_or_create(stage=stage, feature=feature, defaults={"weight": weight})
