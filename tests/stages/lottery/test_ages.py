"""What a yes says of one's age, by the rule of the process."""

import pytest

from burgertop.foundation.process.models import MinorsRule, Process
from burgertop.stages.lottery.ages import age_choices

GUARDIAN = "my parent or guardian agrees"


@pytest.mark.parametrize(
    ("least", "majority", "rule", "said"),
    [
        (
            *(16, 18, MinorsRule.WITH_CONSENT),
            [("alone", "I am 18 or older"), ("guardian", f"I am 16 or older but not yet 18, and {GUARDIAN}")],
        ),
        (
            *(0, 18, MinorsRule.WITH_CONSENT),
            [("alone", "I am 18 or older"), ("guardian", f"I am not yet 18, and {GUARDIAN}")],
        ),
        (16, 18, MinorsRule.ADMITTED, [("alone", "I am 16 or older")]),
        (16, 18, MinorsRule.NOT_ADMITTED, [("alone", "I am 18 or older")]),
        (0, 18, MinorsRule.ADMITTED, []),
    ],
)
def test_the_choices_follow_the_process(least: int, majority: int, rule: MinorsRule, said: object) -> None:
    assert age_choices(Process(least_age=least, age_of_majority=majority, minors_rule=rule)) == said
