"""``burgertop replace``: round after round, each a lottery of its own."""

import json
from pathlib import Path

from tests.cli.sortition.conftest import Case


def _panel(folder: Path) -> list[str]:
    return (folder / "selected.csv").read_text("utf-8").splitlines()[1:]


def _replace(case: Case, *left: str, seed: str = "") -> tuple[int, str, str]:
    (case.home / "left.csv").write_text("\n".join(["id", *left, ""]), encoding="utf-8")
    words = ["--public-seed", seed] if seed else []
    return case.call("replace", case.out, "--left", case.home / "left.csv", *case.files(), *words)


def test_somebody_comes_in_for_somebody_who_left(case: Case) -> None:
    case.draw()
    case.call("pick", case.out, "--dice", 417)
    before = _panel(case.out)

    code, said, _ = _replace(case, before[0], seed="7 7 1")

    folder = case.out / "replacements-1"
    after = _panel(folder)
    newcomers = (folder / "newcomers.csv").read_text("utf-8").split()[1:]
    assert code == 0
    assert (len(after), set(before) - set(after)) == (4, {before[0]})
    assert newcomers == sorted(set(after) - set(before))
    assert f"In come: {newcomers[0]}." in said
    assert before[0] not in (folder / "remaining.csv").read_text("utf-8").split()
    assert case.call("verify", folder, *case.files())[0] == 0
    assert case.call("verify", case.out, *case.files())[0] == 0
    assert case.call("replay", folder, *case.files())[0] == 0


def test_a_second_round_stands_on_the_first(case: Case) -> None:
    case.draw()
    case.call("pick", case.out, "--dice", 417)
    first = _panel(case.out)
    _replace(case, first[0], seed="7 7 1")
    second = _panel(case.out / "replacements-1")

    code, _, _ = _replace(case, second[1], seed="7 7 2")

    third = _panel(case.out / "replacements-2")
    manifest = json.loads((case.out / "replacements-2" / "manifest.json").read_bytes())
    assert code == 0
    assert first[0] not in third
    assert second[1] not in third
    assert manifest["inputs"]["never"] == sorted([first[0], second[1]])


def test_without_the_chance_only_the_lottery_is_made(case: Case) -> None:
    case.draw()
    case.call("pick", case.out, "--dice", 417)

    code, said, _ = _replace(case, _panel(case.out)[0])

    assert code == 0
    assert "commitment" in said
    assert not (case.out / "replacements-1" / "draw.json").exists()
    assert "nothing was picked in" in _replace(case, _panel(case.out)[1])[2]
    assert case.call("pick", case.out / "replacements-1", "--dice", 5)[0] == 0


def test_who_is_not_on_the_panel_cannot_leave_it(case: Case) -> None:
    case.draw()
    case.call("pick", case.out, "--dice", 417)
    stranger = next(f"p{number}" for number in range(1, 13) if f"p{number}" not in _panel(case.out))

    code, _, complaint = _replace(case, stranger)

    assert code == 2
    assert f"{stranger} is not on the panel now." in complaint
    assert not (case.out / "replacements-1").exists()


def test_nobody_is_replaced_before_the_draw(case: Case) -> None:
    case.draw()

    code, _, complaint = _replace(case, "p1")

    assert code == 1
    assert "nothing was picked in" in complaint
