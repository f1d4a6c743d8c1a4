"""Cards: written, changed, sent and taken back by a table; sent twice they count once."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from burgertop.foundation.process.models import Stage, StageState
from burgertop.foundation.trace.actions import link, unlink
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Card, CardRevision, CardState, Round, RoundState, Table
from burgertop.stages.summit.news import tell_desk, tell_table

__all__ = ["CardDraft", "Outcome", "change_card", "link_idea", "withdraw_card", "write_card"]


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
class Outcome:
    """What became of a change: the card as it stands, and the change itself when it came too late."""

    card: Card
    conflict: CardRevision | None = None


@transaction.atomic
def write_card(
    round_: Round,
    table: Table,
    draft: CardDraft,
    *,
    card_id: uuid.UUID,
    once: uuid.UUID,
    by: uuid.UUID | None,
    now: datetime,
) -> Card:
    """Write a new card; the same form or the same card sent again gives the card that is there.

    Args:
        card_id: made by the device, so that a card written without a network has one id.
        once: the number of the form.
        by: the device or the account that writes, never a participant.

    Raises:
        HouseError: ``summit.round_closed``, ``summit.too_many_cards``, ``summit.card_elsewhere``.
    """
    Table.objects.select_for_update().get(pk=table.pk)
    known = Card.objects.filter(pk=card_id).first() or Card.objects.filter(round=round_, table=table, once=once).first()
    if known is not None:
        if (known.round_id, known.table_id) != (round_.pk, table.pk):
            raise HouseError("summit.card_elsewhere")
        return known
    _check_open(round_)
    mine = Card.objects.filter(round=round_, table=table)
    if mine.standing().count() >= round_.cards_limit:
        raise HouseError("summit.too_many_cards", most=round_.cards_limit)
    last = mine.aggregate(last=Max("number"))["last"] or 0
    card = Card.objects.create(
        id=card_id,
        round=round_,
        table=table,
        number=last + 1,
        language=draft.language,
        origin=table.origin,
        support=draft.support,
        is_dissent=draft.is_dissent,
        state=CardState.SENT if draft.is_sent else CardState.DRAFT,
        once=once,
        written_at=now,
        sent_at=now if draft.is_sent else None,
    )
    _write_words(card, draft)
    _keep_revision(card, draft, number=1, once=once, by=by, now=now)
    _tell(card, round_, table)
    return card


@transaction.atomic
def change_card(
    card: Card, draft: CardDraft, *, revision: int, once: uuid.UUID, by: uuid.UUID | None, now: datetime
) -> Outcome:
    """Change a card, send one that was kept, or both; ``revision`` is the one the writer had before them.

    A change that starts from an older revision does not touch the card: it is kept beside it, and
    the outcome names it, so that the table can choose. A sent card stays sent.

    Raises:
        HouseError: ``summit.round_closed``, ``summit.card_sent_away``.
    """
    Table.objects.select_for_update().get(pk=card.table_id)
    locked = Card.objects.select_for_update(of=("self",)).select_related("round__stage", "table__stage").get(pk=card.pk)
    earlier = CardRevision.objects.filter(card=locked, once=once).first()
    if earlier is not None:
        return Outcome(locked, earlier if earlier.is_conflict else None)
    _check_open(locked.round)
    if locked.state == CardState.WITHDRAWN:
        raise HouseError("summit.card_sent_away")
    if revision != locked.revision:
        kept = _keep_revision(locked, draft, number=revision, once=once, by=by, now=now, is_conflict=True)
        return Outcome(locked, kept)
    if draft.is_sent and locked.state == CardState.DRAFT:
        locked.state, locked.sent_at = CardState.SENT, now
    locked.revision += 1
    locked.language, locked.support, locked.is_dissent = draft.language, draft.support, draft.is_dissent
    locked.save(update_fields=["state", "sent_at", "revision", "language", "support", "is_dissent"])
    locked.texts.all().delete()
    _write_words(locked, draft)
    _keep_revision(locked, draft, number=locked.revision, once=once, by=by, now=now)
    _tell(locked, locked.round, locked.table)
    return Outcome(locked)


@transaction.atomic
def withdraw_card(card: Card, *, by: uuid.UUID | None, now: datetime) -> Card:
    """Take a card back while the round is open; its words stay in the history, its number is not used again.

    Raises:
        HouseError: ``summit.round_closed``.
    """
    Table.objects.select_for_update().get(pk=card.table_id)
    locked = Card.objects.select_for_update(of=("self",)).select_related("round__stage", "table__stage").get(pk=card.pk)
    if locked.state == CardState.WITHDRAWN:
        return locked
    _check_open(locked.round)
    draft = CardDraft(
        text=locked.say("text", locked.language).text,
        reasons=locked.say("reasons", locked.language).text,
        language=locked.language,
        support=locked.support,
        is_dissent=locked.is_dissent,
    )
    locked.state, locked.withdrawn_at = CardState.WITHDRAWN, now
    locked.revision += 1
    locked.save(update_fields=["state", "withdrawn_at", "revision"])
    for placement in locked.placements.standing():
        placement.ended_at = now
        placement.save(update_fields=["ended_at"])
        unlink(("cluster", placement.cluster_id), ("card", locked.pk))
    _keep_revision(locked, draft, number=locked.revision, once=uuid.uuid4(), by=by, now=now)
    _tell(locked, locked.round, locked.table)
    return locked


@transaction.atomic
def link_idea(card: Card, idea: uuid.UUID) -> None:
    """Say that a card took up an idea of the consultation."""
    link(card.round.stage.process_id, ("card", card.pk), [("idea", idea)])


def _check_open(round_: Round) -> None:
    state = Round.objects.filter(pk=round_.pk).values_list("state", "stage__state").get()
    if state != (RoundState.OPEN, StageState.OPEN):
        raise HouseError("summit.round_closed")


def _write_words(card: Card, draft: CardDraft) -> None:
    for name, body in (("text", draft.text), ("reasons", draft.reasons)):
        if body:
            card.write(name, {draft.language: body}, original=draft.language)


def _keep_revision(
    card: Card,
    draft: CardDraft,
    *,
    number: int,
    once: uuid.UUID,
    by: uuid.UUID | None,
    now: datetime,
    is_conflict: bool = False,
) -> CardRevision:
    return CardRevision.objects.create(
        card=card,
        number=number,
        once=once,
        language=draft.language,
        text=draft.text,
        reasons=draft.reasons,
        support=draft.support,
        is_dissent=draft.is_dissent,
        state=card.state,
        is_conflict=is_conflict,
        written_by=by,
        written_at=now,
    )


def _tell(card: Card, round_: Round, table: Table) -> None:
    """Trace a card to its question once it is sent, and tell the pages that show it."""
    stage: Stage = round_.stage
    if card.state == CardState.SENT:
        link(stage.process_id, ("card", card.pk), [("question", round_.pk)])
    tell_table(stage, table.number, "card")
    if card.state != CardState.DRAFT:
        tell_desk(stage, "card")
