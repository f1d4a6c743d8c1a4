"""What a seating costs and how good it is: CPU seconds of one core, balance against its bound, repeated meetings.

    python benchmarks/seating.py --data ../shared/data
    python benchmarks/seating.py --peer /path/to/groupselect-lib --cases philipps plain_1000

Every case runs in a process of its own with one thread; the start of Python and imports are not counted. Halls are made
by chance (seed 1): ages, schools and sexes as in Belgium, provinces that go with the language. ``--peer`` names a
folder from which ``import groupselect`` works; it runs as a program of its own, on cases without languages,
which it does not know.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PLANS = (
    ("mixed_1000", "quick"),
    ("mixed_1000", "good"),
    ("g1000_704", "quick"),
    ("g1000_704", "good"),
    ("plain_1000", "quick"),
    ("philipps", "quick"),
    ("philipps", "good"),
    ("mixed_10000", "quick"),
    ("mixed_10000", "good"),
    ("three_languages_300", "good"),
    ("uneven_400", "good"),
    ("half_empty_150", "good"),
    ("tiny_12", "good"),
    ("many_features_200", "good"),
)
MORNINGS = (("mixed_1000", 150), ("mixed_1000", 296), ("plain_1000", 150), ("plain_1000", 296), ("g1000_704", 106))
AGES, SCHOOLS = ("16-24", "25-34", "35-49", "50-64", "65+"), ("low", "middle", "high")
FLEMISH, WALLOON = ("Antwerp", "Limburg", "East", "West", "Brabant"), ("Hainaut", "Liege", "Namur", "Luxembourg", "BW")


def made_people(people: int, germans: int = 2, dutch: float = 0.56, seed: int = 1, homes: float = 0.15) -> list[object]:
    """Make people with four features; an eighth live in Brussels, where more speak both languages."""
    import numpy as np

    from burgertop.core.seating import STEP_FREE, Person

    rng = np.random.default_rng(seed)
    made: list[object] = []
    for number in range(people):
        main = "de" if number < germans else "nl" if rng.random() < dutch else "fr"
        province = "Liege" if main == "de" else str(rng.choice(FLEMISH if main == "nl" else WALLOON))
        if main != "de" and rng.random() < 0.12:
            province = "Brussels"
        is_both = main != "de" and rng.random() < (0.4 if province == "Brussels" else 0.12)
        age = str(rng.choice(AGES, p=[0.13, 0.16, 0.26, 0.25, 0.2]))
        school = str(rng.choice(SCHOOLS, p=[0.32, 0.37, 0.31]))
        home = f"h{int(rng.integers(people // 3 + 1))}" if rng.random() < homes else ""
        needs = frozenset({STEP_FREE}) if rng.random() < 0.02 else frozenset()
        speaks = frozenset({"nl", "fr"} if is_both else {main})
        made.append(Person(f"p{number:05d}", speaks, (str(rng.choice(["m", "w"])), age, school, province), home, needs))
    return made


def tables_of(*kinds: tuple[str, int, int]) -> list[object]:
    """Lay tables: languages, how many, seats of each; every fourth is not step-free."""
    from burgertop.core.seating import Table

    laid: list[object] = []
    for languages, many, seats in kinds:
        for _ in range(many):
            heard = frozenset(languages.split("|"))
            laid.append(Table(len(laid) + 1, seats, heard, is_step_free=len(laid) % 4 != 3))
    return laid


def case_of(name: str, data: Path) -> tuple[list[object], list[object], list[str]]:
    """Make or read a case: people, tables, names of the features."""
    from burgertop.core.seating import Person

    names, size = ["sex", "age", "school", "province"], int(name.rsplit("_", 1)[-1]) if name[-1].isdigit() else 0
    if name == "philipps":
        with (data / "seating" / "philipps_example_data.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        names = ["gender", "age", "education", "ethnicity", "region"]
        one = frozenset({"any"})
        people = [Person(f"p{n:03d}", one, tuple(row[key].strip() for key in names)) for n, row in enumerate(rows)]
        return people, tables_of(("any", 14, 8)), names
    if name.startswith("mixed_"):
        tenth = size // 1000
        kinds = (("nl", 45 * tenth, 10), ("fr", 39 * tenth, 10), ("nl|fr", 15 * tenth, 10), ("de|fr", tenth, 10))
        return made_people(size, germans=2 * tenth), tables_of(*kinds), names
    if name == "g1000_704":
        return (
            made_people(704, dutch=0.55),
            tables_of(("nl", 30, 10), ("fr", 18, 10), ("nl|fr", 32, 10), ("de|fr", 1, 10)),
            names,
        )
    if name == "three_languages_300":
        return made_people(300, germans=60), tables_of(("nl", 14, 10), ("fr", 12, 10), ("de", 7, 10)), names
    plain = [Person(p.id, frozenset({"any"}), p.features, p.household) for p in made_people(size)]
    if name == "uneven_400":
        return plain, tables_of(("any", 20, 6), ("any", 20, 8), ("any", 10, 12)), names
    if name == "many_features_200":
        more = [
            Person(p.id, p.speaks, (*p.features, *q.features[:3], q.features[3]), p.household)
            for p, q in zip(plain, made_people(200, seed=2), strict=True)
        ]
        return more, tables_of(("any", 25, 8)), [*names, "a", "b", "c", "d"]
    layout = {"plain_1000": (100, 10), "half_empty_150": (30, 10), "tiny_12": (3, 4)}[name]
    return plain, tables_of(("any", *layout)), names


def seat_one(name: str, effort: str, data: Path) -> dict[str, object]:
    """Seat one case in this process and measure it."""
    import numpy as np

    from burgertop.core.seating import Rules, breaches_of_rounds, seat_rounds

    people, tables, names = case_of(name, data)
    rng = np.random.Generator(np.random.PCG64(1))
    began = time.process_time()
    plan = seat_rounds(people, tables, feature_names=names, rng=rng, rounds=3, effort=effort)
    cpu = time.process_time() - began
    return {
        "cpu": cpu,
        "balance": plan.balance,
        "ratio": plan.balance / plan.bound if plan.bound else 1.0,
        "repeats": plan.repeats,
        "forced": plan.forced_repeats,
        "lonely": plan.lone_speakers - plan.forced_lone_speakers,
        "broken": len(breaches_of_rounds(plan.rounds, people, tables, Rules())),
    }


def reseat_one(name: str, away: int, data: Path) -> dict[str, object]:
    """Let people be absent on the morning, and somebody walk in, and measure both."""
    import numpy as np

    from burgertop.core.seating import Person, Rules, breaches_of_rounds, reseat, seat_rounds, seat_walk_in

    people, tables, names = case_of(name, data)
    rng = np.random.Generator(np.random.PCG64(1))
    plan = seat_rounds(people, tables, feature_names=names, rng=rng, rounds=3, effort="quick")
    gone = set(np.random.default_rng(1).choice(len(people), away, replace=False).tolist())
    here = [person for place, person in enumerate(people) if place not in gone]
    began = time.process_time()
    found = reseat(here, tables, plan.rounds, feature_names=names, rng=rng)
    cpu = time.process_time() - began
    newcomer = Person("walk-in", here[-1].speaks, here[-1].features)
    began = time.process_time()
    seat_walk_in(newcomer, here, tables, found.seating.rounds, feature_names=names)
    return {
        "cpu": cpu,
        "moves": len(found.moved),
        "floor": found.floor,
        "closed": len(found.closed),
        "short": len(found.short),
        "broken": len(breaches_of_rounds(found.seating.rounds, here, tables, Rules())),
        "walk_in": time.process_time() - began,
    }


def peer_one(peer: Path, name: str, data: Path) -> dict[str, object]:
    """Run the peer on a case without languages, in this process: each of its algorithms that works."""
    people, tables, _ = case_of(name, data)
    sys.path.insert(0, str(peer))
    import numpy as np
    from groupselect import Algorithm, FieldMode, allocate_numpy

    columns = [
        np.unique(column, return_inverse=True)[1] for column in zip(*(one.features for one in people), strict=True)
    ]
    codes = np.column_stack(columns)
    size = -(-len(people) // len(tables))
    best: dict[str, object] = {"failed": "no algorithm of it gave an answer"}
    for algorithm in Algorithm:
        began = time.process_time()
        try:
            result = allocate_numpy(
                participants=codes,
                fields=dict.fromkeys(range(codes.shape[1]), FieldMode.Diversify),
                n_part_per_group=[size] * 3,
                algorithm=algorithm,
                settings={"pareto_probs": dict.fromkeys(range(codes.shape[1]), 0.5), "pareto_prob": 0.5, "seed": 1},
            )
        except Exception as error:  # whatever a program of others raises: the next algorithm is tried
            best = best if "cpu" in best else {"failed": f"{algorithm}: {error}"}
            continue
        found = {
            "cpu": time.process_time() - began,
            "algorithm": str(algorithm),
            **measured(people, list(result.ensemble)),
        }
        if "cpu" not in best or found["balance"] < best["balance"]:
            best = found
    return best


def measured(people: list[object], rounds: list[list[list[int]]]) -> dict[str, object]:
    """Measure a plan in numbers as ours is measured."""
    everybody = Counter(pair for person in people for pair in enumerate(person.features))
    total, pairs = 0.0, Counter()
    for groups in rounds:
        for group in groups:
            here = Counter(pair for one in group for pair in enumerate(people[one].features))
            total += sum(abs(here[pair] - number / len(people) * len(group)) for pair, number in everybody.items())
            pairs.update(combinations(sorted(map(int, group)), 2))
    balance = total / sum(len(groups) for groups in rounds)
    return {"balance": balance, "repeats": sum(many - 1 for many in pairs.values())}


def in_a_process(words: list[str]) -> dict[str, object]:
    """Run this file again for one case, with one thread."""
    done = subprocess.run(
        [sys.executable, __file__, *words], env=os.environ | ONE_THREAD, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1]}
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def main() -> None:
    """Measure and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cases", nargs="*", help="only these")
    parser.add_argument("--peer", type=Path, help="where groupselect lies")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        work, name, words = chosen.one
        if work == "seat":
            answer = seat_one(name, words, chosen.data)
        elif work == "reseat":
            answer = reseat_one(name, int(words), chosen.data)
        else:
            answer = peer_one(Path(words), name, chosen.data)
        print(json.dumps(answer))
        return
    print("| case, 3 rounds | effort | CPU s | balance / bound | repeats | forced | lone speakers | rules broken |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for name, effort in PLANS:
        if not chosen.cases or name in chosen.cases:
            print(row_of_plan(name, effort, chosen), flush=True)
    print("\n| case, absent | CPU s | moves | floor | moves / floor | closed | below 8 | rules broken | walk-in ms |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, away in MORNINGS:
        if not chosen.cases or name in chosen.cases:
            print(row_of_morning(name, away, chosen.data), flush=True)


def row_of_plan(name: str, effort: str, chosen: argparse.Namespace) -> str:
    """One line, and one for the peer where it can take the case."""
    data = ["--data", str(chosen.data)]
    got = in_a_process(["--one", "seat", name, effort, *data])
    if "failed" in got:
        return f"| {name} | {effort} | {got['failed']} |"
    row = f"| {name} | {effort} | {got['cpu']:.2f} | {got['ratio']:.4f} | {got['repeats']} | {got['forced']} |"
    row += f" {got['lonely']} | {got['broken']} |"
    if chosen.peer and case_has_no_languages(name):
        peer = in_a_process(["--one", "peer", name, str(chosen.peer), *data])
        if "failed" in peer:
            return f"{row}\n| {name} | peer | {peer['failed']} |"
        ratio = float(str(peer["balance"])) / float(str(got["balance"])) * float(str(got["ratio"]))
        row += f"\n| {name} | peer, {peer['algorithm']} | {peer['cpu']:.2f} | {ratio:.4f} | {peer['repeats']} |"
        row += f" {got['forced']} | - | - |"
    return row


def case_has_no_languages(name: str) -> bool:
    """Whether the peer can take a case: it knows one size of table and no languages."""
    return name.split("_", maxsplit=1)[0] in {"plain", "philipps", "half", "tiny", "many"}


def row_of_morning(name: str, away: int, data: Path) -> str:
    """One line."""
    got = in_a_process(["--one", "reseat", name, str(away), "--data", str(data)])
    if "failed" in got:
        return f"| {name}, {away} | {got['failed']} |"
    ratio = float(str(got["moves"])) / max(1, int(str(got["floor"])))
    row = f"| {name}, {away} | {got['cpu']:.2f} | {got['moves']} | {got['floor']} | {ratio:.2f} | {got['closed']} |"
    return f"{row} {got['short']} | {got['broken']} | {1000 * float(str(got['walk_in'])):.0f} |"


if __name__ == "__main__":
    main()
