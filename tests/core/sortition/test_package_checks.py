"""Every package holds when nobody touched it, and every kind of tampering is found."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from tests.core.sortition.package_cases import MAKERS, PACKING, TAMPERED, Change, own, public, read

from burgertop.core.errors import InputError
from burgertop.core.sortition.package import public_package
from burgertop.core.sortition.package_checks import check_same_lottery, checks_of_package
from burgertop.core.sortition.verify import FAILED, OPEN, PASSED

LEFT_OPEN = {
    "public": {"open_chance", "open_commitment", "open_rows", "open_fairness", "open_people"},
    "own": {"open_chance", "open_published", "open_others", "open_people"},
    "audit": {"open_chance", "open_people"},
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_package_that_nobody_touched_holds_and_says_what_it_cannot_show(kind: str) -> None:
    checks = checks_of_package(MAKERS[kind]())

    assert {check.state for check in checks} == {PASSED, OPEN}
    assert {check.code.partition(".")[2] for check in checks if check.state == OPEN} == LEFT_OPEN[kind]


@pytest.mark.parametrize(("kind", "change", "code"), TAMPERED.values(), ids=TAMPERED)
def test_tampering_is_found(kind: str, change: Change, code: str) -> None:
    package = MAKERS[kind]()
    change(package)

    assert code in {check.code for check in checks_of_package(package) if check.state == FAILED}


def test_before_the_pick_it_stays_open() -> None:
    states = {check.code: check.state for check in checks_of_package(read(public_package(PACKING)))}

    assert states["sortition.open_pick"] == OPEN
    assert "sortition.package_pick" not in states


def test_dice_pick_their_panel() -> None:
    assert FAILED not in {check.state for check in checks_of_package(public(dice=17))}


def _other_root(package: dict[str, Any]) -> None:
    package["root"] = "00" * 32


def _more_panels(package: dict[str, Any]) -> None:
    package["method"]["panels"] = 1000


def _other_pick(package: dict[str, Any]) -> None:
    package["pick"] = {"dice": 4, "panel": 4}


@pytest.mark.parametrize("change", [_other_root, _more_panels, _other_pick])
def test_a_package_of_another_lottery_is_told_from_the_public_one(change: Callable[[dict[str, Any]], None]) -> None:
    package = own()

    assert check_same_lottery(package, public()).state == PASSED
    assert check_same_lottery(package, public_package(PACKING)).state == PASSED
    change(package)
    assert check_same_lottery(package, public()).state == FAILED


@pytest.mark.parametrize("kind", MAKERS)
def test_a_value_of_another_form_is_refused(kind: str) -> None:
    taken = [name for name in MAKERS[kind]() if is_taken(MAKERS[kind]() | {name: {"unheard": "of"}})]

    assert taken == []


def is_taken(package: dict[str, Any]) -> bool:
    try:
        return FAILED not in {check.state for check in checks_of_package(package)}
    except InputError:
        return False


def test_what_is_refused_is_told() -> None:
    with pytest.raises(InputError) as caught:
        checks_of_package({**own(), "proof": None})

    assert caught.value.code == "sortition.not_a_package"
    assert str(caught.value.params["reason"]).startswith("TypeError: ")


def test_no_solver_takes_part() -> None:
    program = (
        "import burgertop.cli.sortition, sys\n"
        "from burgertop.core.sortition.package_checks import checks_of_package\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'highspy', 'scipy'}), 'burgertop.core.sortition.drawing' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout.splitlines() == ["[] False"]
