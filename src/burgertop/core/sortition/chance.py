"""Everything a lottery depends on, written in one way only, and its digest."""

import json
import unicodedata
from collections.abc import Sequence
from hashlib import sha256

from burgertop.core.sortition.limits import limits_of
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.quotas import Quotas

__all__ = ["canonical_bytes", "canonical_digest"]


def canonical_bytes(
    pool: Pool,
    quotas: Quotas,
    *,
    must: Sequence[str] = (),
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
) -> bytes:
    """Write everything a draw depends on in one way only.

    JSON in UTF-8 without spaces, keys sorted, texts in Unicode form NFC; people, features and
    quotas sorted, so that the order of rows in a file does not matter. The recipe stands in
    ``docs/maths/sortition.md``.

    Args:
        pool: the people who can be drawn.
        quotas: seats, and least and most of every value.
        must: ids of people who are on the panel in any case.
        never: ids of people who are not.
        at_most_per_household: most people of one household; None: no limit.

    Raises:
        InputError: as ``limits_of``.

    Cost: O(people * features).

    >>> from burgertop.core.sortition import Quota
    >>> pool = Pool(("a",), ("gender",), (("x",),))
    >>> canonical_bytes(pool, Quotas(1, (Quota("gender", "x", 0, 1),)))[:45]
    b'{"at_most_per_household":null,"features":["ge'
    """
    limits = limits_of(pool, quotas.seats, must, never, at_most_per_household)
    features = sorted(pool.features)
    columns = [pool.column(feature) for feature in features]
    homes = pool.households or ("",) * len(pool)
    content = {
        "format": "burgertop.draw.1",
        "seats": quotas.seats,
        "features": [_nfc(feature) for feature in features],
        "people": sorted([_nfc(text) for text in row] for row in zip(pool.ids, homes, *columns, strict=True)),
        "quotas": sorted(
            ([_nfc(q.feature), _nfc(q.value), q.least, q.most, q.least_flex, q.most_flex] for q in quotas),
            key=lambda row: row[:2],
        ),
        "must": sorted(_nfc(one) for one in limits.must),
        "never": sorted(_nfc(one) for one in limits.never),
        "at_most_per_household": limits.at_most_per_household,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def canonical_digest(
    pool: Pool,
    quotas: Quotas,
    *,
    must: Sequence[str] = (),
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
) -> str:
    """Give the SHA-256 of ``canonical_bytes``, to be published before the seed is known.

    Args:
        pool: the people who can be drawn.
        quotas: seats, and least and most of every value.
        must: ids of people who are on the panel in any case.
        never: ids of people who are not.
        at_most_per_household: most people of one household; None: no limit.

    Returns:
        64 hexadecimal digits.

    Raises:
        InputError: as ``limits_of``.

    Cost: O(people * features).

    >>> from burgertop.core.sortition import Quota
    >>> pool = Pool(("a",), ("gender",), (("x",),))
    >>> canonical_digest(pool, Quotas(1, (Quota("gender", "x", 0, 1),)))[:16]
    '870b9842a9620297'
    """
    written = canonical_bytes(pool, quotas, must=must, never=never, at_most_per_household=at_most_per_household)
    return sha256(written).hexdigest()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
