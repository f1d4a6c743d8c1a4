"""What the totals of all panels give away: somebody with a value of their own is guessed from them.

    python benchmarks/totals.py --data ../shared/data/sortition

One person of a pool (by chance, seed 5) gets a value of the first feature that nobody else has, with a quota from 0 to
1. The guesser knows the totals alone: for each other feature they guess the column whose totals go most with that of
the rare value, by its shift and by its correlation; right is a column that holds the person's value. Beside it stands
whoever always guesses the most common value. Once with a total for each value, once as they are published.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from burgertop.core.sortition import Pool, Quota, Quotas, lottery_of
from burgertop.core.sortition.totals import totals_of

CASES = {"sf_fixture_22": 22, "hd_like_30": 30, "gss14_60": 60}
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "sortition"
RARE = "rare"


def read_case(folder: Path, seats: int) -> tuple[Pool, Quotas]:
    """Read a pool and its quotas."""
    with (folder / "respondents.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with (folder / "categories.csv").open(encoding="utf-8", newline="") as file:
        quotas = [
            Quota(row["category"], row["feature"], int(row["min"]), int(row["max"])) for row in csv.DictReader(file)
        ]
    ids = tuple(f"p{number:05d}" for number in range(len(rows)))
    return Pool(ids, tuple(header), tuple(map(tuple, rows))), Quotas(seats, tuple(quotas))


def with_rare(pool: Pool, quotas: Quotas, who: int) -> tuple[Pool, Quotas]:
    """Give one person a value of the first quota's feature that nobody else has."""
    feature = quotas.features[0]
    at, values = pool.features.index(feature), [list(row) for row in pool.values]
    before, values[who][at] = values[who][at], RARE
    rows = [
        Quota(q.feature, q.value, max(0, q.least - ((q.feature, q.value) == (feature, before))), q.most) for q in quotas
    ]
    changed = Pool(pool.ids, pool.features, tuple(map(tuple, values)))
    return changed, Quotas(quotas.seats, (*rows, Quota(feature, RARE, 0, 1)))


def guesses(feature_of: list[str], totals: NDArray[np.int64], rare: int, feature: str) -> tuple[int, int]:
    """The column of a feature that goes with the rare one: by shift, by correlation."""
    own = [place for place, name in enumerate(feature_of) if name == feature]
    centered = totals - totals.mean(axis=0)
    shift = centered[:, own].T @ centered[:, rare]
    spread = np.maximum(totals[:, own].std(axis=0), 1e-9)
    return own[int(shift.argmax())], own[int((shift / spread).argmax())]


def tried(pool: Pool, quotas: Quotas, who: int) -> NDArray[np.int64]:
    """Guess all other features of one person, with a total for each value, then with the published ones.

    Returns:
        Shape (2, 4): how many guesses, and right by shift, by correlation, by the most common value.
    """
    changed, own = with_rare(pool, quotas, who)
    lottery = lottery_of(changed, own)
    each = [(np.array(changed.column(q.feature)) == q.value)[lottery.panels].sum(axis=1) for q in own]
    columns, lines = totals_of(changed, own, lottery)
    counts = np.zeros((2, 4), dtype=np.int64)
    for line, groups, totals in (
        (counts[0], [[place] for place in range(len(each))], np.array(each).T),
        (counts[1], columns, np.array(lines)),
    ):
        feature_of = [own.rows[group[0]].feature for group in groups]
        rare = next(place for place, group in enumerate(groups) if len(each) - 1 in group)
        for feature in own.features[1:]:
            everybody = changed.column(feature)
            common = Counter(everybody).most_common(1)[0][0]
            values = [{own.rows[at].value for at in groups[one]} for one in guesses(feature_of, totals, rare, feature)]
            line += [1, *(everybody[who] in guess for guess in values), common == everybody[who]]
    return counts


def main() -> None:
    """Print a line for each pool."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with one folder for each case")
    parser.add_argument("--people", type=int, default=20, help="how many people are tried in each pool")
    parser.add_argument("--cases", nargs="+", choices=CASES, default=["sf_fixture_22"], help="pools; others take long")
    chosen = parser.parse_args()
    print("| pool | totals | guesses | right by shift | by correlation | by the most common value |")
    print("|---|---|--:|--:|--:|--:|")
    rng = np.random.default_rng(5)
    for name in chosen.cases:
        pool, quotas = read_case(chosen.data / name, CASES[name])
        people = rng.choice(len(pool), chosen.people, replace=False).tolist()
        counts = sum(tried(pool, quotas, who) for who in people)
        for words, line in zip(("of each value", "as published"), counts, strict=True):
            print(f"| {name} | {words} | {' | '.join(map(str, line))} |", flush=True)


if __name__ == "__main__":
    main()
