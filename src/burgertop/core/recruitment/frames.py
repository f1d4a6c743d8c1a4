"""Frames: a list that is committed before the chance is known, and the rows that the chance draws from it."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from burgertop.core.errors import InputError
from burgertop.core.recruitment.chance import draw_ordered, one_line, text_of

__all__ = ["Frame", "commit_frame", "draw_rows", "draw_rows_by_group", "waves_of"]


@dataclass(frozen=True, slots=True)
class Frame:
    """What is published of a frame before the draw: how many rows it has, and its digest."""

    length: int
    digest: str


def commit_frame(rows: Iterable[Sequence[str]], salt: str) -> Frame:
    """Fix a frame without showing it.

    The digest is SHA-256 over ``burgertop.frame.1`` and the salt, each followed by a line feed, then every
    row in its order as a JSON list of texts (UTF-8, form NFC, no spaces) and a line feed.

    Args:
        rows: the cells of every row, in the order that the draw counts them.
        salt: a secret text, made for this frame and destroyed with it: without it nobody can try out
            whether a guessed list is this one.

    Raises:
        InputError: ``recruitment.empty_salt``, ``recruitment.empty_frame``.

    Cost: O(cells), one row in memory at a time.
    Source: Blum (1983), Coin flipping by telephone, ACM SIGACT News 15(1), on committing before chance.

    >>> commit_frame([["Ada", "1000 Brussel"], ["Bea", "9000 Gent"]], "one-time").length
    2
    """
    if not one_line(salt):
        raise InputError("recruitment.empty_salt")
    digest = sha256(f"burgertop.frame.1\n{one_line(salt)}\n".encode())
    length = 0
    for row in rows:
        cells = [unicodedata.normalize("NFC", cell) for cell in row]
        digest.update(json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        length += 1
    if not length:
        raise InputError("recruitment.empty_frame")
    return Frame(length, digest.hexdigest())


def draw_rows(length: int, wanted: int, seed_text: str, *, digest: str = "", group: str = "") -> tuple[int, ...]:
    """Draw row numbers of a frame, uniformly and without doubles, so that outsiders can draw them again.

    Args:
        length: rows of the frame.
        wanted: how many rows to draw.
        seed_text: a public text nobody could know when the frame was committed.
        digest: the digest of the frame, so that one seed serves several frames.
        group: the group drawn from, where every group has its own draw.

    Returns:
        Row numbers from 1 to length, in the order drawn: the first are written to first, and a later,
        longer draw from the same texts begins with these. ``sorted`` gives them in the order of the list.

    Raises:
        InputError: ``recruitment.empty_seed``, ``recruitment.not_a_digest``,
            ``recruitment.negative_number``, ``recruitment.too_few_rows``.

    Cost: O(wanted) hashes.
    Source: as ``draw_ordered``, from the text ``burgertop.rows.1``, digest, seed, group, one on each line.

    >>> draw_rows(8_720_225, 3, "3 5 1 6 2")
    (4426586, 4670752, 6836814)
    """
    text = text_of("burgertop.rows.1", digest, seed_text, group)
    return tuple(place + 1 for place in draw_ordered(length, wanted, text))


def draw_rows_by_group(
    group_of: Sequence[str], wanted: Mapping[str, int], seed_text: str, *, digest: str = ""
) -> dict[str, tuple[int, ...]]:
    """Draw a number of rows from every group, each group by a draw of its own.

    Args:
        group_of: the group of every row, in the order of the frame.
        wanted: how many rows to draw, by group; groups that are not named get none.
        seed_text: a public text nobody could know when the frame was committed.
        digest: the digest of the frame.

    Returns:
        Row numbers of the frame (from 1) by group, in the order drawn. Asking for more in one group
        changes nothing in the others.

    Raises:
        InputError: ``recruitment.too_few_in_group`` and as ``draw_rows``.

    Cost: O(rows + drawn).
    Source: Cochran (1977), Sampling Techniques, 3rd edition, chapter 5 (stratified random sampling).

    >>> draw_rows_by_group(["nl", "fr", "nl", "nl"], {"nl": 2, "fr": 1}, "3 5 1 6 2")
    {'nl': (3, 1), 'fr': (2,)}
    """
    rows: dict[str, list[int]] = {group: [] for group in wanted}
    for number, group in enumerate(group_of, 1):
        if group in rows:
            rows[group].append(number)
    drawn = {}
    for group, number in wanted.items():
        if number > len(rows[group]):
            raise InputError("recruitment.too_few_in_group", group=group, wanted=number, rows=len(rows[group]))
        places = draw_rows(len(rows[group]), number, seed_text, digest=digest, group=group)
        drawn[group] = tuple(rows[group][place - 1] for place in places)
    return drawn


def waves_of(order: Sequence[int], sizes: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Cut one draw into waves of letters; what is left over comes last, as the reserve.

    Args:
        order: row numbers in the order drawn.
        sizes: letters of every wave.

    Returns:
        One tuple for every wave, and the reserve, which may be empty.

    Raises:
        InputError: ``recruitment.negative_number``, ``recruitment.too_few_rows``.

    Cost: O(rows).

    >>> waves_of((5, 2, 9, 4, 1), (2, 2))
    ((5, 2), (9, 4), (1,))
    """
    if min(sizes, default=0) < 0:
        raise InputError("recruitment.negative_number", number=min(sizes))
    if sum(sizes) > len(order):
        raise InputError("recruitment.too_few_rows", wanted=sum(sizes), rows=len(order))
    waves, begin = [], 0
    for size in (*sizes, len(order) - sum(sizes)):
        waves.append(tuple(order[begin : begin + size]))
        begin += size
    return tuple(waves)
