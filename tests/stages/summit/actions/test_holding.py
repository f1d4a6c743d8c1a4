"""Cards in hand at the theme desk."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, Cluster, DeskAct, DeskHold, Round, Table

Write = Callable[..., Card]
ALICE, BOB = uuid.UUID(int=1), uuid.UUID(int=2)


def test_each_person_is_dealt_another_card_and_keeps_it(
    write: Write, tables: list[Table], round_: Round, now: datetime
) -> None:
    cards = sorted((write(table, "Zorg") for table in tables[:2]), key=lambda card: str(card.pk))

    dealt = [actions.deal_card(round_, by=who, now=now) for who in (ALICE, BOB, ALICE)]

    assert dealt == [cards[0], cards[1], cards[0]]
    assert actions.deal_card(round_, by=uuid.uuid4(), now=now) is None


def test_a_card_whose_reader_went_away_is_dealt_again(
    write: Write, tables: list[Table], round_: Round, now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    actions.deal_card(round_, by=ALICE, now=now)

    with pytest.raises(HouseError) as caught:
        actions.hold_card(card, by=BOB, now=now + timedelta(seconds=60))
    later = actions.deal_card(round_, by=BOB, now=now + timedelta(seconds=91))

    assert (caught.value.code, later) == ("summit.card_in_hand", card)
    assert DeskHold.objects.get().account == BOB


def test_putting_back_goes_on_to_the_next_and_round_again(
    write: Write, tables: list[Table], round_: Round, now: datetime
) -> None:
    for table in tables[:3]:
        write(table, "Zorg")
    first = actions.deal_card(round_, by=ALICE, now=now)
    assert first is not None
    seen = [first]
    for _ in range(3):
        dealt = actions.deal_card(round_, by=ALICE, now=now, after=seen[-1])
        assert dealt is not None
        seen.append(dealt)

    assert len(set(seen[:3])) == 3
    assert seen[3] == first


def test_a_decision_knows_how_long_the_card_was_in_hand_and_frees_it(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    actions.deal_card(round_, by=ALICE, now=now)

    actions.place_card(card, clusters[0], by=ALICE, now=now + timedelta(seconds=12))

    assert (DeskAct.objects.get(kind="place").seconds, DeskHold.objects.count()) == (12.0, 0)


def test_a_card_that_is_taken_back_is_in_hand_again_before_anybody_else_is_dealt_it(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    actions.place_card(card, clusters[0], by=ALICE, now=now)

    actions.undo_last(round_, by=ALICE, now=now)

    assert actions.deal_card(round_, by=BOB, now=now) is None
    assert actions.deal_card(round_, by=ALICE, now=now) == card


def test_a_card_that_somebody_is_about_to_confirm_can_be_taken_back_all_the_same(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    actions.place_card(card, clusters[0], by=ALICE, now=now)
    actions.deal_check(round_, by=BOB, now=now)

    actions.undo_last(round_, by=ALICE, now=now)

    assert list(Card.objects.unplaced()) == [card]
    assert DeskHold.objects.get().account == BOB


def test_only_what_others_placed_is_dealt_to_be_confirmed(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    mine, theirs = write(tables[0], "Zorg"), write(tables[1], "Bus")
    actions.place_card(mine, clusters[0], by=ALICE, now=now)
    placement = actions.place_card(theirs, clusters[0], by=BOB, now=now)

    dealt = actions.deal_check(round_, by=ALICE, now=now)
    actions.confirm_placements(round_, [placement.pk], by=ALICE, now=now)

    assert (dealt, actions.deal_check(round_, by=ALICE, now=now)) == (theirs, None)
