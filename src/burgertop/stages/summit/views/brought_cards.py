"""What a table's device brings, as JSON, read with care: one change that cannot be read never stops the others."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from burgertop.foundation.keys import keyed_hash
from burgertop.stages.summit.actions import Brought, CardDraft, ChangeKind
from burgertop.stages.summit.forms import CARD_LENGTH, REASONS_LENGTH
from burgertop.stages.summit.views.brought import moment_told

__all__ = ["MOST_CHANGES", "MOST_PICKED", "CardBatch", "read_card_batch"]

MOST_CHANGES = 200
MOST_PICKED = 50
MOST_SUPPORT = 99
MOST_WAITING = 100_000
# What a change asks; its moment is told by the device's clock and asks for nothing.
ASKED = (
    *("kind", "card", "base", "round", "text", "reasons", "language", "support", "is_dissent"),
    *("settles", "picked"),
)


@dataclass(frozen=True, slots=True)
class CardBatch:
    """Changes of one device, how many more it holds, and the moment by its clock when it sent them.

    ``unreadable`` are the keys of changes that make no sense; the device shows their words to the table.
    """

    changes: list[Brought]
    unreadable: list[str]
    waiting: int
    told_at: datetime


def read_card_batch(sent: object, languages: Collection[str]) -> CardBatch:
    """Read what a device sent.

    Args:
        languages: those in which the table writes.

    Raises:
        ValueError, TypeError, KeyError: it is no batch at all.
    """
    if not isinstance(sent, Mapping) or not isinstance(sent["changes"], list):
        raise TypeError
    changes, unreadable = [], []
    for row in sent["changes"][:MOST_CHANGES]:
        try:
            changes.append(_change(row, languages))
        except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
            unreadable.append(str(row.get("once", ""))[:40] if isinstance(row, Mapping) else "")
    waiting = sent.get("waiting", 0)
    if not isinstance(waiting, int):
        raise TypeError
    return CardBatch(changes, unreadable, max(0, min(waiting, MOST_WAITING)), moment_told(sent["now"]))


def _change(row: Mapping[str, object], languages: Collection[str]) -> Brought:
    kind = ChangeKind(str(row["kind"]))
    asked = {name: row[name] for name in ASKED if row.get(name) is not None}
    card = _key(row.get("card"))
    if card is None and kind != ChangeKind.SEND:
        raise ValueError
    return Brought(
        once=uuid.UUID(str(row["once"])),
        kind=kind,
        digest=keyed_hash("changes", json.dumps(asked, sort_keys=True)),
        made_at=moment_told(row["at"]) if row.get("at") is not None else None,
        card=card,
        base=_key(row.get("base")),
        round=_key(row.get("round")),
        draft=_draft(row, languages) if kind == ChangeKind.WRITE else None,
        settles=tuple(uuid.UUID(str(one)) for one in _list(row.get("settles"))),
        picked=tuple((uuid.UUID(str(one["card"])), _key(one.get("base"))) for one in _list(row.get("picked"))),
    )


def _draft(row: Mapping[str, object], languages: Collection[str]) -> CardDraft:
    text, reasons = _words(row["text"], CARD_LENGTH), _words(row.get("reasons") or "", REASONS_LENGTH)
    language, support = str(row["language"]), row.get("support")
    if not text or language not in languages:
        raise ValueError
    if support is not None and (type(support) is not int or not 0 <= support <= MOST_SUPPORT):
        raise ValueError
    return CardDraft(text, language, reasons, support, is_dissent=row.get("is_dissent") is True, is_sent=False)


def _words(words: object, most: int) -> str:
    if not isinstance(words, str):
        raise TypeError
    words = words.strip()
    if len(words) > most or "\x00" in words:
        raise ValueError
    words.encode()  # half a pair of code units is no text
    return words


def _list(found: object) -> Sequence[Mapping[str, object]]:
    if found is None:
        return ()
    if not isinstance(found, list) or len(found) > MOST_PICKED:
        raise TypeError
    return found


def _key(word: object) -> uuid.UUID | None:
    return uuid.UUID(str(word)) if word is not None else None
