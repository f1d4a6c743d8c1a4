"""Rows, lottery and published figures must tell the same."""

import json
from typing import Any

import pytest
from tests.core.sortition.package_cases import audit

from burgertop.core.errors import InputError
from burgertop.core.sortition.package_audit import checks_of_rows
from burgertop.core.sortition.verify import FAILED


def failed(package: dict[str, Any]) -> set[str]:
    return {check.code.partition(".")[2] for check in checks_of_rows(package) if check.state == FAILED}


def with_lottery(**other: Any) -> dict[str, Any]:
    """The package with a lottery in which something is different."""
    package = audit()
    package["lottery"] = json.dumps(json.loads(package["lottery"]) | other)
    return package


def test_a_row_too_few_is_found() -> None:
    package = audit()
    package["rows"].pop()

    assert failed(package) == {"package_root", "package_rows"}


def test_rows_in_another_order_are_found() -> None:
    package = audit()
    package["rows"].reverse()

    assert failed(package) == {"package_root", "package_rows"}


def test_a_panel_that_points_beyond_the_pool_is_found() -> None:
    panels = json.loads(audit()["lottery"])["panels"]
    for place in (-1, 48):
        panels[0][0] = place

        assert failed(with_lottery(panels=panels)) == {"package_commitment", "package_rows"}


def test_a_lottery_of_another_rule_is_found() -> None:
    assert failed(with_lottery(rule="nash")) == {"package_commitment", "package_head"}


def test_weights_that_do_not_add_up_are_found() -> None:
    weights = json.loads(audit()["lottery"])["weights"]

    assert failed(with_lottery(weights=[weight / 2 for weight in weights])) == {"package_commitment", "check_weights"}


def test_lists_that_are_longer_than_was_published_are_found() -> None:
    package = audit()
    package["never"].append("n000")

    assert failed(package) == {"package_lists", "check_input"}


def test_other_quotas_are_found_by_the_digest() -> None:
    package = audit()
    package["quotas"][3][5] = 7

    assert failed(package) == {"check_input"}


def test_what_is_no_lottery_is_refused() -> None:
    package = audit()
    package["lottery"] = "{}"

    with pytest.raises(InputError):
        checks_of_rows(package)
