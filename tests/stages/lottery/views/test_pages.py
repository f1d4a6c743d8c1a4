"""What everybody sees of a lottery, and what nobody can read from it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.draws.queries import roster_of
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage, StageState
from burgertop.web.demo.drawing import hold_draw

pytestmark = pytest.mark.django_db

NOW = datetime(2011, 10, 1, 12, tzinfo=UTC)


def address(name: str, draw: str = "", language: str = "en") -> str:
    names = {"process": "town", "stage": "lottery"} | ({"draw": draw} if draw else {})
    with override(language):
        return reverse(f"lottery:{name}", kwargs=names)


@pytest.fixture
def drawn(draw: Draw) -> Draw:
    return hold_draw(draw, source="Three dice in the town hall", said="314", sealed_at=NOW)


def test_a_visitor_sees_where_each_draw_stands(visitor: Client, draw: Draw) -> None:
    page = visitor.get(address("home")).content.decode()

    assert "Hall: 4 seats" in page
    assert "12 people in the pool" in page
    assert "Desk of this draw" not in page


def test_before_the_lottery_is_under_way_its_draws_are_not_public(
    visitor: Client, organiser: Client, draw: Draw
) -> None:
    Stage.objects.update(state=StageState.PLANNED)

    assert "No draw is announced yet." in visitor.get(address("home")).content.decode()
    assert visitor.get(address("draw", "hall")).status_code == 403
    assert organiser.get(address("draw", "hall")).status_code == 200


def test_the_result_shows_numbers_digests_and_what_the_rule_promises(visitor: Client, drawn: Draw) -> None:
    page = visitor.get(address("draw", "hall")).content.decode()

    numbers = ", ".join(str(member.number) for member in roster_of(drawn))
    assert "4 people are drawn" in page
    assert numbers in page
    one = drawn.rounds.get()
    assert one.input_digest in page
    assert one.commitment in page
    assert one.result_digest in page
    assert "no other lottery gives those with the smallest chance more" in page


def test_the_public_page_and_the_screen_name_nobody(visitor: Client, drawn: Draw) -> None:
    pages = [visitor.get(address(name, "hall")).content.decode() for name in ("draw", "screen")]

    people = [member.participant for member in drawn.members.select_related("participant")]
    hidden = [str(one.pk) for one in people] + [one.pool_id for one in people if len(one.pool_id) > 2]
    assert [word for word in [*hidden, "Mia1", "Mia2", "Mia3"] for page in pages if word in page] == []


def test_counts_under_five_are_hidden_from_the_public_and_shown_at_the_desk(
    visitor: Client, organiser: Client, draw: Draw
) -> None:
    draws.fill_pool(draw, [PoolRow(f"x{n}", {"sex": "X"}, "nl") for n in range(3)])
    draws.set_quotas(draw, [Quota("sex", "F", 1, 2), Quota("sex", "M", 1, 2), Quota("sex", "X", 1, 1)])

    public = visitor.get(address("draw", "hall"))
    desk = organiser.get(address("desk", "hall"))

    assert [line.in_pool for line in public.context["features"][0].lines] == [6, 6, None]
    assert "under\u00a05" in public.content.decode()
    assert [line.in_pool for line in desk.context["features"][0].lines] == [6, 6, 3]


def test_the_page_of_a_draw_asks_as_much_for_twelve_people_as_for_sixty(
    visitor: Client, drawn: Draw, stage: Stage
) -> None:
    large = draws.found_draw(stage, "large", seats=20)
    draws.fill_pool(large, [PoolRow("", {"sex": "F" if n % 2 else "M"}, "nl") for n in range(60)])
    large = draws.set_quotas(large, [Quota("sex", "F", 5, 15), Quota("sex", "M", 5, 15)])
    hold_draw(large, source="dice", said="1", sealed_at=NOW)

    asked = []
    for name in ("hall", "large"):
        with CaptureQueriesContext(connection) as queries:
            visitor.get(address("draw", name))
        asked.append(len(queries))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize(
    "name", ["home", "draw", "screen", "desk", "roster", "names", "pool", "quotas", "duties", "code", "new_draw"]
)
def test_every_page_opens_in_every_language(organiser: Client, drawn: Draw, language: str, name: str) -> None:
    draw = "" if name in {"home", "code", "new_draw"} else "hall"

    response = organiser.get(address(name, draw, language), follow=True)

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


def test_a_name_with_markup_stays_text(organiser: Client, draw: Draw) -> None:
    draws.fill_pool(draw, [PoolRow("m", {"sex": "<script>alert(1)</script>"}, "nl")])

    page = organiser.get(address("desk", "hall")).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


READERS = {Role.ORGANISER, Role.OBSERVER, Role.PRESS, Role.DATA_PROTECTION}


@pytest.mark.parametrize("role", [None, *Role])
def test_who_may_open_which_page(client_as: Callable[[Role | None], Client], drawn: Draw, role: Role | None) -> None:
    client = client_as(role)
    public = {address("home"), address("draw", "hall"), address("screen", "hall"), address("code")}
    organisers = {address(name, "hall") for name in ("pool", "quotas", "quotas_file", "duties", "seal", "chance")}
    organisers |= {address(name, "hall") for name in ("roster", "names", "input")} | {address("new_draw")}
    organisers |= {f"/en/town/lottery/lottery/draws/hall/{name}" for name in ("selected.csv", "remaining.xlsx")}

    seen = {page for page in public | organisers | {address("desk", "hall")} if client.get(page).status_code != 403}

    expected = public | (organisers if role == Role.ORGANISER else set())
    assert seen == expected | ({address("desk", "hall")} if role in READERS else set())


@pytest.mark.parametrize("role", [None, Role.OBSERVER, Role.PRESS, Role.DATA_PROTECTION, Role.FACILITATOR])
def test_who_may_not_write_changes_nothing(
    client_as: Callable[[Role | None], Client], draw: Draw, role: Role | None
) -> None:
    client = client_as(role)
    posts = {
        address("new_draw"): {"name": "another", "seats": 3},
        address("quotas", "hall"): {"seats": 9, "least_0": 0, "most_0": 9, "least_1": 0, "most_1": 9},
        address("check", "hall"): {},
        address("compute", "hall"): {},
        address("recheck", "hall"): {},
        address("duties", "hall"): {"must": "1"},
        address("leavers", "hall"): {"number": 1},
        address("seal", "hall"): {"chance": "dice", "source": "x"},
        address("chance", "hall"): {"public_seed": "1"},
        address("names", "hall"): {"reason": "call"},
    }

    answers = {client.post(page, sent).status_code for page, sent in posts.items()}

    assert answers == {403}
    assert list(Draw.objects.values_list("name", "seats", "state")) == [("hall", 4, "preparing")]
