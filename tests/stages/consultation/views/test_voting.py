"""The vote on the themes in a browser."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from burgertop.foundation.ballotbox.models import Paper, SealedPaper
from burgertop.foundation.process.models import Stage
from burgertop.stages.consultation.actions import close_vote, open_vote, prepare_vote
from burgertop.stages.consultation.models import Theme

Address = Callable[..., str]


@pytest.fixture
def open_box(stage: Stage, themes: list[Theme]) -> Stage:
    now = timezone.now()
    prepare_vote(stage, themes, titles={"en": "Which themes?"}, questions={"en": "Three at most."}, now=now)
    open_vote(stage, now=now)
    return stage


def test_a_paper_is_looked_over_sent_and_gives_a_receipt(client: Client, open_box: Stage, address: Address) -> None:
    form = {"choice": ["1", "3"], "once": str(uuid.uuid4())}

    review = client.post(address("vote"), {**form, "step": "review"}).content.decode()
    assert not SealedPaper.objects.exists()
    sent = client.post(address("vote"), {**form, "step": "send"})

    assert "Is this your vote?" in review
    assert "Buses and trains" in review
    assert sent.context["receipt"] in sent.content.decode().replace(" ", "")
    assert SealedPaper.objects.count() == 1


def test_a_newer_paper_of_the_same_browser_replaces_the_first(
    client: Client, open_box: Stage, address: Address
) -> None:
    for choice in ("1", "2"):
        client.post(address("vote"), {"choice": [choice], "once": str(uuid.uuid4()), "step": "send"})

    agenda = close_vote(open_box, now=timezone.now())

    assert Paper.objects.get().choices == [2]
    assert agenda[0].key == "care-for-the-old"


def test_too_many_circles_are_counted_and_stay_filled_in(client: Client, open_box: Stage, address: Address) -> None:
    page = client.post(address("vote"), {"choice": ["1", "2", "3", "4"], "once": str(uuid.uuid4()), "step": "send"})

    assert "You filled in 4 circles; at most 3 may be." in page.content.decode()
    assert page.content.decode().count("checked") >= 4
    assert not SealedPaper.objects.exists()


def test_a_paper_that_comes_too_late_is_refused_with_a_sentence(
    client: Client, open_box: Stage, address: Address
) -> None:
    close_vote(open_box, now=timezone.now())

    page = client.post(address("vote"), {"choice": ["1"], "once": str(uuid.uuid4()), "step": "send"})

    assert page.status_code == 422
    assert not Paper.objects.exists()


def test_the_result_shows_votes_and_the_agenda_only_after_the_count(
    client: Client, open_box: Stage, address: Address
) -> None:
    empty = client.get(address("result")).content.decode()
    client.post(address("vote"), {"choice": ["4"], "once": str(uuid.uuid4()), "step": "send"})
    before = client.get(address("result")).content.decode()
    close_vote(open_box, now=timezone.now())
    after = client.get(address("result")).content.decode()

    assert "The ballot box is still empty." in empty
    assert "1 paper is in the ballot box." in before
    assert "Schools" not in before
    assert "What the summit talks about" in after
    assert "Schools" in after


def test_without_a_vote_the_page_says_what_comes(client: Client, stage: Stage, address: Address) -> None:
    assert "The vote is not open yet." in client.get(address("vote")).content.decode()
