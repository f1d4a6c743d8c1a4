"""Quotas that give way for replacements."""

import pytest
from tests.foundation.draws.conftest import NOW, lines_of, people

from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions, queries
from burgertop.foundation.draws.checking import check_again
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Chance, Draw
from burgertop.foundation.process.models import Stage

pytestmark = pytest.mark.django_db


def hold_round(draw: Draw, said: str) -> None:
    actions.make_lottery(draw, now=NOW)
    actions.seal(draw, chance=Chance.PUBLIC_TEXT, source="The national lottery", now=NOW)
    actions.take_chance(draw, said, now=NOW)


@pytest.fixture
def short(stage: Stage) -> Draw:
    """Two women and two men are drawn out of two women and four men; then one woman leaves."""
    draw = actions.found_draw(stage, "hall", seats=4)
    actions.fill_pool(draw, people(women=2, men=4))
    actions.set_quotas(draw, [Quota("sex", "F", 2, 2, 1, 2), Quota("sex", "M", 2, 2, 2, 3)])
    hold_round(draw, "first")
    woman = next(one for one in queries.roster_of(draw) if one.participant.features["sex"] == "F")
    actions.leave(woman, now=NOW)
    draw.refresh_from_db()
    return draw


def test_a_seat_that_nobody_can_take_within_the_quotas_is_filled_when_they_give_way(short: Draw) -> None:
    with pytest.raises(InfeasibleError):
        actions.make_lottery(short, now=NOW)

    actions.ease_quotas(short)
    hold_round(short, "second")

    seated = [one.participant.features["sex"] for one in queries.roster_of(short)]
    assert sorted(seated) == ["F", "M", "M", "M"]
    assert [one.eased for one in queries.rounds_of(short)] == [[], [["sex", "F", 1, 2], ["sex", "M", 2, 3]]]
    assert [line.get("eased") for line in lines_of(short.stage, "draw_committed")] == [None, "sex, F: 1-2; sex, M: 2-3"]
    assert check_again(short).is_same is True


def test_quotas_that_can_be_met_do_not_give_way(ready: Draw) -> None:
    hold_round(ready, "first")
    actions.leave(queries.roster_of(ready)[0], now=NOW)

    assert actions.ease_quotas(ready).eased == []


def test_what_gave_way_can_be_taken_back_before_the_seal(short: Draw) -> None:
    actions.ease_quotas(short)
    actions.make_lottery(short, now=NOW)

    actions.keep_quotas(short)

    assert Draw.objects.get().eased == []
    assert [one.number for one in queries.rounds_of(short)] == [1]
    with pytest.raises(InfeasibleError):
        actions.make_lottery(short, now=NOW)


def test_bounds_that_leave_no_way_are_said(short: Draw) -> None:
    short.quotas.update(least_flex=2, most_flex=2)

    with pytest.raises(DrawError) as caught:
        actions.ease_quotas(short)

    assert caught.value.code == "draws.no_way"


def test_before_the_first_draw_and_after_a_seal_nothing_gives_way(short: Draw) -> None:
    with pytest.raises(DrawError) as early:
        actions.ease_quotas(actions.found_draw(short.stage, "new", seats=1))
    actions.ease_quotas(short)
    actions.make_lottery(short, now=NOW)
    actions.seal(short, chance=Chance.DICE, source="Three dice", now=NOW)
    with pytest.raises(DrawError) as late:
        actions.keep_quotas(short)

    assert (early.value.code, late.value.code) == ("draws.not_drawn", "draws.round_sealed")
