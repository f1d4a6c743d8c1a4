"""Cards: once, in time, within the limit, and never lost."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest

from burgertop.foundation.process.actions import close_stage
from burgertop.foundation.process.models import Stage
from burgertop.foundation.trace.queries import came_from
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.actions import CardDraft
from burgertop.stages.summit.actions.book import Book
from burgertop.stages.summit.models import (
    Card,
    CardRevision,
    CardState,
    Cluster,
    Handover,
    HandoverCard,
    Round,
    Table,
)

Write = Callable[..., Card]


def test_a_card_sent_twice_counts_once(round_: Round, tables: list[Table], now: datetime) -> None:
    card_id, once = uuid.uuid4(), uuid.uuid4()
    draft = CardDraft(text="Een bank voor elke deur", language="nl")

    first = actions.write_card(round_.pk, tables[0], draft, card_id=card_id, once=once, by=None, now=now)
    second = actions.write_card(round_.pk, tables[0], draft, card_id=card_id, once=once, by=None, now=now)

    assert (first.pk, second.pk, Card.objects.count(), CardRevision.objects.count()) == (card_id, card_id, 1, 1)


def test_the_same_form_with_another_card_id_counts_once(round_: Round, tables: list[Table], now: datetime) -> None:
    once = uuid.uuid4()
    draft = CardDraft(text="Een bank", language="nl")

    first = actions.write_card(round_.pk, tables[0], draft, card_id=uuid.uuid4(), once=once, by=None, now=now)
    second = actions.write_card(round_.pk, tables[0], draft, card_id=uuid.uuid4(), once=once, by=None, now=now)

    assert first == second


def test_cards_are_numbered_per_table_and_keep_what_was_written(write: Write, tables: list[Table]) -> None:
    text = "<b>Zorg</b> & 👵🏽 العربية " + "x" * 200

    cards = [write(tables[0], "één"), write(tables[0], text), write(tables[1], "drie")]

    assert [(card.table.number, card.number) for card in cards] == [(1, 1), (1, 2), (2, 1)]
    assert cards[1].say("text", "fr").text == text


def test_of_a_table_only_the_card_that_changes_is_read(write: Write, tables: list[Table], now: datetime) -> None:
    """A table that has written much is not slower than one that begins."""
    cards = [write(tables[0], f"kaart {number}") for number in range(3)]
    actions.call_back_card(cards[1], by=None, now=now)

    book = Book.open(tables[0], [cards[0].pk], [cards[2].once])
    rest = book.rest(cards[0].round)

    assert set(book.leaves) == {cards[0].pk, cards[2].pk}
    assert (rest.written, rest.sent, rest.last_number) == (1, 0, 2)


def test_a_card_belongs_to_one_table(write: Write, round_: Round, tables: list[Table], now: datetime) -> None:
    card = write(tables[0], "Zorg")

    with pytest.raises(HouseError) as caught:
        actions.write_card(
            round_.pk,
            tables[1],
            CardDraft(text="Mine", language="nl"),
            card_id=card.pk,
            once=uuid.uuid4(),
            by=None,
            now=now,
        )

    assert caught.value.code == "summit.card_elsewhere"


def test_a_table_keeps_as_many_cards_as_it_likes_and_sends_so_many(
    write: Write, round_: Round, tables: list[Table], now: datetime
) -> None:
    cards = [write(tables[0], f"kaart {number}", is_sent=False) for number in range(5)]
    picked = [(card.pk, card.revision) for card in cards]

    with pytest.raises(HouseError) as caught:
        actions.send_cards(tables[0], picked, once=uuid.uuid4(), by=None, now=now)
    none_sent = Card.objects.sent().count()
    actions.send_cards(tables[0], picked[:3], once=uuid.uuid4(), by=None, now=now)
    actions.call_back_card(cards[0], by=None, now=now)
    actions.send_cards(tables[0], picked[4:], once=uuid.uuid4(), by=None, now=now)

    assert say(caught.value) == "A table sends 3 cards in this round. Pick fewer, or call a sent one back first."
    assert none_sent == 0
    assert [card.number for card in Card.objects.sent()] == [2, 3, 5]


def test_what_was_read_aloud_is_what_is_sent(write: Write, round_: Round, tables: list[Table], now: datetime) -> None:
    card = write(tables[0], "Zorg", is_sent=False)
    draft = CardDraft(text="Zorgverlof", language="nl", is_sent=False)
    actions.change_card(card, draft, revision=1, once=uuid.uuid4(), by=None, now=now)

    with pytest.raises(HouseError) as caught:
        actions.send_cards(tables[0], [(card.pk, 1)], once=uuid.uuid4(), by=None, now=now)

    assert (caught.value.code, Card.objects.sent().count()) == ("summit.card_changed", 0)


def test_a_handover_is_kept_with_who_and_when_and_a_second_press_changes_nothing(
    write: Write, round_: Round, tables: list[Table], now: datetime
) -> None:
    card, once, device = write(tables[0], "Zorg", is_sent=False), uuid.uuid4(), uuid.uuid4()

    handovers = [actions.send_cards(tables[0], [(card.pk, 1)], once=once, by=device, now=now) for _press in range(2)]
    actions.call_back_card(card, by=device, now=now)

    assert handovers[0] == handovers[1]
    handed = HandoverCard.objects.get()
    assert (handed.handover.sent_by, handed.handover.agreed_at, handed.revision) == (device, now, 1)
    assert (handed.called_back_at, handed.called_back_by) == (now, device)


def test_a_card_that_was_called_back_leaves_the_desk(
    write: Write, clusters: list[Cluster], tables: list[Table], now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    actions.place_card(card, clusters[0], by=None, now=now)

    actions.call_back_card(card, by=None, now=now)

    card.refresh_from_db()
    assert (card.state, card.sent_at, card.placements.standing().count()) == (CardState.DRAFT, None, 0)
    assert came_from("cluster", clusters[0].pk) == []


def test_a_change_keeps_the_history(write: Write, tables: list[Table], now: datetime) -> None:
    card = write(tables[0], "Zorg", is_sent=False)

    outcome = actions.change_card(
        card, CardDraft(text="Zorgverlof", language="nl"), revision=1, once=uuid.uuid4(), by=None, now=now
    )

    assert (outcome.conflict, outcome.card.revision, outcome.card.state) == (None, 2, CardState.SENT)
    assert list(card.revisions.values_list("number", "text")) == [(1, "Zorg"), (2, "Zorgverlof")]


def test_a_stale_change_is_kept_beside_the_card(write: Write, tables: list[Table], now: datetime) -> None:
    card = write(tables[0], "Zorg")
    first, late = uuid.uuid4(), uuid.uuid4()
    actions.change_card(card, CardDraft(text="Eerst", language="nl"), revision=1, once=first, by=None, now=now)

    outcome = actions.change_card(
        card, CardDraft(text="Te laat", language="nl"), revision=1, once=late, by=None, now=now
    )
    again = actions.change_card(card, CardDraft(text="Te laat", language="nl"), revision=1, once=late, by=None, now=now)

    assert outcome.conflict is not None
    assert (outcome.conflict.text, outcome.card.say("text", "nl").text) == ("Te laat", "Eerst")
    assert again.conflict == outcome.conflict
    assert CardRevision.objects.filter(card=card).count() == 3


def test_a_changed_language_leaves_no_old_words(write: Write, tables: list[Table], now: datetime) -> None:
    card = write(tables[3], "Zorg", reasons="Omdat")

    actions.change_card(card, CardDraft(text="Soins", language="fr"), revision=1, once=uuid.uuid4(), by=None, now=now)

    assert list(card.texts.values_list("name", "language", "body")) == [("text", "fr", "Soins")]


def test_a_closed_round_takes_nothing_more(write: Write, round_: Round, tables: list[Table], now: datetime) -> None:
    card = write(tables[0], "Zorg")
    actions.close_round(round_, now=now)

    draft = CardDraft(text="Te laat", language="nl")
    for attempt in (
        lambda: write(tables[0], "Te laat"),
        lambda: actions.change_card(card, draft, revision=1, once=uuid.uuid4(), by=None, now=now),
        lambda: actions.withdraw_card(card, by=None, now=now),
        lambda: actions.call_back_card(card, by=None, now=now),
    ):
        with pytest.raises(HouseError) as caught:
            attempt()
        assert caught.value.code == "summit.round_closed"

    assert Card.objects.get().say("text", "nl").text == "Zorg"


def test_a_closed_summit_takes_nothing_more(write: Write, stage: Stage, tables: list[Table], now: datetime) -> None:
    close_stage(stage, now=now)

    with pytest.raises(HouseError) as caught:
        write(tables[0], "Te laat")

    assert caught.value.code == "summit.round_closed"


def test_what_was_written_before_the_close_is_taken_late_and_marked(
    write: Write, round_: Round, tables: list[Table], now: datetime
) -> None:
    card, draft = write(tables[0], "Zorg", is_sent=False), CardDraft(text="Te laat", language="nl", is_sent=False)
    actions.close_round(round_, now=now)

    new = actions.write_card(
        round_.pk, tables[0], draft, card_id=uuid.uuid4(), once=uuid.uuid4(), by=None, now=now, takes_late=True
    )
    actions.send_cards(tables[0], [(card.pk, 1)], once=uuid.uuid4(), by=None, now=now, takes_late=True)

    card.refresh_from_db()
    assert [(one.is_late, one.state) for one in (new, card)] == [(True, CardState.DRAFT), (True, CardState.SENT)]
    assert Handover.objects.get().is_late


def test_a_card_that_was_taken_off_comes_back_when_somebody_writes_on(
    write: Write, round_: Round, tables: list[Table], now: datetime
) -> None:
    card, draft = write(tables[0], "Zorg", is_sent=False), CardDraft(text="Toch", language="nl", is_sent=False)
    actions.withdraw_card(card, by=None, now=now)

    with pytest.raises(HouseError) as caught:
        actions.send_cards(tables[0], [(card.pk, 2)], once=uuid.uuid4(), by=None, now=now)
    stale = actions.change_card(card, draft, revision=1, once=uuid.uuid4(), by=None, now=now)
    knowing = actions.change_card(card, draft, revision=2, once=uuid.uuid4(), by=None, now=now)

    assert caught.value.code == "summit.card_sent_away"
    assert (stale.conflict is not None, stale.card.state) == (True, CardState.WITHDRAWN)
    assert (knowing.conflict, knowing.card.state) == (None, CardState.DRAFT)


def test_the_table_chooses_between_two_texts(write: Write, round_: Round, tables: list[Table], now: datetime) -> None:
    card, other = write(tables[0], "Eerst", is_sent=False), write(tables[0], "Ander", is_sent=False)
    late = CardDraft(text="Te laat", language="nl", is_sent=False)
    beside = [
        actions.change_card(one, late, revision=0, once=uuid.uuid4(), by=None, now=now).conflict
        for one in (card, other)
    ]
    assert beside[0] is not None
    assert beside[1] is not None
    waiting = [len(one.beside) for one in queries.cards_at(tables[0], round_)]  # type: ignore[attr-defined]  # prefetched

    actions.settle_card(card, [beside[0].once], now=now)
    actions.change_card(other, late, revision=1, once=uuid.uuid4(), by=None, now=now, settles=[beside[1].once])

    shown = queries.cards_at(tables[0], round_)
    assert waiting == [1, 1]
    assert [(one.say("text", "nl").text, len(one.beside)) for one in shown] == [("Te laat", 0), ("Eerst", 0)]  # type: ignore[attr-defined]  # prefetched
    assert CardRevision.objects.filter(is_conflict=True).count() == 2


def test_a_sent_card_comes_from_its_question_and_its_idea(write: Write, round_: Round, tables: list[Table]) -> None:
    card, idea = write(tables[0], "Zorg"), uuid.uuid4()

    actions.link_idea(card, idea)

    assert came_from("card", card.pk) == [("question", round_.pk), ("idea", idea)]


def test_a_card_that_is_only_kept_has_no_trace(write: Write, tables: list[Table]) -> None:
    card = write(tables[0], "Zorg", is_sent=False)

    assert came_from("card", card.pk) == []
