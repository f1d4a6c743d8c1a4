"""What a fair lottery costs: CPU seconds of one core, memory, and how far anybody's chance is from the ideal.

    python benchmarks/lottery.py --data ../shared/data/sortition
    python benchmarks/lottery.py --peer /path/to/venv/bin/sortition --cases sf_fixture_22

Every case runs in a process of its own with one thread; the start of Python and imports are not counted. ``--peer``
names the command of sortition-algorithms, which you have installed (with its extra ``cli``) in an environment of its
own; its maximin runs on the same files in the same run, as a program. Cases ``made_PEOPLE_SEATS_FEATURES`` are made by
chance (seed 1).
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
CASES = (
    "sf_fixture_22",
    "hd_like_30",
    "gss14_60",
    "nexus_like_170",
    "example_large_200",
    "sfe_like_110",
    "g1000_be5k_1000",
    "made_20000_1000_7",
    "made_100000_1000_5",
)
WITHOUT_DISTRIBUTION = {"made_100000_1000_5"}
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "sortition"
SIZES = (2, 3, 4, 3, 5, 3, 2)  # values of the features of made cases


PEER_SETTINGS = """
id_column = "id"
columns_to_keep = []
selection_algorithm = "maximin"
check_same_address = false
check_same_address_columns = []
max_attempts = 1
"""


def made_case(people: int, seats: int, features: int, seed: int = 1) -> tuple[list[list[str]], list[list[str]]]:
    """Make a pool of four hidden classes, and quotas around shares that differ from those of the pool."""
    import numpy as np

    rng = np.random.default_rng(seed)
    classes = rng.integers(0, 4, people)
    columns, quotas = [], []
    for feature, size in enumerate(SIZES[:features]):
        base = rng.dirichlet(np.full(size, 3.0))
        likely = base * rng.lognormal(0, 0.5, (4, size))
        likely /= likely.sum(axis=1, keepdims=True)
        column = (rng.random(people)[:, None] > likely.cumsum(axis=1)[classes]).sum(axis=1).clip(0, size - 1)
        share = np.bincount(column, minlength=size) / people * rng.lognormal(0, 0.3, size)
        for value, wanted in enumerate(share / share.sum() * seats):
            quotas.append([f"f{feature}", f"v{value}", str(max(0, int(wanted) - 2)), str(min(seats, int(wanted) + 3))])
        columns.append([f"v{value}" for value in column])
    return [[f"f{feature}" for feature in range(features)], *map(list, zip(*columns, strict=True))], quotas


def read_case(name: str, data: Path) -> tuple[list[list[str]], list[list[str]], int]:
    """Read or make a case: the pool with its header, the quotas, the seats."""
    if name.startswith("made_"):
        people, seats, features = map(int, name.split("_")[1:])
        return *made_case(people, seats, features), seats
    with (data / name / "respondents.csv").open(encoding="utf-8", newline="") as file:
        pool = list(csv.reader(file))
    with (data / name / "categories.csv").open(encoding="utf-8", newline="") as file:
        quotas = list(csv.reader(file))[1:]
    return pool, quotas, int(name.rsplit("_", maxsplit=1)[-1])


def run_one(name: str, data: Path, rule: str, *, is_mixed: bool) -> dict[str, float | str]:
    """Make one lottery in this process and measure it."""
    import numpy as np

    from burgertop.core.sortition import Pool, Quota, Quotas, lottery_of, verify_lottery

    (header, *rows), quota_rows, seats = read_case(name, data)
    pool = Pool(tuple(f"p{number:06d}" for number in range(len(rows))), tuple(header), tuple(map(tuple, rows)))
    quotas = Quotas(seats, tuple(Quota(row[0], row[1], int(row[2]), int(row[3])) for row in quota_rows))
    waits, last = [0.0], time.process_time()

    def progress(_share: float, _name: str) -> None:
        nonlocal last
        waits.append(time.process_time() - last)
        last = time.process_time()

    began = time.process_time()
    lottery = lottery_of(pool, quotas, rule=rule, panels=1000, with_distribution=is_mixed, progress=progress)
    cpu = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.process_time()
    failed = [check.code for check in verify_lottery(pool, quotas, lottery, gap=1.0) if check.state == "failed"]
    chances = np.where(lottery.ideal > 0, lottery.ideal, 1)
    return {
        "kinds": int(lottery.alike.max()) + 1,
        "least": float(lottery.ideal[lottery.ideal > 0].min()),
        "cpu": cpu,
        "gap": float((np.abs(lottery.exact - lottery.ideal) / chances).max()) if is_mixed else float("nan"),
        "bound": lottery.certificate.upper_bound,
        "peak": peak,
        "wait": max(waits),
        "off": int((np.abs(lottery.published - 1000 * lottery.ideal) >= 1 + 1e-6).sum()),
        "verify": time.process_time() - began,
        "failed": " ".join(failed) or "-",
    }


def in_a_process(words: list[str]) -> dict[str, float | str]:
    """Run this file again for one case, with one thread."""
    done = subprocess.run(
        [sys.executable, __file__, *words], env=os.environ | ONE_THREAD, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1]}
    answer: dict[str, float | str] = json.loads(done.stdout)
    return answer


def peer_seconds(peer: Path, name: str, data: Path, limit: float) -> float | None:
    """Run the peer's maximin on the same files; return CPU seconds, or None when it did not finish.

    Unlike ours its start is counted, some two seconds.
    """
    (header, *rows), quotas, seats = read_case(name, data)
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        write(home / "people.csv", [["id", *header], *([f"p{number}", *row] for number, row in enumerate(rows))])
        write(home / "features.csv", [["feature", "value", "min", "max"], *quotas])
        (home / "settings.toml").write_text(PEER_SETTINGS, encoding="utf-8")
        files = ["-S", "settings.toml", "-f", "features.csv", "-p", "people.csv", "-s", "in.csv", "-r", "out.csv"]
        words = [str(peer), "csv", *files, "-n", str(seats), "--no-progress"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            done = subprocess.run(
                words, cwd=home, env=os.environ | ONE_THREAD, capture_output=True, text=True, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            return None
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode or not (home / "in.csv").exists():
            print(f"peer on {name}: {done.stderr.strip()[-200:]}", file=sys.stderr)
            return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write(path: Path, rows: list[list[str]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data" / "sortition"
    )
    parser.add_argument("--cases", nargs="*", default=CASES)
    parser.add_argument("--rule", default="leximin")
    parser.add_argument("--peer", type=Path, help="the command sortition of sortition-algorithms")
    parser.add_argument("--limit", type=float, default=300, help="seconds for the peer")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--unmixed", action="store_true", help="leave out the exact distribution")
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(run_one(chosen.one, chosen.data, chosen.rule, is_mixed=not chosen.unmixed)))
        return
    columns = "| pool | kinds | least chance | CPU s | gap | longest wait s | peak MB | verify s | off | failed |"
    print(columns + (" peer CPU s | ratio |" if chosen.peer else ""))
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|---|" + ("--:|--:|" if chosen.peer else ""))
    for name in chosen.cases:
        words = ["--one", name, "--data", str(chosen.data), "--rule", chosen.rule]
        is_unmixed = chosen.unmixed or name in WITHOUT_DISTRIBUTION
        got = in_a_process([*words, "--unmixed"] if is_unmixed else words)
        if "cpu" not in got:
            print(f"| {name} | {got['failed']} |", flush=True)
            continue
        row = f"| {name} | {got['kinds']} | {got['least']:.6f} | {got['cpu']:.2f} | {got['gap']:.0e} |"
        row += f" {got['wait']:.2f} | {got['peak']:.0f} | {got['verify']:.2f} | {got['off']} | {got['failed']} |"
        if chosen.peer and not name.startswith("made_"):
            took = peer_seconds(chosen.peer, name, chosen.data, chosen.limit)
            row += f" {took:.1f} | {took / float(got['cpu']):.0f} |" if took else f" over {chosen.limit:.0f} | - |"
        print(row, flush=True)


if __name__ == "__main__":
    main()
