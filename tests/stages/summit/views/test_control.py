"""The organiser's control of the day."""

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from burgertop.foundation.ballotbox.models import Ballot, BallotState
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import (
    Card,
    Cluster,
    HallBallot,
    ItemKind,
    Round,
    RoundState,
    ScriptItem,
    Table,
)

HERE = "/en/town/summit/day/"


def test_a_round_is_made_opened_and_closed(organiser: Client, tables: list[Table]) -> None:
    made = organiser.post(
        f"{HERE}rounds/new/",
        {"question__nl": "Wie zorgt?", "kind": "proposal", "theme": "", "minutes": 30, "cards_limit": 5},
    )
    round_ = Round.objects.get()
    states = []
    for do in ("open", "close"):
        organiser.post(f"{HERE}rounds/{round_.pk}/{do}/")
        round_.refresh_from_db()
        states.append(round_.state)

    assert made.status_code == 302
    assert (round_.item.length_seconds, round_.say("question", "nl").text) == (1800, "Wie zorgt?")
    assert states == [RoundState.OPEN, RoundState.CLOSED]


def test_a_round_needs_a_question(organiser: Client, tables: list[Table]) -> None:
    page = organiser.post(f"{HERE}rounds/new/", {"kind": "proposal", "minutes": 0, "cards_limit": 5}).content.decode()

    assert "2 things are not right yet" in page
    assert not Round.objects.exists()


def test_what_cannot_be_done_is_said(organiser: Client, rounds: list[Round], round_: Round) -> None:
    page = organiser.post(f"{HERE}rounds/{rounds[1].pk}/open/", follow=True).content.decode()

    assert "Round 1 is still open. Close it first." in page


def test_cards_and_devices_are_counted(organiser: Client, write: Callable[..., Card], tables: list[Table]) -> None:
    write(tables[0], "Zorg")

    page = organiser.get(f"{HERE}control/").content.decode()

    assert "Cards sent: 1. Tables with a device: 0." in page


@pytest.mark.parametrize("page", ["control", "board"])
def test_an_open_board_is_fetched_anew_when_tables_are_laid(organiser: Client, tables: list[Table], page: str) -> None:
    html = organiser.get(f"{HERE}{page}/").content.decode()

    assert [words for words in html.split('data-on="')[1:] if "table" in words.split('"')[0].split()] != []


def test_a_ballot_goes_from_clusters_to_a_published_result(
    organiser: Client, round_: Round, clusters: list[Cluster]
) -> None:
    chosen = [str(one.pk) for one in clusters[:2]]
    organiser.post(f"{HERE}rounds/{round_.pk}/ballot/", {"clusters": chosen, "most_choices": 1, "seats": 1})
    hall = HallBallot.objects.get()
    states = []
    for do in ("open", "close", "publish"):
        organiser.post(f"{HERE}ballots/{hall.pk}/{do}/")
        states.append(str(Ballot.objects.get().state))

    hall.refresh_from_db()
    assert states == [BallotState.OPEN, BallotState.COUNTED, BallotState.COUNTED]
    assert hall.published_at is not None


@pytest.fixture
def vote(stage: Stage, rounds: list[Round]) -> ScriptItem:
    """A vote in the script after the first round."""
    item = actions.make_item(stage, kind=ItemKind.VOTE, length_seconds=600, texts={"title": {"en": "Vote"}})
    return actions.move_item(item, 2)


def now_of(organiser: Client) -> str:
    """What is under way, as the desk fetches it."""
    page = organiser.get(f"{HERE}control/?part=running", headers={"HX-Request": "true"}).content.decode()
    return page.split('aria-labelledby="next"')[0]


def test_a_vote_under_way_leads_to_its_ballot_with_one_press(
    organiser: Client, vote: ScriptItem, hall: HallBallot, now: datetime
) -> None:
    actions.begin_item(vote, now=now)
    ready = now_of(organiser)
    organiser.post(f"{HERE}ballots/{hall.pk}/open/")
    open_ = now_of(organiser)
    for do in ("close", "publish"):
        organiser.post(f"{HERE}ballots/{hall.pk}/{do}/")
    published = now_of(organiser)

    assert ("The ballot is ready:" in ready, f"/ballots/{hall.pk}/open/" in ready) == (True, True)
    assert ("The ballot is open." in open_, "/open/" in open_) == (True, False)
    assert ("The ballot is counted." in published, "See the result" in published) == (True, True)


def test_a_vote_without_a_ballot_says_so_before_it_begins(
    organiser: Client, vote: ScriptItem, rounds: list[Round], hall: HallBallot, now: datetime
) -> None:
    actions.cancel_ballot(hall, reason="made by mistake", now=now)
    page = organiser.get(f"{HERE}control/").content.decode()

    coming = page.split('aria-labelledby="next"')[1].split("</section>")[0]
    assert "No ballot is ready for this vote." in coming
    assert f"/rounds/{rounds[0].pk}/ballot/" in coming


def test_a_ballot_of_another_round_is_not_that_of_the_vote(
    organiser: Client, stage: Stage, hall: HallBallot, now: datetime
) -> None:
    last = actions.make_item(stage, kind=ItemKind.VOTE, length_seconds=600, texts={"title": {"en": "Vote"}})
    actions.begin_item(last, now=now)

    assert "No ballot is ready for this vote." in now_of(organiser)


def test_an_item_before_its_moment_is_asked_about_once_more(
    organiser: Client, stage: Stage, rounds: list[Round], tables: list[Table]
) -> None:
    lunch = timezone.now() + timedelta(minutes=40)
    moment = f"{timezone.localtime(lunch):%Y-%m-%dT%H:%M}"
    words = {"title__nl": "Lunch", "kind": "break", "minutes": 30, "not_before_at": moment}
    organiser.post(f"{HERE}script/new/", words)
    item = ScriptItem.objects.get(kind=ItemKind.BREAK)
    press = {"revision": 0, "item": str(item.pk)}

    asked = organiser.post(f"{HERE}control/begin/", press)
    item.refresh_from_db()
    before = item.began_at
    sure = organiser.post(f"{HERE}control/begin/", {**press, "sure": "on"})
    item.refresh_from_db()

    page = asked.content.decode()
    assert (asked.status_code, before) == (409, None)
    assert "This item is not to begin before" in page
    assert f"{timezone.localtime(lunch):%H:%M}." in page
    assert (sure.status_code, item.began_at is not None) == (302, True)


def test_publishing_too_early_is_said(organiser: Client, hall: HallBallot) -> None:
    page = organiser.post(f"{HERE}ballots/{hall.pk}/publish/", follow=True).content.decode()

    assert "Close the ballot and count it first." in page


def test_one_cluster_makes_no_ballot(organiser: Client, round_: Round, clusters: list[Cluster]) -> None:
    body = {"clusters": [str(clusters[0].pk)], "most_choices": 1, "seats": 1}

    page = organiser.post(f"{HERE}rounds/{round_.pk}/ballot/", body).content.decode()

    assert "A ballot needs at least two clusters to choose from." in page


def test_cancelling_asks_why(organiser: Client, hall: HallBallot, now: datetime) -> None:
    actions.open_ballot(hall, now=now)

    asked = organiser.post(f"{HERE}ballots/{hall.pk}/cancel/", {"reason": ""}).content.decode()
    organiser.post(f"{HERE}ballots/{hall.pk}/cancel/", {"reason": "Opened too early"})

    assert "Cancel this ballot?" in asked
    assert Ballot.objects.get().state == BallotState.CANCELLED


def test_the_cards_leave_as_a_table_without_formulas(
    organiser: Client, write: Callable[..., Card], tables: list[Table], clusters: list[Cluster], now: datetime
) -> None:
    card = write(tables[0], "=SUM(A1)", reasons="Omdat", support=7)
    write(tables[1], "kept", is_sent=False)
    actions.place_card(card, clusters[0], by=None, now=now)

    response = organiser.get(f"{HERE}cards.csv")

    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["table"], row["text"], row["support"], row["cluster"]) for row in rows] == [
        ("1", "'=SUM(A1)", "7", "Care")
    ]
