"""What is handed out of a lottery: a package for everybody, one for each member of the pool, one for an auditor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from typing import Any

from burgertop.core.errors import InputError
from burgertop.core.sortition.cells import cells_of
from burgertop.core.sortition.picking import pick_panel
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.published import Certificate, Lottery, canonical_lottery, reordered
from burgertop.core.sortition.quotas import Quotas
from burgertop.core.sortition.rows import PARTS, Row, parts_of, rows_of
from burgertop.core.sortition.totals import totals_of
from burgertop.core.sortition.tree import Proof, Tree, proof_of, tree_of

__all__ = [
    "AUDIT",
    "FORMAT",
    "METHOD",
    "OWN",
    "PUBLIC",
    "Packing",
    "audit_package",
    "own_of",
    "own_package",
    "packing_of",
    "public_package",
]

PUBLIC, OWN, AUDIT = "burgertop.package.public", "burgertop.package.own", "burgertop.package.audit"
FORMAT = 1
METHOD = "burgertop.sortition.1"  # the text: docs/maths/sortition.md


@dataclass(frozen=True, eq=False)
class Packing:
    """A lottery made ready to be handed out; made by ``packing_of``, and kept to hand out many packages.

    Args:
        head: what every package begins with, as plain values.
        public: what everybody gets besides.
        rows: the salted rows, sorted by id.
        tree: their Merkle tree.
        place_of: from an id to the place of its row.
        must, never: ids of people who are on every panel, on none.
        lottery: the canonical JSON of the lottery, whose SHA-256 is the commitment.
    """

    head: Mapping[str, Any]
    public: Mapping[str, Any]
    rows: tuple[Row, ...]
    tree: Tree
    place_of: Mapping[str, int]
    must: tuple[str, ...]
    never: tuple[str, ...]
    lottery: str


def packing_of(
    pool: Pool,
    quotas: Quotas,
    lottery: Lottery,
    secret: bytes,
    *,
    must: Sequence[str] = (),
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
) -> Packing:
    """Salt the rows of a lottery, promise them by one root, and count what everybody may know.

    Args:
        pool: the people who could be drawn.
        quotas: seats, and least and most of every value, as they were sealed.
        lottery: the lottery.
        secret: at least 32 bytes by chance, of this lottery alone; kept, so that proofs can be given again.
        must: ids of people who are on every panel.
        never: ids of people who are on none.
        at_most_per_household: most people of one household; None: no limit.

    Raises:
        InputError: ``sortition.unknown_person``: pool and lottery hold other people; ``sortition.short_secret``;
            ``sortition.unknown_feature``.

    Cost: O(panels * seats * quotas + people * features); about 4 s for 100,000 people and a million seats.

    >>> from burgertop.core.sortition import Quota, lottery_of
    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> quotas = Quotas(1, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1)))
    >>> packing = packing_of(pool, quotas, lottery_of(pool, quotas), b"s" * 32)
    >>> [row.id for row in packing.rows], packing.head["people"]
    (['a', 'b'], 2)
    """
    lottery = reordered(lottery, pool.ids)
    rows = rows_of(pool, lottery, secret)
    tree = tree_of(rows)
    text = canonical_lottery(lottery)
    head = {
        "method": {
            "text": METHOD,
            "rule": lottery.rule,
            "seats": lottery.seats,
            "panels": len(lottery.panels),
            "at_most_per_household": at_most_per_household,
            "must": len(set(must)),
            "never": len(set(never)),
        },
        "people": len(pool),
        "input_digest": lottery.input_digest,
        "commitment": sha256(text).hexdigest(),
        "root": tree.root,
    }
    places = {row.id: place for place, row in enumerate(rows)}
    public = _figures(pool, quotas, lottery)
    return Packing(head, public, rows, tree, places, tuple(sorted(set(must))), tuple(sorted(set(never))), text.decode())


def _figures(pool: Pool, quotas: Quotas, lottery: Lottery) -> dict[str, Any]:
    columns, totals = totals_of(pool, quotas, lottery)
    return {
        "quotas": [[q.feature, q.value, q.least, q.most, q.least_flex, q.most_flex] for q in quotas],
        "columns": columns,
        "totals": totals,
        "chances": cells_of(lottery.published.tolist(), len(lottery.panels)),
        "certificate": _certificate(lottery.certificate),
    }


def _certificate(proven: Certificate) -> dict[str, int | bool]:
    """Keep the three figures; the levels name people and households, so they stay with the auditor."""
    return {
        "upper_bound": parts_of(proven.upper_bound),
        "min_probability": parts_of(proven.min_probability),
        "gap": ceil(proven.gap * PARTS),
        "is_relaxed_reached": proven.is_relaxed_reached,
    }


def public_package(packing: Packing, *, dice: int | None = None, public_seed: str | None = None) -> dict[str, Any]:
    """Hand out what everybody may know; nothing in it is about fewer than ten people, but the totals of panels.

    Args:
        packing: as ``packing_of``.
        dice: the number thrown in public, once it is known.
        public_seed: or the public text.

    Returns:
        Plain values, to be written as JSON. The page ``docs/maths/packages.md`` tells what each means.

    Raises:
        InputError: as ``pick_panel``.

    Cost: O(1).

    >>> from burgertop.core.sortition import Quota, lottery_of
    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> quotas = Quotas(1, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1)))
    >>> packing = packing_of(pool, quotas, lottery_of(pool, quotas, panels=4), b"s" * 32)
    >>> public_package(packing, dice=3)["pick"], public_package(packing)["pick"]
    ({'dice': 3, 'panel': 3}, None)
    """
    return {**_head(packing.head, PUBLIC, dice, public_seed), **packing.public}


def own_package(
    packing: Packing, one: str, *, dice: int | None = None, public_seed: str | None = None
) -> dict[str, Any]:
    """Hand out to one member of the pool their own row, its proof, and after the pick whether they were drawn.

    Args:
        packing: as ``packing_of``.
        one: the member's id.
        dice: the number thrown in public, once it is known.
        public_seed: or the public text.

    Raises:
        InputError: ``sortition.unknown_person``; as ``pick_panel``.

    Cost: O(log(people)).

    >>> from burgertop.core.sortition import Quota, lottery_of
    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> quotas = Quotas(1, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1)))
    >>> packing = packing_of(pool, quotas, lottery_of(pool, quotas, panels=4), b"s" * 32)
    >>> sum(own_package(packing, one, dice=3)["is_drawn"] for one in "ab")
    1
    """
    if one not in packing.place_of:
        raise InputError("sortition.unknown_person", ids=(one,))
    place = packing.place_of[one]
    return own_of(packing.head, packing.rows[place], proof_of(packing.tree, place), dice=dice, public_seed=public_seed)


def own_of(
    head: Mapping[str, Any], row: Row, proof: Proof, *, dice: int | None = None, public_seed: str | None = None
) -> dict[str, Any]:
    """Hand out one row where only the head of a packing, the row and its proof are kept; as ``own_package``.

    Args:
        head: of the packing.
        row: the member's row.
        proof: its proof.
        dice: the number thrown in public, once it is known.
        public_seed: or the public text.

    Raises:
        InputError: as ``pick_panel``.

    Cost: O(log(people)).

    >>> row = Row("p1", (), "", (2,), 0, 0, 1, "00" * 32)
    >>> head = {"method": {"panels": 2}, "commitment": "0" * 64}
    >>> own_of(head, row, Proof(0, 1, ()), dice=2)["is_drawn"]
    True
    """
    begun = _head(head, OWN, dice, public_seed)
    return {
        **begun,
        "row": row.as_json(),
        "proof": {"index": proof.index, "size": proof.size, "path": list(proof.path)},
        "is_drawn": begun["pick"]["panel"] in row.panels if begun["pick"] else None,
    }


def audit_package(packing: Packing, *, dice: int | None = None, public_seed: str | None = None) -> dict[str, Any]:
    """Hand out everything to an auditor: every row with its salt, and the whole lottery as it was committed to.

    Args:
        packing: as ``packing_of``.
        dice: the number thrown in public, once it is known.
        public_seed: or the public text.

    Raises:
        InputError: as ``pick_panel``.

    Cost: O(people + panels * seats).

    >>> from burgertop.core.sortition import Quota, lottery_of
    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> quotas = Quotas(1, (Quota("gender", "woman", 0, 1), Quota("gender", "man", 0, 1)))
    >>> packing = packing_of(pool, quotas, lottery_of(pool, quotas, panels=4), b"s" * 32)
    >>> len(audit_package(packing)["rows"])
    2
    """
    return {
        **_head(packing.head, AUDIT, dice, public_seed),
        **packing.public,
        "must": list(packing.must),
        "never": list(packing.never),
        "rows": [row.as_json() for row in packing.rows],
        "lottery": packing.lottery,
    }


def _head(head: Mapping[str, Any], kind: str, dice: int | None, public_seed: str | None) -> dict[str, Any]:
    pick: dict[str, Any] | None = None
    if dice is not None or public_seed is not None:
        panels, commitment = head["method"]["panels"], head["commitment"]
        chance = {"dice": dice} if public_seed is None else {"public_seed": public_seed}
        pick = {**chance, "panel": pick_panel(panels, dice=dice, public_seed=public_seed, commitment=commitment)}
    return {"kind": kind, "format": FORMAT, **head, "pick": pick}
