"""Pools and quotas for the tests: tiny ones by chance, and the shared real ones."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy.optimize import linprog

from burgertop.core.sortition import Pool, Quota, Quotas, breaches_of
from burgertop.core.sortition.kinds import Kinds, kinds_of
from burgertop.core.sortition.limits import Limits

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")

VALUES = {"gender": ("woman", "man"), "age": ("<30", "30-59", "60+")}


def shared_case(name: str, seats: int) -> tuple[Pool, Quotas]:
    """Read one folder of the shared sortition cases."""
    folder = SHARED / "sortition" / name
    with (folder / "respondents.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with (folder / "categories.csv").open(encoding="utf-8", newline="") as file:
        quotas = tuple(
            Quota(row["category"], row["feature"], int(row["min"]), int(row["max"])) for row in csv.DictReader(file)
        )
    ids = tuple(f"p{number:05d}" for number in range(1, len(rows) + 1))
    return Pool(ids, tuple(header), tuple(tuple(row) for row in rows)), Quotas(seats, quotas)


def skewed_draw(seed: int, people: int, seats: int, features: int, play: int) -> tuple[Pool, Quotas]:
    """Make a pool by chance with other shares of values than the population; the quotas follow the population."""
    rng = np.random.default_rng(seed)
    columns, quotas = [], []
    for name in map(str, range(features)):
        population = rng.dirichlet(np.full(rng.integers(2, 7), 3.0))
        bias = population * rng.lognormal(0, 0.6, len(population))
        column = rng.choice(len(population), people, p=bias / bias.sum())
        wanted = np.floor(population * seats).astype(int)
        rest = np.argsort(wanted - population * seats, kind="stable")[: seats - wanted.sum()]
        wanted[rest] += 1
        there = np.bincount(column, minlength=len(wanted))
        lower, upper = np.clip(wanted - play, 0, there), wanted + play
        quotas += [Quota(name, str(at), int(lower[at]), int(upper[at])) for at in range(len(wanted))]
        columns.append([str(value) for value in column])
    ids = tuple(f"p{number:04d}" for number in range(people))
    return Pool(ids, tuple(map(str, range(features))), tuple(zip(*columns, strict=True))), Quotas(seats, tuple(quotas))


@st.composite
def tiny_draws(draw: st.DrawFn) -> tuple[Pool, Quotas]:
    """Make up to seven people of up to four households and quotas that may clash."""
    people = draw(st.integers(1, 7))
    seats = draw(st.integers(1, people))
    row = st.tuples(*(st.sampled_from(values) for values in VALUES.values()))
    rows = draw(st.lists(row, min_size=people, max_size=people))
    homes = draw(st.lists(st.sampled_from(("", "h1", "h2", "h3")), min_size=people, max_size=people))
    quotas = []
    for feature, values in VALUES.items():
        bounds = [sorted(draw(st.tuples(st.integers(0, seats), st.integers(0, seats)))) for _ in values]
        while sum(low for low, _ in bounds) > seats:
            next(pair for pair in bounds if pair[0] > 0)[0] -= 1
        while sum(high for _, high in bounds) < seats:
            next(pair for pair in bounds if pair[1] < seats)[1] += 1
        quotas += [Quota(feature, value, low, high) for value, (low, high) in zip(values, bounds, strict=True)]
    ids = tuple("abcdefg"[:people])
    return Pool(ids, tuple(VALUES), tuple(rows), tuple(homes)), Quotas(seats, tuple(quotas))


def moved_seats(pool: Pool, rows: tuple[Quota, ...], panel: tuple[str, ...]) -> int:
    """Count by how many seats a panel misses quotas, in plain Python."""
    total = 0
    for row in rows:
        seated = sum(pool.column(row.feature)[pool.ids.index(one)] == row.value for one in panel)
        total += max(0, row.least - seated) + max(0, seated - row.most)
    return total


def all_panels(pool: Pool, seats: int, at_most_per_household: int | None = None) -> Iterator[tuple[str, ...]]:
    """List every set of people of the right size that the households allow."""
    home_of = dict(zip(pool.ids, pool.households, strict=True)) if pool.households else {}
    for panel in combinations(pool.ids, seats):
        homes = Counter(home_of[one] for one in panel if home_of.get(one))
        if at_most_per_household is None or max(homes.values(), default=0) <= at_most_per_household:
            yield panel


def feasible_panels(
    pool: Pool,
    quotas: Quotas,
    limit: int | None = None,
    must: tuple[str, ...] = (),
    never: tuple[str, ...] = (),
) -> list[tuple[str, ...]]:
    """List every panel that meets everything, by trying all of them."""
    return [
        panel
        for panel in combinations(pool.ids, quotas.seats)
        if not breaches_of(pool, quotas, panel, must=must, never=never, at_most_per_household=limit)
    ]


def leximin_by_trying(pool: Pool, panels: list[tuple[str, ...]]) -> list[float]:
    """Find the leximin chances over a list of panels with another solver, person by person.

    The floor of all who are free is raised; who cannot have more than it, tried one by one, is settled.
    """
    on = np.array([[one in panel for panel in panels] for one in pool.ids], dtype=float)
    settled: dict[int, float] = {}
    number = len(panels)
    whole, anything = np.ones((1, number)), [(0, None)] * number
    while len(settled) < len(pool):
        held = np.array([settled.get(place, 0.0) for place in range(len(pool))])
        is_free = np.array([place not in settled for place in range(len(pool))])
        floor = -linprog(
            np.append(np.zeros(number), -1),
            A_ub=np.hstack([-on, is_free[:, None]]),
            b_ub=np.where(is_free, 0, 1e-9 - held),
            A_eq=np.hstack([whole, [[0]]]),
            b_eq=[1],
            bounds=[*anything, (0, 1)],
        ).fun
        least = np.where(is_free, floor, held) - 1e-8
        for place in np.flatnonzero(is_free):
            most = -linprog(-on[place], A_ub=-on, b_ub=-least, A_eq=whole, b_eq=[1], bounds=anything).fun
            if most <= floor + 1e-5:
                settled[int(place)] = floor
    return [settled[place] for place in range(len(pool))]


def made_kinds(pool: Pool, quotas: Quotas) -> Kinds:
    """Put the kinds of a pool together where nothing limits it beside the quotas."""
    return kinds_of(pool, quotas, Limits())


# Three people of whom two never fit together, and one who fits everybody: prices promise everybody 1/2, but every panel
# of two holds the fourth person, so that the others share one seat.
TRIANGLE = Pool(tuple("abcd"), ("x", "y", "z"), (("1", "1", "0"), ("1", "0", "1"), ("0", "1", "1"), ("0", "0", "0")))
AT_MOST_ONE = Quotas(2, tuple(Quota(name, value, 0, 1 if value == "1" else 2) for name in "xyz" for value in "01"))
