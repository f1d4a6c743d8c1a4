"""A consultation that is open, and the people around it."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.actions import close_stage, found_process, open_stage
from burgertop.foundation.process.models import Process, Stage, StageKind, Template
from burgertop.stages.consultation.actions import Hand, make_theme, send_idea
from burgertop.stages.consultation.models import Idea, Theme

MIDDAY = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
SendIdea = Callable[..., Idea]
SignedIn = Callable[[Role], Client]


@pytest.fixture(autouse=True)
def _english(db: None) -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def process() -> Process:
    return found_process(
        "g1000",
        Template.BELGIAN,
        titles={"nl": "De top", "fr": "Le sommet", "en": "The summit"},
        languages=["nl", "fr", "en"],
    )


@pytest.fixture
def stage(process: Process) -> Stage:
    found = process.stages.get(kind=StageKind.CONSULTATION)
    return open_stage(found, now=timezone.now())


@pytest.fixture
def closed_stage(stage: Stage) -> Stage:
    return close_stage(stage, now=timezone.now())


@pytest.fixture
def idea_from(stage: Stage) -> SendIdea:
    """Send an idea; every call is another author unless one is named."""

    def sent(text: str = "More buses in the evening", **more: object) -> Idea:
        values = {"language": "en", "speech": uuid.uuid4(), "once": uuid.uuid4(), "now": timezone.now(), **more}
        return send_idea(stage, text, **values)[0]  # type: ignore[arg-type]  # values of a test

    return sent


@pytest.fixture
def hand() -> Hand:
    return Hand(uuid.uuid4(), Role.THEME_TEAM, timezone.now())


@pytest.fixture
def themes(stage: Stage) -> list[Theme]:
    names = ["Buses and trains", "Care for the old", "Taxes", "Schools"]
    return [make_theme(stage, titles={"en": name}, now=timezone.now()) for name in names]


@pytest.fixture
def signed_in(process: Process) -> SignedIn:
    """A browser in which somebody with this role is signed in."""

    def browser(role: Role) -> Client:
        account = Account.objects.create_user(f"{role}-{uuid.uuid4().hex[:6]}@example.org", "a long password")
        give_role(process, account, role)
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


@pytest.fixture
def address(stage: Stage) -> Callable[..., str]:
    """The address of a page of the stage."""

    def of(name: str, **more: object) -> str:
        where = {"process": stage.process.slug, "stage": stage.slug, **more}
        return reverse(f"consultation:{name}", kwargs=where)

    return of
