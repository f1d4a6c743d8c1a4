"""One card as it is held while it is changed: its words, who writes, and the key of the change they came with."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from burgertop.stages.summit.models import Card, CardText

__all__ = ["CardDraft", "Leaf", "Writing", "texts_of", "words_of"]


@dataclass(frozen=True, slots=True)
class CardDraft:
    """A card as a table writes it."""

    text: str
    language: str
    reasons: str = ""
    support: int | None = None
    is_dissent: bool = False
    is_sent: bool = True


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes, and when: a device or an account, never a participant.

    ``takes_late``: what was written before the round was closed is taken all the same, and marked. ``is_typed``: it was
    written on paper in time, and the staff types it in.
    """

    by: uuid.UUID | None
    now: datetime
    takes_late: bool = False
    is_typed: bool = False


@dataclass(slots=True)
class Leaf:
    """One card of the book: its words, and the key of the change they came with (``head``)."""

    card: Card
    words: CardDraft
    head: uuid.UUID
    is_new: bool = False
    is_reworded: bool = False
    was_sent: bool = False
    is_touched: bool = False


def words_of(card: Card) -> CardDraft:
    """The words of a card as they stand."""
    return CardDraft(
        text=card.say("text", card.language).text,
        language=card.language,
        reasons=card.say("reasons", card.language).text,
        support=card.support,
        is_dissent=card.is_dissent,
    )


def texts_of(leaf: Leaf, now: datetime) -> list[CardText]:
    """The words of a card as rows."""
    bodies = {"text": leaf.words.text, "reasons": leaf.words.reasons}
    return [
        CardText(owner=leaf.card, name=name, language=leaf.words.language, body=body, written_at=now)
        for name, body in bodies.items()
        if body
    ]
