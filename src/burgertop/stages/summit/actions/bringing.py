"""What a device brings: many changes at once, each taken once by its key; one that is refused stops no other."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from burgertop.core.errors import Param
from burgertop.foundation.prepared import Prepared, insert
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.book import Book
from burgertop.stages.summit.actions.leaves import CardDraft, Writing
from burgertop.stages.summit.models import CardChange, CardState, ChangeOutcome, Device, Handover, Table

__all__ = ["Answer", "Brought", "ChangeKind", "bring_changes"]

KEY_USED = "summit.key_used"

_changes = Prepared(lambda table, keys: CardChange.objects.filter(table=table, once__in=keys))
_handed = Prepared[uuid.UUID](
    lambda table, keys: Handover.objects.filter(table=table, once__in=keys).order_by().values_list("once", flat=True)
)


class ChangeKind(StrEnum):
    """What a device asks for."""

    WRITE = "write"
    WITHDRAW = "withdraw"
    SEND = "send"
    CALL_BACK = "call_back"
    SETTLE = "settle"


@dataclass(frozen=True, slots=True)
class Brought:
    """One change that a device made, perhaps without a network.

    ``once`` is its key and ``digest`` stands for all it asks; ``made_at`` is its moment by the clock of the device.
    ``base`` is the key of the change that the writer had before them (none: a new card). ``picked`` are the cards
    to be sent, each with the key of the words read aloud.
    """

    once: uuid.UUID
    kind: ChangeKind
    digest: str
    card: uuid.UUID | None = None
    base: uuid.UUID | None = None
    round: uuid.UUID | None = None
    draft: CardDraft | None = None
    settles: tuple[uuid.UUID, ...] = ()
    picked: tuple[tuple[uuid.UUID, uuid.UUID | None], ...] = ()
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a change; ``is_again``: it was brought before, and the answer is the one it got then."""

    once: uuid.UUID
    outcome: ChangeOutcome
    code: str = ""
    params: dict[str, Param] | None = None
    card: uuid.UUID | None = None
    is_again: bool = False


Way = Callable[[Book, Brought, Writing], bool]


@transaction.atomic
def bring_changes(
    table: Table, changes: Sequence[Brought], *, device: Device, now: datetime, clock_seconds: int = 0
) -> list[Answer]:
    """Take the changes of a device in the order in which it made them, in one transaction.

    The same key gets the same answer; another request under a known key is refused (``summit.key_used``). What was
    written before the round was closed is taken late and marked. Texts that came too late are kept beside the card.
    From a device whose table others write for, the texts that it wrote until it was told so are taken; it sends
    nothing, takes nothing off, and leaves alone what was sent.

    Args:
        clock_seconds: by how much the clock of the device is slow.
    """
    named = {one.card for one in changes if one.card is not None}
    named |= {card for one in changes for card, _base in one.picked}
    keys = {key for one in changes for key in (one.once, one.base, *one.settles) if key is not None}
    book = Book.open(table, named, keys)
    asked = [one.once for one in changes]
    known = {one.once: one for one in _changes.all(book.table.pk, asked)}
    used = {*book.keys(), *_handed.all(book.table.pk, asked)} - known.keys()
    writing, answers, new = Writing(device.pk, now, takes_late=True), [], []
    for change in changes:
        before = known.get(change.once)
        if change.once in used:
            answers.append(Answer(change.once, ChangeOutcome.REFUSED, KEY_USED, {}, change.card))
        elif before is None:
            before = known[change.once] = _take(book, change, writing, _way_of(change, device, clock_seconds))
            new.append(before)
            answers.append(_answer(before))
        elif before.digest != change.digest:
            answers.append(Answer(change.once, ChangeOutcome.REFUSED, KEY_USED, {}, change.card))
        else:
            answers.append(_answer(before, is_again=True))
    book.store(now, device=device.number if device.revoked_at is None else None)
    insert(new)
    return answers


def _way_of(change: Brought, device: Device, clock_seconds: int) -> Way:
    if device.revoked_at is not None:
        told_at = device.told_at - timedelta(seconds=clock_seconds) if device.told_at is not None else None
        is_in_time = told_at is None or (change.made_at is not None and change.made_at <= told_at)
        return LATE_WAYS.get(change.kind, _come_after) if is_in_time else _come_after
    return _leave if change.kind in SENDING and not device.is_sender else WAYS[change.kind]


def _take(book: Book, change: Brought, writing: Writing, way: Way) -> CardChange:
    row = CardChange(
        table=book.table,
        once=change.once,
        digest=change.digest,
        outcome=ChangeOutcome.TAKEN,
        card=change.card,
        taken_at=writing.now,
    )
    try:
        if way(book, change, writing):
            row.outcome = ChangeOutcome.CONFLICT
    except HouseError as error:
        row.outcome, row.code, row.params = ChangeOutcome.REFUSED, error.code, dict(error.params)
    return row


def _leave(book: Book, change: Brought, writing: Writing) -> bool:
    raise HouseError("summit.other_device_sends")


def _come_after(book: Book, change: Brought, writing: Writing) -> bool:
    raise HouseError("summit.pen_handed_on")


def _write(book: Book, change: Brought, writing: Writing) -> bool:
    if change.card is None or change.draft is None:
        raise HouseError("summit.no_such_card")
    kept = book.write(
        change.card,
        change.draft,
        writing,
        once=change.once,
        base=change.base,
        round_id=change.round,
        settles=change.settles,
    )
    return kept is not None


def _write_beside(book: Book, change: Brought, writing: Writing) -> bool:
    """Write as before, but leave alone what the table has sent meanwhile: such a text waits beside it."""
    leaf = book.leaves.get(change.card) if change.card is not None else None
    is_sent = leaf is not None and leaf.card.state == CardState.SENT
    return _write(book, replace(change, base=None) if is_sent else change, writing)


def _withdraw(book: Book, change: Brought, writing: Writing) -> bool:
    book.withdraw(_card(change), writing, once=change.once, base=change.base)
    return False


def _send(book: Book, change: Brought, writing: Writing) -> bool:
    book.send(change.picked, writing, once=change.once)
    return False


def _call_back(book: Book, change: Brought, writing: Writing) -> bool:
    book.call_back(_card(change), writing)
    return False


def _settle(book: Book, change: Brought, writing: Writing) -> bool:
    book.settle(_card(change), change.settles, now=writing.now)
    return False


def _card(change: Brought) -> uuid.UUID:
    if change.card is None:
        raise HouseError("summit.no_such_card")
    return change.card


def _answer(row: CardChange, *, is_again: bool = False) -> Answer:
    return Answer(row.once, ChangeOutcome(row.outcome), row.code, dict(row.params), row.card, is_again)


SENDING: Collection[ChangeKind] = frozenset({ChangeKind.SEND, ChangeKind.CALL_BACK})
LATE_WAYS: dict[ChangeKind, Way] = {ChangeKind.WRITE: _write_beside, ChangeKind.SETTLE: _settle}
WAYS: dict[ChangeKind, Way] = {
    ChangeKind.WRITE: _write,
    ChangeKind.WITHDRAW: _withdraw,
    ChangeKind.SEND: _send,
    ChangeKind.CALL_BACK: _call_back,
    ChangeKind.SETTLE: _settle,
}
