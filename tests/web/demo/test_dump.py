"""Somebody steals the demo's database: what do they learn?

They read every row and every byte of the file. They must find nobody's name and tie no paper to a voter. We
who told the story know more than they do (the vault's key, which receipt went to whom), so we can see
whether what they find is true.
"""

import itertools
import re
import sqlite3
import uuid
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from nacl.secret import SecretBox
from pytest_django import Settings
from scipy.stats import spearmanr

from burgertop.foundation.ballotbox.sealing import marks_of, receipt_for, voter_mark
from burgertop.foundation.people.vault import FIELDS
from burgertop.web.demo.content import load_content
from burgertop.web.demo.first_stage import IDS, VOTERS

pytestmark = pytest.mark.slow

SHORTEST = 8  # bytes by which a text is looked for first
LONGER = 2  # signs by which a row of hexadecimal signs is no phone
MAIL = r"[\w.+-]{1,60}@[\w-]+\.[\w.]*\w"
Voters = dict[str, str]  # receipt by voter


@dataclass(frozen=True, slots=True)
class Loot:
    """What the thief has: the database, its bytes, and every row as text."""

    database: sqlite3.Connection
    content: bytes
    dump: str

    def holds(self, texts: Iterable[str | bytes]) -> set[bytes]:
        """Return which of the texts (of eight bytes or more) stand anywhere, deleted pages included."""
        return found_in(self.content, texts) | found_in(self.dump.encode(), texts)

    def column(self, statement: str, *values: object) -> list[str]:
        """Return the first column of an answer."""
        return [row[0] for row in self.database.execute(statement, values)]


@pytest.fixture(scope="module")
def loot(told_home: Path) -> Iterator[Loot]:
    """The file, its log and its index, and the dump."""
    files = [told_home / f"burgertop.sqlite3{ending}" for ending in ("", "-wal", "-shm")]
    content = b"".join(file.read_bytes() for file in files if file.exists())
    database = sqlite3.connect(f"file:{files[0]}?mode=ro", uri=True)
    yield Loot(database, content, "\n".join(database.iterdump()))
    database.close()


@pytest.fixture
def _keys(told_home: Path, settings: Settings) -> None:
    """We know the keys beside the database, to check what a thief of the database cannot."""
    settings.KEYS = told_home / "keys"


def found_in(content: bytes, texts: Iterable[str | bytes]) -> set[bytes]:
    """Return which of many texts stand in many bytes; one pass for each of eight offsets.

    A table of a million places sets nearly every place of the bytes aside before any is compared.
    """
    wanted: dict[int, list[bytes]] = {}
    for text in {text.encode() if isinstance(text, str) else text for text in texts}:
        assert len(text) >= SHORTEST, f"{text!r} is too short to be looked for"
        wanted.setdefault(int.from_bytes(text[:SHORTEST], "little"), []).append(text)
    is_head = np.zeros(1 << 20, dtype=bool)
    is_head[_places(np.fromiter(wanted, dtype="<u8", count=len(wanted)))] = True
    found = set()
    for offset in range(SHORTEST):
        words = np.frombuffer(content, dtype="<u8", count=(len(content) - offset) // SHORTEST, offset=offset)
        for place in np.flatnonzero(is_head[_places(words)]):
            at = offset + int(place) * SHORTEST
            there = [text for text in wanted.get(int(words[place]), ()) if content.startswith(text, at)]
            found |= {text for text in there if not is_part_of_a_digest(content, at, text)}
    return found


def is_part_of_a_digest(content: bytes, at: int, text: bytes) -> bool:
    """Say whether the figures of a phone stand in a longer row of hexadecimal signs, as a digest may hold them."""
    if not text.isdigit():
        return False
    row = re.compile(rb"[0-9a-f]*", re.IGNORECASE)
    after = row.match(content, at)
    before = row.match(content[max(0, at - LONGER) : at][::-1])
    return after is not None and before is not None and len(before[0]) + len(after[0]) >= len(text) + LONGER


def _places(words: np.ndarray) -> np.ndarray:
    return (words * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(44)


def told(*parts: object) -> uuid.UUID:
    """The ids that the demo's story uses for its own people and forms."""
    return uuid.uuid5(IDS, "/".join(str(part) for part in parts))


# Names --------------------------------------------------------------------------------------


def test_the_search_finds_what_is_there(loot: Loot) -> None:
    idea = max(loot.column("SELECT body FROM consultation_ideatext"), key=len)[:40]
    receipts = loot.column("SELECT receipt FROM ballotbox_paper")

    assert loot.holds([idea, "nobody wrote this", *receipts]) == {idea.encode(), *(one.encode() for one in receipts)}


def test_figures_are_found_but_not_in_the_middle_of_a_digest() -> None:
    phones = ["0470009362", "0470 00 93 62"]

    assert found_in(b'["0470009362", "Ann"]', phones) == {b"0470009362"}
    assert found_in(b"0470 00 93 62", phones) == {b"0470 00 93 62"}
    assert found_in(b"X'3f0470009362'; X'0470009362AB'; X'a0470009362b'", phones) == set()


def test_nobody_s_name_address_mail_or_phone_stands_in_the_clear(told_home: Path, loot: Loot) -> None:
    box = SecretBox((told_home / "keys" / "vault.key").read_bytes())
    people = [eval(box.decrypt(row)) for row in loot.column("SELECT sealed FROM people_identity")]  # noqa: S307  # our own JSON of strings
    named = [one for one in people if "family_name" in one]  # of the host of a gathering there is a mail address only
    names = {f"{one['given_name']}{between}{one['family_name']}" for one in named for between in (" ", ", ", "\t")}
    swapped = {f"{one['family_name']}{between}{one['given_name']}" for one in named for between in (" ", ", ")}
    phones = {one["phone"].replace(" ", between) for one in named for between in (" ", "", "-", "/")}
    others = {one[field] for one in people for field in ("address", "mail") if field in one}

    assert (len(named), len(people), set().union(*people)) == (10_715, 10_716, set(FIELDS) - {"postcode"})
    needles = {text for text in names | swapped | phones | others if len(text.encode()) >= SHORTEST}
    assert len(needles) > 30_000
    assert loot.holds(needles) == {text.encode() for text in needles if text in hidden_words(loot)}
    written = set(re.findall(r"[\w-]+", loot.dump))  # Saint-Gilles is a town
    assert {one["family_name"] for one in named} & written == set()


def test_staff_of_the_demo_are_the_only_mail_addresses(loot: Loot) -> None:
    staff = set(loot.column("SELECT email FROM people_account"))
    offices = set(loot.column("SELECT contact_mail FROM process_process"))
    known = {*staff, *offices, *re.findall(MAIL, hidden_words(loot))}
    around = [loot.dump[max(0, at.start() - 60) : at.end() + 60] for at in re.finditer("@", loot.dump)]

    assert {mail for text in around for mail in re.findall(MAIL, text)} - known == set()


def hidden_words(loot: Loot) -> str:
    """What citizens wrote of others in ideas that moderators have hidden: the house cannot unwrite it."""
    return "\n".join(
        loot.column(
            "SELECT t.body FROM consultation_ideatext t JOIN consultation_idea i ON i.id = t.owner_id "
            "WHERE i.state = 'hidden'"
        )
    )


# Papers of counted ballots -------------------------------------------------------------------


@pytest.fixture
def ballots(loot: Loot, _keys: None) -> dict[uuid.UUID, Voters]:
    """The truth: in each counted ballot of the hall and of the themes, whose receipt is whose."""
    process = loot.column("SELECT id FROM process_process WHERE slug = ?", load_content().process.slug)[0]
    rows = loot.database.execute(
        "SELECT b.id, s.kind, h.number FROM ballotbox_ballot b JOIN process_stage s ON s.id = b.stage_id "
        "LEFT JOIN summit_hallballot h ON h.ballot_id = b.id WHERE s.process_id = ? AND s.kind IN "
        "('consultation', 'summit')",
        [process],
    ).fetchall()
    people = [uuid.UUID(pk) for pk in loot.column("SELECT id FROM people_participant WHERE process_id = ?", process)]
    return {
        ballot: dict(_receipts(loot, ballot, kind, number, people))
        for ballot, kind, number in ((uuid.UUID(row[0]), *row[1:]) for row in rows)
    }


def _receipts(
    loot: Loot, ballot: uuid.UUID, kind: str, number: int, people: list[uuid.UUID]
) -> Iterator[tuple[str, str]]:
    written = set(loot.column("SELECT receipt FROM ballotbox_paper WHERE ballot_id = ?", ballot.hex))
    if kind == "consultation":
        forms = ((f"visitor:{told('voter', one)}", told("paper", one)) for one in range(VOTERS))
    else:
        forms = ((f"seat:{pk}", told("hall", number, pk)) for pk in people)
    for voter, once in forms:
        if (receipt := receipt_for(ballot, voter, once)) in written:
            yield voter, receipt


def test_we_know_the_truth_that_the_thief_looks_for(ballots: dict[uuid.UUID, Voters]) -> None:
    assert sorted(len(voters) > 600 for voters in ballots.values()) == [True] * 4


def test_no_column_anywhere_repeats_what_stands_on_a_paper(loot: Loot) -> None:
    papers = loot.database.execute("SELECT id, receipt, origin, choices, ballot_id FROM ballotbox_paper").fetchall()
    columns = {row[1] for row in loot.database.execute("PRAGMA table_info(ballotbox_paper)")}
    on_papers = [line for line in loot.dump.splitlines() if line.startswith('INSERT INTO "ballotbox_paper"')]
    elsewhere = loot.dump.replace("\n".join(on_papers), "")
    apart = set(re.findall(r'"receipts": \[([^]]*)\]', elsewhere))

    keys = {text for pk, receipt, *_ in papers for text in (pk, str(uuid.UUID(pk)), receipt)}
    assert columns == {"id", "receipt", "origin", "choices", "ballot_id"}
    assert len(on_papers) == len(papers)
    assert found_in(elsewhere.encode(), keys) == set()
    assert {receipt for text in apart for receipt in re.findall(r'"(\w+)"', text)} & {row[1] for row in papers} == set()
    assert {uuid.UUID(pk).version for pk, *_ in papers} == {4}  # an id of another kind may tell the time


def test_nothing_of_the_envelopes_is_left_in_deleted_pages(loot: Loot, ballots: dict[uuid.UUID, Voters]) -> None:
    marks = {voter_mark(ballot, voter) for ballot, voters in ballots.items() for voter in voters}
    forms = {
        marks_of(ballot, told("paper", one), ())[0]
        for ballot, voters in ballots.items()
        if next(iter(voters)).startswith("visitor:")
        for one in range(VOTERS)
    }

    assert (len(marks) > 2800, len(forms)) == (True, VOTERS)
    assert loot.holds(marks | forms) == set()


def _orders_of_people(loot: Loot) -> Iterator[tuple[str, list[str]]]:
    """Every order in which the database lists people: by place, by id, by moment, by any number, in every table."""
    tables = loot.column("SELECT name FROM sqlite_master WHERE type = 'table'")
    for table in tables:
        columns = [row[1] for row in loot.database.execute(f"PRAGMA table_info({table})")]
        pointers = [one for one in columns if one in {"participant_id", "subject"}]
        pointers += ["id"] if table == "people_participant" else []
        for pointer, order in itertools.product(pointers, ["rowid", *columns]):
            statement = f'SELECT {pointer} FROM {table} WHERE {pointer} IS NOT NULL ORDER BY "{order}", rowid'  # noqa: S608  # the table's own names
            yield f"{table} by {order}", loot.column(statement)


def test_no_order_of_people_resembles_an_order_of_the_papers(loot: Loot, ballots: dict[uuid.UUID, Voters]) -> None:
    listed = list(_orders_of_people(loot))
    told_orders = [f"visitor:{told('voter', one)}" for one in range(VOTERS)]
    alike = {}
    for ballot, receipt_of in ballots.items():
        voter_of = {receipt: voter for voter, receipt in receipt_of.items()}
        seats = [(name, [f"seat:{uuid.UUID(pk)}" for pk in pks]) for name, pks in listed]
        for by in ("rowid", "id", "receipt", "choices, rowid"):
            statement = f"SELECT receipt FROM ballotbox_paper WHERE ballot_id = ? ORDER BY {by}"  # noqa: S608  # four fixed words
            papers = [voter_of[receipt] for receipt in loot.column(statement, ballot.hex)]
            place = {voter: number for number, voter in enumerate(papers)}
            for name, voters in [("the order of casting", told_orders), *seats]:
                known = [place[voter] for voter in dict.fromkeys(voters) if voter in place]
                if len(known) > 100:
                    alike[ballot, by, name] = abs(spearmanr(known, range(len(known))).statistic)

    assert len(alike) > 100
    by_chance = 0.25  # with 600 papers once in a thousand million orders
    assert {where: share for where, share in alike.items() if share > by_chance} == {}


# The tellers' keys ---------------------------------------------------------------------------


def test_the_tellers_keys_stand_nowhere_in_the_database(told_home: Path, loot: Loot) -> None:
    keys = [path.read_bytes() for path in (told_home / "keys").rglob("*.key")]

    assert len(keys) > 5
    assert loot.holds([*keys, *(key.hex() for key in keys), *(b64encode(key)[:40] for key in keys)]) == set()


def test_the_keys_of_counted_ballots_are_gone(told_home: Path, loot: Loot) -> None:
    kept = {uuid.UUID(path.stem).hex for path in (told_home / "keys" / "ballots").glob("*.key")}

    assert kept & set(loot.column("SELECT id FROM ballotbox_ballot WHERE state IN ('counted', 'cancelled')")) == set()
