"""The funnel as a page shows it: counts, shares, and the risk of missing a quota."""

import pytest

from burgertop.core.errors import InputError
from burgertop.core.recruitment import FunnelCount, Kind, Tally, attendance_of, funnel_of, response_of

WOMEN = FunnelCount("gender", "woman", sent=3000, yes=290, no=310, confirmed=260, least=150, most=200)
MEN = FunnelCount("gender", "man", sent=3000, yes=227, no=280, confirmed=227, least=150, most=200)
YOUNG = FunnelCount("age", "16-29", sent=1500, yes=20, no=60, confirmed=20, least=60, most=90)
OLD = FunnelCount("age", "30+", sent=4500, yes=497, no=530, confirmed=467, least=250, most=330)


def test_a_line_says_what_the_models_say() -> None:
    line = funnel_of([WOMEN, MEN])[0]

    answers = response_of({"woman": Tally(3000, 290), "man": Tally(3000, 227)}).belief("woman")
    comes = attendance_of({"woman": Tally(0, 0), "man": Tally(0, 0)}).belief("woman")
    assert (line.count, line.answered) == (WOMEN, 600)
    assert line.response_share == (answers.quantile(0.1), answers.mean, answers.quantile(0.9))
    assert line.present == comes.counts(260)
    assert (line.shortfall, line.surplus) == (comes.at_most(260, 149), comes.at_least(260, 201))


def test_lines_come_in_the_order_of_the_counts_and_features_stand_by_themselves() -> None:
    mixed = funnel_of([WOMEN, YOUNG, MEN, OLD])

    assert [line.count for line in mixed] == [WOMEN, YOUNG, MEN, OLD]
    assert (mixed[0], mixed[2]) == funnel_of([WOMEN, MEN])


def test_a_pool_smaller_than_the_quota_is_seen_before_anybody_comes() -> None:
    young, old = funnel_of([YOUNG, OLD])

    assert (young.is_pool_short, old.is_pool_short) == (True, False)
    assert (young.shortfall, young.surplus) == (pytest.approx(1.0), 0.0)


def test_an_evening_before_sharpens_the_forecast() -> None:
    before = funnel_of([WOMEN, MEN])[0]
    after = funnel_of([WOMEN, MEN], came_before={("gender", "woman"): Tally(250, 200)})[0]

    assert after.present.high - after.present.low < 0.7 * (before.present.high - before.present.low)
    assert after.shortfall < 0.01 < before.shortfall


def test_a_panel_is_expected_whole() -> None:
    line = funnel_of([FunnelCount("gender", "woman", 900, 80, 60, 30, 29, 30)], kind=Kind.PANEL)[0]

    assert line.present.low >= 28
    assert line.surplus == 0


def test_nothing_counted_is_no_line() -> None:
    assert funnel_of([]) == ()


def test_a_value_on_two_lines_is_named() -> None:
    with pytest.raises(InputError) as caught:
        funnel_of([WOMEN, MEN, WOMEN])

    assert (caught.value.code, caught.value.params) == (
        "recruitment.doubled_value",
        {"feature": "gender", "value": "woman"},
    )


@pytest.mark.parametrize(
    ("yes", "no", "least", "code"),
    [
        (60, 50, 1, "recruitment.bad_answers"),
        (60, 30, 6, "recruitment.bad_quota"),
        (-1, 30, 1, "recruitment.negative_number"),
    ],
)
def test_counts_that_cannot_be_are_refused(yes: int, no: int, least: int, code: str) -> None:
    with pytest.raises(InputError) as caught:
        FunnelCount("gender", "woman", 100, yes, no, 50, least, 5)

    assert caught.value.code == code
