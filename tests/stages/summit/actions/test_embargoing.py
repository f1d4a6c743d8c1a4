"""A result under embargo: who sees it when, at every public address, and what the record says."""

import json
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from burgertop.foundation.ballotbox.actions import cast
from burgertop.foundation.live.models import Message
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.models import Participant, Role
from burgertop.foundation.people.passes import COOKIE, grant
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.models import Cluster, HallBallot, LinkKind

HERE = "/en/town/summit/day/"
WINNER = "Doctors"
VOTES = "11"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> Callable[[timedelta], datetime]:
    """Set the clock of the server to so long after the beginning."""

    def set_clock(after: timedelta) -> datetime:
        moment = now + after
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    set_clock(timedelta(0))
    return set_clock


@pytest.fixture
def until(now: datetime) -> datetime:
    return now + timedelta(hours=2)


@pytest.fixture
def counted(hall: HallBallot, people: list[Participant], until: datetime, now: datetime) -> HallBallot:
    """Eleven papers for the second option, one for two others; an embargo that was set before the vote."""
    actions.set_embargo(hall, until, now=now)
    opened = actions.open_ballot(hall, now=now)
    for number, person in enumerate(people):
        choices = [2] if number else [1, 3]
        cast(
            opened.ballot,
            voter=f"seat:{person.pk}",
            choices=choices,
            origin=Origin.DRAWN,
            once=uuid.uuid4(),
            now=now,
        )
    actions.close_ballot(opened, now=now + timedelta(minutes=10))
    return HallBallot.objects.select_related("stage__process", "ballot").get(pk=hall.pk)


@pytest.fixture
def press(counted: HallBallot, now: datetime) -> Client:
    """A browser that opened a press link."""
    link = actions.make_link(
        counted.stage, LinkKind.PRESS, "press", ends_at=now + timedelta(days=1), once=uuid.uuid4(), now=now
    )
    client, response = Client(), HttpResponse()
    grant(RequestFactory().get("/"), response, Pass("press", link.stage.process_id, link.pk, link.key))
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return client


def public_addresses(hall: HallBallot) -> list[str]:
    """Every address at which anybody could look for a result."""
    return [
        HERE,
        f"{HERE}screen/",
        f"{HERE}ballots/{hall.pk}/",
        f"{HERE}ballots/{hall.pk}/result/",
        f"{HERE}ballots/{hall.pk}/papers.zip",
        f"{HERE}press/",
        f"{HERE}press/{hall.number}/",
        f"{HERE}press/{hall.number}/chart.svg",
        f"{HERE}press/facts.csv",
        f"{HERE}press/facts.json",
        "/en/town/",
        "/en/town/record/",
        "/en/town/record/lines.jsonl",
        "/en/town/record/head/",
    ]


def tells(answer: HttpResponse) -> bool:
    """Whether an answer gives the result away: the winner with its votes, or the papers."""
    body = answer.getvalue()
    if answer.headers["Content-Type"] == "application/zip":
        return True
    text = body.decode()
    return WINNER in text and (
        f">{VOTES}<" in text or f",{VOTES}," in text or f'"figure": {VOTES}' in text or f"{VOTES} (" in text
    )


def told_by(client: Client, hall: HallBallot) -> set[str]:
    cache.clear()
    return {one for one in public_addresses(hall) if (answer := client.get(one)).status_code == 200 and tells(answer)}


def test_nobody_but_press_and_staff_sees_it_before_the_moment_and_everybody_from_then_on(
    counted: HallBallot, press: Client, visitor: Client, until: datetime, at: Callable[[timedelta], datetime]
) -> None:
    before = at(timedelta(hours=2, seconds=-1))
    early, early_press = told_by(visitor, counted), told_by(press, counted)
    waiting = visitor.get(f"{HERE}ballots/{counted.pk}/result/")
    page = press.get(f"{HERE}press/")
    file = press.get(f"{HERE}press/facts.csv")
    papers = press.get(f"{HERE}ballots/{counted.pk}/papers.zip")

    assert (early, counted.is_public(before)) == (set(), False)
    assert early_press == set(public_addresses(counted)[3:10])
    assert "The result is published on" in waiting.content.decode()
    assert "Embargo until" in page.content.decode()
    for answer in (waiting, page, file, papers):
        assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("no-store", "noindex, noarchive, nosnippet")
    assert 'filename="EMBARGO-2011-11-11-1300-facts-day.csv"' in file["Content-Disposition"]
    assert 'filename="EMBARGO-2011-11-11-1300-ballot-1.zip"' in papers["Content-Disposition"]

    at(timedelta(hours=2))
    late = told_by(visitor, counted)
    chart = visitor.get(f"{HERE}press/1/chart.svg")

    assert late == {*public_addresses(counted)[1:2], *public_addresses(counted)[3:10]}
    assert (chart["Cache-Control"], chart["Cross-Origin-Resource-Policy"]) == ("public, max-age=300", "cross-origin")
    assert 'filename="facts-day.csv"' in visitor.get(f"{HERE}press/facts.csv")["Content-Disposition"]


def test_the_record_binds_the_papers_and_says_nothing_of_the_votes(counted: HallBallot, until: datetime) -> None:
    lines = {one.kind: one.facts for one in Entry.objects.all()}

    assert lines["hall_result_embargoed"]["until"] == until.isoformat()
    assert lines["ballot_counted"]["papers_digest"] == counted.ballot.papers_digest
    assert lines["ballot_counted"]["groups"] == [{"origin": "drawn", "papers": 12, "unreadable": 0}]
    assert VOTES not in json.dumps([one.body for one in Message.objects.all()])


def test_the_hall_sees_it_when_the_organiser_says_and_only_where_staff_is_signed_in(
    counted: HallBallot, visitor: Client, client_as: Callable[[Role], Client], at: Callable[[timedelta], datetime]
) -> None:
    facilitator = client_as(Role.FACILITATOR)
    now = at(timedelta(minutes=20))
    waits = tells(facilitator.get(f"{HERE}screen/"))
    actions.publish_result(counted, now=now)
    shown = facilitator.get(f"{HERE}screen/")

    assert (waits, tells(shown), tells(visitor.get(f"{HERE}screen/"))) == (False, True, False)
    assert "13:00" in shown.content.decode()
    assert Entry.objects.filter(kind="hall_result_shown").count() == 1
    assert not Entry.objects.filter(kind="hall_result_published").exists()


def test_a_count_after_the_moment_waits_for_people(
    hall: HallBallot, clusters: list[Cluster], now: datetime, until: datetime
) -> None:
    actions.set_embargo(hall, until, now=now)
    actions.open_ballot(hall, now=now)
    late = until + timedelta(minutes=1)
    actions.close_ballot(hall, now=late)
    waits = HallBallot.objects.select_related("ballot").get(pk=hall.pk).is_public(late)
    done = actions.publish_result(hall, now=late)

    assert (waits, done.is_public(late)) == (False, True)


def test_an_embargo_is_moved_and_lifted_until_the_public_has_seen_it(
    counted: HallBallot, clusters: list[Cluster], until: datetime, now: datetime
) -> None:
    process_id = counted.stage.process_id
    actions.set_embargo(counted, until, now=now)
    actions.set_embargo(counted, until + timedelta(hours=1), now=now)
    held = queries.chosen_clusters(process_id, until)
    lifted = actions.lift_embargo(counted, now=until)
    actions.lift_embargo(lifted, now=until)

    assert (held, queries.chosen_clusters(process_id, until)) == ([], [clusters[1]])
    assert [one.kind for one in Entry.objects.filter(kind__startswith="hall_")] == [
        "hall_result_embargoed",
        "hall_result_embargoed",
        "hall_embargo_lifted",
        "hall_result_published",
    ]
    for moment, code in ((until, "summit.result_public"),):
        with pytest.raises(HouseError) as caught:
            actions.set_embargo(counted, moment + timedelta(hours=3), now=moment)
        assert caught.value.code == code


def test_an_embargo_ends_in_the_future(hall: HallBallot, now: datetime) -> None:
    with pytest.raises(HouseError) as caught:
        actions.set_embargo(hall, now, now=now)

    assert caught.value.code == "summit.embargo_in_past"
