"""``burgertop pick``: once, by public chance; a second time only with its reason in sight."""

import json
from pathlib import Path
from typing import Any

from tests.cli.sortition.conftest import Case


def _draw_of(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "draw.json").read_bytes()))


def _ids(path: Path) -> list[str]:
    return [line.split(",")[0] for line in path.read_text("utf-8").splitlines()[1:]]


def test_dice_name_the_panel(case: Case) -> None:
    case.draw()

    code, said, _ = case.call("pick", case.out, "--dice", 417)

    panels = [line.split(",") for line in (case.out / "panels.csv").read_text("utf-8").splitlines()]
    selected, remaining = _ids(case.out / "selected.csv"), _ids(case.out / "remaining.csv")
    assert code == 0
    assert "Panel 417 is drawn: 4 people." in said
    assert selected == [one for number, one in panels if number == "417"]
    assert sorted(selected + remaining) == sorted(f"p{number}" for number in range(1, 13))
    assert (_draw_of(case.out)["panel"], _draw_of(case.out)["chance"]) == (417, {"dice": 417})
    assert set(json.loads((case.out / "manifest.json").read_bytes())["files"]) == {
        path.name for path in case.out.iterdir()
    } - {"manifest.json"}


def test_a_public_text_always_names_the_same_panel(case: Case) -> None:
    case.draw()
    case.call("pick", case.out, "--public-seed", "3 5 1 6 2")
    first = _draw_of(case.out)["panel"]

    case.call("pick", case.out, "--public-seed", " 3 5 1 6 2 ", "--again", "the hall could not see the screen")

    assert _draw_of(case.out)["panel"] == first


def test_the_columns_of_the_pool_are_written_when_it_is_named(case: Case) -> None:
    case.draw()

    _, said, _ = case.call("pick", case.out, "--dice", 1, "--pool", case.pool)

    assert (case.out / "selected.csv").read_text("utf-8").splitlines()[0] == "id,name,gender,age"
    assert "Do not publish them." in said
    assert case.call("verify", case.out)[0] == 0


def test_another_pool_is_refused(case: Case) -> None:
    case.draw()
    case.pool.write_text(case.pool.read_text("utf-8").replace("p1,", "q1,"), encoding="utf-8")

    code, _, complaint = case.call("pick", case.out, "--dice", 1, "--pool", case.pool)

    assert code == 2
    assert "does not hold the people of this lottery" in complaint
    assert not (case.out / "draw.json").exists()


def test_a_second_pick_is_refused_and_changes_nothing(case: Case) -> None:
    case.draw()
    case.call("pick", case.out, "--dice", 417)
    before = {path.name: path.read_bytes() for path in case.out.iterdir()}

    code, _, complaint = case.call("pick", case.out, "--dice", 418)

    assert code == 1
    assert "panel 417 was picked" in complaint
    assert "--again REASON" in complaint
    assert {path.name: path.read_bytes() for path in case.out.iterdir()} == before


def test_a_second_pick_with_its_reason_keeps_the_first_in_sight(case: Case) -> None:
    case.draw()
    case.call("pick", case.out, "--dice", 417)

    code, _, _ = case.call("pick", case.out, "--dice", 418, "--again", "a die fell off the table")
    case.call("pick", case.out, "--dice", 419, "--again", "the notary was late")

    draw = _draw_of(case.out)
    assert code == 0
    assert (draw["panel"], draw["again"]) == (419, "the notary was late")
    assert [(one["panel"], one["again"]) for one in draw["earlier"]] == [(417, ""), (418, "a die fell off the table")]
    code, said, _ = case.call("verify", case.out)
    assert code == 0
    assert "It was picked 3 times; the reason given: “the notary was late”." in said


def test_again_needs_a_first_time_and_a_reason(case: Case) -> None:
    case.draw()
    assert case.call("pick", case.out, "--dice", 417, "--again", "why not")[0] == 2

    case.call("pick", case.out, "--dice", 417)

    assert case.call("pick", case.out, "--dice", 418, "--again", " ")[0] == 1


def test_dice_outside_the_panels_are_thrown_again(case: Case) -> None:
    case.draw()

    code, _, complaint = case.call("pick", case.out, "--dice", 1001)

    assert code == 2
    assert complaint == "burgertop: There is no panel number 1001: numbers go from 1 to 1000. Throw again.\n"
    assert case.call("pick", case.out, "--public-seed", " ")[0] == 2
    assert case.call("pick", case.out)[0] == 2
    assert not (case.out / "draw.json").exists()


def test_a_lottery_that_was_changed_is_not_picked_from(case: Case) -> None:
    case.draw()
    lottery = case.out / "lottery.json"
    lottery.write_bytes(lottery.read_bytes().replace(b'"leximin"', b'"maximin"'))

    code, _, complaint = case.call("pick", case.out, "--dice", 417)

    assert code == 1
    assert "is not what commitment.txt promised" in complaint


def test_a_folder_of_something_else_is_refused(case: Case) -> None:
    code, _, complaint = case.call("pick", case.home, "--dice", 417)

    assert code == 2
    assert "manifest.json cannot be read" in complaint
