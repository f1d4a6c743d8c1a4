"""A town whose hall of twelve has been drawn, and its panel of four under way."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from burgertop.core.sortition import Quota
from burgertop.foundation.codes.actions import make_many
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.actions import found_process, open_stage
from burgertop.foundation.process.models import Process, Stage, StageKind, Template
from burgertop.stages.panel import actions
from burgertop.stages.panel.models import PanelSeat, Recommendation
from burgertop.stages.summit.queries import roster_of
from burgertop.web.demo.drawing import hold_draw

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
QUOTAS = [Quota("sex", "F", 2, 2), Quota("sex", "M", 2, 2)]
At = Callable[..., str]
Draft = Callable[..., Recommendation]


def found_town(slug: str) -> Process:
    """A town with a drawn hall of twelve, six women and six men."""
    titles = {"nl": "De stad", "fr": "La ville", "en": "The town"}
    process = found_process(slug, Template.BELGIAN, titles=titles, languages=["nl", "fr", "en"])
    draw = draws.found_draw(process.stages.get(kind=StageKind.LOTTERY), "hall", seats=12)
    draws.fill_pool(
        draw,
        [PoolRow(pool_id=f"{slug}{n}", features={"sex": "F" if n % 2 else "M"}, language="nl") for n in range(1, 17)],
    )
    draws.set_quotas(draw, [Quota("sex", "F", 6, 6), Quota("sex", "M", 6, 6)])
    hold_draw(draw, source="dice", said="417", sealed_at=NOW)
    for kind in (StageKind.PANEL, StageKind.REPORT):
        open_stage(process.stages.get(kind=kind), now=NOW)
    return process


def seat_four(stage: Stage) -> list[PanelSeat]:
    """Draw and seat the panel of four."""
    draw = actions.found_panel_draw(stage, seats=4, features=["sex"], candidates=roster_of(stage))
    draws.set_quotas(draw, QUOTAS)
    return actions.seat_panel(stage, hold_draw(draw, source="dice", said="803", sealed_at=NOW), now=NOW)


@pytest.fixture
def process(db: None) -> Process:
    return found_town("town")


@pytest.fixture
def stage(process: Process) -> Stage:
    return process.stages.get(kind=StageKind.PANEL)


@pytest.fixture
def seats(stage: Stage) -> list[PanelSeat]:
    return seat_four(stage)


@pytest.fixture
def at(stage: Stage) -> At:
    """The address of a page of the panel."""

    def of(name: str, *more: object) -> str:
        return reverse(f"panel:{name}", args=[stage.process.slug, stage.slug, *more])

    return of


@pytest.fixture
def client_as(process: Process) -> Callable[..., Client]:
    def make(role: Role, where: Process = process) -> Client:
        account = Account.objects.create_user(f"{role}-{uuid.uuid4().hex[:6]}@town.example")
        give_role(where, account, role)
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def organiser(client_as: Callable[..., Client]) -> Client:
    return client_as(Role.ORGANISER)


@pytest.fixture
def facilitator(client_as: Callable[..., Client]) -> Client:
    return client_as(Role.FACILITATOR)


def code_clients(stage: Stage, seats: list[PanelSeat]) -> list[Client]:
    """A browser for each seat, let in by its code."""
    codes = make_many(stage.process_id, "seat", [seat.participant_id for seat in seats])
    clients = []
    for seat in seats:
        client = Client()
        response = client.post(
            reverse("panel:enter", args=[stage.process.slug, stage.slug]), {"code": codes[seat.participant_id].lower()}
        )
        assert response.status_code == 302
        clients.append(client)
    return clients


@pytest.fixture
def members(stage: Stage, seats: list[PanelSeat]) -> list[Client]:
    return code_clients(stage, seats)


@pytest.fixture
def draft(stage: Stage) -> Draft:
    def make(**changes: object) -> Recommendation:
        words: dict[str, object] = {
            "titles": {"nl": "Nachtbus", "en": "Night bus"},
            "bodies": {"nl": "Er komt een bus in de nacht.", "en": "There is a bus at night."},
            "came_from": [],
            "once": uuid.uuid4(),
        } | changes
        return actions.draft_recommendation(stage, **words)  # type: ignore[arg-type]  # values of a test

    return make


def vote(client: Client, address: str, choice: int) -> str:
    """Fill in a paper, look it over, send it; return the page."""
    page = {"choice": str(choice), "once": str(uuid.uuid4())}
    client.post(address, {**page, "step": "review"})
    return client.post(address, {**page, "step": "send"}).content.decode()


def do_what_waits() -> None:
    """Do what the worker would do now."""
    for job in Job.objects.filter(state=JobState.WAITING):
        run_job.call(str(job.pk))
