"""How well the forecasts of recruitment hold: every precedent from the others, and what was tried to do better.

Run with ``python benchmarks/recruitment.py``; the tables of docs/maths/recruitment.md come from here.
"""

import math
import time
from collections.abc import Callable, Iterator

import numpy as np

from burgertop.core.recruitment import (
    PRECEDENTS,
    Belief,
    HeldOut,
    Precedent,
    Tally,
    attendance_before,
    leave_one_out,
    letters_for,
    overbook,
    response_before,
)
from burgertop.core.recruitment.precedents import rates_of_groups
from burgertop.core.recruitment.rates import RATES

PARLIAMENTS = {"Ostbelgien", "Climate Assembly UK", "Bürgerrat Ernährung"}
Alike = Callable[[Precedent, Precedent], bool]


def print_held_out(found: tuple[HeldOut, ...]) -> None:
    for one in found:
        print(
            f"| {one.process} | {one.step} | {one.asked:,} | {one.happened:,} | {one.low:,} to {one.high:,} "
            f"| {one.factor:.2f} | {'yes' if one.is_covered else 'no'} | {one.within_factor:.2f} |"
        )


def of_letters(is_alike: Alike) -> Iterator[tuple[Tally, Belief]]:
    """Forecast from letters only, each precedent from those others that are like it."""
    for one in PRECEDENTS:
        others = [other for other in PRECEDENTS if other is not one]
        like = [other for other in others if other.sent is None or is_alike(one, other)]
        if not any(other.response or other.arrival for other in like):
            continue
        says_yes = response_before(like).newcomer()
        if one.response:
            yield one.response, says_yes
        if one.arrival:
            yield one.arrival, says_yes.and_then(attendance_before(one.kind, others).newcomer())


def best_double(belief: Belief) -> tuple[float, float]:
    """The interval from a rate to its double that has the most weight."""
    held = [belief.weights[(low <= RATES) & (2 * low >= RATES)].sum() for low in RATES]
    low = float(RATES[int(np.argmax(held))])
    return low, 2 * low


def print_attempt(name: str, is_alike: Alike) -> None:
    covered, doubled, factors = [], [], []
    for tally, belief in of_letters(is_alike):
        counts, (low, high) = belief.counts(tally.asked), best_double(belief)
        covered.append(counts.low <= tally.yes <= counts.high)
        doubled.append(low <= tally.yes / tally.asked <= high)
        factors.append(counts.high / counts.low)
    print(
        f"| {name} | {sum(covered)} of {len(covered)} | {min(factors):.1f} to {max(factors):.1f} "
        f"| {sum(doubled)} of {len(doubled)} |"
    )


def print_plug_in() -> None:
    """The plainest of all: a normal of the log-odds with the mean and deviation of the others."""
    rates = [one.response.yes / one.response.asked for one in PRECEDENTS if one.response]
    covered, factors = [], []
    for place, rate in enumerate(rates):
        odds = [math.log(other / (1 - other)) for other in rates[:place] + rates[place + 1 :]]
        middle, width = np.mean(odds), 1.2816 * np.std(odds, ddof=1)
        low, high = (1 / (1 + math.exp(-(middle + sign * width))) for sign in (-1, 1))
        covered.append(low <= rate <= high)
        factors.append(high / low)
    print(f"| plug-in normal | {sum(covered)} of {len(covered)} | {min(factors):.1f} to {max(factors):.1f} | |")


def print_waves() -> None:
    for wave in (0, 100, 200, 500, 1000, 2000):
        factors = []
        for one in PRECEDENTS:
            if one.response:
                before = response_before([other for other in PRECEDENTS if other is not one])
                seen = Tally(wave, round(wave * one.response.yes / one.response.asked))
                counts = rates_of_groups({"all": seen}, before, spread=0.4).belief("all").counts(10_000)
                factors.append(counts.high / counts.low)
        print(f"| {wave:,} | {min(factors):.2f} to {max(factors):.2f} |")


def print_made() -> None:
    """How often 80 % intervals hold in 400 processes of four groups, made as the model thinks."""
    before = response_before()
    past = before.newcomer()
    for wave in (0, 150, 1000):
        rng, by_group, in_all = np.random.default_rng(5), [], []
        for _ in range(400):
            mean, spread = past.quantile(rng.uniform(0.001, 0.999)), max(0.1, abs(rng.normal(0, 0.4)))
            size = 1 / (spread**2 * mean * (1 - mean)) - 1
            truth = {str(group): rng.beta(mean * size, (1 - mean) * size) for group in range(4)}
            seen = {group: Tally(wave, int(rng.binomial(wave, rate))) for group, rate in truth.items()}
            rates = rates_of_groups(seen, before, spread=0.4)
            yes = {group: int(rng.binomial(1000, rate)) for group, rate in truth.items()}
            counts = {group: rates.belief(group).counts(1000) for group in truth}
            by_group += [counts[group].low <= yes[group] <= counts[group].high for group in truth]
            total = rates.total(dict.fromkeys(truth, 1000)).counts()
            in_all.append(total.low <= sum(yes.values()) <= total.high)
        print(f"| {wave:,} | {np.mean(by_group):.0%} | {np.mean(in_all):.0%} |")


def print_overbooking() -> None:
    for risk in (0.01, 0.05, 0.1, 0.25):
        plan = overbook({"all": 1000}, {}, overflow=risk)
        print(f"| {risk:.0%} | {plan.confirmed:,} | {plan.present.low:,} to {plan.present.high:,} | {plan.empty:.0f} |")


def print_costs() -> None:
    seats = {f"group {number}": 100 for number in range(10)}
    for name, work in (
        ("letters for ten groups", lambda: letters_for(seats, {})),
        ("the same under a budget", lambda: letters_for(seats, {}, budget=20_000)),
        ("overbooking for ten groups", lambda: overbook(seats, {})),
        ("every precedent from the others", leave_one_out),
    ):
        begin = time.process_time()
        work()
        print(f"| {name} | {time.process_time() - begin:.2f} |")


def main() -> None:
    print_held_out(leave_one_out())
    print_attempt("all others", lambda _one, _other: True)
    print_attempt("same kind (hall, panel)", lambda one, other: one.kind is other.kind)
    print_attempt("same country", lambda one, other: one.country == other.country)
    print_attempt(
        "same sender (parliament, or town and citizens)",
        lambda one, other: (one.process in PARLIAMENTS) == (other.process in PARLIAMENTS),
    )
    print_plug_in()
    print_waves()
    print_made()
    print_overbooking()
    print_costs()


if __name__ == "__main__":
    main()
