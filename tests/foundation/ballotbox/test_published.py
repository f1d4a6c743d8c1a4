"""What is published of a ballot."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest

from burgertop.foundation.ballotbox.actions import close_and_count
from burgertop.foundation.ballotbox.models import Ballot
from burgertop.foundation.ballotbox.published import PublishedPaper, export, papers_csv, papers_of
from burgertop.foundation.wording import HouseError

HandIn = Callable[..., list[str]]


def test_the_list_is_sorted_by_receipt(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    receipts = hand_in(ballot, [[2, 1], [], [3]])

    close_and_count(ballot, now=now)

    expected = dict(zip(receipts, [(1, 2), (), (3,)], strict=True))
    assert papers_of(ballot) == [PublishedPaper("drawn", receipt, expected[receipt]) for receipt in sorted(receipts)]


def test_the_sheet_is_the_same_bytes_in_whatever_order_papers_come() -> None:
    papers = [PublishedPaper("drawn", "B", (1, 2)), PublishedPaper("g_home", "A", ())]

    assert papers_csv(papers) == papers_csv(papers[::-1]) == b"origin,receipt,choices\ng_home,A,\ndrawn,B,1 2\n"


def test_the_folder_names_the_digest_of_each_file_and_is_the_same_each_time(
    ballot: Ballot, hand_in: HandIn, now: datetime
) -> None:
    hand_in(ballot, [[1], [2]])
    counted = close_and_count(ballot, now=now)

    packed = export(counted)

    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest == {
        "kind": "ballot",
        "version": 1,
        "digests": {name: hashlib.sha256(body).hexdigest() for name, body in files.items()},
    }
    assert set(files) == {"papers.csv", "ballot.json", "result.json"}
    assert manifest["digests"]["papers.csv"] == counted.papers_digest
    assert export(Ballot.objects.get()) == packed


def test_a_ballot_that_is_not_counted_is_not_published(ballot: Ballot) -> None:
    with pytest.raises(HouseError) as refused:
        export(ballot)

    assert refused.value.code == "ballots.not_counted"
