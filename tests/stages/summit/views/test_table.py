"""The page of a table."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from burgertop.foundation.people.models import Role
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, CardState, Round, Table
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


def test_the_device_that_was_replaced_is_told(tables: list[Table], tablet: Client) -> None:
    Client().post(f"/t/{door_of(tables[3])}")

    response = tablet.get(page_of(tables[3]))

    assert response.status_code == 403
    assert "Another device writes for this table now." in response.content.decode()


def test_a_bilingual_table_reads_both_languages(tablet: Client, round_: Round, tables: list[Table]) -> None:
    page = tablet.get(page_of(tables[3], "nl")).content.decode()

    assert 'lang="nl"' in page
    assert 'lang="fr"' in page
    assert "Vraag 1?" in page


def test_a_card_is_sent_and_counted(tablet: Client, round_: Round, tables: list[Table]) -> None:
    sent = tablet.post(f"{page_of(tables[3])}write/", form(do="send"))
    page = tablet.get(page_of(tables[3])).content.decode()

    assert sent.status_code == 302
    assert "All saved here, 1 card sent." in page
    assert "Een bank voor elke deur" in page


def test_a_doubled_form_makes_one_card(tablet: Client, round_: Round, tables: list[Table]) -> None:
    body = form(do="send")

    answers = [tablet.post(f"{page_of(tables[3])}write/", body).status_code for _ in range(3)]

    assert (answers, Card.objects.count()) == ([302, 302, 302], 1)


def test_a_kept_card_is_sent_later(tablet: Client, round_: Round, tables: list[Table]) -> None:
    body = form(do="keep")
    tablet.post(f"{page_of(tables[3])}write/", body)
    kept = Card.objects.get().state

    tablet.post(f"{page_of(tables[3])}write/", {**body, "revision": 1, "once": str(uuid.uuid4()), "do": "send"})

    assert (kept, Card.objects.get().state) == (CardState.DRAFT, CardState.SENT)


def test_html_and_emoji_are_words_and_nothing_else(tablet: Client, round_: Round, tables: list[Table]) -> None:
    text = "<script>alert(1)</script> 👵🏽 مرحبا"

    tablet.post(f"{page_of(tables[3])}write/", form(text, do="send"))
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


def test_after_the_close_the_text_stays_in_the_form(
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


def test_the_limit_of_cards_is_said(
    tablet: Client, round_: Round, tables: list[Table], write: Callable[..., Card]
) -> None:
    for number in range(3):
        write(tables[3], f"kaart {number}")

    response = tablet.post(f"{page_of(tables[3])}write/", form("One too many"))

    assert response.status_code == 409
    assert "A table has 3 cards in this round" in response.content.decode()
    assert "One too many" in response.content.decode()


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
    card = write(tables[3], "Zorg")

    shown = tablet.get(f"{page_of(tables[3])}cards/{card.pk}/").content.decode()
    back = tablet.post(f"{page_of(tables[3])}cards/{card.pk}/withdraw/")

    card.refresh_from_db()
    assert "You are correcting card 1." in shown
    assert (back.status_code, card.state) == (302, CardState.WITHDRAWN)


def test_the_parts_are_fetched_alone(tablet: Client, round_: Round, tables: list[Table]) -> None:
    pages = [tablet.get(f"{page_of(tables[3])}?part={part}").content.decode() for part in ("top", "form", "cards")]

    assert ["<html" in page for page in pages] == [False, False, False]
    assert ["data-clock" in pages[0], 'name="text"' in pages[1], "All saved here" in pages[2]] == [True] * 3


def test_as_many_queries_for_one_card_as_for_three(
    tablet: Client,
    round_: Round,
    tables: list[Table],
    write: Callable[..., Card],
    make_queries: Callable[[Client, str], int],
) -> None:
    write(tables[3], "kaart 1", reasons="Omdat")
    few = make_queries(tablet, page_of(tables[3]))
    for number in (2, 3):
        write(tables[3], f"kaart {number}", reasons="Omdat")

    assert make_queries(tablet, page_of(tables[3])) == few
