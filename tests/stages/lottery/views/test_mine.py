"""Was I drawn? Everybody sees their own number and nobody else's."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from burgertop.foundation.codes.actions import make, replace
from burgertop.foundation.draws.models import Draw, Member
from burgertop.foundation.draws.queries import remaining_of, roster_of
from burgertop.web.demo.drawing import hold_draw

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2011, 10, 1, 12, tzinfo=UTC)
HERE = "/en/town/lottery/lottery/"


def entered(client: Client, member: Member) -> str:
    """Type the code of a letter and read the page it opens."""
    code = make(member.draw.stage.process_id, "seat", member.participant_id)
    return client.post(f"{HERE}code/", {"typed": code.lower()}, follow=True).content.decode()


def test_without_a_code_the_page_asks_for_one(visitor: Client, draw: Draw) -> None:
    response = visitor.get(f"{HERE}mine/", follow=True)

    assert response.redirect_chain == [(f"{HERE}code/", 302)]


def test_a_wrong_code_is_said_and_opens_nothing(visitor: Client, draw: Draw) -> None:
    response = visitor.post(f"{HERE}code/", {"typed": "nonsense"})

    assert response.status_code == 200
    assert len(response.context["form"].errors["typed"]) == 1


def test_before_the_draw_one_is_in_the_pool(visitor: Client, draw: Draw) -> None:
    page = entered(visitor, draw.members.all()[4])

    assert "your number is 5" in page
    assert "The draw has not been made yet." in page


def test_who_is_drawn_reads_yes_and_who_is_not_reads_no(draw: Draw) -> None:
    drawn = hold_draw(draw, source="dice", said="314", sealed_at=NOW)

    pages = [entered(Client(), one) for one in (roster_of(drawn)[0], remaining_of(drawn)[0])]

    assert "Yes. You have a seat." in pages[0]
    assert "No, not this time." in pages[1]


def test_a_replaced_code_no_longer_opens_the_page(visitor: Client, draw: Draw) -> None:
    member = draw.members.all()[0]
    entered(visitor, member)

    replace(draw.stage.process_id, "seat", member.participant_id)

    assert visitor.get(f"{HERE}mine/")["Location"] == f"{HERE}code/"
