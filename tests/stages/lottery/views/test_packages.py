"""What the public, a member of the pool and an auditor get of a draw, and that it checks out."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from burgertop.core.sortition.package_checks import check_same_lottery, checks_of_package
from burgertop.foundation.codes.actions import make
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.models import Chance, Draw, Member
from burgertop.foundation.draws.queries import roster_of
from burgertop.foundation.people.actions import erase
from burgertop.foundation.record.models import Entry
from burgertop.web.demo.drawing import hold_draw

pytestmark = pytest.mark.django_db

NOW = datetime(2011, 10, 1, 12, tzinfo=UTC)
HERE = "/en/town/lottery/lottery/"
PUBLIC = f"{HERE}draws/hall/rounds/1/public.json"
AUDIT = f"{HERE}draws/hall/rounds/1/audit/"


@pytest.fixture
def drawn(draw: Draw) -> Draw:
    return hold_draw(draw, source="dice", said="314", sealed_at=NOW)


def states(package: dict[str, Any]) -> set[str]:
    return {check.state for check in checks_of_package(package)}


def own(client: Client, member: Member) -> HttpResponse:
    """Enter by the code of a letter and take one's own file."""
    code = make(member.draw.stage.process_id, "seat", member.participant_id)
    client.post(f"{HERE}code/", {"typed": code})
    return client.get(f"{HERE}mine/hall/1.json")


def test_the_public_package_holds_and_names_nobody(visitor: Client, drawn: Draw) -> None:
    answer = visitor.get(PUBLIC)

    package = json.loads(answer.content)
    assert "failed" not in states(package)
    assert package["pick"] == {"dice": 314, "panel": 314}
    assert (package["commitment"], package["root"]) == (drawn.rounds.get().commitment, drawn.rounds.get().root)
    assert answer["Content-Disposition"] == 'attachment; filename="hall-1-public.json"'
    people = [member.participant for member in drawn.members.select_related("participant")]
    hidden = [str(one.pk) for one in people] + [one.pool_id for one in people]
    assert not [word for word in [*hidden, "Mia", "salt"] if f'"{word}"' in answer.content.decode()]


def test_before_the_seal_there_is_no_package_and_before_the_chance_no_pick(visitor: Client, draw: Draw) -> None:
    draws.make_lottery(draw, now=NOW)
    computed = visitor.get(PUBLIC).status_code

    draws.seal(draw, chance=Chance.DICE, source="dice", now=NOW)

    assert computed == 404
    assert json.loads(visitor.get(PUBLIC).content)["pick"] is None


@pytest.mark.parametrize("is_drawn", [True, False])
def test_a_member_gets_the_proof_of_their_own_row(drawn: Draw, is_drawn: bool) -> None:
    seated = {one.pk for one in roster_of(drawn)}
    member = next(one for one in drawn.members.select_related("participant") if (one.pk in seated) == is_drawn)

    package = json.loads(own(Client(), member).content)

    assert states(package) == {"passed"} or "failed" not in states(package)
    assert check_same_lottery(package, json.loads(Client().get(PUBLIC).content)).state == "passed"
    assert (package["row"]["id"], package["is_drawn"]) == (str(member.number), is_drawn)
    assert package["row"]["values"] == [["sex", member.participant.features["sex"]]]


def test_the_page_of_a_member_says_on_which_panels_they_stand(visitor: Client, drawn: Draw) -> None:
    member = drawn.members.select_related("participant")[3]
    own(visitor, member)

    page = " ".join(visitor.get(f"{HERE}mine/").content.decode().split())

    assert "of the 1000 numbered panels." in page
    assert "Panel 314 was drawn." in page


def test_nobody_gets_the_row_of_somebody_else(visitor: Client, drawn: Draw) -> None:
    without_code = visitor.get(f"{HERE}mine/hall/1.json")

    assert without_code["Location"] == f"{HERE}code/"


def test_a_row_that_was_changed_behind_our_back_is_not_handed_out(visitor: Client, drawn: Draw) -> None:
    member = drawn.members.select_related("participant")[0]
    member.participant.features = {"sex": "X"}
    member.participant.save()

    own(visitor, member)
    page = visitor.get(f"{HERE}mine/").content.decode()

    assert "no longer what was sealed" in page


def test_rows_are_proven_after_somebody_else_was_erased(visitor: Client, drawn: Draw) -> None:
    erase(drawn.members.select_related("participant")[0].participant, now=NOW)

    package = json.loads(own(visitor, drawn.members.select_related("participant")[5]).content)

    assert "failed" not in states(package)


def test_an_auditor_gets_every_row_and_the_record_says_so(organiser: Client, drawn: Draw) -> None:
    package = json.loads(organiser.post(AUDIT).content)

    assert "failed" not in states(package)
    assert len(package["rows"]) == 12
    last = Entry.objects.order_by("number").last()
    assert last is not None
    assert (last.kind, last.facts) == ("rows_opened", {"draw": "hall", "round": 1})


def test_rows_of_erased_people_are_not_opened(organiser: Client, drawn: Draw) -> None:
    erase(drawn.members.select_related("participant")[0].participant, now=NOW)

    page = organiser.post(AUDIT, follow=True)

    assert "Not all rows can be opened any more." in page.content.decode()
    assert not Entry.objects.filter(kind="rows_opened").exists()


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999"])
def test_there_is_no_other_round(visitor: Client, drawn: Draw, number: str) -> None:
    assert visitor.get(f"{HERE}draws/hall/rounds/{number}/public.json").status_code == 404
