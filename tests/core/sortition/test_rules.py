"""The registry: every rule has its paper, and none is put in the place of another."""

import pytest

from burgertop.core.errors import InputError
from burgertop.core.sortition import RULES
from burgertop.core.sortition.rules import rule_of


def test_every_rule_has_a_goal_and_a_paper_with_its_year() -> None:
    assert list(RULES) == ["leximin", "maximin", "nash", "goldilocks"]
    assert all(rule.name == name and rule.goal and "(20" in rule.paper for name, rule in RULES.items())


def test_an_unknown_rule_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InputError) as caught:
        rule_of("lexmin")

    assert caught.value.params == {"rule": "lexmin", "known": ("leximin", "maximin", "nash", "goldilocks")}
