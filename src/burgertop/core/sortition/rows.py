"""Salted rows of a pool: what a lottery holds of each person, in a form that can be shown by itself."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from burgertop.core.errors import InputError
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.published import Lottery

__all__ = ["PARTS", "Row", "leaf_of", "parts_of", "row_of", "rows_of", "salt_of"]

PARTS = 10**12  # a chance of 1, in the whole numbers that packages write
SECRET_BYTES = 32
LEAF = b"\x00"


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


def leaf_of(row: Row) -> bytes:
    """Give the digest of one row: 32 bytes.

    >>> leaf_of(Row("p1", (), "", (), 0, 0, 0, "00" * 32)).hex()[:16]
    'f08e06b61504f361'
    """
    text = json.dumps(row.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(LEAF + text.encode("utf-8")).digest()


def rows_of(pool: Pool, lottery: Lottery, secret: bytes) -> tuple[Row, ...]:
    """Make everybody's row.

    Args:
        pool: the people.
        lottery: the lottery, people in the order of the pool.
        secret: at least 32 bytes by chance, of this lottery alone.

    Returns:
        One row for each person, sorted by id.

    Raises:
        InputError: ``sortition.short_secret``.

    Cost: O(panels * seats + people * features).

    >>> from burgertop.core.sortition import Quota, Quotas, lottery_of
    >>> pool = Pool(("b", "a"), ("gender",), (("woman",), ("man",)))
    >>> quotas = Quotas(1, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1)))
    >>> [(row.id, row.values) for row in rows_of(pool, lottery_of(pool, quotas), b"s" * 32)]
    [('a', (('gender', 'man'),)), ('b', (('gender', 'woman'),))]
    """
    order = np.argsort(lottery.panels.ravel(), kind="stable")
    numbers = order // max(lottery.panels.shape[1], 1) + 1
    ends = np.cumsum(np.bincount(lottery.panels.ravel(), minlength=len(pool)))
    panels_of = [tuple(own.tolist()) for own in np.split(numbers, ends[:-1])]
    by_name = sorted(range(len(pool.features)), key=pool.features.__getitem__)
    homes = pool.households or ("",) * len(pool)
    ideal, exact, published = lottery.ideal.tolist(), lottery.exact.tolist(), lottery.published.tolist()
    return tuple(
        Row(
            id=(one := pool.ids[place]),
            values=tuple((pool.features[at], pool.values[place][at]) for at in by_name),
            household=homes[place],
            panels=panels_of[place],
            ideal=parts_of(ideal[place]),
            exact=parts_of(exact[place]),
            published=published[place],
            salt=salt_of(secret, one),
        )
        for place in sorted(range(len(pool)), key=pool.ids.__getitem__)
    )


def row_of(lottery: Lottery, place: int, values: Mapping[str, str], household: str, secret: bytes) -> Row:
    """Make the row of one person again.

    Args:
        lottery: the lottery.
        place: the person's place in ``lottery.ids``.
        values: the person's value of each feature.
        household: as in the pool.
        secret: of this lottery.

    Cost: O(panels * seats).

    >>> from burgertop.core.sortition import Quota, Quotas, lottery_of
    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> quotas = Quotas(1, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1)))
    >>> lottery = lottery_of(pool, quotas)
    >>> row_of(lottery, 1, {"gender": "man"}, "", b"s" * 32) == rows_of(pool, lottery, b"s" * 32)[1]
    True
    """
    return Row(
        id=lottery.ids[place],
        values=tuple(sorted(values.items())),
        household=household,
        panels=tuple((np.flatnonzero((lottery.panels == place).any(axis=1)) + 1).tolist()),
        ideal=parts_of(float(lottery.ideal[place])),
        exact=parts_of(float(lottery.exact[place])),
        published=int(lottery.published[place]),
        salt=salt_of(secret, lottery.ids[place]),
    )
