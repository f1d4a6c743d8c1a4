"""Check an auditor's package: rows, lottery and published figures must tell the same, to the last digit."""

import json
from collections.abc import Mapping
from hashlib import sha256
from math import ceil
from typing import Any

import numpy as np

from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.published import Lottery, lottery_from_json
from burgertop.core.sortition.quotas import Quota, Quotas
from burgertop.core.sortition.rows import PARTS, Row, parts_of
from burgertop.core.sortition.tree import tree_of
from burgertop.core.sortition.verify import FAILED, PASSED, Check, verify_lottery

__all__ = ["checks_of_rows"]


def checks_of_rows(package: Mapping[str, Any]) -> list[Check]:
    """Hold the opened rows and the whole lottery against what was published, then check the lottery itself.

    Args:
        package: as ``audit_package``.

    Returns:
        ``sortition.package_commitment``, ``sortition.package_head``, ``sortition.package_root``,
        ``sortition.package_rows``; where rows and lottery fit, ``sortition.package_totals``,
        ``sortition.package_chances``, ``sortition.package_certificate`` and all of ``verify_lottery``.

    Raises:
        InputError: ``sortition.not_a_lottery``; as ``Pool``, ``Quotas`` and ``verify_lottery``.
        KeyError, TypeError, ValueError: a value is missing or of another form.

    Cost: as ``verify_lottery``, and O(people + panels * seats * quotas).
    """
    text = package["lottery"]
    lottery, rows = lottery_from_json(json.loads(text)), [Row.from_json(row) for row in package["rows"]]
    method = package["method"]
    told = (method["rule"], method["seats"], method["panels"], package["input_digest"], package["people"])
    held = (lottery.rule, lottery.seats, len(lottery.panels), lottery.input_digest, len(lottery.ids))
    wrong = _wrong_rows(lottery, rows)
    checks = [
        _told("sortition.package_commitment", sha256(text.encode("utf-8")).hexdigest() == package["commitment"]),
        _told("sortition.package_head", told == held),
        _told("sortition.package_root", tree_of(rows).root == package["root"], people=len(rows)),
        _told("sortition.package_rows", not wrong, people=len(rows), wrong=wrong),
    ]
    if wrong:
        return checks
    return [*checks, *_checks_of_public(package, lottery, rows), *_checks_of_lottery(package, lottery, rows)]


def _wrong_rows(lottery: Lottery, rows: list[Row]) -> int:
    """Count the rows that tell of other people, panels or chances than the lottery."""
    people, panels = len(lottery.ids), lottery.panels
    columns = (lottery.ideal, lottery.exact, lottery.published)
    is_inside = ((panels >= 0) & (panels < people)).all() and all(len(column) == people for column in columns)
    names = [name for name, _ in rows[0].values]
    if not is_inside or lottery.ids != tuple(row.id for row in rows):
        return len(rows)
    panels_of: list[list[int]] = [[] for _ in lottery.ids]
    for number, panel in enumerate(panels.tolist(), 1):
        for place in panel:
            panels_of[place].append(number)
    chances = zip(*(column.tolist() for column in columns), strict=True)
    return sum(
        list(row.panels) != own
        or [name for name, _ in row.values] != names
        or row.published != published
        or max(abs(row.ideal - parts_of(ideal)), abs(row.exact - parts_of(exact))) > 1
        for row, own, (ideal, exact, published) in zip(rows, panels_of, chances, strict=True)
    )


def _checks_of_public(package: Mapping[str, Any], lottery: Lottery, rows: list[Row]) -> list[Check]:
    """Count totals and chances from the rows, and compare the figures of the certificate."""
    pairs = [(feature, value) for feature, value, *_ in package["quotas"]]
    columns = [{pairs[place] for place in column} for column in package["columns"]]
    has = np.array([[not column.isdisjoint(row.values) for column in columns] for row in rows], dtype=np.int64)
    counted = np.array([has[panel].sum(axis=0) for panel in lottery.panels], dtype=np.int64)
    totals = package["totals"]
    other = sum(mine != theirs for mine, theirs in zip(counted.tolist(), totals, strict=False))
    other += abs(len(totals) - len(counted))
    cells = [sum(cell["from"] <= row.published <= cell["to"] for row in rows) for cell in package["chances"]]
    proven, figures = lottery.certificate, package["certificate"]
    held = (parts_of(proven.upper_bound), parts_of(proven.min_probability), ceil(proven.gap * PARTS))
    told = (figures["upper_bound"], figures["min_probability"], figures["gap"])
    is_same = held == told and proven.is_relaxed_reached == figures["is_relaxed_reached"]
    return [
        _told("sortition.package_totals", not other, panels=len(counted), wrong=other),
        _told("sortition.package_chances", cells == [cell["people"] for cell in package["chances"]]),
        _told("sortition.package_certificate", is_same),
    ]


def _checks_of_lottery(package: Mapping[str, Any], lottery: Lottery, rows: list[Row]) -> tuple[Check, ...]:
    pool = Pool(
        ids=tuple(row.id for row in rows),
        features=tuple(name for name, _ in rows[0].values),
        values=tuple(tuple(value for _, value in row.values) for row in rows),
        households=tuple(row.household for row in rows),
    )
    quotas = Quotas(package["method"]["seats"], tuple(Quota(*row) for row in package["quotas"]))
    limit = package["method"]["at_most_per_household"]
    must, never = package["must"], package["never"]
    counts = _told(
        "sortition.package_lists", (len(must), len(never)) == (package["method"]["must"], package["method"]["never"])
    )
    checks = verify_lottery(pool, quotas, lottery, must=must, never=never, at_most_per_household=limit)
    return (counts, *checks)


def _told(code: str, is_right: bool, **params: int) -> Check:
    return Check(code, PASSED if is_right else FAILED, params)
