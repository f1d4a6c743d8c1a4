"""How well and how fast words alike are found: suggestions of clusters, groups of cards, questions to an index.

    python benchmarks/similar.py --data ../shared/data/consultation

Suggestions: cards come one after the other in an order by chance; each is put into its true cluster after the
suggestions for it were noted. A card counts when its cluster is there already; a cluster's titles come with its first
card. Hidden truths: the ideas and cards of the demo, written by us with their themes and clusters, and real English
statements, where the conversation is the cluster. The weights were chosen on the demo's ideas and on the first 80
statements of a conversation; the cards of the demo and later statements were not looked at.

Speed: real German ideas, beyond 3,177 filled up with ideas made of 15 words drawn from them. The plain way keeps
strings in a dictionary, multiplies the whole sparse matrix by each question and is made anew when a text comes.
"""

import argparse
import csv
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from burgertop.core.opinion import ClusterIndex, TextIndex, accuracy_of, alike_groups, alike_pairs
from burgertop.core.opinion.grams import folded

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data" / "consultation"
DEMO = ROOT / "src" / "burgertop" / "web" / "demo" / "content"
LANGUAGES = ("nl", "fr", "de", "en")
LATER = {"nz-biodiversity": 80, "nz-taxes": 80, "football-concussions": 80, "bowling-green": 0, "seattle-15": 0}
LARGEST_GROUPED = 5000
Card = tuple[str, str, str]  # words, language, cluster
Case = tuple[list[Card], dict[str, list[str]]]


class PlainIndex:
    """TF-IDF as in any textbook: a dictionary of runs, one sparse row for each text."""

    def __init__(self, texts: Sequence[str], runs_of: Callable[[str], Counter[str]]) -> None:
        counts, self._runs_of = [runs_of(text) for text in texts], runs_of
        self._axes: dict[str, int] = {}
        for runs in counts:
            for run in runs:
                self._axes.setdefault(run, len(self._axes))
        known = Counter(run for runs in counts for run in runs)
        self._rarity = np.array([np.log((1 + len(texts)) / (1 + known[run])) + 1 for run in self._axes])
        self._rows = self._vectors(counts)

    def _vectors(self, counts: list[Counter[str]]) -> csr_array:
        axes = [[self._axes[run] for run in runs if run in self._axes] for runs in counts]
        times = [times for runs in counts for run, times in runs.items() if run in self._axes]
        starts = np.cumsum([0] + [len(row) for row in axes])
        places = np.array([axis for row in axes for axis in row], dtype=np.int64)
        weights = (1 + np.log(np.array(times, dtype=np.float64))) * self._rarity[places]
        row_of = np.repeat(np.arange(len(axes)), np.diff(starts))
        lengths = np.sqrt(np.bincount(row_of, weights**2, minlength=len(axes)))
        weights /= np.where(lengths > 0, lengths, 1.0)[row_of]
        return csr_array((weights, places, starts), shape=(len(axes), len(self._axes)))

    def shares(self, text: str) -> np.ndarray:
        """How like each text is."""
        return np.asarray((self._rows @ self._vectors([self._runs_of(text)]).T).toarray()).ravel()


def letters(text: str) -> Counter[str]:
    """Runs of 3 to 5 letters inside words."""
    return Counter(
        word[start : start + length]
        for word in (f" {word} " for word in folded(text).split())
        for length in (3, 4, 5)
        for start in range(len(word) - length + 1)
    )


def words(text: str) -> Counter[str]:
    """Whole words."""
    return Counter(folded(text).split())


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def statements(folder: Path) -> list[str]:
    """The statements of a conversation in an order by chance, the same each time."""
    found = [row["comment-body"] for row in rows_of(folder / "comments.csv") if len(row["comment-body"]) > 15]
    return [found[place] for place in np.random.default_rng(0).permutation(len(found))]


def cases(data: Path) -> Iterator[tuple[str, Case]]:
    """The hidden truths by name."""
    themes = {row["key"]: [row[f"title_{lang}"] for lang in LANGUAGES] for row in rows_of(DEMO / "themes.csv")}
    ideas = [(row["text"], row["language"], row["theme"]) for row in rows_of(DEMO / "ideas.csv") if row["theme"]]
    yield "ideas of the demo (chosen on)", (ideas, themes)
    for number in ("1", "2"):
        titles = {
            row["key"]: [row[f"title_{lang}"] for lang in LANGUAGES]
            for row in rows_of(DEMO / "clusters.csv")
            if row["round"] == number
        }
        cards = [
            (f"{row['text']} {row['reasons']}", row["language"], row["cluster"])
            for row in rows_of(DEMO / "cards.csv")
            if row["round"] == number and row["cluster"]
        ]
        if cards:
            yield f"cards of the demo, round {number}", (cards, titles)
            yield f"the same without titles, round {number}", (cards, {})
    rooms = [
        (text, "en", name) for name, start in LATER.items() for text in statements(data / name)[start : start + 60]
    ]
    yield "real statements, 5 conversations", (rooms, {})


def order_of(shares: dict[str, float], truth: str) -> int | None:
    """The place of the true cluster."""
    order = [cluster for cluster, share in sorted(shares.items(), key=lambda one: -one[1]) if share > 0]
    return order.index(truth) + 1 if truth in order else None


def ranks(case: Case, seed: int) -> Iterator[tuple[str, str, int | None, int]]:
    """For each way and card: the way, the language, the place of the true cluster, how many clusters there were."""
    cards, titles = case
    cluster_of: dict[int, str] = {}
    texts: list[str] = []
    index = TextIndex()
    for place in np.random.default_rng(seed).permutation(len(cards)):
        text, language, truth = cards[place]
        opened = set(cluster_of.values())
        if truth in opened:
            for way, shares in ways(index, texts, cluster_of, text):
                yield way, language, order_of(shares, truth), len(opened)
        elif opened:
            found = ClusterIndex(index, cluster_of).suggest(text)
            yield "stranger", language, 1 if found else None, len(opened)
        for words_ in [text, *(titles.get(truth, []) if truth not in opened else [])]:
            index = index.put({len(texts): words_})
            cluster_of[len(texts)] = truth
            texts.append(words_)


def ways(
    index: TextIndex, texts: list[str], cluster_of: dict[int, str], text: str
) -> Iterator[tuple[str, dict[str, float]]]:
    """Each way of suggesting, and its shares."""
    found = ClusterIndex(index, cluster_of).suggest(text, most=99, least_share=0.01)
    yield "clusters", {one.cluster: one.share for one in found}
    yield "as shown", {one.cluster: one.share for one in found[:3] if one.share >= 0.05}
    like = index.shares(text)
    nearest: dict[str, float] = defaultdict(float)
    for number, cluster in cluster_of.items():
        nearest[cluster] = max(nearest[cluster], float(like[number]))
    yield "nearest card", dict(nearest)
    five: dict[str, float] = defaultdict(float)
    for number in np.argsort(-like, kind="stable")[:5].tolist():
        five[cluster_of[number]] += float(like[number])
    yield "five nearest", dict(five)
    by_words: dict[str, float] = defaultdict(float)
    for number, share in enumerate(PlainIndex(texts, words).shares(text).tolist()):
        by_words[cluster_of[number]] = max(by_words[cluster_of[number]], share)
    yield "nearest, whole words", dict(by_words)
    yield "most common", {cluster: float(count) for cluster, count in Counter(cluster_of.values()).items()}


def print_accuracy(data: Path, orders: int) -> None:
    """Print how often the true cluster is the first, and among the first three."""
    print("| truth | way | language | cards | first | among three (90 %) |\n|---|---|---|--:|--:|--:|")
    for name, case in cases(data):
        lines: dict[tuple[str, str], list[int | None]] = defaultdict(list)
        for seed in range(orders):
            for way, language, rank, _ in ranks(case, seed):
                lines[way, "all"].append(rank)
                if way == "clusters":
                    lines[way, language].append(rank)
        for (way, language), found in lines.items():
            one, three = accuracy_of(found, within=1), accuracy_of(found)
            # The same cards in several orders are no more cards: the interval is that of one order.
            cards, right = round(three.of / orders), round(three.right / orders)
            sure = accuracy_of([1] * right + [None] * (cards - right))
            if way == "stranger":
                none = 1 - one.right / one.of
                print(f"| {name} | first of its cluster: nothing suggested | all | {cards} | {none:.2f} | |")
                continue
            print(
                f"| {name} | {way} | {language} | {cards} | {one.right / one.of:.2f} | "
                f"{three.right / three.of:.2f} ({sure.low:.2f}-{sure.high:.2f}) |",
                flush=True,
            )


def print_groups(data: Path) -> None:
    """Print which share of the pairs that are alike share their cluster."""
    print("\n| truth | least share | pairs | of one cluster | groups of two or more | cards in them |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, (cards, _) in cases(data):
        index = TextIndex([text for text, _, _ in cards])
        for least in (0.3, 0.4, 0.5):
            pairs, groups = alike_pairs(index, least_share=least), alike_groups(index, least_share=least)
            right = sum(cards[pair.first][2] == cards[pair.second][2] for pair in pairs)
            inside = sum(map(len, groups))
            print(f"| {name} | {least} | {len(pairs)} | {right} | {len(groups)} | {inside} of {len(cards)} |")


def taken(work: Callable[[str], object], asked: Sequence[str]) -> float:
    """CPU milliseconds for some work with one of these texts."""
    began = time.process_time()
    for text in asked:
        work(text)
    return (time.process_time() - began) / len(asked) * 1000


def speed_of(texts: list[str], asked: list[str]) -> list[float]:
    """CPU milliseconds to make, to ask, to add and ask, and to group; each but the last beside the plain way."""
    index, plain = TextIndex(texts), PlainIndex(texts, letters)
    index.closest("x")
    making, plain_making = taken(lambda _: TextIndex(texts), [""]), taken(lambda _: PlainIndex(texts, letters), [""])
    asking, plain_asking = taken(index.closest, asked), taken(plain.shares, asked[:20])
    adding = taken(lambda text: index.put({len(texts): text}).closest(text), asked[:10])
    grouping = taken(lambda _: alike_groups(index), [""]) if len(texts) <= LARGEST_GROUPED else float("nan")
    return [making, plain_making, asking, plain_asking, adding, plain_making + plain_asking, grouping]


def print_speed(data: Path, sizes: Sequence[int]) -> None:
    """Print CPU time and memory by size, beside the plain way."""
    real = [text for name in ("austria-mobility-ideas", "austria-energy") for text in statements(data / name)]
    rng = np.random.default_rng(4)
    pool = [word for text in real for word in text.split()]
    made = [" ".join(pool[n] for n in rng.integers(0, len(pool), 15)) for _ in range(max(sizes))]
    print("\n| texts | made, ms | plain | question | plain | one more, then a question | plain | groups |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for size in sizes:
        texts = (real + made)[:size]
        asked = [texts[n] for n in rng.integers(0, size, 100)]
        print(f"| {size:,} |", " | ".join(f"{figure:,.1f}" for figure in speed_of(texts, asked)), "|", flush=True)
    texts = (real + made)[:10_000]
    for name, make in (("index", lambda: TextIndex(texts)), ("plain", lambda: PlainIndex(texts, letters))):
        tracemalloc.start()
        kept = make()
        kept.shares("Mehr Busse")
        print(f"{name}: {tracemalloc.get_traced_memory()[0] / 1e6:.0f} MB for 10,000 texts", flush=True)
        tracemalloc.stop()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with one folder for each conversation")
    parser.add_argument("--orders", type=int, default=3, help="in how many orders the cards come")
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 1000, 5000, 10_000, 30_000], help="texts")
    parser.add_argument("--only", choices=["accuracy", "groups", "speed"], help="one table only")
    chosen = parser.parse_args()
    if chosen.only in {None, "accuracy"}:
        print_accuracy(chosen.data, chosen.orders)
    if chosen.only in {None, "groups"}:
        print_groups(chosen.data)
    if chosen.only in {None, "speed"}:
        print_speed(chosen.data, chosen.sizes)


if __name__ == "__main__":
    main()
