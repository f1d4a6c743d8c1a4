"""From a rule to panels: ideal chances, numbered panels, exact distribution; and what to do where panels fail."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from burgertop.core.errors import CoreError
from burgertop.core.sortition.dealing import Dealt, deal_panels
from burgertop.core.sortition.exchanging import exchanges_of
from burgertop.core.sortition.kinds import Floats, Ints, Kinds
from burgertop.core.sortition.leximin import Level
from burgertop.core.sortition.mixing import counts_of, mixture_of
from burgertop.core.sortition.pricing import whole_lottery
from burgertop.core.sortition.reaching import face_kinds, reached
from burgertop.core.sortition.rounding import numbered_panels
from burgertop.core.sortition.rules import Rule
from burgertop.core.sortition.steady import smallest_step
from burgertop.core.sortition.target import target_of

__all__ = ["Drawn", "average_of", "drawn_panels", "panels_for"]

Progress = Callable[[float, str], None] | None
LEAST_PANELS, MOST_SEATS = 1000, 20_000_000
MIXED_PANELS = 200  # fewest panels dealt for the exact distribution alone
GOOD = 1e-7
TIGHT = 1e-6


@dataclass(frozen=True, eq=False)
class Drawn:
    """What was found, in kinds of people.

    Args:
        levels: the levels of the rule.
        seats: shape (M, seats): numbered panels, kind of every seat.
        extra: shape (E, seats): more panels of the exact distribution.
        weights: shape (M + E,): the exact distribution; empty when it was not asked for.
        is_relaxed_reached: whole panels reach the chances of the levels that prices prove.
    """

    levels: tuple[Level, ...]
    seats: NDArray[np.int32]
    extra: NDArray[np.int32]
    weights: Floats
    is_relaxed_reached: bool


def average_of(kinds: Kinds, levels: tuple[Level, ...]) -> Floats:
    """Tell how many people of each kind a panel has on average.

    Args:
        kinds: the kinds of people.
        levels: the chances that are settled.

    Returns:
        Shape (T,).

    Cost: O(T).
    """
    average = kinds.least.astype(np.float64)
    for level in levels:
        average[level.kinds] = kinds.sizes[level.kinds] * level.chance
    return average


def panels_for(kinds: Kinds, average: Floats) -> int:
    """Tell how many numbered panels show the chances well enough.

    Args:
        kinds: the kinds of people.
        average: shape (T,): expected seats of each kind.

    Returns:
        The power of ten that is at least five divided by the least chance above 0, never under 1,000;
        less where that would be more than 20 million seats in all.

    Cost: O(T).
    """
    chances = average / kinds.sizes
    panels = LEAST_PANELS
    while panels * chances[chances > 0].min(initial=1) < 5 and panels * 10 * kinds.seats <= MOST_SEATS:
        panels *= 10
    return panels


def drawn_panels(
    kinds: Kinds, rule: Rule, rng: np.random.Generator, panels: int | None, *, is_mixed: bool, progress: Progress = None
) -> Drawn:
    """Find the chances of a rule and panels that give them.

    First over averages of panels (linear programs); panels are then dealt so that everybody is on
    as many as the chance says. Where that fails panels are found by prices; where no whole panels
    have these averages, the chances are found anew over whole panels by integer programs.

    Args:
        kinds: the kinds of people.
        rule: the rule.
        rng: all chance.
        panels: number of panels; None: ``panels_for``.
        is_mixed: find the exact distribution too.
        progress: called often with the share that is done and the name of the work.

    Raises:
        InfeasibleError: ``sortition.no_feasible_panel``.
        CoreError: ``sortition.solver_stopped``, ``sortition.no_exact_lottery``.

    Cost: see ``docs/maths/sortition.md``.
    """
    levels = rule.levels(kinds, _part(progress, 0.0, 0.2, "chances"))
    average = _settled(kinds, average_of(kinds, levels))
    number = panels_for(kinds, average) if panels is None else panels
    known, numbered = np.zeros((0, kinds.seats), dtype=np.int32), None
    target = target_of(kinds, average, number)
    if target is not None:
        dealt = deal_panels(kinds, target, rng, step=_part(progress, 0.2, 0.8, "panels"))
        known = dealt.seats[dealt.is_met]
        if dealt.is_met.all():
            if not is_mixed:
                return Drawn(levels, dealt.seats, dealt.seats[:0], np.zeros(0), True)
            mixed = _mixed(kinds, average, dealt, rng, _part(progress, 0.8, 1.0, "distribution"))
            if mixed is not None:
                return Drawn(levels, dealt.seats, *mixed, True)
            numbered = dealt.seats
    counts = counts_of(known, len(kinds)).toarray().astype(np.int64)
    priced = _priced(kinds, levels, average, number, counts, numbered, rng, _part(progress, 0.2, 1.0, "pricing"))
    return priced or _whole(kinds, rule, levels, number, counts, _part(progress, 0.2, 1.0, "pricing"))


def _priced(
    kinds: Kinds,
    levels: tuple[Level, ...],
    average: Floats,
    number: int,
    known: Ints,
    numbered: NDArray[np.int32] | None,
    rng: np.random.Generator,
    step: Callable[[float], None] | None,
) -> Drawn | None:
    """Find panels with exactly these averages by prices, and the numbered ones from them where there are none."""
    face = face_kinds(kinds, average)
    exchanges = exchanges_of(face)
    found = reached(face, average, known, exchanges, step)
    if found is None:
        return None
    if numbered is None:
        numbered = _seats(numbered_panels(face, exchanges, found.counts, found.weights, average, number, rng, step))
    weights = np.concatenate([np.zeros(number), found.weights])
    return Drawn(levels, numbered, _seats(found.counts), weights, True)


def _seats(counts: Ints) -> NDArray[np.int32]:
    """List the kind of every seat of panels."""
    every = np.repeat(np.tile(np.arange(counts.shape[1]), len(counts)), counts.ravel())
    return every.reshape(len(counts), -1).astype(np.int32)


def _whole(
    kinds: Kinds,
    rule: Rule,
    levels: tuple[Level, ...],
    number: int,
    known: Ints,
    step: Callable[[float], None] | None,
) -> Drawn:
    """Find the lottery over whole panels."""
    if not rule.is_whole:
        raise CoreError("sortition.no_exact_lottery", rule=rule.name)
    found = whole_lottery(kinds, number, known, only_first=rule.name == "maximin", step=step)
    seats = _seats(found.counts)
    used = found.weights > 0
    numbered = np.repeat(seats, found.times, axis=0)
    averages = average_of(kinds, levels), average_of(kinds, found.levels)
    return Drawn(
        levels=found.levels,
        seats=numbered,
        extra=seats[used],
        weights=np.concatenate([np.zeros(number), found.weights[used]]),
        is_relaxed_reached=bool(np.abs(averages[0] - averages[1]).max() < GOOD),
    )


def _settled(kinds: Kinds, average: Floats) -> Floats:
    """Mend what rounding left: rows that have no play on average are met to the last digits."""
    seated = kinds.matrix @ average
    nearest = np.where(seated - kinds.row_lower < kinds.row_upper - seated, kinds.row_lower, kinds.row_upper)
    tight = np.flatnonzero(np.abs(seated - nearest) < TIGHT)
    room = np.where(kinds.least < kinds.most, np.maximum(average, 0), 0)
    stiff = csr_array(kinds.matrix[tight].multiply(np.sqrt(room)))
    mended = average + np.sqrt(room) * smallest_step(stiff, nearest[tight] - seated[tight])
    return np.asarray(np.clip(mended, kinds.least, kinds.most))


def _part(progress: Progress, begin: float, end: float, name: str) -> Callable[[float], None] | None:
    if progress is None:
        return None
    told = progress
    return lambda share: told(begin + (end - begin) * min(max(share, 0.0), 1.0), name)


def _mixed(
    kinds: Kinds, average: Floats, dealt: Dealt, rng: np.random.Generator, step: Callable[[float], None] | None
) -> tuple[NDArray[np.int32], Floats] | None:
    """Find weights that give the averages exactly; add panels until there are enough of them."""
    batches, usable = [dealt.seats], [dealt.is_tight]
    wanted = 1.1 * len(kinds)
    for _ in range(4):
        while (left := wanted - sum(int(one.sum()) for one in usable)) > 0 or len(dealt.seats) < MIXED_PANELS:
            owed = sum(len(one) for one in batches) * average - np.bincount(
                np.concatenate(batches).ravel(), minlength=len(kinds)
            )
            number = max(MIXED_PANELS, int(np.ceil(left / max(1, np.ceil(left / LEAST_PANELS)))))
            target = target_of(kinds, average, number, owed)
            if target is None:
                return None
            dealt = deal_panels(kinds, target, rng, step=step)
            if dealt.is_tight.mean() < 0.5:
                return None
            batches.append(dealt.seats)
            usable.append(dealt.is_tight)
        every = np.concatenate(batches)
        mixture = mixture_of(counts_of(every, len(kinds)), average, np.concatenate(usable))
        if mixture.gap <= GOOD:
            extra, weights = every[len(batches[0]) :], mixture.weights
            is_used = weights[len(batches[0]) :] > 0
            return extra[is_used], np.concatenate([weights[: len(batches[0])], weights[len(batches[0]) :][is_used]])
        wanted = 1.4 * sum(int(one.sum()) for one in usable)
    return None
