"""Envelopes: one length, one key, no way in without it."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, PublicKey, SealedBox

from burgertop.foundation.ballotbox.sealing import (
    Unsealed,
    destroy_key,
    key_file,
    make_key,
    marks_of,
    private_key,
    receipt_for,
    seal,
    unseal,
    voter_mark,
)

KEY = PrivateKey(bytes(range(32)))
PUBLIC = bytes(KEY.public_key)
papers = st.builds(
    Unsealed,
    st.lists(st.integers(1, 65_535), max_size=25, unique=True).map(tuple),
    st.just("K7M4PX9RW234"),
)


@given(papers, papers)
def test_envelopes_of_one_ballot_have_one_length_and_open_with_its_key(one: Unsealed, other: Unsealed) -> None:
    sealed = [seal(PUBLIC, paper, 25) for paper in (one, other)]

    assert [unseal(KEY, envelope) for envelope in sealed] == [one, other]
    assert len(sealed[0]) == len(sealed[1])


def test_the_same_paper_never_looks_the_same() -> None:
    paper = Unsealed((1,), "K7M4PX9RW234")

    assert seal(PUBLIC, paper, 1) != seal(PUBLIC, paper, 1)


@given(st.integers(0, 175), st.integers(1, 255))
def test_an_envelope_changed_anywhere_does_not_open(place: int, bits: int) -> None:
    sealed = bytearray(seal(PUBLIC, Unsealed((1,), "K7M4PX9RW234"), 1))
    sealed[place % len(sealed)] ^= bits

    assert unseal(KEY, bytes(sealed)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"choices": "1", "receipt": "K7M4PX9RW234"}',
        b'{"choices": [true], "receipt": "K7M4PX9RW234"}',
        b'{"choices": [1], "receipt": "<script>"}',
        b'{"choices": [1], "receipt": 7}',
    ],
)
def test_an_envelope_that_holds_no_paper_is_unreadable(content: bytes) -> None:
    assert unseal(KEY, SealedBox(PublicKey(PUBLIC)).encrypt(content)) is None


def test_a_destroyed_key_is_gone() -> None:
    ballot_id = uuid.uuid4()
    public = make_key(ballot_id)
    assert bytes(private_key(ballot_id, public).public_key) == public

    destroyed = [destroy_key(ballot_id), destroy_key(ballot_id)]

    assert (destroyed, key_file(ballot_id).exists()) == ([True, False], False)


def test_a_receipt_follows_from_voter_and_form_and_from_nothing_less() -> None:
    ballot_id, once = uuid.uuid4(), uuid.uuid4()

    receipts = [
        receipt_for(ballot_id, "alice", once),
        receipt_for(ballot_id, "alice", once),
        receipt_for(ballot_id, "bob", once),
        receipt_for(ballot_id, "alice", uuid.uuid4()),
        receipt_for(uuid.uuid4(), "alice", once),
    ]

    assert (receipts[0] == receipts[1], len(set(receipts)), {len(one) for one in receipts}) == (True, 4, {12})


def test_marks_differ_by_ballot_form_and_choices() -> None:
    one, two, once = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()

    assert len({voter_mark(one, "alice"), voter_mark(two, "alice"), voter_mark(one, "bob")}) == 3
    assert marks_of(one, once, (1,)) == marks_of(one, once, (1,))
    assert marks_of(one, once, (1,))[0] == marks_of(one, once, (2,))[0]
    assert marks_of(one, once, (1,))[1] != marks_of(one, once, (2,))[1]
