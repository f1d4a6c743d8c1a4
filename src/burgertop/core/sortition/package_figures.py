"""Check the figures that everybody gets: totals of panels, table of chances, bound, and the pick."""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from burgertop.core.errors import InputError
from burgertop.core.sortition.cells import LEAST_IN_CELL
from burgertop.core.sortition.picking import pick_panel
from burgertop.core.sortition.rows import PARTS
from burgertop.core.sortition.verify import FAILED, OPEN, PASSED, Check

__all__ = ["checks_of_figures", "checks_of_pick"]


def checks_of_figures(package: Mapping[str, Any]) -> list[Check]:
    """Check what can be counted in the totals, the table of chances and the bound.

    Args:
        package: as ``public_package`` or ``audit_package``.

    Returns:
        ``sortition.package_quotas``, ``sortition.package_seats``, ``sortition.package_cells``,
        ``sortition.package_places``, ``sortition.package_bound``.

    Raises:
        KeyError, TypeError, ValueError: a value is missing or of another form.

    Cost: O(panels * quotas).
    """
    return [*_checks_of_totals(package), *_checks_of_cells(package), _check_of_bound(package["certificate"])]


def checks_of_pick(package: Mapping[str, Any]) -> list[Check]:
    """Follow the public chance to its panel once more.

    Args:
        package: any package.

    Returns:
        ``sortition.package_pick`` and, open, ``sortition.open_chance``; before the pick ``sortition.open_pick``.

    Raises:
        KeyError, TypeError: a value is missing or of another form.

    Cost: O(1).

    >>> package = {"method": {"panels": 9}, "commitment": "0" * 64, "pick": {"dice": 4, "panel": 5}}
    >>> [(check.code, check.state) for check in checks_of_pick(package)]
    [('sortition.package_pick', 'failed'), ('sortition.open_chance', 'open')]
    """
    pick = package["pick"]
    if pick is None:
        return [Check("sortition.open_pick", OPEN)]
    try:
        panel = pick_panel(
            package["method"]["panels"],
            dice=pick.get("dice"),
            public_seed=pick.get("public_seed"),
            commitment=package["commitment"],
        )
    except InputError:
        panel = 0
    state = PASSED if panel and panel == pick["panel"] else FAILED
    return [Check("sortition.package_pick", state, {"panel": pick["panel"]}), Check("sortition.open_chance", OPEN)]


def _checks_of_totals(package: Mapping[str, Any]) -> list[Check]:
    """Hold each panel against the quotas, and the totals of each feature against the seats."""
    seats, panels = package["method"]["seats"], package["method"]["panels"]
    quotas, columns, totals = package["quotas"], package["columns"], package["totals"]
    features = [{quotas[place][0] for place in column} for column in columns]
    is_whole = sorted(chain(*columns)) == list(range(len(quotas))) and all(len(own) == 1 for own in features)
    full = [row for row in totals if is_whole and len(row) == len(columns)]
    missing = abs(panels - len(totals)) + len(totals) - len(full)
    spans = [(sum(quotas[at][2] for at in column), sum(quotas[at][3] for at in column)) for column in columns]
    outside = sum(
        not all(least <= total <= most for total, (least, most) in zip(row, spans, strict=True)) for row in full
    )
    places = [[at for at, own in enumerate(features) if feature in own] for feature in set().union(*features)]
    unequal = sum(not all(sum(row[at] for at in own) == seats for own in places) for row in full)
    return [
        _told("sortition.package_quotas", not outside + missing, panels=panels, wrong=outside + missing),
        _told("sortition.package_seats", not unequal + missing, panels=panels, wrong=unequal + missing),
    ]


def _checks_of_cells(package: Mapping[str, Any]) -> list[Check]:
    people, method, cells = package["people"], package["method"], package["chances"]
    ends = [-1, *(cell["to"] for cell in cells)]
    is_row = all(cell["from"] == end + 1 and cell["from"] <= cell["to"] for end, cell in zip(ends, cells, strict=False))
    is_whole = is_row and ends[-1] <= method["panels"] and sum(cell["people"] for cell in cells) == people
    is_large = len(cells) == 1 or all(cell["people"] >= LEAST_IN_CELL for cell in cells)
    least = sum(cell["from"] * cell["people"] for cell in cells)
    most = sum(cell["to"] * cell["people"] for cell in cells)
    places = method["panels"] * method["seats"]
    return [
        _told("sortition.package_cells", is_whole and is_large, people=people, least=LEAST_IN_CELL),
        _told("sortition.package_places", least <= places <= most, places=places),
    ]


def _check_of_bound(proven: Mapping[str, Any]) -> Check:
    """Hold the three figures against each other, allowing for the rounding of each."""
    bound, reached, gap = proven["upper_bound"], proven["min_probability"], proven["gap"]
    is_ordered = 0 <= reached <= PARTS and 0 <= bound <= PARTS and gap >= 0 and reached <= bound + PARTS // 10**9
    is_near = (bound - reached - 2) * PARTS <= gap * bound
    return _told("sortition.package_bound", is_ordered and is_near, bound=bound / PARTS, reached=reached / PARTS)


def _told(code: str, is_right: bool, **params: float) -> Check:
    return Check(code, PASSED if is_right else FAILED, params)
