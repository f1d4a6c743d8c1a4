"""Cards: once, in time, within the limit, and never lost."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest

from burgertop.foundation.process.actions import close_stage
from burgertop.foundation.process.models import Stage
from burgertop.foundation.trace.queries import came_from
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import CardDraft
from burgertop.stages.summit.models import Card, CardRevision, CardState, Round, Table

Write = Callable[..., Card]


def test_a_card_sent_twice_counts_once(round_: Round, tables: list[Table], now: datetime) -> None:
    card_id, once = uuid.uuid4(), uuid.uuid4()
    draft = CardDraft(text="Een bank voor elke deur", language="nl")

    first = actions.write_card(round_, tables[0], draft, card_id=card_id, once=once, by=None, now=now)
    second = actions.write_card(round_, tables[0], draft, card_id=card_id, once=once, by=None, now=now)

    assert (first.pk, second.pk, Card.objects.count(), CardRevision.objects.count()) == (card_id, card_id, 1, 1)


def test_the_same_form_with_another_card_id_counts_once(round_: Round, tables: list[Table], now: datetime) -> None:
    once = uuid.uuid4()
    draft = CardDraft(text="Een bank", language="nl")

    first = actions.write_card(round_, tables[0], draft, card_id=uuid.uuid4(), once=once, by=None, now=now)
    second = actions.write_card(round_, tables[0], draft, card_id=uuid.uuid4(), once=once, by=None, now=now)

    assert first == second


def test_cards_are_numbered_per_table_and_keep_what_was_written(write: Write, tables: list[Table]) -> None:
    text = "<b>Zorg</b> & 👵🏽 العربية " + "x" * 200

    cards = [write(tables[0], "één"), write(tables[0], text), write(tables[1], "drie")]

    assert [(card.table.number, card.number) for card in cards] == [(1, 1), (1, 2), (2, 1)]
    assert cards[1].say("text", "fr").text == text


def test_a_card_belongs_to_one_table(write: Write, round_: Round, tables: list[Table], now: datetime) -> None:
    card = write(tables[0], "Zorg")

    with pytest.raises(HouseError) as caught:
        actions.write_card(
            round_,
            tables[1],
            CardDraft(text="Mine", language="nl"),
            card_id=card.pk,
            once=uuid.uuid4(),
            by=None,
            now=now,
        )

    assert caught.value.code == "summit.card_elsewhere"


def test_a_table_has_so_many_cards_and_taking_one_back_frees_one(
    write: Write, tables: list[Table], now: datetime
) -> None:
    cards = [write(tables[0], f"kaart {number}") for number in range(3)]

    with pytest.raises(HouseError) as caught:
        write(tables[0], "te veel")
    actions.withdraw_card(cards[0], by=None, now=now)
    fourth = write(tables[0], "nu wel")

    assert say(caught.value) == (
        "A table has 3 cards in this round, and you have them all. Take one back to write another."
    )
    assert fourth.number == 4


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


def test_a_card_that_was_taken_back_cannot_be_changed(write: Write, tables: list[Table], now: datetime) -> None:
    card = write(tables[0], "Zorg")
    actions.withdraw_card(card, by=None, now=now)

    with pytest.raises(HouseError) as caught:
        actions.change_card(card, CardDraft(text="x", language="nl"), revision=2, once=uuid.uuid4(), by=None, now=now)

    assert caught.value.code == "summit.card_sent_away"


def test_a_sent_card_comes_from_its_question_and_its_idea(write: Write, round_: Round, tables: list[Table]) -> None:
    card, idea = write(tables[0], "Zorg"), uuid.uuid4()

    actions.link_idea(card, idea)

    assert came_from("card", card.pk) == [("question", round_.pk), ("idea", idea)]


def test_a_card_that_is_only_kept_has_no_trace(write: Write, tables: list[Table]) -> None:
    card = write(tables[0], "Zorg", is_sent=False)

    assert came_from("card", card.pk) == []
