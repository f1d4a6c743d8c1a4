"""What is kept of a round, and what is handed out of it: to everybody, to a member of the pool, to an auditor."""

import gzip
import json
from functools import lru_cache
from typing import Any
from uuid import UUID

from burgertop.core.sortition import Lottery, lottery_from_json
from burgertop.core.sortition.package import FORMAT, PUBLIC, Packing, audit_package, own_of, packing_of
from burgertop.core.sortition.rows import row_of
from burgertop.core.sortition.tree import Tree, check_proof, proof_of, tree_over
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Chance, Member, Round, RoundFile
from burgertop.foundation.draws.queries import erased_from, household_names
from burgertop.foundation.draws.terms import Terms, terms_of_round
from burgertop.foundation.keys import keyed_hash

__all__ = ["audit_of", "kept_of", "lottery_of_round", "own_of_member", "packing_of_terms", "public_of"]

KEPT_IN_MEMORY = 4
DIGEST_BYTES = 32
HEAD = ("method", "people", "input_digest", "commitment", "root")


def packing_of_terms(terms: Terms, lottery: Lottery, round_id: UUID) -> Packing:
    """Make a lottery ready to be kept and handed out, under the secret of its round."""
    return packing_of(
        terms.pool,
        terms.quotas,
        lottery,
        _secret(round_id),
        must=terms.must,
        never=terms.never,
        at_most_per_household=terms.per_household,
    )


def kept_of(packing: Packing, terms: Terms) -> dict[str, Any]:
    """The columns of a ``RoundFile``."""
    public = json.dumps({**packing.head, **packing.public}, ensure_ascii=False, separators=(",", ":"))
    return {
        "lottery": gzip.compress(packing.lottery.encode(), mtime=0),
        "public": gzip.compress(public.encode(), mtime=0),
        "leaves": b"".join(packing.tree.levels[0]),
        "must": list(terms.must),
        "never": list(terms.never),
    }


def lottery_of_round(one: Round) -> Lottery:
    """Return the lottery of a round; it stays in memory, for it never changes.

    Raises:
        DrawError: ``draws.no_lottery``: the draw is of version 0.1, which had none.

    Cost: O(panels * seats), half a second for 1,000 panels of 1,000.
    """
    return _lottery(one.pk)


def public_of(one: Round) -> dict[str, Any]:
    """What everybody gets of a sealed round; once it is drawn, the chance too."""
    kept = json.loads(gzip.decompress(_file(one.pk).public))
    return {"kind": PUBLIC, "format": FORMAT, **kept, "pick": _pick(one)}


def own_of_member(one: Round, member: Member) -> dict[str, Any]:
    """What a member of the pool gets of a sealed round: their own row, its proof, and whether they were drawn.

    Raises:
        DrawError: ``draws.row_changed``: what the house knows of this person is no longer what was sealed.
    """
    lottery, tree, names = _lottery(one.pk), _tree(one.pk), household_names(member.draw)
    place = lottery.ids.index(str(member.number))
    held = member.participant.features
    values = {feature: str(held.get(feature, "")) for feature in member.draw.features}
    row = row_of(lottery, place, values, names.get(member.household, ""), _secret(one.pk))
    proof = proof_of(tree, sorted(lottery.ids).index(row.id))
    if not check_proof(row, proof, one.root):
        raise DrawError("draws.row_changed")
    kept = json.loads(gzip.decompress(_file(one.pk).public))
    return own_of({name: kept[name] for name in HEAD}, row, proof, **_said(one))


def audit_of(one: Round) -> dict[str, Any]:
    """Everything of a sealed round, every row with its salt; for an auditor under an agreement only.

    Raises:
        DrawError: ``draws.rows_erased``: somebody of the pool was erased; not all rows can be opened any more.
    """
    if erased_from(one.draw):
        raise DrawError("draws.rows_erased")
    return audit_package(packing_of_terms(terms_of_round(one), lottery_of_round(one), one.pk), **_said(one))


def _said(one: Round) -> dict[str, Any]:
    """The public chance of a round as the core takes it; nothing before it is drawn."""
    if one.drawn_at is None:
        return {}
    return {"public_seed": one.public_seed} if one.chance == Chance.PUBLIC_TEXT else {"dice": one.panel}


def _pick(one: Round) -> dict[str, Any] | None:
    said = _said(one)
    return {**said, "panel": one.panel} if said else None


def _secret(round_id: UUID) -> bytes:
    """The secret that salts the rows of one round: made again from the key of this server, never stored."""
    return bytes.fromhex(keyed_hash("lotteries", str(round_id)))


def _file(round_id: UUID) -> RoundFile:
    kept = RoundFile.objects.filter(round=round_id).first()
    if kept is None:
        raise DrawError("draws.no_lottery")
    return kept


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _lottery(round_id: UUID) -> Lottery:
    return lottery_from_json(json.loads(gzip.decompress(_file(round_id).lottery)))


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _tree(round_id: UUID) -> Tree:
    kept = bytes(_file(round_id).leaves)
    return tree_over(kept[start : start + DIGEST_BYTES] for start in range(0, len(kept), DIGEST_BYTES))
