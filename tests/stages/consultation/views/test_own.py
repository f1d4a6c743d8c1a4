"""What an author sees of their ideas."""

import uuid
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.actions import Hand, hide, leave_out, place_idea, send_idea
from burgertop.stages.consultation.models import Idea, Moderation, Theme

Address = Callable[..., str]


def sent(stage: Stage, text: str = "Een laatste bus") -> tuple[Idea, str]:
    return send_idea(stage, text, language="nl", speech=uuid.uuid4(), once=uuid.uuid4(), now=timezone.now())


def test_the_code_opens_ones_ideas_in_any_browser(client: Client, stage: Stage, address: Address) -> None:
    _, code = sent(stage)

    page = client.post(address("mine"), {"code": code.lower().replace(" ", "-")}, follow=True)

    assert "Een laatste bus" in page.content.decode()


def test_a_wrong_code_is_explained_and_stays_in_the_field(client: Client, stage: Stage, address: Address) -> None:
    page = client.post(address("mine"), {"code": "K7M4PX9"})

    assert page.status_code == 422
    assert "K7M4PX9" in page.content.decode()


def test_the_next_idea_of_the_same_browser_has_the_same_code(client: Client, stage: Stage, address: Address) -> None:
    codes = []
    for text in ("Een laatste bus", "Meer bomen op het plein"):
        form = {"text": text, "language": "nl", "once": str(uuid.uuid4()), "send": "1"}
        codes.append(client.post(address("send"), form, follow=True).context["code"])

    own = client.get(address("mine")).context["own"]
    assert codes[0] == codes[1] != ""
    assert [idea.number for idea in own] == [2, 1]


def test_an_author_reads_the_reason_and_appeals(client: Client, stage: Stage, address: Address) -> None:
    idea, code = sent(stage)
    hide(idea, reason="insult", account=None, role=Role.MODERATOR, language="nl", now=timezone.now())
    client.post(address("mine"), {"code": code})

    page = client.get(address("mine")).content.decode()
    empty = client.post(address("appeal", pk=idea.pk), {"text": "", "once": str(uuid.uuid4())})
    done = client.post(
        address("appeal", pk=idea.pk), {"text": "Ik noem niemand.", "once": str(uuid.uuid4())}, follow=True
    )

    assert "It insults or threatens somebody." in page
    assert empty.status_code == 422
    assert "The author asked for a second look." in done.content.decode()
    assert Moderation.objects.get().say("appeal", "nl").text == "Ik noem niemand."


def test_another_visitor_cannot_appeal(client: Client, stage: Stage, address: Address) -> None:
    idea, _ = sent(stage)
    hide(idea, reason="insult", account=None, role=Role.MODERATOR, language="nl", now=timezone.now())

    page = client.post(address("appeal", pk=idea.pk), {"text": "Let me in", "once": str(uuid.uuid4())})

    assert "Only the person who sent this idea can do that." in page.content.decode()
    assert Moderation.objects.get().appealed_at is None


def test_an_author_sees_where_each_idea_went(
    client: Client, stage: Stage, address: Address, themes: list[Theme], hand: Hand
) -> None:
    taken, code = sent(stage)
    place_idea(taken, themes[0], hand=hand)
    other, _ = send_idea(
        stage,
        "Mijn eigen straat",
        language="nl",
        speech=taken.speech,
        once=uuid.uuid4(),
        now=timezone.now(),
        known_code=code,
    )  # type: ignore[arg-type]  # an author of a test
    leave_out(other, reason="too_local", hand=hand)

    page = client.post(address("mine"), {"code": code}, follow=True).content.decode()

    assert "Buses and trains" in page
    assert "It is about one street or one case" in page


def test_letting_go_leaves_the_ideas_and_cuts_the_link(client: Client, stage: Stage, address: Address) -> None:
    _, code = sent(stage)
    client.post(address("mine"), {"code": code})

    client.post(address("let_go"))

    assert Idea.objects.get().speech is None
    assert client.post(address("mine"), {"code": code}, follow=True).context["own"] == []


def test_ones_own_list_asks_as_many_questions_for_ten_ideas_as_for_fifty(
    client: Client, stage: Stage, address: Address
) -> None:
    first, code = sent(stage)
    client.post(address("mine"), {"code": code})

    def asked(number: int) -> int:
        for _ in range(number):
            values = {"language": "nl", "speech": first.speech, "once": uuid.uuid4(), "now": timezone.now()}
            send_idea(stage, f"Nog iets {uuid.uuid4()}", **values, known_code=code)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("mine")).status_code == 200
        return len(queries)

    asked(9)
    for_ten = asked(0)

    assert asked(40) == for_ten
