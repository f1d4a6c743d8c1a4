"""Rules of seats."""

from datetime import datetime

import pytest

from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.models import Round, RuleKind, RuleReason, SeatRule, Table


def test_a_rule_is_made_once_and_given_up(
    stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant], now: datetime
) -> None:
    for _ in "ab":
        actions.make_rule(stage, RuleKind.APART, people[:2], reason=RuleReason.CONFLICT, now=now)
        pin = actions.make_rule(
            stage, RuleKind.PIN, people[:1], reason=RuleReason.ACCESS, table=tables[0], round_=rounds[0], now=now
        )

    kinds = list(SeatRule.objects.values_list("kind", flat=True))
    actions.drop_rule(pin)

    assert sorted(kinds) == ["apart", "pin"]
    assert SeatRule.objects.get().kind == "apart"


@pytest.mark.parametrize(
    ("kind", "many", "code"),
    [
        (RuleKind.PIN, 1, "summit.rule_needs_table"),
        (RuleKind.APART, 1, "summit.rule_needs_people"),
        (RuleKind.TOGETHER, 0, "summit.rule_needs_people"),
    ],
)
def test_a_rule_that_says_nothing_is_refused(
    stage: Stage, people: list[Participant], now: datetime, kind: RuleKind, many: int, code: str
) -> None:
    with pytest.raises(HouseError) as caught:
        actions.make_rule(stage, kind, people[:many], reason=RuleReason.BY_HAND, now=now)

    assert caught.value.code == code


def test_people_are_found_by_their_numbers(stage: Stage, people: list[Participant]) -> None:
    found = queries.people_numbered(stage, ["person-03", "person-00", "person-03"])

    assert [one.pool_id for one in found] == ["person-03", "person-00"]
    with pytest.raises(HouseError) as caught:
        queries.people_numbered(stage, ["person-03", "nobody"])
    assert caught.value.params["numbers"] == ("nobody",)
