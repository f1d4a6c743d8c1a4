"""Pools and quotas for the tests: tiny ones by chance, and the shared real ones."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import strategies as st

from burgertop.core.sortition import Pool, Quota, Quotas

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
