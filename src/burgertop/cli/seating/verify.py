"""The check of a plan's folder: every seat, balance and meetings counted anew, with nothing of what made it."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from burgertop.cli.seating.plans import PLAN, SEATS, Plan, named_params, open_plan, saying
from burgertop.cli.sortition.findings import OPEN, Finding, held_to
from burgertop.cli.sortition.folder import MANIFEST
from burgertop.cli.sortition.saying import sentence_of
from burgertop.core.seating.rules import rules_for
from burgertop.core.seating.verify import Breach, balance_of, breaches_of_rounds, lone_speakers, repeats_of

__all__ = ["findings_of_plan"]

MOST_TOLD = 5
NEAR = 1e-9


def findings_of_plan(folder: Path) -> list[Finding]:
    """A line for each check."""
    plan = open_plan(folder)
    return [_check_of_digests(plan), *_checks_of_seats(plan), *_checks_of_figures(plan), _left_open()]


def _left_open() -> Finding:
    return Finding(OPEN, "Not checked: that the bound of the balance and the unavoidable repeats are right.")


def _check_of_digests(plan: Plan) -> Finding:
    files: dict[str, Any] = plan.manifest.get("files", {})
    wrong = sorted(name for name, kept in files.items() if not _is_kept(plan.folder / name, kept))
    return held_to(not wrong, f"The {len(files)} files are those of {MANIFEST}.", f"Changed: {', '.join(wrong)}.")


def _is_kept(path: Path, kept: object) -> bool:
    try:
        return isinstance(kept, dict) and sha256(path.read_bytes()).hexdigest() == kept.get("sha256")
    except OSError:
        return False


def _checks_of_seats(plan: Plan) -> Iterator[Finding]:
    here = plan.here
    rules = rules_for(here, plan.rules, plan.begun)
    with saying(plan.hall):
        found = breaches_of_rounds(plan.rounds[plan.begun :], here, plan.hall.tables, rules)
    yield held_to(
        not found,
        f"{SEATS} keeps all rules: {len(here)} people in {len(plan.rounds) - plan.begun} rounds.",
        " ".join(_said(one, plan) for one in found[:MOST_TOLD])
        + (f" And {len(found) - MOST_TOLD} more." if len(found) > MOST_TOLD else ""),
    )
    told = plan.told.get("hard_violations")
    yield held_to(told == len(found), f"{PLAN} tells of {told} broken rules.", f"Counted: {len(found)}.")


def _said(breach: Breach, plan: Plan) -> str:
    words = sentence_of(breach.code, named_params(breach.params, plan.hall))
    return f"Round {plan.begun + int(str(breach.params['round']))}: {words}"


def _checks_of_figures(plan: Plan) -> Iterator[Finding]:
    rounds, here = plan.rounds[plan.begun :], plan.here
    used = [sum(1 for ids in seated.values() if ids) for seated in rounds]
    known = {person.id for person in here}
    if any(one not in known for seated in rounds for ids in seated.values() for one in ids):
        yield held_to(False, f"{SEATS} names people of the plan only.")
        return
    sums = (balance_of(seated, here) * many for seated, many in zip(rounds, used, strict=True))
    balance = sum(sums) / max(1, sum(used))
    held = [*plan.before, *plan.rounds[: plan.begun]]
    repeats = repeats_of([*held, *rounds]) - repeats_of(held)
    lonely = sum(len(lone_speakers(seated, here, plan.hall.tables)) for seated in rounds)
    for name, counted in (("balance", balance), ("repeats", repeats), ("lone_speakers", lonely)):
        told = plan.told.get(name)
        is_same = isinstance(told, int | float) and abs(told - counted) <= NEAR
        yield held_to(is_same, f"{name} is {told}.", f"Counted: {counted}.")
    told = plan.told
    is_above = told.get("balance", 0) >= told.get("bound", 0) and told.get("repeats", 0) >= told.get(
        "forced_repeats", 0
    )
    yield held_to(is_above, "Balance and repeats are not below their bounds.")
