"""Salted rows of a pool and their Merkle tree: one digest promises all rows, each row can be shown by itself."""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from burgertop.core.errors import InputError

__all__ = ["PARTS", "Proof", "Row", "Tree", "check_proof", "parts_of", "proof_of", "root_from", "salt_of", "tree_of"]

PARTS = 10**12  # a chance of 1, in the whole numbers that packages write
SECRET_BYTES = 32
LEAF, NODE = b"\x00", b"\x01"


@dataclass(frozen=True, slots=True)
class Row:
    """What a lottery holds of one person, and the salt that keeps others from guessing it.

    Args:
        id: the person's number in the pool.
        values: feature and value, sorted by feature.
        household: ``""`` where it is of no matter.
        panels: the numbered panels the person stands on, from 1, sorted.
        ideal: the chance the rule gives, as ``parts_of``.
        exact: the chance under the exact distribution, as ``parts_of``.
        published: on how many of the numbered panels the person was said to be.
        salt: 64 hexadecimal digits, as ``salt_of``.

    >>> row = Row("p1", (("gender", "woman"),), "", (2,), parts_of(0.5), parts_of(0.5), 1, "00" * 32)
    >>> Row.from_json(row.as_json()) == row
    True
    """

    id: str
    values: tuple[tuple[str, str], ...]
    household: str
    panels: tuple[int, ...]
    ideal: int
    exact: int
    published: int
    salt: str

    def as_json(self) -> dict[str, Any]:
        """Give the row in plain values: texts, whole numbers, lists; no number with a fraction.

        >>> Row("p1", (), "", (), 0, 0, 0, "").as_json()["id"]
        'p1'
        """
        return {
            "exact": self.exact,
            "household": self.household,
            "id": self.id,
            "ideal": self.ideal,
            "panels": list(self.panels),
            "published": self.published,
            "salt": self.salt,
            "values": [list(pair) for pair in self.values],
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Row":
        """Read a row back.

        Raises:
            KeyError, TypeError, ValueError: a value is missing or of another form.

        >>> Row.from_json(Row("p1", (), "", (), 0, 0, 0, "").as_json()).id
        'p1'
        """
        return cls(
            id=_text(content["id"]),
            values=tuple((_text(feature), _text(value)) for feature, value in content["values"]),
            household=_text(content["household"]),
            panels=tuple(map(_whole, content["panels"])),
            ideal=_whole(content["ideal"]),
            exact=_whole(content["exact"]),
            published=_whole(content["published"]),
            salt=_text(content["salt"]),
        )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value


def parts_of(chance: float) -> int:
    """Write a chance in whole millionths of a millionth, so that every language writes it alike.

    >>> parts_of(1 / 3)
    333333333333
    """
    return round(chance * PARTS)


def salt_of(secret: bytes, one: str) -> str:
    """Make the salt of one row; the same secret makes it again, so that proofs can be given later.

    Args:
        secret: at least 32 bytes by chance, of this lottery alone, shown to nobody.
        one: the id of the row.

    Returns:
        64 hexadecimal digits: HMAC-SHA-256 of ``burgertop.salt.1`` and the id, on two lines.

    Raises:
        InputError: ``sortition.short_secret``.

    Source: Krawczyk, Bellare and Canetti (1997), HMAC: keyed-hashing for message authentication, RFC 2104.

    >>> salt_of(b"s" * 32, "p1")[:16]
    'a1501fe33f102b06'
    """
    if len(secret) < SECRET_BYTES:
        raise InputError("sortition.short_secret", bytes=len(secret), least=SECRET_BYTES)
    return hmac.new(secret, f"burgertop.salt.1\n{one}".encode(), "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Tree:
    """A Merkle tree, kept to give many proofs.

    Args:
        levels: digests from the leaves (one for each row) up to the root (the only one of its level).

    >>> tree_of([Row("p1", (), "", (), 0, 0, 0, "00" * 32)]).root[:16]
    'f08e06b61504f361'
    """

    levels: tuple[tuple[bytes, ...], ...]

    @property
    def root(self) -> str:
        """The digest that promises all rows: 64 hexadecimal digits."""
        return self.levels[-1][0].hex()


@dataclass(frozen=True, slots=True)
class Proof:
    """What joins one row to the root: the digests beside its way up.

    Args:
        index: place of the row, from 0.
        size: number of rows.
        path: digests in hexadecimal, from the leaf up.

    >>> Proof(0, 1, ()).path
    ()
    """

    index: int
    size: int
    path: tuple[str, ...]


def tree_of(rows: Iterable[Row]) -> Tree:
    """Hash rows into a Merkle tree.

    A leaf is SHA-256 of a byte 0 and the row in JSON (UTF-8, keys sorted, no spaces, letters as they are); a node is
    SHA-256 of a byte 1 and the two below it. A last node without a neighbor goes up as it is: the same tree as
    splitting at the largest power of two.

    Args:
        rows: the rows, in the order in which proofs number them.

    Raises:
        InputError: ``sortition.empty_pool``.

    Cost: O(rows and what they hold); about 2 s for 100,000.
    Source: Laurie, Langley and Kasper (2013), Certificate transparency, RFC 6962, section 2.1.

    >>> rows = [Row(one, (), "", (), 0, 0, 0, salt_of(b"s" * 32, one)) for one in ("p1", "p2", "p3")]
    >>> [len(level) for level in tree_of(rows).levels]
    [3, 2, 1]
    """
    levels = [tuple(_leaf(row) for row in rows)]
    if not levels[0]:
        raise InputError("sortition.empty_pool")
    while len(last := levels[-1]) > 1:
        pairs = zip(last[::2], last[1::2], strict=False)
        levels.append((*(_node(left, right) for left, right in pairs), *last[len(last) - len(last) % 2 :]))
    return Tree(tuple(levels))


def proof_of(tree: Tree, index: int) -> Proof:
    """Give the proof of one row.

    Args:
        tree: as ``tree_of``.
        index: place of the row, from 0.

    Raises:
        InputError: ``sortition.no_such_row``.

    Cost: O(log(rows)).
    Source: RFC 6962, section 2.1.1.

    >>> rows = [Row(one, (), "", (), 0, 0, 0, salt_of(b"s" * 32, one)) for one in ("p1", "p2", "p3")]
    >>> [len(proof_of(tree_of(rows), index).path) for index in range(3)]
    [2, 2, 1]
    """
    size = len(tree.levels[0])
    if not 0 <= index < size:
        raise InputError("sortition.no_such_row", index=index, rows=size)
    path, at = [], index
    for level in tree.levels[:-1]:
        if (beside := at ^ 1) < len(level):
            path.append(level[beside].hex())
        at //= 2
    return Proof(index, size, tuple(path))


def root_from(row: Row, proof: Proof) -> str:
    """Work the root out from one row and its proof.

    Args:
        row: the row.
        proof: what ``proof_of`` gave for it.

    Returns:
        64 hexadecimal digits; ``""`` where the path is too short or too long for a tree of this size.

    Raises:
        ValueError: the path is not in hexadecimal.

    Cost: O(log(rows) and what the row holds).
    Source: Laurie, Messeri and Stradling (2021), Certificate transparency version 2.0, RFC 9162, section 2.1.3.2.

    >>> rows = [Row(one, (), "", (), 0, 0, 0, salt_of(b"s" * 32, one)) for one in ("p1", "p2", "p3")]
    >>> tree = tree_of(rows)
    >>> root_from(rows[2], proof_of(tree, 2)) == tree.root
    True
    """
    if not 0 <= proof.index < proof.size:
        return ""
    at, last, digest = proof.index, proof.size - 1, _leaf(row)
    beside = [bytes.fromhex(one) for one in proof.path]
    while last:
        if at % 2 or at < last:
            if not beside:
                return ""
            other = beside.pop(0)
            digest = _node(other, digest) if at % 2 else _node(digest, other)
        at, last = at // 2, last // 2
    return "" if beside else digest.hex()


def check_proof(row: Row, proof: Proof, root: str) -> bool:
    """Tell whether a row is one of those the root promises.

    Args:
        row: the row.
        proof: its proof.
        root: the published root.

    Cost: O(log(rows) and what the row holds).

    >>> rows = [Row(one, (), "", (), 0, 0, 0, salt_of(b"s" * 32, one)) for one in ("p1", "p2", "p3")]
    >>> tree = tree_of(rows)
    >>> check_proof(rows[0], proof_of(tree, 0), tree.root), check_proof(rows[1], proof_of(tree, 0), tree.root)
    (True, False)
    """
    try:
        return root != "" and root_from(row, proof) == root
    except ValueError:
        return False


def _leaf(row: Row) -> bytes:
    text = json.dumps(row.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(LEAF + text.encode("utf-8")).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()
