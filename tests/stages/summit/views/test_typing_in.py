"""Cards from paper, typed in by the staff."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.test import Client

from burgertop.foundation.people.models import Role
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, Round, Table

HERE = "/en/town/summit/day/"


def form(round_: Round, **more: object) -> dict[str, object]:
    given = {"card": uuid.uuid4(), "once": uuid.uuid4(), "revision": 0, "round": round_.pk, "language": "nl"}
    return {name: str(value) for name, value in {**given, "text": "Van papier", **more}.items()}


def test_a_card_from_paper_is_marked_and_keeps_the_origin_of_its_table(
    client_as: Callable[[Role | None], Client], round_: Round, tables: list[Table], now: datetime
) -> None:
    actions.close_round(round_, now=now)
    staff, address = client_as(Role.THEME_TEAM), f"{HERE}tables/{tables[3].pk}/type/"
    body = form(round_, is_sent="on", support=6)

    answers = [staff.post(address, body).status_code for _press in range(2)]
    page = staff.get(address).content.decode()

    card = Card.objects.get()
    assert (answers, "Card 1 of the table is typed in." in page) == ([302, 302], True)
    assert (card.is_typed, card.is_late, card.state, card.origin, card.support) == (True, False, "sent", "drawn", 6)
    assert "yes" in staff.get(f"{HERE}cards.csv").content.decode().splitlines()[1].split(",")[-1]


def test_what_cannot_be_typed_in_is_said(
    organiser: Client, rounds: list[Round], round_: Round, tables: list[Table]
) -> None:
    address = f"{HERE}tables/{tables[3].pk}/type/"

    planned = organiser.post(address, form(rounds[1])).content.decode()
    empty = organiser.post(address, form(round_, text="")).content.decode()

    assert "Select a valid choice." in planned
    assert "This field is required." in empty
    assert Card.objects.count() == 0


def test_a_device_and_an_observer_do_not_type_in(
    tablet: Client, client_as: Callable[[Role | None], Client], round_: Round, tables: list[Table]
) -> None:
    address = f"{HERE}tables/{tables[3].pk}/type/"

    assert [one.get(address).status_code for one in (tablet, client_as(Role.OBSERVER))] == [403, 403]
