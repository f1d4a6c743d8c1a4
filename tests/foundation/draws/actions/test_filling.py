"""People go into a pool and out of it, in steps that can be broken off."""

from collections.abc import Callable

import pytest

from burgertop.foundation.draws import actions, queries
from burgertop.foundation.draws.actions import filling
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, Member
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.people.vault import open_identity
from burgertop.foundation.process.models import Stage

pytestmark = pytest.mark.django_db

MANY = [PoolRow(f"m{n}", {"sex": "F", "area": "north"}, "nl", identity={"given_name": "Mia"}) for n in range(1203)]


class BrokenOffError(Exception):
    """Somebody stops the work, or the power goes."""


def stop_after(rows: int) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if done >= rows:
            raise BrokenOffError

    return progress


def test_progress_is_told_step_by_step(stage: Stage) -> None:
    told: list[tuple[int, int]] = []
    draw = actions.found_draw(stage, "hall", seats=4)

    actions.fill_pool(draw, MANY, progress=lambda done, total: told.append((done, total)))

    assert told == [(500, 1203), (1000, 1203), (1203, 1203)]
    assert Draw.objects.get().filling_from is None
    assert [one.number for one in queries.people_in(draw)] == list(range(1, 1204))


@pytest.mark.parametrize(("is_fresh", "left"), [(False, 12), (True, 0)])
def test_a_filling_that_is_stopped_leaves_nobody_behind(ready: Draw, is_fresh: bool, left: int) -> None:
    with pytest.raises(BrokenOffError):
        actions.fill_pool(ready, MANY, is_fresh=is_fresh, progress=stop_after(1000))

    ready.refresh_from_db()
    assert ready.filling_from is None
    assert (Member.objects.count(), Participant.objects.count(), Identity.objects.count()) == (left, left, 0)


def test_a_filling_that_a_power_cut_ended_is_begun_again_from_the_start(
    ready: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as power_cut:
        power_cut.setattr(filling, "_take_out", lambda draw: 0 if Member.objects.count() == 12 else 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.fill_pool(ready, MANY, progress=stop_after(1000))
    half = (Draw.objects.get().filling_from, Member.objects.count())

    actions.fill_pool(ready, MANY)

    assert half == (12, 1012)
    assert Draw.objects.get().filling_from is None
    assert [one.number for one in queries.people_in(ready)] == list(range(1, 1216))
    assert (Participant.objects.count(), Identity.objects.count()) == (1215, 1203)


@pytest.mark.parametrize(
    "act",
    [
        lambda draw: actions.set_quotas(draw, []),
        lambda draw: actions.set_terms(draw, seats=3),
        lambda draw: actions.add_members(draw, []),
        lambda draw: actions.make_lottery(draw, now=draw.created_at),
    ],
    ids=["quotas", "terms", "members", "lottery"],
)
def test_while_a_pool_is_filled_nothing_else_changes(ready: Draw, act: Callable[[Draw], object]) -> None:
    Draw.objects.update(filling_from=12)

    with pytest.raises(DrawError) as caught:
        act(ready)

    assert caught.value.code == "draws.being_filled"


def test_people_of_a_pool_are_numbered_and_their_names_go_to_the_vault(stage: Stage) -> None:
    draw = actions.found_draw(stage, "hall", seats=1)
    row = PoolRow("a", {"sex": "F"}, "fr", ("fr", "nl"), {"given_name": "Mia"}, Origin.PARTNER)

    actions.fill_pool(draw, [row, PoolRow("b", {"sex": "M"}, "nl")])

    members = list(queries.people_in(draw))
    assert [(one.number, one.participant.pool_id, one.origin) for one in members] == [
        (1, "a", "partner"),
        (2, "b", "drawn"),
    ]
    identity = members[0].participant.identity
    assert identity is not None
    assert open_identity(identity) == {"given_name": "Mia"}
    assert members[1].participant.identity is None
    assert members[1].participant.speaks == ["nl"]


def test_a_second_file_is_added_after_the_first(stage: Stage) -> None:
    draw = actions.found_draw(stage, "hall", seats=1)
    actions.fill_pool(draw, [PoolRow("a", {"sex": "F"}, "nl")])

    actions.fill_pool(draw, [PoolRow("b", {"sex": "M"}, "nl")])

    assert [one.number for one in queries.people_in(draw)] == [1, 2]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "draws.empty_pool"),
        ([PoolRow("a", {}, "nl")], "draws.no_features"),
        ([PoolRow("a", {"sex": "F"}, "nl"), PoolRow("b", {}, "nl")], "draws.missing_value"),
        ([PoolRow("a", {"sex": "F"}, "nl"), PoolRow("a", {"sex": "M"}, "nl")], "draws.doubled_pool_id"),
        ([PoolRow("a", {"sex": "F"}, "Dutch")], "draws.unknown_language"),
        ([PoolRow("a", {"sex": "x" * 121}, "nl")], "draws.long_value"),
        ([PoolRow("a", {"sex": "F"}, "nl", identity={"shoe_size": "42"})], "draws.unknown_field"),
    ],
)
def test_a_pool_that_is_not_whole_leaves_nothing_behind(stage: Stage, rows: list[PoolRow], code: str) -> None:
    draw = actions.found_draw(stage, "hall", seats=1)

    with pytest.raises(DrawError) as caught:
        actions.fill_pool(draw, rows)

    assert caught.value.code == code
    assert (Participant.objects.count(), Identity.objects.count()) == (0, 0)


def test_an_id_that_the_process_knows_already_is_refused(ready: Draw) -> None:
    with pytest.raises(DrawError) as caught:
        actions.fill_pool(ready, [PoolRow("p3", {"sex": "F", "area": "north"}, "nl")])

    assert (caught.value.code, caught.value.params) == ("draws.known_pool_id", {"ids": ("p3",), "people": 1})


def test_an_emptied_pool_takes_its_people_and_names_with_it(stage: Stage) -> None:
    draw = actions.found_draw(stage, "hall", seats=1)
    actions.fill_pool(draw, [PoolRow("a", {"sex": "F"}, "nl", identity={"given_name": "Mia"})])

    gone = actions.empty_pool(draw)

    assert (gone, Participant.objects.count(), Identity.objects.count()) == (1, 0, 0)
    assert Draw.objects.get().features == []


def test_people_of_another_draw_stay_when_a_pool_is_emptied(stage: Stage, ready: Draw) -> None:
    panel = actions.found_draw(stage, "panel", seats=1)
    actions.add_members(panel, [one.participant for one in queries.people_in(ready)][:3])

    gone = actions.empty_pool(panel)

    assert (gone, Participant.objects.count()) == (3, 12)
