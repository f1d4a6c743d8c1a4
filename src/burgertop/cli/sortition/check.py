"""``burgertop check --pool``: whether a panel exists; if not, which quotas clash and what would help."""

import argparse

from burgertop.cli.house import BadInputError
from burgertop.cli.sortition.asking import case_of, stopping_cleanly
from burgertop.cli.sortition.pools import Case
from burgertop.cli.sortition.saying import shown, spoken
from burgertop.core.sortition import Feasibility, Quota, check_feasibility, never_chosen

__all__ = ["run"]


def run(chosen: argparse.Namespace) -> int:
    """Tell whether the quotas can be met; 1 when they cannot."""
    missing = [name for name in ("pool", "quotas", "seats") if getattr(chosen, name) is None]
    if missing:
        raise BadInputError(f"to check quotas, name --{' and --'.join(missing)}, too.")
    case = case_of(chosen)
    limits = {"must": case.must, "never": case.never, "at_most_per_household": case.per_household}
    with stopping_cleanly(), spoken():
        found = check_feasibility(case.pool, case.quotas, **limits)  # type: ignore[arg-type]  # three kinds of values
        if not found.is_feasible:
            _tell_clash(found, case)
            return 1
        nowhere = never_chosen(case.pool, case.quotas, **limits)  # type: ignore[arg-type]  # three kinds of values
    print(f"Panels of {case.quotas.seats} from these {len(case.pool)} people meet all {len(case.quotas.rows)} quotas.")
    off = tuple(one for one in nowhere if one not in set(case.never))
    if off:
        print(f"{len(off)} people can never be chosen, whatever the draw: {shown(off)}.")
    else:
        print("Everybody can be chosen.")
    return 0


def _tell_clash(found: Feasibility, case: Case) -> None:
    print(f"No panel of {case.quotas.seats} from these {len(case.pool)} people meets all quotas.")
    size = "No clash is smaller" if found.is_smallest else "A smaller clash may exist"
    print(f"These quotas clash (leave one out, and the others can be met). {size}:")
    for quota in found.clash:
        print(f"  {_told(quota)}")
    if not found.relaxation:
        print("Within min_flex and max_flex nothing helps. Widen them, or look for more people.")
        return
    moved = sum(move.moved_seats for move in found.relaxation)
    print(f"The least change that helps moves {moved} {'seat' if moved == 1 else 'seats'}:")
    for move in found.relaxation:
        print(f"  {_told(move.quota)}  ->  {move.least} to {move.most}")


def _told(quota: Quota) -> str:
    return f"{quota.feature}, {quota.value}: {quota.least} to {quota.most}"
