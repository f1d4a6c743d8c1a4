"""What a page may show of a draw."""

import pytest

from burgertop.foundation.draws.models import Draw, Round
from burgertop.stages.lottery.queries import Line, Place, chances_of, lines_of, places_of, steps_of

pytestmark = pytest.mark.django_db


def test_bars_are_measured_against_the_largest_number_of_the_feature(draw: Draw) -> None:
    groups = lines_of(draw, is_public=True)

    assert [(group.feature, len(group.lines)) for group in groups] == [("sex", 2)]
    assert groups[0].lines[0] == Line(
        value="F",
        least=2,
        most=2,
        in_pool=6,
        drawn=None,
        is_met=False,
        is_in_reach=True,
        pool_bar="300.0",
        panel_bar="",
        population_at="",
        low="300.0",
        width="2.0",
    )


def test_the_smallest_number_stands_at_the_top_of_the_ring() -> None:
    assert places_of([3, 81234]) == [
        Place(3, "380.0", "75.0", "2.20", "1.00"),
        Place(81234, "380.0", "685.0", "2.20", "0.68"),
    ]
    assert {place.scale for place in places_of(range(1, 41))} == {"1.00"}


def test_a_ring_holds_forty_numbers_and_no_more() -> None:
    assert (len(places_of(range(1, 41))), places_of(range(1, 42))) == (40, [])


def test_the_next_step_is_the_first_that_is_not_done(draw: Draw) -> None:
    steps = steps_of(draw)

    assert [(step.name, step.is_done, step.is_now) for step in steps] == [
        ("pool", True, False),
        ("quotas", True, False),
        ("lottery", False, True),
        ("seal", False, False),
        ("chance", False, False),
        ("roster", False, False),
    ]


def test_the_picture_of_chances_begins_at_the_smallest_one() -> None:
    cells = [{"from": 0, "to": 149, "people": 90}, {"from": 150, "to": 199, "people": 10}]
    one = Round(seats=10, panels=1000, facts={"people": 100, "least": 0.0954, "chances": cells})

    found = chances_of(one)

    assert found is not None
    assert [(bar.least, bar.most, bar.people) for bar in found.bars] == [(0.095, 0.149, 90), (0.15, 0.199, 10)]
    assert found.even == 0.1
    assert float(found.bars[0].height) == 120.0
    assert float(found.bars[1].height) < 20.0


def test_a_draw_of_the_first_version_has_no_picture_of_chances() -> None:
    assert chances_of(Round(seats=4, panels=0, facts={})) is None
