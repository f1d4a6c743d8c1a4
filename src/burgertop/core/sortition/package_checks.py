"""Check a package by counting, adding and hashing: no solver takes part, and nothing of what drew the lottery."""

import re
from collections.abc import Mapping
from math import floor
from typing import Any

from burgertop.core.errors import InputError
from burgertop.core.sortition.package import AUDIT, FORMAT, OWN, PUBLIC
from burgertop.core.sortition.package_audit import checks_of_rows
from burgertop.core.sortition.package_figures import checks_of_figures, checks_of_pick
from burgertop.core.sortition.rows import PARTS, Row
from burgertop.core.sortition.tree import Proof, check_proof
from burgertop.core.sortition.verify import FAILED, OPEN, PASSED, Check

__all__ = ["check_same_lottery", "checks_of_package"]

CLOSE = 1e-9
DIGEST, DIGESTS = re.compile(r"[0-9a-f]{64}"), ("input_digest", "commitment", "root")
SAME = ("method", "people", *DIGESTS)


def checks_of_package(package: Mapping[str, Any]) -> tuple[Check, ...]:
    """Check all that this package allows, and say what it does not allow.

    Args:
        package: what ``public_package``, ``own_package`` or ``audit_package`` made, as read from JSON.

    Returns:
        The checks; those that are ``open`` say what this package cannot show.

    Raises:
        InputError: ``sortition.not_a_package``; for an audit also what its rows, quotas or lottery break.

    Cost: public O(panels * quotas), own O(log(people)), audit as ``checks_of_rows``.

    >>> checks_of_package({"kind": "a letter", "format": 1})
    Traceback (most recent call last):
    burgertop.core.errors.InputError: ('sortition.not_a_package', {'reason': 'a letter'})
    """
    kind = package.get("kind")
    checks = {PUBLIC: _checks_of_public, OWN: _checks_of_own, AUDIT: _checks_of_audit}.get(str(kind))
    if checks is None or package.get("format") != FORMAT:
        raise InputError("sortition.not_a_package", reason=str(package.get("format") if checks else kind))
    if odd := [name for name in DIGESTS if not DIGEST.fullmatch(str(package.get(name)))]:
        raise InputError("sortition.not_a_package", reason=", ".join(odd))
    try:
        return tuple(checks(package))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise InputError("sortition.not_a_package", reason=f"{type(error).__name__}: {error}") from error


def check_same_lottery(package: Mapping[str, Any], public: Mapping[str, Any]) -> Check:
    """Tell whether a package speaks of the lottery that was published for everybody.

    Args:
        package: any package.
        public: what everybody got, perhaps before the pick.

    Returns:
        ``sortition.package_same``.

    Cost: O(1).

    >>> check_same_lottery({"root": "00", "pick": {"dice": 1, "panel": 1}}, {"root": "00", "pick": None}).state
    'passed'
    """
    is_same = all(package.get(name) == public.get(name) for name in SAME)
    picks = [one["pick"] for one in (package, public) if one.get("pick")]
    return _told("sortition.package_same", is_same and all(pick == picks[0] for pick in picks))


def _checks_of_public(package: Mapping[str, Any]) -> list[Check]:
    return [
        *checks_of_figures(package),
        *checks_of_pick(package),
        Check("sortition.open_commitment", OPEN),
        Check("sortition.open_rows", OPEN),
        Check("sortition.open_fairness", OPEN),
        Check("sortition.open_people", OPEN),
    ]


def _checks_of_own(package: Mapping[str, Any]) -> list[Check]:
    row, panels, pick = Row.from_json(package["row"]), package["method"]["panels"], package["pick"]
    proof = Proof(package["proof"]["index"], package["proof"]["size"], tuple(package["proof"]["path"]))
    is_proven = proof.size == package["people"] and check_proof(row, proof, package["root"])
    is_listed = all(0 < number <= panels for number in row.panels) and list(row.panels) == sorted(set(row.panels))
    least = floor(panels * row.ideal * (1 - CLOSE) / PARTS)
    drawn = None if pick is None else pick["panel"] in row.panels
    return [
        _told("sortition.package_proof", is_proven, people=proof.size),
        _told("sortition.package_own_panels", is_listed and len(row.panels) == row.published, panels=row.published),
        _told("sortition.package_own_floor", row.published >= least, least=least),
        _told("sortition.package_drawn", package["is_drawn"] is drawn),
        *checks_of_pick(package),
        Check("sortition.open_published", OPEN),
        Check("sortition.open_others", OPEN),
        Check("sortition.open_people", OPEN),
    ]


def _checks_of_audit(package: Mapping[str, Any]) -> list[Check]:
    checks = [*checks_of_figures(package), *checks_of_rows(package), *checks_of_pick(package)]
    return [*checks, Check("sortition.open_people", OPEN)]


def _told(code: str, is_right: bool, **params: int) -> Check:
    return Check(code, PASSED if is_right else FAILED, params)
