"""The cards of one table, opened to be changed: what comes in is laid against what is there, and stored in one go.

However many changes a device brings, the same few queries read and store them. The other cards of the table are
counted and not read.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from burgertop.foundation.prepared import insert, update
from burgertop.foundation.process.models import StageState
from burgertop.foundation.trace.actions import link, unlink
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.before import Rest, cards_named, handed_of, lock_table, rest_of, revisions_of
from burgertop.stages.summit.actions.leaves import CardDraft, Leaf, Writing, texts_of, words_of
from burgertop.stages.summit.models import (
    Card,
    CardRevision,
    CardState,
    CardText,
    ClusterCard,
    Handover,
    HandoverCard,
    Round,
    RoundState,
    Table,
)
from burgertop.stages.summit.news import tell_desk, tell_table

__all__ = ["MOST_CARDS", "Book"]

MOST_CARDS = 300
CARD_FIELDS = (
    *("language", "support", "is_dissent", "state", "revision", "is_late"),
    *("sent_at", "withdrawn_at"),
)


@dataclass(slots=True)
class Book:
    """The cards of one table that changes name; ``store`` writes down what was changed."""

    table: Table
    rounds: dict[uuid.UUID, Round]
    leaves: dict[uuid.UUID, Leaf]
    strange: frozenset[uuid.UUID]
    revisions: dict[tuple[uuid.UUID, uuid.UUID], CardRevision]
    handed: dict[uuid.UUID, HandoverCard]
    new_revisions: list[CardRevision] = field(default_factory=list)
    settled: set[uuid.UUID] = field(default_factory=set)
    handovers: list[Handover] = field(default_factory=list)
    new_handed: list[HandoverCard] = field(default_factory=list)
    called_back: list[HandoverCard] = field(default_factory=list)
    rests: dict[uuid.UUID, Rest] = field(default_factory=dict)

    @classmethod
    def open(cls, table: Table, cards: Collection[uuid.UUID], keys: Collection[uuid.UUID] = ()) -> "Book":
        """Lock a table and read the cards that are named, and what they were changed by.

        Args:
            cards: the cards that changes will name, of this table or not.
            keys: the keys of earlier changes that they will start from, and of forms that may come again.
        """
        locked, rounds = lock_table(table.pk)
        found = cards_named(locked, cards, keys)
        mine = [card for card in found if card.table_id == locked.pk]
        revisions = revisions_of(mine, keys)
        head_of = {(one.card_id, one.number): one.once for one in revisions if not one.is_conflict}
        leaves = {}
        for card in mine:
            card.table, card.round = locked, rounds[card.round_id]
            leaves[card.pk] = Leaf(
                card,
                words_of(card),
                head_of.get((card.pk, card.revision), card.once),
                was_sent=card.state == CardState.SENT,
            )
        return cls(
            locked,
            rounds,
            leaves,
            frozenset(card.pk for card in found if card.table_id != locked.pk),
            {(one.card_id, one.once): one for one in revisions},
            handed_of(mine),
        )

    def keys(self) -> set[uuid.UUID]:
        """The keys of the changes that are known, as far as they were asked for."""
        return {once for _card, once in self.revisions} | {leaf.card.once for leaf in self.leaves.values()}

    def rest(self, round_: Round) -> Rest:
        """The other cards of a round, counted once."""
        if round_.pk not in self.rests:
            self.rests[round_.pk] = rest_of(self.table, round_, self.leaves)
        return self.rests[round_.pk]

    # What can be done to a card ----------------------------------------------------------------

    def write(
        self,
        card_id: uuid.UUID,
        draft: CardDraft,
        writing: Writing,
        *,
        once: uuid.UUID,
        base: uuid.UUID | None,
        round_id: uuid.UUID | None = None,
        settles: Iterable[uuid.UUID] = (),
    ) -> CardRevision | None:
        """Write a new card (``base`` is none), or change one; returns the change itself when it came too late.

        A change that does not start from the card as it stands leaves it alone: it is kept beside it.

        Raises:
            HouseError: ``summit.round_closed``, ``summit.too_many_cards``, ``summit.card_elsewhere``,
                ``summit.no_such_card``.
        """
        if card_id in self.strange:
            raise HouseError("summit.card_elsewhere")
        leaf = self.leaves.get(card_id)
        if leaf is None:
            self._begin(card_id, draft, writing, once=once, base=base, round_id=round_id)
            return None
        card, round_ = leaf.card, leaf.card.round
        is_late = self._is_late(round_, writing)
        if base != leaf.head:
            return self._keep_beside(leaf, draft, writing, once=once, base=base)
        if card.state == CardState.WITHDRAWN:
            card.state, card.withdrawn_at = CardState.DRAFT, None
        card.revision += 1
        card.is_late = card.is_late or is_late
        card.language, card.support, card.is_dissent = draft.language, draft.support, draft.is_dissent
        leaf.words, leaf.is_reworded = draft, True
        self._note(leaf, writing, once=once)
        self._settle(leaf, settles, writing.now)
        return None

    def withdraw(self, card_id: uuid.UUID, writing: Writing, *, once: uuid.UUID, base: uuid.UUID | None = None) -> Card:
        """Take a card off the table; its words stay in the history, its number is not used again.

        Raises:
            HouseError: ``summit.round_closed``, ``summit.card_changed``, ``summit.no_such_card``.
        """
        leaf = self._leaf(card_id)
        card = leaf.card
        if card.state == CardState.WITHDRAWN:
            return card
        if base is not None and base != leaf.head:
            raise HouseError("summit.card_changed", card=card.number)
        was_sent = card.state == CardState.SENT
        card.is_late = card.is_late or self._is_late(card.round, writing, is_sent=was_sent)
        if was_sent:
            self._take_from_desk(leaf, writing)
        card.state, card.withdrawn_at = CardState.WITHDRAWN, writing.now
        card.revision += 1
        self._note(leaf, writing, once=once)
        return card

    def send(
        self, cards: Sequence[tuple[uuid.UUID, uuid.UUID | None]], writing: Writing, *, once: uuid.UUID
    ) -> Handover | None:
        """Send cards that the table picked, heard and agreed with; none is sent when one of them cannot be.

        Args:
            cards: each with the key of the change whose words were read aloud (none: whatever it says now).

        Raises:
            HouseError: ``summit.round_closed``, ``summit.too_many_sent``, ``summit.card_changed``,
                ``summit.card_sent_away``, ``summit.no_such_card``, ``summit.nothing_picked``.
        """
        leaves = []
        for card_id, base in dict(cards).items():
            leaf = self._leaf(card_id)
            if leaf.card.state == CardState.WITHDRAWN:
                raise HouseError("summit.card_sent_away")
            if base is not None and base != leaf.head:
                raise HouseError("summit.card_changed", card=leaf.card.number)
            leaves.append(leaf)
        if not leaves or len({leaf.card.round_id for leaf in leaves}) > 1:
            raise HouseError("summit.nothing_picked")
        round_ = leaves[0].card.round
        is_late = self._is_late(round_, writing)
        leaves = [leaf for leaf in leaves if leaf.card.state == CardState.DRAFT]
        sent = sum(card.state == CardState.SENT for card in self._cards_in(round_))
        if self.rest(round_).sent + sent + len(leaves) > round_.cards_limit:
            raise HouseError("summit.too_many_sent", most=round_.cards_limit)
        if not leaves:
            return None
        handover = Handover(
            round=round_, table=self.table, once=once, is_late=is_late, sent_by=writing.by, agreed_at=writing.now
        )
        self.handovers.append(handover)
        for leaf in leaves:
            leaf.card.state, leaf.card.sent_at = CardState.SENT, writing.now
            leaf.card.is_late = leaf.card.is_late or is_late
            leaf.is_touched = True
            handed = HandoverCard(handover=handover, card=leaf.card, revision=leaf.card.revision)
            self.new_handed.append(handed)
            self.handed[leaf.card.pk] = handed
        return handover

    def call_back(self, card_id: uuid.UUID, writing: Writing) -> Card:
        """Call a sent card back to the table, while the round is open; the desk has it no longer.

        Raises:
            HouseError: ``summit.round_closed``, ``summit.no_such_card``.
        """
        leaf = self._leaf(card_id)
        if leaf.card.state == CardState.SENT:
            self._is_late(leaf.card.round, writing, is_sent=True)
            self._take_from_desk(leaf, writing)
            leaf.card.state = CardState.DRAFT
        return leaf.card

    def settle(self, card_id: uuid.UUID, texts: Iterable[uuid.UUID], *, now: datetime) -> Card:
        """Leave a card as it is: the table has seen the text beside it and does not want it.

        Raises:
            HouseError: ``summit.no_such_card``.
        """
        leaf = self._leaf(card_id)
        self._settle(leaf, texts, now)
        return leaf.card

    # How it is done ----------------------------------------------------------------------------

    def _leaf(self, card_id: uuid.UUID) -> Leaf:
        if card_id in self.strange:
            raise HouseError("summit.card_elsewhere")
        if card_id not in self.leaves:
            raise HouseError("summit.no_such_card")
        return self.leaves[card_id]

    def _cards_in(self, round_: Round) -> list[Card]:
        """The cards of a round that were read or have just been written."""
        return [one.card for one in self.leaves.values() if one.card.round_id == round_.pk]

    def _is_late(self, round_: Round, writing: Writing, *, is_sent: bool = False) -> bool:
        """Whether a round is over for who writes; what the desk has is not touched once it is."""
        if self.table.stage.state != StageState.OPEN or round_.state == RoundState.PLANNED:
            raise HouseError("summit.round_closed")
        if round_.state == RoundState.OPEN:
            return False
        if is_sent or not (writing.takes_late or writing.is_typed):
            raise HouseError("summit.round_closed")
        return not writing.is_typed

    def _begin(
        self,
        card_id: uuid.UUID,
        draft: CardDraft,
        writing: Writing,
        *,
        once: uuid.UUID,
        base: uuid.UUID | None,
        round_id: uuid.UUID | None,
    ) -> None:
        round_ = self.rounds.get(round_id) if round_id is not None else None
        if base is not None or round_ is None:
            raise HouseError("summit.no_such_card")
        is_late = self._is_late(round_, writing)
        here, rest = self._cards_in(round_), self.rest(round_)
        if rest.written + sum(card.state != CardState.WITHDRAWN for card in here) >= MOST_CARDS:
            raise HouseError("summit.too_many_cards", most=MOST_CARDS)
        card = Card(
            id=card_id,
            round=round_,
            table=self.table,
            number=1 + max((rest.last_number, *(one.number for one in here))),
            language=draft.language,
            origin=self.table.origin,
            support=draft.support,
            is_dissent=draft.is_dissent,
            is_late=is_late,
            is_typed=writing.is_typed,
            once=once,
            written_at=writing.now,
        )
        leaf = self.leaves[card_id] = Leaf(card, draft, once, is_new=True, is_reworded=True)
        self._note(leaf, writing, once=once)

    def _keep_beside(
        self, leaf: Leaf, draft: CardDraft, writing: Writing, *, once: uuid.UUID, base: uuid.UUID | None
    ) -> CardRevision:
        """Keep a change that came too late; one that goes on from another such text takes its place."""
        before = self.revisions.get((leaf.card.pk, base)) if base is not None else None
        if before is not None and before.is_conflict:
            self._settle(leaf, [before.once], writing.now)
        kept = self._revision(leaf.card, draft, writing, once=once)
        kept.number, kept.is_conflict = before.number if before is not None else 0, True
        return kept

    def _note(self, leaf: Leaf, writing: Writing, *, once: uuid.UUID) -> None:
        self._revision(leaf.card, leaf.words, writing, once=once)
        leaf.head, leaf.is_touched = once, True

    def _revision(self, card: Card, draft: CardDraft, writing: Writing, *, once: uuid.UUID) -> CardRevision:
        revision = CardRevision(
            card=card,
            number=card.revision,
            once=once,
            language=draft.language,
            text=draft.text,
            reasons=draft.reasons,
            support=draft.support,
            is_dissent=draft.is_dissent,
            state=card.state,
            written_by=writing.by,
            written_at=writing.now,
        )
        self.new_revisions.append(revision)
        self.revisions[card.pk, once] = revision
        return revision

    def _settle(self, leaf: Leaf, texts: Iterable[uuid.UUID], now: datetime) -> None:
        for once in texts:
            kept = self.revisions.get((leaf.card.pk, once))
            if kept is not None and kept.is_conflict and kept.settled_at is None:
                kept.settled_at = now
                self.settled.add(kept.pk)

    def _take_from_desk(self, leaf: Leaf, writing: Writing) -> None:
        handed = self.handed.pop(leaf.card.pk, None)
        if handed is not None:
            handed.called_back_at, handed.called_back_by = writing.now, writing.by
            self.called_back.append(handed)
        leaf.card.sent_at, leaf.is_touched = None, True

    # Writing it down ---------------------------------------------------------------------------

    def store(self, now: datetime, *, device: int | None = None) -> None:
        """Write down what was changed, and tell the pages that show it; ``device`` is who knows it already."""
        touched = [leaf for leaf in self.leaves.values() if leaf.is_touched]
        insert([leaf.card for leaf in touched if leaf.is_new])
        update([leaf.card for leaf in touched if not leaf.is_new], CARD_FIELDS)
        reworded = [leaf for leaf in touched if leaf.is_reworded]
        earlier = [leaf.card for leaf in reworded if not leaf.is_new]
        if earlier:
            CardText.objects.filter(owner__in=earlier).delete()
        insert([text for leaf in reworded for text in texts_of(leaf, now)])
        insert(self.new_revisions)
        if self.settled:
            CardRevision.objects.filter(pk__in=self.settled).update(settled_at=now)
        insert(self.handovers)
        update(self.called_back, ("called_back_at", "called_back_by"))
        insert(self.new_handed)
        self._tell(touched, now, device)

    def _tell(self, touched: Sequence[Leaf], now: datetime, device: int | None) -> None:
        """Trace what was sent to its question; what was called back leaves its cluster."""
        gone = [leaf.card for leaf in touched if leaf.was_sent and leaf.card.state != CardState.SENT]
        for place in ClusterCard.objects.standing().filter(card__in=gone) if gone else ():
            place.ended_at = now
            place.save(update_fields=["ended_at"])
            unlink(("cluster", place.cluster_id), ("card", place.card_id))
        for leaf in touched:
            if leaf.card.state == CardState.SENT and not leaf.was_sent:
                link(self.table.stage.process_id, ("card", leaf.card.pk), [("question", leaf.card.round_id)])
        if touched or self.new_revisions or self.settled:
            tell_table(self.table.stage, self.table.number, "card", device=device)
        if gone or any(leaf.card.state == CardState.SENT for leaf in touched):
            tell_desk(self.table.stage, "card")
