"""From pool and quotas to a panel that anybody can check, and on to replacements."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.foundation.draws.conftest import NOW, SEXES, lines_of

from burgertop.core.errors import CoreError, InfeasibleError
from burgertop.core.sortition import Quota, pick_panel
from burgertop.foundation.draws import actions, queries
from burgertop.foundation.draws.checking import check_again, verify
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Chance, Draw, DrawState, Duty, Member, Round, Standing
from burgertop.foundation.draws.packing import lottery_of_round
from burgertop.foundation.draws.results import result_digest
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.jobs.progress import Cancelled
from burgertop.foundation.people.actions import erase
from burgertop.foundation.process.models import Stage

pytestmark = pytest.mark.django_db


def computed(draw: Draw) -> Draw:
    actions.make_lottery(draw, now=NOW)
    return draw


def sealed(draw: Draw, chance: Chance = Chance.PUBLIC_TEXT) -> Round:
    """Compute and seal."""
    return actions.seal(computed(draw), chance=chance, source="the national lottery", now=NOW)


def drawn(draw: Draw, said: str = "3 1 4") -> Draw:
    """Compute, seal and draw."""
    sealed(draw)
    actions.take_chance(draw, said, now=NOW)
    draw.refresh_from_db()
    return draw


def test_sealing_fixes_the_lottery_and_tells_the_record(ready: Draw) -> None:
    one = sealed(ready)

    ready.refresh_from_db()
    assert (ready.state, len(one.commitment)) == (DrawState.COMMITTED, 64)
    facts = lines_of(ready.stage, "draw_committed")[0]
    assert (facts["input_digest"], facts["commitment"]) == (one.input_digest, one.commitment)
    for change in (
        lambda: actions.set_quotas(ready, SEXES),
        lambda: actions.set_terms(ready, seats=3),
        lambda: actions.set_duties(ready, {}),
        lambda: actions.empty_pool(ready),
        lambda: actions.fill_pool(ready, [PoolRow("new", {"sex": "F", "area": "north"}, "nl")]),
    ):
        with pytest.raises(DrawError) as caught:
            change()
        assert caught.value.code == "draws.sealed"
    with pytest.raises(DrawError) as caught:
        actions.make_lottery(ready, now=NOW)
    assert caught.value.code == "draws.round_sealed"


def test_sealing_twice_writes_one_line(ready: Draw) -> None:
    first = sealed(ready)

    again = actions.seal(ready, chance=Chance.PUBLIC_TEXT, source="the national lottery", now=NOW)

    assert again == first
    assert len(lines_of(ready.stage, "draw_committed")) == 1
    with pytest.raises(DrawError) as caught:
        actions.seal(ready, chance=Chance.DICE, source="my own dice", now=NOW)
    assert caught.value.code == "draws.other_ceremony"


def test_quotas_that_nobody_can_meet_give_no_lottery(ready: Draw) -> None:
    actions.set_quotas(
        ready, [*SEXES, Quota("area", "north", 0, 4), Quota("area", "south", 0, 4), Quota("area", "x", 1, 4)]
    )

    with pytest.raises(InfeasibleError):
        actions.make_lottery(ready, now=NOW)

    assert not Round.objects.exists()


def test_nothing_is_sealed_that_was_not_computed(ready: Draw) -> None:
    with pytest.raises(DrawError) as caught:
        actions.seal(ready, chance=Chance.DICE, source="dice", now=NOW)

    assert caught.value.code == "draws.no_lottery"


@pytest.mark.parametrize(
    "change",
    [
        lambda draw: actions.set_quotas(draw, [Quota("sex", "F", 1, 3), Quota("sex", "M", 1, 3)]),
        lambda draw: actions.set_terms(draw, seats=4, rule="nash"),
        lambda draw: actions.set_duties(draw, {1: Duty.MUST}),
        lambda draw: actions.fill_pool(draw, [PoolRow("new", {"sex": "F", "area": "north"}, "nl")]),
        actions.empty_pool,
    ],
)
def test_a_lottery_goes_when_what_it_was_computed_from_changes(ready: Draw, change: Callable[[Draw], object]) -> None:
    computed(ready)

    change(ready)

    assert not Round.objects.exists()


def test_a_lottery_of_a_pool_that_changed_behind_our_back_is_not_sealed(ready: Draw) -> None:
    computed(ready)
    person = queries.people_in(ready)[0].participant
    person.features = person.features | {"area": "south", "sex": "M"}
    person.save()

    with pytest.raises(DrawError) as caught:
        actions.seal(ready, chance=Chance.DICE, source="dice", now=NOW)

    assert caught.value.code == "draws.input_changed"


def test_a_computation_that_is_stopped_leaves_what_was_there(ready: Draw) -> None:
    first = actions.make_lottery(ready, now=NOW)

    def stop(share: float, name: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        actions.make_lottery(ready, now=NOW, progress=stop)

    assert Round.objects.get() == first


def test_nothing_is_drawn_before_the_seal(ready: Draw) -> None:
    computed(ready)

    with pytest.raises(DrawError) as caught:
        actions.take_chance(ready, "3 1 4", now=NOW)

    assert caught.value.code == "draws.not_committed"


def test_the_chance_picks_a_numbered_panel_that_meets_its_quotas(ready: Draw) -> None:
    drawn(ready)

    one = ready.rounds.get()
    numbers = [member.number for member in queries.roster_of(ready)]
    lottery = lottery_of_round(one)
    assert one.panel == pick_panel(lottery, public_seed="3 1 4", commitment=one.commitment)
    assert sorted(map(int, lottery.panel(one.panel))) == numbers
    assert one.result_digest == result_digest(numbers)
    assert verify(ready) == ()
    assert queries.remaining_of(ready).count() == 8


def test_the_record_names_rule_chance_and_digests_and_nobody(ready: Draw) -> None:
    drawn(ready, " 3  1 4")

    one = ready.rounds.get()
    assert lines_of(ready.stage, "draw_chance") == [{"draw": "hall", "round": 1, "seed": "3 1 4"}]
    assert lines_of(ready.stage, "draw_made") == [
        {
            "draw": "hall",
            "stage": str(ready.stage_id),
            "round": 1,
            "seats": 4,
            "panel": one.panel,
            "commitment": one.commitment,
            "result_digest": one.result_digest,
        }
    ]


def test_a_draw_is_checked_and_computed_again(ready: Draw) -> None:
    found = check_again(drawn(ready))

    assert found.is_same is True
    assert {check.state for check in found.checks} == {"passed"}


def test_a_panel_that_the_chance_did_not_pick_is_noticed(ready: Draw) -> None:
    drawn(ready)
    one = ready.rounds.get()
    Round.objects.update(panel=(one.panel or 0) % one.panels + 1)

    assert check_again(ready).is_same is False


def test_a_draw_is_drawn_once(ready: Draw) -> None:
    first = drawn(ready).rounds.get()

    again = actions.take_chance(ready, "3 1 4", now=NOW)

    assert again.result_digest == first.result_digest
    assert len(lines_of(ready.stage, "draw_made")) == 1
    with pytest.raises(DrawError) as caught:
        actions.take_chance(ready, "2 7 1", now=NOW)
    assert caught.value.code == "draws.other_seed"


@pytest.mark.parametrize("chance", list(Chance))
def test_an_empty_chance_is_refused(ready: Draw, chance: Chance) -> None:
    sealed(ready, chance)

    with pytest.raises(CoreError) as caught:
        actions.take_chance(ready, "  ", now=NOW)

    assert caught.value.code == "sortition.empty_seed"
    assert lines_of(ready.stage, "draw_chance") == []


def test_somebody_erased_after_the_seal_gets_no_seat_and_the_record_says_how_many(ready: Draw) -> None:
    one = sealed(ready, Chance.DICE)
    lottery = lottery_of_round(one)
    gone = Member.objects.get(number=int(lottery.panel(417)[0]))
    erase(gone.participant, now=NOW)

    actions.take_chance(ready, "417", now=NOW)

    gone.refresh_from_db()
    assert gone.standing == Standing.IN_POOL
    assert queries.roster_of(ready).count() == 3
    assert lines_of(ready.stage, "draw_made")[0]["erased_since_sealed"] == 1
    assert check_again(ready).is_same is None


def test_a_changed_pool_is_noticed_at_the_draw(ready: Draw) -> None:
    sealed(ready)
    person = queries.people_in(ready)[0].participant
    person.features = person.features | {"sex": "M"}
    person.save()

    with pytest.raises(DrawError) as caught:
        actions.take_chance(ready, "3 1 4", now=NOW)

    assert caught.value.code == "draws.input_changed"


def test_who_leaves_is_no_longer_on_the_roster(ready: Draw) -> None:
    member = queries.roster_of(drawn(ready))[0]

    actions.leave(member, now=NOW)
    actions.leave(member, now=NOW)

    assert queries.roster_of(ready).count() == 3
    assert lines_of(ready.stage, "seat_left") == [{"draw": "hall"}]


def test_replacements_are_drawn_round_after_round_and_keep_the_quotas(ready: Draw) -> None:
    drawn(ready)
    left = []
    for number in (2, 3):
        gone = queries.roster_of(ready)[0]
        left.append(actions.leave(gone, now=NOW))
        sealed(ready)
        actions.take_chance(ready, f"later chance {number}", now=NOW)
        assert check_again(ready).is_same is True

    assert [one.number for one in queries.rounds_of(ready)] == [1, 2, 3]
    seated = [member.participant.features["sex"] for member in queries.roster_of(ready)]
    assert sorted(seated) == ["F", "F", "M", "M"]
    assert not {one.pk for one in left} & {one.pk for one in queries.roster_of(ready)}


def test_a_whole_panel_has_nobody_to_replace(ready: Draw) -> None:
    drawn(ready)

    with pytest.raises(DrawError) as caught:
        actions.make_lottery(ready, now=NOW)

    assert caught.value.code == "draws.nobody_left"


def test_nobody_takes_back_a_seat_that_was_filled(ready: Draw) -> None:
    gone = actions.leave(queries.roster_of(drawn(ready))[0], now=NOW)
    sealed(ready)
    actions.take_chance(ready, "later", now=NOW)

    with pytest.raises(DrawError) as caught:
        actions.come_back(gone, now=NOW)

    assert caught.value.code == "draws.seat_is_taken"


def test_people_of_one_household_are_not_drawn_together(stage: Stage) -> None:
    draw = actions.found_draw(stage, "hall", seats=4)
    rows = [PoolRow(f"p{n}", {"sex": "FM"[n % 2]}, "nl", household=f"Street {n // 2}") for n in range(12)]
    actions.fill_pool(draw, rows)
    actions.set_quotas(draw, SEXES)
    actions.set_terms(draw, seats=4, per_household=1)

    drawn(draw)

    homes = [member.household for member in queries.roster_of(draw)]
    assert len(set(homes)) == 4
    assert not any("Street" in home for home in homes)


def test_who_must_sits_on_every_panel_and_who_cannot_on_none(ready: Draw) -> None:
    actions.set_duties(ready, {1: Duty.MUST, 7: Duty.NEVER})

    drawn(ready)

    numbers = [member.number for member in queries.roster_of(ready)]
    assert 1 in numbers
    assert 7 not in numbers
    assert 7 not in [member.number for member in queries.remaining_of(ready)]


def test_a_duty_for_somebody_who_is_not_in_the_pool_is_refused(ready: Draw) -> None:
    with pytest.raises(DrawError) as caught:
        actions.set_duties(ready, {99: Duty.MUST})

    assert (caught.value.code, caught.value.params) == ("draws.no_such_numbers", {"numbers": ("99",)})


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"seats": 0}, "draws.no_seats"),
        ({"seats": 4, "rule": "fairest"}, "sortition.unknown_rule"),
        ({"seats": 4, "panels": 0}, "sortition.no_panels"),
        ({"seats": 4, "per_household": 0}, "sortition.no_one_per_household"),
    ],
)
def test_terms_that_make_no_sense_are_refused(ready: Draw, terms: dict[str, Any], code: str) -> None:
    with pytest.raises((CoreError, DrawError)) as caught:
        actions.set_terms(ready, **terms)

    assert caught.value.code == code


@pytest.mark.slow
def test_a_thousand_of_five_thousand_are_drawn(stage: Stage, shared_data: Path) -> None:
    folder = shared_data / "sortition" / "g1000_be5k_1000"
    with (folder / "respondents.csv").open(encoding="utf-8") as file:
        rows = [PoolRow(str(n), row, row["language"]) for n, row in enumerate(csv.DictReader(file), start=1)]
    with (folder / "categories.csv").open(encoding="utf-8") as file:
        quotas = [Quota(r["category"], r["feature"], int(r["min"]), int(r["max"])) for r in csv.DictReader(file)]
    draw = actions.found_draw(stage, "thousand", seats=1000)
    actions.fill_pool(draw, rows)
    actions.set_quotas(draw, quotas)

    drawn(draw, "7 0 4")

    assert queries.roster_of(draw).count() == 1000
    assert verify(draw) == ()
