"""The page of a table."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage, StageState
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, CardRevision, CardState, Round, Table
from burgertop.stages.summit.queries import door_of

HERE = "/en/town/summit/day/"


def page_of(table: Table, language: str = "en") -> str:
    return f"/{language}/town/summit/day/tables/{table.pk}/"


def form(text: str = "Een bank voor elke deur", **more: object) -> dict[str, object]:
    return {
        "card": str(uuid.uuid4()),
        "once": str(uuid.uuid4()),
        "revision": 0,
        "text": text,
        "language": "nl",
        "reasons": "",
        "support": "",
        **more,
    }


def test_the_square_asks_first_and_binds_on_one_press(tables: list[Table]) -> None:
    client = Client()

    asked = client.get(f"/t/{door_of(tables[0])}")
    before = client.get(page_of(tables[0])).status_code
    bound = client.post(f"/t/{door_of(tables[0])}")

    assert (asked.status_code, before, bound.status_code) == (200, 403, 302)
    assert client.get(bound["Location"]).status_code == 200


def test_a_made_up_square_says_so() -> None:
    response = Client().get("/t/made-up")

    assert response.status_code == 410
    assert "does not belong to a table" in response.content.decode()


def test_a_form_of_a_day_that_is_not_public_or_of_another_stage_leads_nowhere(
    stage: Stage, tablet: Client, organiser: Client, tables: list[Table], round_: Round
) -> None:
    address = f"{page_of(tables[3])}write/"
    elsewhere = address.replace("/summit/day/", "/summit/night/"), address.replace("/town/", "/village/")

    found = [tablet.post(where, form()).status_code for where in (address, *elsewhere, f"{page_of(tables[3])}nowhere/")]
    Stage.objects.filter(pk=stage.pk).update(state=StageState.PLANNED)
    hidden = [client.post(address, form()).status_code for client in (tablet, organiser)]

    assert found == [302, 404, 404, 404]
    assert hidden == [404, 409]  # who prepares the day sees its pages, and that no round is open


def test_a_card_by_form_asks_little_of_the_database(
    tablet: Client, tables: list[Table], round_: Round, django_assert_max_num_queries: Any
) -> None:
    address = f"{page_of(tables[3])}write/"
    tablet.post(address, form())

    with django_assert_max_num_queries(13):
        answer = tablet.post(address, form("Een tweede idee"))

    assert answer.status_code == 302


def test_a_device_that_was_ended_is_told(tables: list[Table], tablet: Client, now: datetime) -> None:
    actions.release_devices(tables[3], now=now)

    response = tablet.get(page_of(tables[3]))

    assert response.status_code == 403
    assert "This device no longer writes for its table." in response.content.decode()


def test_a_second_device_writes_too_and_takes_the_sending_over(
    tables: list[Table], tablet: Client, round_: Round
) -> None:
    second = Client()
    second.post(f"/t/{door_of(tables[3])}")
    before = second.get(page_of(tables[3])).content.decode()

    written = [one.post(f"{page_of(tables[3])}write/", form()).status_code for one in (tablet, second)]
    card = Card.objects.first()
    assert card is not None
    refused = second.post(f"{page_of(tables[3])}send/", {"card": f"{card.pk}.1", "once": str(uuid.uuid4())})
    taken = second.post(f"{page_of(tables[3])}take-send/")
    sent = second.post(f"{page_of(tables[3])}send/", {"card": f"{card.pk}.1", "once": str(uuid.uuid4())})

    assert "Device 1 sends the cards of the table." in before
    assert "Device 2 sends the cards of the table." in tablet.get(page_of(tables[3])).content.decode()
    assert "This device sends the cards of the table." in second.get(page_of(tables[3])).content.decode()
    assert (written, refused.status_code, taken.status_code, sent.status_code) == ([302, 302], 409, 302, 302)
    assert "Another device of this table sends." in refused.content.decode()
    assert list(Card.objects.order_by("number").values_list("state", flat=True)) == ["sent", "draft"]


def test_a_bilingual_table_reads_both_languages(tablet: Client, round_: Round, tables: list[Table]) -> None:
    page = tablet.get(page_of(tables[3], "nl")).content.decode()

    assert 'lang="nl"' in page
    assert 'lang="fr"' in page
    assert "Vraag 1?" in page


def test_cards_are_kept_picked_read_aloud_and_sent(tablet: Client, round_: Round, tables: list[Table]) -> None:
    bodies = [form(f"kaart {number}") for number in (1, 2)]
    for body in bodies:
        tablet.post(f"{page_of(tables[3])}write/", body)
    kept = tablet.get(page_of(tables[3])).content.decode()

    aloud = tablet.get(f"{page_of(tables[3])}read-back/", {"card": [bodies[1]["card"], "no"]}).content.decode()
    once = str(uuid.uuid4())
    sent = [
        tablet.post(f"{page_of(tables[3])}send/", {"card": f"{bodies[1]['card']}.1", "once": once}).status_code
        for _press in range(2)
    ]
    page = tablet.get(page_of(tables[3])).content.decode()

    assert "All saved here: 2. Sent: 0." in kept
    assert ("kaart 2" in aloud, "kaart 1" in aloud) == (True, False)
    assert (sent, "All saved here: 2. Sent: 1." in page) == ([302, 302], True)
    assert list(Card.objects.sent().values_list("number", flat=True)) == [2]


def test_a_card_that_was_changed_after_it_was_read_aloud_is_not_sent(
    tablet: Client, round_: Round, tables: list[Table], write: Callable[..., Card]
) -> None:
    card = write(tables[3], "Zorg", is_sent=False)
    tablet.post(f"{page_of(tables[3])}write/", form("Anders", card=str(card.pk), revision=1))

    response = tablet.post(f"{page_of(tables[3])}send/", {"card": f"{card.pk}.1", "once": "x"})

    page = response.content.decode()
    assert (response.status_code, Card.objects.sent().count()) == (409, 0)
    assert "Card 1 was changed meanwhile." in page
    assert f"{card.pk}.2" in page


def test_nothing_picked_is_said(tablet: Client, round_: Round, tables: list[Table]) -> None:
    page = tablet.get(f"{page_of(tables[3])}read-back/").content.decode()
    sent = tablet.post(f"{page_of(tables[3])}send/", {"card": ["", "no.1", f"{uuid.uuid4()}.1"]})

    assert "Pick the cards first that the table wants to send." in page
    assert sent.status_code == 409


def test_a_sent_card_is_called_back_while_the_round_is_open(
    tablet: Client, round_: Round, tables: list[Table], write: Callable[..., Card], now: datetime
) -> None:
    cards = [write(tables[3], "Zorg"), write(tables[3], "Bus")]
    address = f"{page_of(tables[3])}cards/{{}}/call-back/"

    called = tablet.post(address.format(cards[0].pk)).status_code
    actions.close_round(round_, now=now)
    late = tablet.post(address.format(cards[1].pk)).status_code

    assert (called, late) == (302, 403)
    assert list(Card.objects.order_by("number").values_list("state", flat=True)) == ["draft", "sent"]


def test_a_doubled_form_makes_one_card(tablet: Client, round_: Round, tables: list[Table]) -> None:
    body = form()

    answers = [tablet.post(f"{page_of(tables[3])}write/", body).status_code for _ in range(3)]

    assert (answers, Card.objects.count()) == ([302, 302, 302], 1)


def test_html_and_emoji_are_words_and_nothing_else(tablet: Client, round_: Round, tables: list[Table]) -> None:
    text = "<script>alert(1)</script> 👵🏽 مرحبا"

    tablet.post(f"{page_of(tables[3])}write/", form(text))
    page = tablet.get(page_of(tables[3])).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 👵🏽 مرحبا" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": ""}, "This field is required."),
        ({"text": "x" * 401}, "at most 400 characters"),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"language": "xx"}, "Select a valid choice."),
        ({"support": "-1"}, "greater than or equal to 0"),
        ({"card": "no"}, "Enter a valid UUID."),
        ({"once": ""}, "This field is required."),
        ({"revision": "many"}, "Enter a whole number."),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(
    tablet: Client, round_: Round, tables: list[Table], wrong: dict[str, str], said: str
) -> None:
    response = tablet.post(f"{page_of(tables[3])}write/", form(reasons="Keep this reason", **wrong))

    page = response.content.decode()
    assert (response.status_code, Card.objects.count()) == (200, 0)
    assert said in page
    assert "Keep this reason" in page


def test_what_was_begun_before_the_close_is_taken_and_marked(
    tablet: Client, round_: Round, tables: list[Table], now: datetime
) -> None:
    actions.close_round(round_, now=now)

    taken = tablet.post(f"{page_of(tables[3])}write/", form("Too late but not lost", round=str(round_.pk)))

    assert (taken.status_code, Card.objects.get().is_late) == (302, True)
    assert "late: the round was closed" in tablet.get(page_of(tables[3])).content.decode()


def test_without_a_round_the_text_stays_in_the_form(
    tablet: Client, round_: Round, tables: list[Table], now: datetime
) -> None:
    actions.close_round(round_, now=now)

    response = tablet.post(f"{page_of(tables[3])}write/", form("Too late but not lost"))

    page = response.content.decode()
    assert (response.status_code, Card.objects.count()) == (409, 0)
    assert "This round is closed. Nothing was lost" in page
    assert "Too late but not lost" in page


def test_two_tabs_see_both_texts(
    tablet: Client, round_: Round, tables: list[Table], write: Callable[..., Card], now: datetime
) -> None:
    card = write(tables[3], "First text")
    change = {"card": str(card.pk), "revision": 1}
    tablet.post(f"{page_of(tables[3])}write/", form("Text of tab one", **change))

    late = tablet.post(f"{page_of(tables[3])}write/", form("Text of tab two", **change))

    page = late.content.decode()
    assert late.status_code == 409
    assert "Text of tab one" in page
    assert "Text of tab two" in page
    assert 'name="revision" value="2"' in page
    card.refresh_from_db()
    assert card.say("text", "nl").text == "Text of tab one"


def test_the_table_chooses_between_two_texts(
    tablet: Client, round_: Round, tables: list[Table], write: Callable[..., Card]
) -> None:
    cards = [write(tables[3], "First text", is_sent=False) for _card in range(2)]
    for card in cards:
        change = {"card": str(card.pk), "revision": 5}
        tablet.post(f"{page_of(tables[3])}write/", form(f"Late text {card.number}", **change))
    both = tablet.get(page_of(tables[3])).content.decode()
    beside = {one.card_id: one for one in CardRevision.objects.filter(is_conflict=True)}

    settles = {one.pk: str(beside[one.pk].once) for one in cards}
    tablet.post(f"{page_of(tables[3])}cards/{cards[0].pk}/settle/", {"settles": settles[cards[0].pk]})
    chosen = {"card": str(cards[1].pk), "revision": 1, "settles": settles[cards[1].pk]}
    tablet.post(f"{page_of(tables[3])}write/", form("Late text 2", **chosen))
    after = tablet.get(page_of(tables[3])).content.decode()

    marks = [f'data-other="{once}"' for once in settles.values()]
    assert ([mark in both for mark in marks], [mark in after for mark in marks]) == ([True, True], [False, False])
    assert [one.say("text", "nl").text for one in Card.objects.order_by("number")] == ["First text", "Late text 2"]


def test_a_device_writes_for_no_other_table(tablet: Client, round_: Round, tables: list[Table]) -> None:
    response = tablet.post(f"{page_of(tables[0])}write/", form())

    assert (response.status_code, Card.objects.count()) == (403, 0)


def test_an_observer_reads_and_does_not_write(
    client_as: Callable[[Role | None], Client], round_: Round, tables: list[Table]
) -> None:
    observer = client_as(Role.OBSERVER)

    response = observer.post(f"{page_of(tables[0])}write/", form())

    assert (response.status_code, Card.objects.count()) == (403, 0)
    assert "You can read this table" in observer.get(page_of(tables[0])).content.decode()


def test_a_facilitator_helps_at_any_table(
    client_as: Callable[[Role | None], Client], round_: Round, tables: list[Table]
) -> None:
    response = client_as(Role.FACILITATOR).post(f"{page_of(tables[0])}write/", form())

    assert (response.status_code, Card.objects.count()) == (302, 1)


def test_taking_a_card_back_and_correcting_it(
    tablet: Client, round_: Round, tables: list[Table], write: Callable[..., Card]
) -> None:
    card = write(tables[3], "Zorg", is_sent=False)

    shown = tablet.get(f"{page_of(tables[3])}cards/{card.pk}/").content.decode()
    back = tablet.post(f"{page_of(tables[3])}cards/{card.pk}/withdraw/")

    card.refresh_from_db()
    assert "You are correcting card 1." in shown
    assert (back.status_code, card.state) == (302, CardState.WITHDRAWN)


def test_the_parts_are_fetched_alone(tablet: Client, round_: Round, tables: list[Table]) -> None:
    pages = [tablet.get(f"{page_of(tables[3])}?part={part}").content.decode() for part in ("top", "form", "cards")]

    assert ["<html" in page for page in pages] == [False, False, False]
    assert ["data-clock" in pages[0], 'name="text"' in pages[1], "Nothing to save yet." in pages[2]] == [True] * 3


def test_as_many_queries_for_one_card_as_for_three(
    tablet: Client,
    round_: Round,
    tables: list[Table],
    write: Callable[..., Card],
    make_queries: Callable[[Client, str], int],
) -> None:
    write(tables[3], "kaart 1", reasons="Omdat", is_sent=False)
    few = make_queries(tablet, page_of(tables[3]))
    for number in (2, 3):
        write(tables[3], f"kaart {number}", reasons="Omdat", is_sent=False)

    assert make_queries(tablet, page_of(tables[3])) == few
