"""What is published of a ballot: its papers as a list, and a folder anyone can recount.

The digest in the record is the SHA-256 of ``papers.csv`` as it stands, byte for byte.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from burgertop.foundation.ballotbox.models import Ballot, BallotState, Option, Paper
from burgertop.foundation.wording import HouseError

__all__ = ["PublishedPaper", "digest_of", "export", "papers_csv", "papers_of"]

COLUMNS = ("origin", "receipt", "choices")
VERSION = 1
STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PublishedPaper:
    """A line of the public list: a receipt and what was chosen, options from 1."""

    origin: str
    receipt: str
    choices: tuple[int, ...]


def papers_of(ballot: Ballot) -> list[PublishedPaper]:
    """The public list of papers, by receipt; groups that were not counted apart are not on it."""
    rows = Paper.objects.filter(ballot=ballot).order_by("receipt").values_list("origin", "receipt", "choices")
    return [PublishedPaper(origin, receipt, tuple(choices)) for origin, receipt, choices in rows]


def papers_csv(papers: Iterable[PublishedPaper]) -> bytes:
    """Write the public list as CSV, sorted by receipt; choices are set apart by a space."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(COLUMNS)
    for paper in sorted(papers, key=lambda one: one.receipt):
        writer.writerow([paper.origin, paper.receipt, " ".join(str(choice) for choice in paper.choices)])
    return sheet.getvalue().encode()


def digest_of(papers: Iterable[PublishedPaper]) -> str:
    """Return the SHA-256 of the public list."""
    return hashlib.sha256(papers_csv(papers)).hexdigest()


def export(ballot: Ballot) -> bytes:
    """Pack a counted ballot as a zip: papers.csv, ballot.json, result.json, manifest.json.

    The same ballot gives the same bytes each time.

    Raises:
        HouseError: ``ballots.not_counted``.
    """
    if ballot.state != BallotState.COUNTED:
        raise HouseError("ballots.not_counted")
    files = {
        "papers.csv": papers_csv(papers_of(ballot)),
        "ballot.json": _as_json(_described(ballot)),
        "result.json": _as_json(ballot.result or {}),
    }
    digests = {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    manifest = {"kind": "ballot", "version": VERSION, "digests": digests}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in {**files, "manifest.json": _as_json(manifest)}.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), body)
    return packed.getvalue()


def _described(ballot: Ballot) -> dict[str, object]:
    options = Option.objects.filter(ballot=ballot).prefetch_related("texts")
    return {
        "ballot": str(ballot.pk),
        "kind": str(ballot.kind),
        "rule": ballot.rule,
        "least_choices": ballot.least_choices,
        "most_choices": ballot.most_choices,
        "seats": ballot.seats,
        "eligible": ballot.eligible,
        "quorum": ballot.quorum,
        "opened_at": ballot.opened_at.isoformat() if ballot.opened_at else None,
        "counted_at": ballot.counted_at.isoformat() if ballot.counted_at else None,
        "papers_digest": ballot.papers_digest,
        "texts": _texts_of(ballot),
        "options": [
            {
                "number": option.number,
                "subject_kind": option.subject_kind,
                "subject": str(option.subject) if option.subject else None,
                "texts": _texts_of(option),
            }
            for option in options
        ],
    }


def _texts_of(owner: Ballot | Option) -> dict[str, dict[str, str]]:
    texts: dict[str, dict[str, str]] = {}
    for row in sorted(owner.texts.all(), key=lambda one: (one.name, one.language)):
        texts.setdefault(row.name, {})[row.language] = row.body
    return texts


def _as_json(value: Mapping[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
