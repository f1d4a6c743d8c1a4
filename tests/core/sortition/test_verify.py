"""The check of a panel counts by itself and finds each kind of breach."""

import ast
import inspect
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.core.sortition.cases import moved_seats, tiny_draws

from burgertop.core.sortition import (
    Breach,
    Lottery,
    Pool,
    Quota,
    Quotas,
    breaches_of,
    lottery_of,
    verify,
    verify_lottery,
)

POOL = Pool(tuple("abcd"), ("gender",), (("woman",), ("woman",), ("man",), ("x",)), ("h", "h", "", ""))
QUOTAS = Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1)))


def test_a_panel_that_meets_everything_has_no_breaches() -> None:
    assert breaches_of(POOL, QUOTAS, ["c", "a"], must=["a"], never=["b"], at_most_per_household=1) == ()


def test_every_breach_is_told_with_its_numbers() -> None:
    found = breaches_of(POOL, QUOTAS, ["a", "b", "b", "d", "z"], must=["c"], never=["a"], at_most_per_household=1)

    assert found == (
        Breach("sortition.panel_size", {"people": 5, "seats": 2}),
        Breach("sortition.doubled_on_panel", {"ids": ("b",)}),
        Breach("sortition.not_in_pool", {"ids": ("z",)}),
        Breach("sortition.value_without_quota", {"feature": "gender", "value": "x", "people": 1}),
        Breach("sortition.above_most", {"feature": "gender", "value": "woman", "people": 2, "most": 1}),
        Breach("sortition.below_least", {"feature": "gender", "value": "man", "people": 0, "least": 1}),
        Breach("sortition.must_missing", {"ids": ("c",)}),
        Breach("sortition.never_present", {"ids": ("a",)}),
        Breach("sortition.household_above_limit", {"household": "h", "people": 2, "limit": 1}),
    )


@settings(max_examples=100, deadline=None)
@given(draw=tiny_draws(), choose=st.randoms(use_true_random=False))
def test_a_panel_of_the_right_size_has_breaches_exactly_when_it_misses_quotas(
    draw: tuple[Pool, Quotas], choose: "st.randoms"
) -> None:
    pool, quotas = draw
    panel = tuple(choose.sample(pool.ids, quotas.seats))

    found = breaches_of(pool, quotas, panel)

    assert bool(found) == (moved_seats(pool, quotas.rows, panel) > 0)


def test_the_check_shares_no_code_with_what_draws() -> None:
    tree = ast.parse(inspect.getsource(verify))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name for name in modules if name and name.startswith("burgertop")} == {
        "burgertop.core.errors",
        "burgertop.core.sortition.chance",
        "burgertop.core.sortition.pool",
        "burgertop.core.sortition.published",
        "burgertop.core.sortition.quotas",
    }
    assert len(inspect.getsource(verify).splitlines()) <= 300


def test_nothing_the_check_stands_on_imports_a_solver() -> None:
    seen, left = set(), ["burgertop.core.sortition.verify"]
    while left:
        name = left.pop()
        seen.add(name)
        tree = ast.parse(Path(str(find_spec(name).origin)).read_text("utf-8"))  # type: ignore[union-attr]  # it is there
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                left += [node.module] if node.module.startswith("burgertop.") and node.module not in seen else []
                assert not node.module.startswith(("highspy", "scipy"))
            if isinstance(node, ast.Import):
                assert not any(alias.name.startswith(("highspy", "scipy")) for alias in node.names)

    assert not seen & {f"burgertop.core.sortition.{name}" for name in ("leximin", "dealing", "drawing", "program")}


def test_reading_picking_and_checking_load_no_solver() -> None:
    program = (
        "import sys\n"
        "from burgertop.core import sortition\n"
        "from burgertop.core.sortition import verify_lottery, lottery_from_json, pick_panel, Pool, Quota, Quotas\n"
        "from burgertop.core.sortition import propose_quotas\n"
        "print({name.partition('.')[0] for name in sys.modules} & {'highspy', 'scipy'}, 'lottery_of' in dir(sortition))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout == "set() True\n"


DRAWN = Pool(tuple("abcd"), ("gender",), (("woman",), ("woman",), ("man",), ("man",)))
LOTTERY = lottery_of(DRAWN, QUOTAS, never=["d"], panels=100)


def states(lottery: Lottery, quotas: Quotas = QUOTAS, gap: float = 1e-6) -> dict[str, str]:
    checks = verify_lottery(DRAWN, quotas, lottery, never=["d"], gap=gap)
    return {check.code.removeprefix("sortition.check_"): check.state for check in checks if check.state != "passed"}


def changed(array: NDArray[Any], at: int | tuple[int, int], value: float) -> NDArray[Any]:
    other = array.copy()
    other[at] = value
    return other


def test_a_true_lottery_passes_every_check() -> None:
    assert states(LOTTERY) == {}


def test_every_kind_of_tampering_is_found() -> None:
    women = LOTTERY.panels.copy()
    women[0] = [0, 1]
    exact = changed(LOTTERY.exact, 0, 0.6)
    weights = changed(changed(LOTTERY.weights, 0, 0.0), 1, float(LOTTERY.weights[:2].sum()))
    level = LOTTERY.certificate.levels[0]
    lower = replace(LOTTERY.certificate, levels=(replace(level, bound=0.4), *LOTTERY.certificate.levels[1:]))
    cheaper = replace(level, seat_price=level.seat_price * 2)
    other_quotas = Quotas(2, (Quota("gender", "woman", 0, 2), *QUOTAS.rows[1:]))

    assert "panels" in states(replace(LOTTERY, panels=women))
    assert "published" in states(replace(LOTTERY, published=changed(LOTTERY.published, 0, 51)))
    assert "chances" in states(replace(LOTTERY, exact=exact))
    assert "weights" in states(replace(LOTTERY, weights=LOTTERY.weights * 0.9))
    assert "weights" in states(replace(LOTTERY, weights=changed(LOTTERY.weights, 0, -0.1)))
    assert states(replace(LOTTERY, weights=weights)) == {} or "chances" in states(replace(LOTTERY, weights=weights))
    assert "floor" in states(replace(LOTTERY, ideal=LOTTERY.ideal * 1.5))
    assert "gap" in states(replace(LOTTERY, ideal=LOTTERY.ideal * 0.99))
    assert "kinds" in states(replace(LOTTERY, alike=changed(LOTTERY.alike, 2, int(LOTTERY.alike[0]))))
    assert states(replace(LOTTERY, certificate=lower)) == {"certificate": "failed"}
    assert "certificate" in states(
        replace(LOTTERY, certificate=replace(LOTTERY.certificate, levels=(cheaper, *LOTTERY.certificate.levels[1:])))
    ) or np.isclose(level.seat_price, 0)
    assert states(replace(LOTTERY, certificate=replace(LOTTERY.certificate, levels=(level,)))) == {
        "certificate": "failed"
    }
    assert states(replace(LOTTERY, seats=3)) == {"input": "failed"}
    assert states(LOTTERY, other_quotas) == {"input": "failed"}
