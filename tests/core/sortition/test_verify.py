"""The check of a panel counts by itself and finds each kind of breach."""

import ast
import inspect

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.sortition.cases import moved_seats, tiny_draws

from burgertop.core.sortition import Breach, Pool, Quota, Quotas, breaches_of, verify

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
        "burgertop.core.sortition.pool",
        "burgertop.core.sortition.quotas",
    }
