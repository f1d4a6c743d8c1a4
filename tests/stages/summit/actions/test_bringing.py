"""What devices bring: whatever the order, the retries and the clocks, nothing is lost and nothing doubled."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from itertools import count

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from burgertop.foundation.live.models import Message
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import Answer, Brought, CardDraft, ChangeKind
from burgertop.stages.summit.models import Card, CardRevision, CardState, Device, HandoverCard, Round, Table
from burgertop.stages.summit.news import table_topic

ids = count(1)


def key() -> uuid.UUID:
    return uuid.UUID(int=next(ids))


def draft(text: str) -> CardDraft:
    return CardDraft(text=text, language="nl", is_sent=False)


def written(round_: Round, text: str, card: uuid.UUID | None = None, base: uuid.UUID | None = None) -> Brought:
    once = key()
    return Brought(once, ChangeKind.WRITE, str(once), card or key(), base, round_.pk, draft(text))


def sent(*changes: Brought) -> Brought:
    once = key()
    picked = tuple((one.card, one.once) for one in changes if one.card is not None)
    return Brought(once, ChangeKind.SEND, str(once), picked=picked)


def bring(table: Table, changes: Sequence[Brought], now: datetime, *, may_send: bool = True) -> list[Answer]:
    device = Device(id=uuid.UUID(int=0), table=table, number=1, is_sender=may_send)
    return actions.bring_changes(table, changes, device=device, now=now)


def told(answers: Sequence[Answer]) -> list[tuple[str, str]]:
    return [(str(one.outcome), one.code) for one in answers]


def test_two_hundred_changes_of_one_card_in_one_batch(
    round_: Round, tables: list[Table], now: datetime, django_assert_max_num_queries: object
) -> None:
    changes = [written(round_, "0")]
    for number in range(1, 200):
        changes.append(written(round_, str(number), changes[0].card, changes[-1].once))

    with django_assert_max_num_queries(40):  # type: ignore[operator]  # pytest-django gives a context
        answers = bring(tables[0], changes, now)

    card = Card.objects.get()
    assert {one.outcome for one in answers} == {"taken"}
    assert (card.revision, card.say("text", "nl").text) == (200, "199")
    assert list(card.revisions.values_list("text", flat=True)) == [str(number) for number in range(200)]


def test_the_same_key_gets_the_same_answer_and_another_request_under_it_is_refused(
    round_: Round, tables: list[Table], now: datetime
) -> None:
    change = written(round_, "Zorg")
    other = Brought(change.once, ChangeKind.WRITE, "other", change.card, None, round_.pk, draft("Iets anders"))

    first, again, misused = (bring(tables[0], [one], now)[0] for one in (change, change, other))

    assert [(one.outcome, one.is_again, one.code) for one in (first, again, misused)] == [
        ("taken", False, ""),
        ("taken", True, ""),
        ("refused", False, "summit.key_used"),
    ]
    assert [one.text for one in CardRevision.objects.all()] == ["Zorg"]


def test_two_devices_that_change_one_card_lose_nothing_and_the_later_text_waits(
    round_: Round, tables: list[Table], now: datetime
) -> None:
    begun = written(round_, "Zorg")
    bring(tables[0], [begun], now)
    first = written(round_, "Zorg voor ouderen", begun.card, begun.once)
    late = written(round_, "Zorgverlof", begun.card, begun.once)
    later = written(round_, "Zorgverlof voor wie zorgt", begun.card, late.once)

    answers = [*bring(tables[0], [first], now), *bring(tables[0], [late, later], now)]

    assert told(answers) == [("taken", ""), ("conflict", ""), ("conflict", "")]
    card = Card.objects.get()
    assert (card.revision, card.say("text", "nl").text) == (2, "Zorg voor ouderen")
    waiting = CardRevision.objects.filter(is_conflict=True, settled_at__isnull=True)
    assert [one.text for one in waiting] == ["Zorgverlof voor wie zorgt"]
    assert CardRevision.objects.count() == 4


def test_only_the_device_that_sends_sends(round_: Round, tables: list[Table], now: datetime) -> None:
    card = written(round_, "Zorg")

    answers = bring(tables[0], [card, sent(card)], now, may_send=False)

    assert told(answers) == [("taken", ""), ("refused", "summit.other_device_sends")]
    assert Card.objects.get().state == CardState.DRAFT


def test_what_comes_after_the_close_is_taken_late_and_what_the_desk_has_stays(
    round_: Round, tables: list[Table], now: datetime
) -> None:
    one, other = written(round_, "Zorg"), written(round_, "Bus")
    bring(tables[0], [one, sent(one)], now)
    actions.close_round(round_, now=now)

    answers = bring(tables[0], [other, sent(other), Brought(key(), ChangeKind.CALL_BACK, "x", card=one.card)], now)

    assert told(answers) == [("taken", ""), ("taken", ""), ("refused", "summit.round_closed")]
    cards = Card.objects.order_by("number")
    assert [(card.state, card.is_late) for card in cards] == [("sent", False), ("sent", True)]


def test_one_change_that_cannot_be_taken_stops_no_other(
    round_: Round, rounds: list[Round], tables: list[Table], now: datetime
) -> None:
    mine, good = written(round_, "Zorg"), written(round_, "Bus")
    bring(tables[0], [mine], now)

    answers = bring(
        tables[1],
        [
            written(round_, "Diefstal", mine.card, mine.once),
            written(rounds[1], "Te vroeg"),
            written(round_, "Onbekend", key(), key()),
            Brought(key(), ChangeKind.SEND, "none"),
            Brought(key(), ChangeKind.WITHDRAW, "gone", card=key()),
            Brought(mine.once, ChangeKind.SETTLE, "late", card=good.card),
            good,
        ],
        now,
    )

    assert [code for _outcome, code in told(answers)] == [
        "summit.card_elsewhere",
        "summit.round_closed",
        "summit.no_such_card",
        "summit.nothing_picked",
        "summit.no_such_card",
        "summit.no_such_card",
        "",
    ]
    assert [card.say("text", "nl").text for card in Card.objects.order_by("table__number")] == ["Zorg", "Bus"]


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),  # which device
        st.sampled_from(["new", "edit", "edit", "edit", "off", "send", "bring", "bring", "lost", "choose", "over"]),
        st.integers(0, 3),  # which card
    ),
    min_size=8,
    max_size=40,
)


class Tablet:
    """A device with its own view of the cards: what it was told, and what it has not brought."""

    def __init__(self, *, sends: bool) -> None:
        self.sends = sends
        self.heads: dict[uuid.UUID, uuid.UUID] = {}
        self.order: list[uuid.UUID] = []
        self.waiting: list[Brought] = []

    def add(self, change: Brought) -> None:
        self.waiting.append(change)
        if change.card is not None and change.kind in {ChangeKind.WRITE, ChangeKind.WITHDRAW}:
            if change.card not in self.heads:
                self.order.append(change.card)
            self.heads[change.card] = change.once

    def hear(self) -> None:
        heads = CardRevision.objects.filter(number=F("card__revision"), is_conflict=False)
        for card, once in heads.order_by("card__number").values_list("card_id", "once"):
            if card not in self.heads:
                self.order.append(card)
            self.heads[card] = once


def asked(round_: Round, tablet: Tablet, what: str, card: uuid.UUID | None, text: str) -> Brought | None:
    """The change that a step makes on a device."""
    if what == "new" or (what in {"edit", "choose"} and card is None):
        return written(round_, text)
    if card is None:
        return None
    once, head = key(), tablet.heads[card]
    if what in {"edit", "choose"}:
        return written(round_, text, card, head)
    if what == "off":
        return Brought(once, ChangeKind.WITHDRAW, str(once), card, head)
    if what == "send":
        return Brought(once, ChangeKind.SEND, str(once), picked=((card, head),))
    return None


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
@pytest.mark.django_db(transaction=False)
def test_two_devices_in_any_order_lose_nothing_and_double_nothing(
    round_: Round, tables: list[Table], now: datetime, steps: Sequence[tuple[int, str, int]]
) -> None:
    for model in (HandoverCard, CardRevision, Card):
        model.objects.all().delete()
    actions.open_round(round_, now=now)
    tablets, texts, brought = [Tablet(sends=True), Tablet(sends=False)], [], []
    for number, (which, what, place) in enumerate(steps):
        tablet = tablets[which]
        card = tablet.order[place % len(tablet.order)] if tablet.order else None
        if (change := asked(round_, tablet, what, card, f"tekst {number}")) is not None:
            texts += [change.draft.text] if change.draft is not None else []
            tablet.add(change)
        elif what == "over":
            actions.close_round(round_, now=now)
        elif tablet.waiting:
            before = bring(tables[0], tablet.waiting, now, may_send=tablet.sends)
            brought += tablet.waiting
            if what == "lost":  # the answer did not come through: everything is brought again
                assert [one.outcome for one in bring(tables[0], tablet.waiting, now)] == [one.outcome for one in before]
            tablet.waiting = []
            tablet.hear()
    for tablet in tablets:
        bring(tables[0], tablet.waiting, now, may_send=tablet.sends)
        brought += tablet.waiting
        bring(tables[0], tablet.waiting, now, may_send=tablet.sends)

    kept = list(CardRevision.objects.filter(text__in=texts).exclude(state=CardState.WITHDRAWN, is_conflict=False))
    assert sorted({one.text for one in kept}) == sorted(texts)
    assert len({one.once for one in CardRevision.objects.all()}) == CardRevision.objects.count()
    for card in Card.objects.all():
        numbers = list(card.revisions.filter(is_conflict=False).values_list("number", flat=True))
        assert numbers == list(range(1, card.revision + 1))
        assert HandoverCard.objects.standing().filter(card=card).count() == int(card.state == CardState.SENT)
    assert Card.objects.sent().count() <= round_.cards_limit
    writes = {one.card for one in brought if one.kind == ChangeKind.WRITE}
    assert Card.objects.count() == len(writes)


def test_the_news_of_a_table_name_the_device_that_knows_them(round_: Round, tables: list[Table], now: datetime) -> None:
    bring(tables[0], [written(round_, "Een bank")], now)

    told = Message.objects.filter(topic=table_topic(tables[0].stage, tables[0].number)).order_by("number").last()

    assert told is not None
    assert told.body == {"kind": "card", "device": 1}
