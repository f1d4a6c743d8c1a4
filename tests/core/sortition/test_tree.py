"""One root promises all rows, and each row can be shown by itself."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burgertop.core.errors import InputError
from burgertop.core.sortition.rows import Row, leaf_of, parts_of, salt_of
from burgertop.core.sortition.tree import Proof, check_proof, proof_of, root_from, tree_of, tree_over

SECRET = b"s" * 32


def row(one: str) -> Row:
    values = (("age", "60+"), ("place", "“Liège”\n\u2028"))
    return Row(one, values, "", (2, 5), parts_of(0.25), parts_of(0.25), 2, salt_of(SECRET, one))


ROWS = [row(f"p{number}") for number in range(70)]


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word: split at the largest power of two below the number of leaves."""
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return sha256(b"\x01" + root_by_definition(leaves[:middle]) + root_by_definition(leaves[middle:])).digest()


@given(st.integers(1, 70))
def test_the_root_is_that_of_the_rfc(size: int) -> None:
    leaves = [
        json.dumps(one.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        for one in ROWS[:size]
    ]

    assert tree_of(ROWS[:size]).root == root_by_definition(leaves).hex()


@given(st.integers(1, 70), st.data())
def test_each_row_leads_to_the_root_and_no_other_row_does(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    tree = tree_of(ROWS[:size])
    proof = proof_of(tree, index)

    assert check_proof(ROWS[index], proof, tree.root)
    assert not check_proof(row("stranger"), proof, tree.root)
    assert not check_proof(replace(ROWS[index], panels=(2, 6)), proof, tree.root)
    assert size == 1 or not check_proof(ROWS[index], replace(proof, index=(index + 1) % size), tree.root)


def test_a_proof_of_another_length_is_refused() -> None:
    tree = tree_of(ROWS)
    proof = proof_of(tree, 69)

    assert root_from(ROWS[69], replace(proof, path=proof.path[:-1])) == ""
    assert root_from(ROWS[69], replace(proof, path=(*proof.path, proof.path[0]))) == ""
    assert not check_proof(ROWS[69], Proof(-1, 70, proof.path), tree.root)
    assert not check_proof(ROWS[69], replace(proof, path=("no digest", *proof.path[1:])), tree.root)
    assert not check_proof(ROWS[69], Proof(70, 70, ()), "")


def test_a_node_cannot_pass_for_a_row() -> None:
    """The digests below the root, joined, hash to something else than the root when they are taken for a leaf."""
    tree = tree_of(ROWS[:2])

    assert sha256(b"\x00" + b"".join(tree.levels[0])).hexdigest() != tree.root


def test_a_proof_is_as_long_as_the_tree_is_high() -> None:
    tree = tree_of(ROWS)

    assert [len(proof_of(tree, index).path) for index in (0, 63, 64, 69)] == [7, 7, 4, 3]


def test_only_rows_that_are_there_have_a_proof() -> None:
    with pytest.raises(InputError) as caught:
        proof_of(tree_of(ROWS), 70)

    assert (caught.value.code, caught.value.params) == ("sortition.no_such_row", {"index": 70, "rows": 70})
    with pytest.raises(InputError):
        tree_of([])


def test_a_tree_over_kept_digests_is_the_tree_of_the_rows() -> None:
    assert tree_over([leaf_of(one) for one in ROWS]) == tree_of(ROWS)
