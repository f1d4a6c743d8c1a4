"""A link gives what the role of an observer gives at the summit, what a visitor gets elsewhere, and never more."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from tests.web.small_process import make_small_process
from tests.web.test_doors_of_roles import address_of, knock, rows

from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.passes import COOKIE, grant
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import LinkKind, SignedLink

# Notes belong to their author: those of the account are not there for who has a link.
OF_THE_ACCOUNT = {"summit:change_note", "summit:drop_note", "summit:publish_note"}


def browser_with(link: SignedLink) -> Client:
    client, response = Client(raise_request_exception=False), HttpResponse()
    grant(RequestFactory().get("/"), response, Pass(link.kind, link.stage.process_id, link.pk, link.key))
    client.cookies[COOKIE] = response.cookies[COOKIE].value
    return client


@pytest.mark.slow
def test_a_link_opens_what_the_role_opens_and_nothing_when_it_is_over(db: None) -> None:
    small = make_small_process()
    stage = small.process.stages.get(kind="summit")
    now = timezone.now()
    kept = SignedLink.objects.get(stage=stage)
    link = browser_with(kept)
    told = [row for row in rows() if row["view"].startswith("summit:") or row["method"] == "POST"]

    def differing(column: str) -> list[str]:
        return [
            f"{row['method']} {row['view']} {row['fixed']}: {row[column]} expected, {found} found"
            for row in told
            if row["view"] not in OF_THE_ACCOUNT
            and (found := knock(link, row["method"], address_of(small, row["view"], row["fixed"])))
            != row[column if row["view"].startswith("summit:") else "visitor"]
        ]

    assert differing("observer") == []

    SignedLink.objects.filter(pk=kept.pk).update(ends_at=now - timedelta(seconds=1), made_at=now - timedelta(days=1))
    told = [row for row in told if row["view"].startswith("summit:") and row["observer"] != row["visitor"]]
    assert differing("visitor") == []

    SignedLink.objects.filter(pk=kept.pk).update(ends_at=now + timedelta(days=1))
    actions.call_back(SignedLink.objects.select_related("stage").get(pk=kept.pk), now=now)
    assert differing("visitor") == []


def test_a_link_of_the_press_is_no_observers(small_link: SignedLink) -> None:
    client = browser_with(small_link)
    here = "/en/town/summit/day/"

    assert [client.get(f"{here}{page}").status_code for page in ("press/", "observe/", "control/", "desk/")] == [
        200,
        403,
        403,
        403,
    ]
    assert SignedLink.objects.get(pk=small_link.pk).opened_at is not None


@pytest.fixture
def small_link(stage: object) -> SignedLink:
    now = timezone.now()
    made = SignedLink.objects.create(
        stage=stage, kind=LinkKind.PRESS, purpose="press", key="a" * 32, made_at=now, ends_at=now + timedelta(days=1)
    )
    return SignedLink.objects.select_related("stage").get(pk=made.pk)
