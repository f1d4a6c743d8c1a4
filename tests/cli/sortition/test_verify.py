"""``burgertop verify``: what holds, what does not, what is left open; and that no solver takes part."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.sortition.conftest import Case, Sealed

Lottery = dict[str, Any]


def _change(folder: Path, how: Callable[[Lottery], None]) -> None:
    lottery = json.loads((folder / "lottery.json").read_bytes())
    how(lottery)
    text = json.dumps(lottery, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (folder / "lottery.json").write_text(text, encoding="utf-8")


def _wrong(said: str) -> list[str]:
    return [line.removeprefix("WRONG ") for line in said.splitlines() if line.startswith("WRONG")]


def test_a_published_lottery_holds(case: Case) -> None:
    case.draw()
    case.call("pick", case.out, "--dice", 417)

    code, said, _ = case.call("verify", case.out, *case.files())

    assert (code, _wrong(said)) == (0, [])
    assert "Each level of the certificate follows from its prices." in said
    assert "The panel drawn meets the quotas and the lists." in said


def test_without_pool_and_quotas_it_tells_what_it_could_not_check(case: Case) -> None:
    case.draw()

    code, said, _ = case.call("verify", case.out)

    assert code == 0
    assert "open  Not checked without --pool and --quotas: that the panels meet the quotas" in said
    assert "open  No panel was picked yet." in said
    assert case.call("verify", case.out, "--pool", case.pool)[0] == 2


# Tampering, by somebody who mends every digest ------------------------------------------------


def _other_member(lottery: Lottery) -> None:
    panel = lottery["panels"][0]
    panel[0] = next(one for one in range(12) if one not in panel)
    panel.sort()


def _other_weight(lottery: Lottery) -> None:
    most = max(range(len(lottery["weights"])), key=lottery["weights"].__getitem__)
    lottery["weights"][most] *= 0.5


def _shifted_weights(lottery: Lottery) -> None:
    """The sum stays 1."""
    weights = lottery["weights"]
    first = next(number for number, weight in enumerate(weights) if weight > 0)
    weights[first - 1] += weights[first]
    weights[first] = 0.0
    lottery["exact"][0] += 0.001


def _other_chance(lottery: Lottery) -> None:
    lottery["exact"][3] += 0.05


def _other_ideal(lottery: Lottery) -> None:
    lottery["ideal"][3] += 0.05


def _other_bound(lottery: Lottery) -> None:
    lottery["certificate"]["upper_bound"] -= 0.01


def _other_price(lottery: Lottery) -> None:
    lottery["certificate"]["levels"][0]["quota_prices"].append(["age", "young", 1.0])


def _other_rule(lottery: Lottery) -> None:
    lottery["rule"] = "maximin"


TAMPERED = {
    "member": (_other_member, "Everybody is on as many numbered panels as was published."),
    "weight": (_other_weight, "The weights of the exact distribution"),
    "weights": (_shifted_weights, "exact chance follows from the weights."),
    "chance": (_other_chance, "exact chance follows from the weights."),
    "ideal": (_other_ideal, "The 1 levels of the certificate"),
    "bound": (_other_bound, "The certificate sums its levels up"),
    "rule": (_other_rule, "manifest.json and lottery.json tell of"),
}


@pytest.mark.parametrize(("how", "words"), TAMPERED.values(), ids=TAMPERED)
def test_a_change_of_the_lottery_is_seen_though_all_digests_fit(
    case: Case, seal: Sealed, how: Callable[[Lottery], None], words: str
) -> None:
    case.draw()
    _change(case.out, how)
    seal(case.out)

    code, said, _ = case.call("verify", case.out)

    assert code == 1
    assert any(words in line for line in _wrong(said)), said


def test_a_certificate_whose_prices_prove_less_is_seen_with_the_files(case: Case, seal: Sealed) -> None:
    case.draw()
    _change(case.out, _other_price)
    seal(case.out)

    code, said, _ = case.call("verify", case.out, *case.files())

    assert code == 1
    assert _wrong(said) == ["Each level of the certificate follows from its prices."]


def test_other_quotas_are_seen(case: Case) -> None:
    case.draw()
    case.quotas.write_text(case.quotas.read_text("utf-8").replace("young,1,3", "young,1,2"), encoding="utf-8")

    code, said, _ = case.call("verify", case.out, *case.files())

    assert code == 1
    assert _wrong(said) == ["Pool, quotas and lists are those of the published digest."]


def test_another_pool_is_seen(case: Case) -> None:
    case.draw()
    case.pool.write_text(case.pool.read_text("utf-8").replace("p1,Ann,woman,young", "p1,Ann,woman,old"), "utf-8")

    assert case.call("verify", case.out, *case.files())[0] == 1


def test_another_commitment_is_seen(case: Case) -> None:
    case.draw()
    (case.out / "commitment.txt").write_text("0" * 64 + "\n", encoding="ascii")

    code, said, _ = case.call("verify", case.out)

    assert code == 1
    assert [line.partition(".txt")[0] for line in _wrong(said)][1:] == ["commitment"]


@pytest.mark.parametrize("name", ["panels.csv", "chances.csv", "report.html"])
def test_a_changed_file_does_not_fit_the_manifest(case: Case, name: str) -> None:
    case.draw()
    path = case.out / name
    path.write_bytes(path.read_bytes().replace(b"p1\r\n", b"p2\r\n", 1) + b"\n")

    code, said, _ = case.call("verify", case.out)

    assert code == 1
    assert f"Missing or changed: {name}." in said


@pytest.mark.parametrize("name", ["panels.csv", "chances.csv", "selected.csv", "remaining.csv", "draw.json"])
def test_a_file_that_tells_another_story_is_seen_though_all_digests_fit(case: Case, seal: Sealed, name: str) -> None:
    case.draw()
    case.call("pick", case.out, "--dice", 417)
    path = case.out / name
    text = path.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    path.write_text(text.replace("417", "418") if name == "draw.json" else "".join(lines[:-1]), encoding="utf-8")
    seal(case.out)
    if name == "draw.json":
        path.write_text(path.read_text("utf-8").replace('"panel": 418', '"panel": 417'), encoding="utf-8")
        seal(case.out)

    assert case.call("verify", case.out)[0] == 1


def test_a_stranger_in_the_folder_is_told(case: Case) -> None:
    case.draw()
    (case.out / "notes.txt").write_text("mine", encoding="utf-8")

    code, said, _ = case.call("verify", case.out)

    assert code == 0
    assert "open  Not in manifest.json, so not checked: notes.txt." in said


def test_what_is_no_lottery_is_refused(case: Case) -> None:
    case.draw()
    (case.out / "lottery.json").write_text("{}", encoding="utf-8")

    code, said, _ = case.call("verify", case.out)

    assert code == 1
    assert _wrong(said)[0].startswith("lottery.json can be read. This is not a published lottery")
    assert case.call("verify", case.home)[0] == 2


def test_no_solver_takes_part(case: Case) -> None:
    case.draw()
    case.call("pick", case.out, "--dice", 417)
    program = (
        "import sys; from burgertop.cli.main import main\n"
        f"code = main(['verify', {str(case.out)!r}, '--pool', {str(case.pool)!r}, '--quotas', {str(case.quotas)!r}])\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(code, sorted(loaded & {'highspy', 'scipy'}), 'burgertop.core.sortition.drawing' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout.splitlines()[-1] == "0 [] False"
