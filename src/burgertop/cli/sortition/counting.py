"""What can be checked of a lottery by itself: its chances, panels and certificate must agree."""

from math import fsum

import numpy as np

from burgertop.cli.sortition.findings import Finding, held_to
from burgertop.core.sortition.published import Lottery

__all__ = ["checks_of_numbers"]

CLOSE = 1e-9
GAP_MOST = 1e-6


def checks_of_numbers(lottery: Lottery) -> list[Finding]:
    """Count and add up what the lottery says of itself."""
    people = len(lottery.ids)
    columns = (lottery.ideal, lottery.exact, lottery.published, lottery.alike)
    is_whole = len(set(lottery.ids)) == people and all(column.shape == (people,) for column in columns)
    is_whole = is_whole and bool(((lottery.alike >= 0) & (lottery.alike < people)).all())
    whole = held_to(people and is_whole, f"Everybody has an id and three chances ({people} people).")
    if not (people and is_whole):
        return [whole]
    every = np.concatenate([lottery.panels, lottery.extra_panels])
    is_full = ((every >= 0) & (every < people)).all() and (np.diff(np.sort(every, axis=1), axis=1) > 0).all()
    full = held_to(is_full, f"Each of {len(every)} panels has {lottery.seats} different people of the pool.")
    if not is_full:
        return [whole, full]
    numbers = np.bincount(lottery.panels.ravel(), minlength=people)
    floor = np.floor(len(lottery.panels) * lottery.ideal * (1 - CLOSE))
    return [
        whole,
        full,
        held_to(
            (numbers == lottery.published).all(),
            "Everybody is on as many numbered panels as was published.",
            f"{int((numbers != lottery.published).sum())} people are not.",
        ),
        held_to(
            (numbers >= floor).all(),
            "Nobody is on fewer numbered panels than the ideal chance says, rounded down.",
            f"{int((numbers < floor).sum())} people are.",
        ),
        *_checks_of_weights(lottery),
        *_checks_of_certificate(lottery),
    ]


def _checks_of_weights(lottery: Lottery) -> list[Finding]:
    every = np.concatenate([lottery.panels, lottery.extra_panels])
    weights = lottery.weights
    is_shared = weights.shape == (len(every),) and (weights >= 0).all() and abs(fsum(weights) - 1) < CLOSE
    weighed = held_to(is_shared, "The weights of the exact distribution are not negative and add up to 1.")
    if not is_shared:
        return [weighed]
    kinds = int(lottery.alike.max()) + 1
    seated = np.zeros(kinds)
    np.add.at(seated, lottery.alike[every], np.broadcast_to(weights[:, None], every.shape))
    chances = (seated / np.maximum(np.bincount(lottery.alike, minlength=kinds), 1))[lottery.alike]
    far = np.abs(chances - lottery.exact) >= CLOSE
    hopeful = lottery.ideal > 0
    short = float(np.max((lottery.ideal - lottery.exact)[hopeful] / lottery.ideal[hopeful], initial=0.0))
    return [
        weighed,
        held_to(
            not far.any(), "Everybody's exact chance follows from the weights.", f"{int(far.sum())} people's does not."
        ),
        held_to(short <= GAP_MOST, f"Nobody's exact chance is short of the ideal (largest shortfall {short:.1e})."),
    ]


def _checks_of_certificate(lottery: Lottery) -> list[Finding]:
    """Hold the figures of the certificate against its levels and the chances."""
    proven, place = lottery.certificate, {one: number for number, one in enumerate(lottery.ids)}
    wrong: list[int] = []
    for number, level in enumerate(proven.levels, 1):
        members = [place[one] for one in level.ids if one in place]
        if len(members) != len(level.ids) or not members:
            wrong.append(number)
            continue
        is_reached = abs(float(lottery.exact[members].min()) - level.reached) < CLOSE
        if not is_reached or (lottery.ideal[members] > level.bound + CLOSE).any():
            wrong.append(number)
    hopeful = [level for level in proven.levels if level.bound > 0]
    bound = hopeful[0].bound if hopeful else 1.0
    least = min((level.reached for level in hopeful), default=1.0)
    gap = max([0.0, *((level.bound - level.reached) / level.bound for level in hopeful)])
    figures = ((bound, proven.upper_bound), (least, proven.min_probability), (gap, proven.gap))
    return [
        held_to(
            not wrong,
            f"The {len(proven.levels)} levels of the certificate fit the chances.",
            f"Level {', '.join(map(str, wrong))} does not.",
        ),
        held_to(
            all(abs(counted - told) < CLOSE for counted, told in figures) and least <= bound + CLOSE,
            f"The certificate sums its levels up: bound {bound:.6f}, reached {least:.6f}, gap {gap:.1e}.",
            f"It says {proven.upper_bound:.6f}, {proven.min_probability:.6f}, {proven.gap:.1e}.",
        ),
    ]
