"""Sending and reading ideas in a browser."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.actions import Hand, hide, place_ideas, rate
from burgertop.stages.consultation.models import Idea, IdeaState, Rating, Theme

Address = Callable[..., str]
SendIdea = Callable[..., Idea]


def filled(text: str, **more: object) -> dict[str, object]:
    return {"text": text, "language": "nl", "place": "", "once": str(uuid.uuid4()), **more}


def test_an_idea_is_sent_and_received_with_its_number_and_code(client: Client, stage: Stage, address: Address) -> None:
    page = client.post(address("send"), filled("Een laatste bus voor elk dorp"), follow=True)

    words = page.content.decode()
    assert page.redirect_chain[0][0] == address("received", pk=Idea.objects.get().pk)
    assert "It is idea 1." in words
    assert re.search(r'class="code"[^>]*>[0-9A-Z]{4} [0-9A-Z]{4} [0-9A-Z]{2}<', words)


def test_the_same_form_in_two_tabs_gives_one_idea(client: Client, stage: Stage, address: Address) -> None:
    form = filled("Een laatste bus voor elk dorp")

    pages = [client.post(address("send"), form, follow=True) for _ in range(2)]

    assert [page.redirect_chain[0][0] for page in pages] == [address("received", pk=Idea.objects.get().pk)] * 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write your idea first."),
        ("x" * 450, "Your text has 450 characters."),
        ("??", "Write your idea first."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, stage: Stage, address: Address, text: str, sentence: str
) -> None:
    page = client.post(address("send"), filled(text, place="Gent"))

    words = page.content.decode()
    assert page.status_code == 422
    assert sentence in words
    assert text in words
    assert 'value="Gent"' in words
    assert not Idea.objects.exists()


def test_html_is_shown_as_text(client: Client, stage: Stage, address: Address) -> None:
    client.post(address("send"), filled("<script>alert(1)</script> meer bussen 🚌"))

    words = client.get(address("idea", pk=Idea.objects.get().pk)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; meer bussen 🚌" in words
    assert "<script>alert" not in words


def test_similar_ideas_come_first_and_both_ways_are_open(
    client: Client, stage: Stage, address: Address, idea_from: SendIdea
) -> None:
    known = idea_from("Een laatste bus in de avond voor elk dorp", language="nl")
    form = filled("In de avond een laatste bus voor mijn dorp")

    second_step = client.post(address("send"), form)
    assert "Is your idea like this one?" in second_step.content.decode()
    assert Idea.objects.count() == 1

    client.post(address("support", pk=known.pk), form)
    client.post(address("send"), {**form, "send": "1"})

    assert list(Rating.objects.values_list("idea", "value")) == [(known.pk, 1)]
    assert Idea.objects.count() == 2


def test_after_the_end_the_page_says_so_and_a_late_form_keeps_its_text(
    client: Client, closed_stage: Stage, address: Address
) -> None:
    shown = client.get(address("send")).content.decode()
    late = client.post(address("send"), filled("Een laatste bus"))

    assert "Ideas are not taken now." in shown
    assert late.status_code == 422
    assert "Een laatste bus" in late.content.decode()
    assert not Idea.objects.exists()


def test_the_received_page_is_for_the_author_only(
    client: Client, stage: Stage, address: Address, idea_from: SendIdea
) -> None:
    idea = idea_from()

    assert client.get(address("received", pk=idea.pk)).headers["Location"] == address("mine")


def test_a_hidden_idea_shows_its_reason_and_not_its_words(
    client: Client, stage: Stage, address: Address, idea_from: SendIdea
) -> None:
    idea = idea_from("Rude words about my neighbor")
    hide(idea, reason="insult", account=None, role=Role.MODERATOR, language="en", now=timezone.now())

    page = client.get(address("idea", pk=idea.pk)).content.decode()
    listed = client.get(address("ideas")).content.decode()
    assert "It insults or threatens somebody." in page
    assert "Rude words" not in page + listed


def test_an_idea_that_waits_is_not_there_for_others(
    client: Client, stage: Stage, address: Address, idea_from: SendIdea
) -> None:
    idea = idea_from()
    Idea.objects.update(state=IdeaState.HELD)

    assert client.get(address("idea", pk=idea.pk)).status_code == 404


def test_figures_are_shown_when_rating_is_over(
    client: Client, stage: Stage, address: Address, idea_from: SendIdea
) -> None:
    idea, now = idea_from(), timezone.now()
    for value in (1, 1, -1):
        rate(stage, idea, rater=uuid.uuid4(), value=value, now=now)

    during = client.get(address("ideas")).content.decode()
    Stage.objects.filter(pk=stage.pk).update(closes_at=now + timedelta(microseconds=1))
    after = client.get(address("ideas")).content.decode()

    assert "3 ratings" in during
    assert "people agree" not in during
    assert "2 of 3 people agree" in after


def test_the_order_by_chance_stays_the_same_from_page_to_page(
    client: Client, stage: Stage, address: Address, idea_from: SendIdea
) -> None:
    for number in range(30):
        idea_from(f"Idea about subject {number}")
    first = client.get(address("ideas"))

    seed = first.context["seed"]
    again = client.get(address("ideas"), {"seed": seed})
    second = client.get(address("ideas"), {"seed": seed, "page": 2})

    assert f"seed={seed}" in first.content.decode()
    assert [idea.pk for idea in first.context["ideas"]] == [idea.pk for idea in again.context["ideas"]]
    seen = {idea.pk for page in (first, second) for idea in page.context["ideas"]}
    assert seen == set(Idea.objects.values_list("pk", flat=True))


def test_words_language_and_theme_narrow_the_list(
    client: Client, stage: Stage, address: Address, idea_from: SendIdea, themes: list[Theme], hand: Hand
) -> None:
    bus, train = idea_from("A last bus"), idea_from("Un dernier train", language="fr")
    place_ideas([bus], themes[0], hand=hand)

    found = [
        [idea.pk for idea in client.get(address("ideas"), asked).context["ideas"]]
        for asked in ({"q": "BUS"}, {"language": "fr"}, {"theme": "buses-and-trains"}, {"theme": "nonsense"})
    ]

    assert found[:3] == [[bus.pk], [train.pk], [bus.pk]]
    assert len(found[3]) == 2


@pytest.mark.parametrize("name", ["home", "ideas", "themes", "not_taken", "rules"])
def test_lists_ask_as_many_questions_for_one_idea_as_for_fifty(
    client: Client, stage: Stage, address: Address, idea_from: SendIdea, themes: list[Theme], hand: Hand, name: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(name)).status_code == 200
        return len(queries)

    client.get(address("rules"))
    place_ideas([idea_from("The first of all")], themes[0], hand=hand)
    for_one = asked()
    more = [idea_from(f"Subject {number}") for number in range(49)]
    place_ideas(more, themes[0], hand=hand)

    assert asked() == for_one
