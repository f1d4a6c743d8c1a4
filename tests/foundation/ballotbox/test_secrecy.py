"""An attacker has the database after the count: every table, and every byte of its files.

What they must not find: who put in which paper, whose receipt is whose, or in which order
the papers came.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from nacl.public import PrivateKey
from scipy.stats import spearmanr

from burgertop.foundation.ballotbox.actions import cast, close_and_count
from burgertop.foundation.ballotbox.models import Ballot, Paper, SealedPaper
from burgertop.foundation.ballotbox.sealing import key_file, marks_of, unseal, voter_mark
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage

VOTERS = 300


@pytest.fixture
def told(
    file_database: Path | None, make_stage: Callable[[], Stage], make_ballot: Callable[..., Ballot], now: datetime
) -> dict[str, object]:
    """What the voters and the server knew while the ballot was on; the attacker does not have it."""
    ballot = make_ballot(make_stage())
    voters = [f"seat:{uuid.uuid4()}" for _ in range(VOTERS)]
    forms = [uuid.uuid4() for _ in voters]
    receipts = [
        cast(ballot, voter=voter, choices=[1 + place % 4], origin=Origin.DRAWN, once=once, now=now)
        for place, (voter, once) in enumerate(zip(voters, forms, strict=True))
    ]
    envelopes = [bytes(sealed) for sealed in SealedPaper.objects.values_list("sealed", flat=True)]
    key = key_file(ballot.pk).read_bytes()
    close_and_count(ballot, now=now)
    return {
        "ballot": ballot,
        "voters": voters,
        "forms": forms,
        "receipts": receipts,
        "envelopes": envelopes,
        "key": key,
        "file": file_database,
    }


def dump() -> str:
    """Every row of every table, as text; bytes in hexadecimal."""
    written = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a table's own name
            written.extend(" ".join(_plain(value) for value in row) for row in cursor.fetchall())
    return "\n".join(written)


def _plain(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def test_no_table_links_a_voter_to_a_paper(told: dict) -> None:
    ballot, text = told["ballot"], dump()

    found = {
        "voters": [voter for voter in told["voters"] if voter in text],
        "marks": [voter for voter in told["voters"] if voter_mark(ballot.pk, voter) in text],
        "forms": [once for once in told["forms"] if str(once) in text or once.hex in text],
        "people": [voter for voter in told["voters"] if uuid.UUID(voter[5:]).hex in text or voter[5:] in text],
        "form marks": [once for once in told["forms"] if marks_of(ballot.pk, once, (1,))[0] in text],
    }

    assert found == {"voters": [], "marks": [], "forms": [], "people": [], "form marks": []}
    assert [receipt in text for receipt in told["receipts"]] == [True] * VOTERS
    assert SealedPaper.objects.count() == 0


def test_the_papers_hold_nothing_but_origin_receipt_and_choices(told: dict) -> None:
    fields = {field.name for field in Paper._meta.get_fields()}

    assert fields == {"id", "ballot", "origin", "receipt", "choices"}


def test_the_order_of_the_papers_says_nothing_about_the_order_of_casting(told: dict) -> None:
    cast_as = {receipt: place for place, receipt in enumerate(told["receipts"])}
    hidden = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT receipt FROM ballotbox_paper ORDER BY {hidden}")  # noqa: S608  # two fixed words
        stored = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT receipt FROM ballotbox_paper ORDER BY id")
        by_id = [row[0] for row in cursor.fetchall()]

    for order in (stored, by_id):
        correlation, _ = spearmanr([cast_as[receipt] for receipt in order], range(VOTERS))
        assert abs(correlation) < 0.3  # by chance once in ten million counts


def test_no_byte_of_an_envelope_or_of_the_key_is_left_in_the_files(told: dict) -> None:
    file = told["file"]
    if file is None:
        pytest.skip("a server's files are not ours to read; VACUUM follows the count there")
    log = file.with_name(f"{file.name}-wal")
    content = file.read_bytes() + (log.read_bytes() if log.exists() else b"")

    ballot = told["ballot"]
    found = {
        "envelopes": [one for one in told["envelopes"] if one[:16] in content or one[-16:] in content],
        "marks": [voter for voter in told["voters"] if voter_mark(ballot.pk, voter).encode() in content],
        "forms": [once for once in told["forms"] if marks_of(ballot.pk, once, (1,))[0].encode() in content],
    }

    assert found == {"envelopes": [], "marks": [], "forms": []}
    assert told["key"] not in content
    assert not key_file(ballot.pk).exists()
    assert told["receipts"][0].encode() in content  # the search can find what is there


def test_the_key_is_nowhere_in_the_keys_folder(told: dict) -> None:
    folder = key_file(told["ballot"].pk).parent.parent

    assert [path for path in folder.rglob("*") if path.is_file() and told["key"] in path.read_bytes()] == []


def test_before_the_count_only_the_tellers_key_opens_an_envelope(
    db: None, make_stage: Callable[[], Stage], make_ballot: Callable[..., Ballot], now: datetime
) -> None:
    ballot = make_ballot(make_stage())
    for number in range(12):
        cast(ballot, voter=f"v{number}", choices=[1], origin=Origin.DRAWN, once=uuid.uuid4(), now=now)
    rows = list(SealedPaper.objects.all())
    teller = key_file(ballot.pk)
    secrets = [path.read_bytes() for path in teller.parent.parent.rglob("*.key") if path != teller]
    on_the_row = [bytes(ballot.public_key), *(bytes.fromhex(row.voter) for row in rows), bytes.fromhex(rows[0].content)]

    guesses = [PrivateKey(key) for key in [*secrets, *on_the_row] if len(key) == PrivateKey.SIZE]
    opened = [unseal(guess, bytes(row.sealed)) for guess in guesses for row in rows]

    assert len(guesses) > 14
    assert opened == [None] * len(opened)
    assert unseal(PrivateKey(teller.read_bytes()), bytes(rows[0].sealed)) is not None
    assert len({bytes(row.sealed) for row in rows}) == len({row.content for row in rows}) == len(rows)


def test_before_the_count_the_database_alone_opens_no_envelope(
    file_database: Path | None, make_stage: Callable[[], Stage], make_ballot: Callable[..., Ballot], now: datetime
) -> None:
    ballot = make_ballot(make_stage())
    receipts = [
        cast(ballot, voter=f"v{number}", choices=choices, origin=Origin.DRAWN, once=uuid.uuid4(), now=now)
        for number, choices in enumerate([[], [1], [1, 2], [4]])
    ]

    rows = SealedPaper.objects.all()
    text = dump()

    assert {len(bytes(row.sealed)) for row in rows} == {len(bytes(rows[0].sealed))}
    assert [receipt in text for receipt in receipts] == [False] * 4
    assert key_file(ballot.pk).read_bytes().hex() not in text
    assert not any(b"choices" in bytes(row.sealed) for row in rows)
