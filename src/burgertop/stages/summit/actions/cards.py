"""Cards: written, changed, read aloud and sent, called back, taken off by a table; what is sent twice counts once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from burgertop.foundation.trace.actions import link
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.book import Book
from burgertop.stages.summit.actions.leaves import CardDraft, Writing
from burgertop.stages.summit.models import Card, CardRevision, Handover, Table

__all__ = [
    "CardDraft",
    "Outcome",
    "call_back_card",
    "change_card",
    "link_idea",
    "send_cards",
    "settle_card",
    "withdraw_card",
    "write_card",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: the card as it stands, and the change itself when it came too late."""

    card: Card
    conflict: CardRevision | None = None


@transaction.atomic
def write_card(
    round_id: uuid.UUID | None,
    table: Table,
    draft: CardDraft,
    *,
    card_id: uuid.UUID,
    once: uuid.UUID,
    by: uuid.UUID | None,
    now: datetime,
    takes_late: bool = False,
    is_typed: bool = False,
) -> Card:
    """Write a new card; the same form or the same card sent again gives the card that is there.

    Args:
        round_id: of which round it is; none: of the one that is open.
        card_id: made by the device, so that a card written without a network has one id.
        once: the number of the form.
        by: the device or the account that writes, never a participant.
        takes_late: take it, marked, when the round was closed meanwhile.
        is_typed: the staff types it in from a sheet of paper; it may be of a round that is over.

    Raises:
        HouseError: ``summit.round_closed``, ``summit.too_many_cards``, ``summit.too_many_sent``,
            ``summit.card_elsewhere``.
    """
    book = Book.open(table, [card_id], [once])
    mine = [leaf.card for leaf in book.leaves.values()]
    same = [card for card in mine if card.pk == card_id]
    same += [card for card in mine if card.once == once and round_id in {None, card.round_id}]
    if same:
        if round_id not in {None, same[0].round_id}:
            raise HouseError("summit.card_elsewhere")
        return same[0]
    round_id = round_id or next((one.pk for one in book.rounds.values() if one.is_open), None)
    if round_id not in book.rounds:
        raise HouseError("summit.round_closed")
    writing = Writing(by, now, takes_late, is_typed)
    book.write(card_id, draft, writing, once=once, base=None, round_id=round_id)
    if draft.is_sent:
        book.send([(card_id, once)], writing, once=uuid.uuid4())
    book.store(now)
    return book.leaves[card_id].card


@transaction.atomic
def change_card(
    card: Card,
    draft: CardDraft,
    *,
    revision: int,
    once: uuid.UUID,
    by: uuid.UUID | None,
    now: datetime,
    settles: Sequence[uuid.UUID] = (),
    takes_late: bool = False,
) -> Outcome:
    """Change a card, send one that was kept, or both; ``revision`` is the one the writer had before them.

    A change that starts from an older revision does not touch the card: it is kept beside it, and
    the outcome names it, so that the table can choose. A sent card stays sent; one that was taken off
    comes back when the change starts from there. ``settles`` names texts beside it that are no longer wanted.

    Raises:
        HouseError: ``summit.round_closed``, ``summit.too_many_sent``.
    """
    book = Book.open(card.table, [card.pk], [once])
    leaf, writing = book.leaves[card.pk], Writing(by, now, takes_late)
    earlier = book.revisions.get((card.pk, once))
    if earlier is not None:
        return Outcome(leaf.card, earlier if earlier.is_conflict else None)
    base = leaf.head if revision == leaf.card.revision else None
    conflict = book.write(card.pk, draft, writing, once=once, base=base, settles=settles)
    if conflict is not None:
        conflict.number = revision
    elif draft.is_sent:
        book.send([(card.pk, once)], writing, once=uuid.uuid4())
    book.store(now)
    return Outcome(leaf.card, conflict)


@transaction.atomic
def withdraw_card(card: Card, *, by: uuid.UUID | None, now: datetime) -> Card:
    """Take a card off the table while the round is open; its words stay in the history.

    Raises:
        HouseError: ``summit.round_closed``.
    """
    book = Book.open(card.table, [card.pk])
    taken = book.withdraw(card.pk, Writing(by, now), once=uuid.uuid4())
    book.store(now)
    return taken


@transaction.atomic
def send_cards(
    table: Table,
    cards: Sequence[tuple[uuid.UUID, int]],
    *,
    once: uuid.UUID,
    by: uuid.UUID | None,
    now: datetime,
    takes_late: bool = False,
) -> Handover | None:
    """Send the cards that a table picked, heard and agreed with; the same key a second time changes nothing.

    Args:
        cards: each with the revision that was read aloud.

    Raises:
        HouseError: ``summit.round_closed``, ``summit.too_many_sent``, ``summit.card_changed``,
            ``summit.card_sent_away``, ``summit.no_such_card``, ``summit.nothing_picked``.
    """
    book = Book.open(table, [pk for pk, _revision in cards])
    known = Handover.objects.filter(table=table, once=once).first()
    if known is not None:
        return known
    bases: list[tuple[uuid.UUID, uuid.UUID | None]] = []
    for pk, revision in cards:
        leaf = book.leaves.get(pk)
        if leaf is not None and leaf.card.revision != revision:
            raise HouseError("summit.card_changed", card=leaf.card.number)
        bases.append((pk, None))
    handover = book.send(bases, Writing(by, now, takes_late), once=once)
    book.store(now)
    return handover


@transaction.atomic
def call_back_card(card: Card, *, by: uuid.UUID | None, now: datetime) -> Card:
    """Call a sent card back to its table while the round is open; the theme desk has it no longer.

    Raises:
        HouseError: ``summit.round_closed``.
    """
    book = Book.open(card.table, [card.pk])
    called = book.call_back(card.pk, Writing(by, now))
    book.store(now)
    return called


@transaction.atomic
def settle_card(card: Card, settles: Sequence[uuid.UUID], *, now: datetime) -> Card:
    """Leave a card as it is: the table does not want these texts beside it; they stay in the history."""
    book = Book.open(card.table, [card.pk])
    settled = book.settle(card.pk, settles, now=now)
    book.store(now)
    return settled


@transaction.atomic
def link_idea(card: Card, idea: uuid.UUID) -> None:
    """Say that a card took up an idea of the consultation."""
    link(card.round.stage.process_id, ("card", card.pk), [("idea", idea)])
