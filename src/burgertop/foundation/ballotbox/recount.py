"""Recount a published ballot from its folder alone.

This file shares nothing with the code that counted: it imports only Python's own library,
and can be copied and run by itself: ``python recount.py folder``. It reads manifest.json,
papers.csv, ballot.json and result.json, adds up the papers anew, and lists what differs.
"""

import csv
import hashlib
import io
import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

__all__ = ["differences", "main"]

FILES = ("papers.csv", "ballot.json", "result.json")
SHARES = {"half": (Fraction(1, 2), True), "two_thirds": (Fraction(2, 3), False), "four_fifths": (Fraction(4, 5), False)}
Paper = list[int]


def differences(folder: Path) -> list[str]:
    """Recount the ballot in a folder; an empty list means that everything agrees."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        bodies = {name: (folder / name).read_bytes() for name in FILES}
        ballot, result = json.loads(bodies["ballot.json"]), json.loads(bodies["result.json"])
        papers = _papers_by_origin(bodies["papers.csv"])
    except (OSError, ValueError, KeyError) as error:
        return [f"cannot read the folder: {error}"]
    found = []
    if manifest.get("kind") != "ballot":
        found.append("manifest.json does not describe a ballot")
    for name, body in bodies.items():
        if manifest.get("digests", {}).get(name) != hashlib.sha256(body).hexdigest():
            found.append(f"{name} is not the file that the manifest names")
    if ballot["papers_digest"] != hashlib.sha256(bodies["papers.csv"]).hexdigest():
        found.append("papers.csv is not the list whose digest stands in the record")
    return found + _totals(ballot, result, papers)


def _papers_by_origin(body: bytes) -> dict[str, list[Paper]]:
    papers: dict[str, list[Paper]] = {}
    receipts: set[str] = set()
    for row in csv.DictReader(io.StringIO(body.decode("utf-8"), newline="")):
        if row["receipt"] in receipts:
            raise ValueError(f"receipt {row['receipt']} is listed twice")
        receipts.add(row["receipt"])
        papers.setdefault(row["origin"], []).append([int(number) for number in row["choices"].split()])
    return papers


def _totals(ballot: dict[str, Any], result: dict[str, Any], papers: dict[str, list[Paper]]) -> list[str]:
    told = {group["origin"]: group for group in result["groups"]}
    found = [f"{origin}: there are papers, but no result" for origin in sorted(set(papers) - set(told))]
    handed_in = sum(group["papers"] for group in (*result["groups"], *result["too_few"]))
    if handed_in != result["handed_in"]:
        found.append(f"{result['handed_in']} papers handed in, the groups add up to {handed_in}")
    has_quorum = handed_in >= ballot["quorum"]
    if has_quorum != result["has_quorum"]:
        found.append("the quorum is not as it is told")
    for origin, group in told.items():
        counted = _count(ballot, papers.get(origin, []), group["unreadable"], has_quorum)
        for name, value in counted.items():
            if group[name] != value:
                found.append(f"{origin}: {name} is {group[name]} in the result, {value} by this count")
        votes = [row["votes"] for row in group["rows"]]
        mine = _votes(ballot, [paper for paper in papers.get(origin, []) if paper and _is_valid(ballot, paper)])
        if votes != mine:
            found.append(f"{origin}: votes are {votes} in the result, {mine} by this count")
    return found


def _count(ballot: dict[str, Any], papers: list[Paper], unreadable: int, has_quorum: bool) -> dict[str, Any]:
    blank = [paper for paper in papers if not paper]
    valid = [paper for paper in papers if paper and _is_valid(ballot, paper)]
    votes = _votes(ballot, valid)
    chosen, tied = _winners(ballot, votes) if has_quorum else ([], [])
    return {
        "papers": len(papers) + unreadable,
        "blank": len(blank),
        "invalid": len(papers) - len(blank) - len(valid) + unreadable,
        "valid": len(valid),
        "chosen": chosen,
        "tied": tied,
    }


def _is_valid(ballot: dict[str, Any], paper: Paper) -> bool:
    numbers = {option["number"] for option in ballot["options"]}
    if len(set(paper)) != len(paper) or not set(paper) <= numbers:
        return False
    if ballot["kind"] == "motion":
        return len(paper) == 1
    least = ballot["least_choices"] if ballot["kind"] == "approval" else 1
    return bool(least <= len(paper) <= ballot["most_choices"])


def _votes(ballot: dict[str, Any], valid: list[Paper]) -> list[int]:
    numbers = sorted(option["number"] for option in ballot["options"])
    if ballot["rule"] == "borda":
        return [sum(len(numbers) - 1 - paper.index(number) for paper in valid if number in paper) for number in numbers]
    return [sum(number in paper for paper in valid) for number in numbers]


def _winners(ballot: dict[str, Any], votes: list[int]) -> tuple[list[int], list[int]]:
    """Return who has a place without doubt, and who shares the places that are left."""
    rule = ballot["rule"]
    if rule.startswith("majority_"):
        share, is_strict = SHARES[rule.removeprefix("majority_").removesuffix("_of_all")]
        base = sum(votes) if rule.endswith("_of_all") else votes[0] + votes[1]
        is_adopted = base > 0 and (Fraction(votes[0], base) > share or (not is_strict and votes[0] == share * base))
        return ([1] if is_adopted else []), []
    chosen, tied = [], []
    for number, count in enumerate(votes, start=1):
        above = sum(other > count for other in votes)
        level = sum(other == count for other in votes)
        if above + level <= ballot["seats"]:
            chosen.append(number)
        elif above < ballot["seats"]:
            tied.append(number)
    return sorted(chosen, key=lambda number: (-votes[number - 1], number)), tied


def main(arguments: list[str]) -> int:
    """Recount the folder that is named; the exit code is 0 when everything agrees."""
    if len(arguments) != 1:
        sys.stderr.write("usage: recount.py folder\n")
        return 2
    found = differences(Path(arguments[0]))
    for line in found or ["every total agrees"]:
        sys.stdout.write(f"{line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
