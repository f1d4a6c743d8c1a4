"""Rating in a browser."""

import uuid
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.actions import set_up
from burgertop.stages.consultation.models import Idea, Rating

Address = Callable[..., str]


def test_every_idea_comes_by_once_and_the_last_answer_can_be_changed(
    client: Client, stage: Stage, address: Address, idea_from: Callable[..., Idea]
) -> None:
    for number in range(4):
        idea_from(f"Subject {number}")
    client.post(address("leave"))
    seen = []

    page = client.get(address("rate"))
    while page.context["idea"]:
        idea = page.context["idea"]
        seen.append(idea.number)
        page = client.post(address("rate_idea", pk=idea.pk), {"rating": "agree"}, follow=True)
    again = client.get(address("rate"), {"again": str(page.context["last"])})
    client.post(address("rate_idea", pk=again.context["idea"].pk), {"rating": "disagree"})

    assert sorted(seen) == [1, 2, 3, 4]
    assert "You have rated every idea" in page.content.decode()
    assert again.context["before"] == 1
    assert sorted(Rating.objects.values_list("value", flat=True)) == [-1, 1, 1, 1]


def test_ones_own_idea_does_not_come_by(client: Client, stage: Stage, address: Address) -> None:
    client.post(address("send"), {"text": "Een laatste bus", "language": "nl", "once": str(uuid.uuid4())})

    assert client.get(address("rate")).context["idea"] is None


def test_a_rating_and_an_idea_of_one_browser_share_no_id(
    client: Client, stage: Stage, address: Address, idea_from: Callable[..., Idea]
) -> None:
    other = idea_from()
    client.post(address("send"), {"text": "Meer bomen", "language": "nl", "once": str(uuid.uuid4())})

    client.post(address("rate_idea", pk=other.pk), {"rating": "agree"})

    assert Rating.objects.get().rater not in set(Idea.objects.values_list("speech", flat=True))


def test_an_answer_that_is_none_of_the_three_is_not_stored(
    client: Client, stage: Stage, address: Address, idea_from: Callable[..., Idea]
) -> None:
    page = client.post(address("rate_idea", pk=idea_from().pk), {"rating": "love"}, follow=True)

    assert "Choose one of the three answers." in page.content.decode()
    assert not Rating.objects.exists()


def test_only_contributors_rate_when_the_process_chose_so(
    client: Client, stage: Stage, address: Address, idea_from: Callable[..., Idea]
) -> None:
    idea, now = idea_from("A last bus"), timezone.now()
    rules = {"ideas_until": None, "ratings_until": None, "is_read_first": False, "most_per_hour": 9, "most_choices": 3}
    set_up(stage, **rules, raters="contributors", now=now)

    refused = client.post(address("rate_idea", pk=idea.pk), {"rating": "agree"}, follow=True).content.decode()
    client.post(address("send"), {"text": "Meer bomen", "language": "nl", "once": str(uuid.uuid4())})
    client.post(address("rate_idea", pk=idea.pk), {"rating": "agree"})

    assert "Here people rate who sent in an idea." in refused
    assert Rating.objects.count() == 1


def test_a_late_rating_is_not_stored_and_said_so(
    client: Client, stage: Stage, address: Address, idea_from: Callable[..., Idea]
) -> None:
    idea = idea_from()
    Stage.objects.filter(pk=stage.pk).update(state="closed")

    page = client.post(address("rate_idea", pk=idea.pk), {"rating": "agree"}, follow=True)

    assert "Ratings are not taken now." in page.content.decode()
    assert not Rating.objects.exists()
