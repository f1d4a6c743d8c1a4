"""``burgertop seat``: from people, tables and rules to a folder with a plan, its figures and its report."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.seating.halls import Hall, read_hall
from burgertop.cli.seating.plans import (
    HALL,
    KIND,
    PLAN,
    SEATS,
    chance,
    hall_json,
    open_plan,
    plan_json,
    saying,
    seats_csv,
)
from burgertop.cli.seating.report import report_of
from burgertop.cli.seating.rule_files import read_rules
from burgertop.cli.sortition.asking import stopping_cleanly
from burgertop.cli.sortition.folder import MANIFEST, REPORT, Content, manifest_of, need_free, write_folder
from burgertop.cli.sortition.pools import whole_number
from burgertop.core.seating import EFFORTS, Person, Rules, Seating, breaches_of_rounds, rules_for, seat_rounds

__all__ = ["add_arguments", "content_of", "run", "summary_of"]

MOST_ROUNDS = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, the rounds, the folder."""
    parser.add_argument(
        "--people", type=Path, required=True, help="CSV or XLSX: id, features ..., speaks (nl|fr), household, needs"
    )
    parser.add_argument(
        "--tables", type=Path, required=True, help="CSV or XLSX: table, seats, languages, interpreter, step_free"
    )
    parser.add_argument(
        "--before",
        type=Path,
        action="append",
        default=[],
        help="the folder of another part of the day: who met there meets others now (may be given again)",
    )
    parser.add_argument("--rules", type=Path, help="CSV or XLSX: rule, who, table, round")
    parser.add_argument("--rounds", type=whole_number, default=1, help="rounds, everybody at a new table in each (1)")
    parser.add_argument("--effort", default="good", choices=tuple(EFFORTS), help="about 1, 10, 50 seconds (good)")
    parser.add_argument("--seed", required=True, help="the public chance: the same seed gives the same plan")
    parser.add_argument("--out", type=Path, required=True, help="the folder to make")


def run(chosen: argparse.Namespace) -> int:
    """Seat, write the folder, tell what came out; 1 when the check found a broken rule."""
    need_free(chosen.out)
    if not 1 <= chosen.rounds <= MOST_ROUNDS:
        raise BadInputError(f"--rounds is from 1 to {MOST_ROUNDS}, not {chosen.rounds}.")
    if not chosen.seed.strip():
        raise BadInputError("--seed is empty. Write down the public chance first.")
    hall = read_hall(chosen.people, chosen.tables)
    rules = read_rules(chosen.rules, hall, chosen.rounds)
    before = _rounds_of(chosen.before)
    with stopping_cleanly():
        with saying(hall):
            plan = seat_rounds(
                hall.people,
                hall.tables,
                feature_names=hall.features,
                rng=chance(chosen.seed),
                rounds=chosen.rounds,
                rules=rules,
                effort=chosen.effort,
                before=before,
            )
        told = {"seed": chosen.seed, "effort": chosen.effort}
        files, breaches = content_of(hall, rules, plan, before=before, **told)
        inputs: dict[str, object] = {
            name: {"sha256": sha256(path.read_bytes()).hexdigest()}
            for name, path in (("people", chosen.people), ("tables", chosen.tables), ("rules", chosen.rules))
            if path is not None
        }
        if before:
            inputs["before"] = [sha256((one / MANIFEST).read_bytes()).hexdigest() for one in chosen.before]
        write_folder(chosen.out, files, manifest_of(KIND, files, inputs={**inputs, "rounds": chosen.rounds, **told}))
    print(summary_of(hall, plan, breaches))
    print(
        f"\n{chosen.out} is written. {HALL} holds the people: do not publish it. Check: burgertop verify {chosen.out}"
    )
    return 1 if breaches else 0


def _rounds_of(folders: Sequence[Path]) -> list[dict[int, tuple[str, ...]]]:
    """The rounds of other parts of the day, each once, also when one folder knows another."""
    found: list[dict[int, tuple[str, ...]]] = []
    for folder in folders:
        plan = open_plan(folder)
        found += [one for one in (*plan.before, *plan.rounds) if not any(_is_same(one, other) for other in found)]
    return found


def _is_same(one: Mapping[int, Sequence[str]], other: Mapping[int, Sequence[str]]) -> bool:
    return {frozenset(ids) for ids in one.values() if ids} == {frozenset(ids) for ids in other.values() if ids}


def content_of(
    hall: Hall,
    rules: Rules,
    plan: Seating,
    *,
    before: Sequence[Mapping[int, Sequence[str]]] = (),
    held: Sequence[Mapping[int, Sequence[str]]] = (),
    away: Sequence[Person] = (),
    **told: object,
) -> tuple[Content, int]:
    """The files of a plan, and how many rules it breaks by the check that shares nothing with its maker.

    ``held`` are rounds over or under way, which stay as they are; ``before`` those of another part of the day;
    ``away`` people who are not here.
    """
    now = rules_for(hall.people, rules, len(held))
    breaches = len(breaches_of_rounds(plan.rounds, hall.people, hall.tables, now))
    everybody = replace(hall, people=(*hall.people, *away))
    files: Content = {
        SEATS: seats_csv(hall, [*held, *plan.rounds]),
        PLAN: plan_json(hall, plan, breaches, **told),
        HALL: hall_json(everybody, rules, away=[person.id for person in away], begun=len(held), before=before),
        REPORT: report_of(hall, rules, plan, breaches, str(told.get("seed", ""))).encode(),
    }
    return files, breaches


def summary_of(hall: Hall, plan: Seating, breaches: int) -> str:
    """A short table of what came out."""
    above = f"{plan.balance / plan.bound - 1:.1%} above the bound" if plan.bound else "the bound is 0"
    rows = [
        ("people", f"{len(hall.people)}"),
        ("tables", f"{len(hall.tables)}"),
        ("rounds", f"{len(plan.rounds)}"),
        ("broken rules", f"{breaches}"),
        ("balance", f"{plan.balance:.4f} ({above}; 0 is a perfect mirror)"),
        ("no plan is below", f"{plan.bound:.4f}"),
        ("repeated meetings", f"{plan.repeats} ({plan.forced_repeats} cannot be avoided)"),
        ("lone speakers", f"{plan.lone_speakers} ({plan.forced_lone_speakers} cannot be avoided)"),
    ]
    width = max(len(name) for name, _ in rows) + 2
    return "\n".join(f"{name:<{width}}{value}" for name, value in rows)
