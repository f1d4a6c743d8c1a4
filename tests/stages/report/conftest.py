"""A town whose panel has adopted two recommendations; one of them came from an idea."""

import uuid
from collections.abc import Callable

import pytest
from django.urls import reverse
from tests.stages.panel.conftest import NOW, At, client_as, code_clients, do_what_waits, organiser, process

from burgertop.foundation.ballotbox.actions import cast
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Process, Stage, StageKind
from burgertop.foundation.trace.actions import link
from burgertop.stages.panel import actions as panel
from burgertop.stages.panel.models import PanelSeat, Recommendation
from burgertop.stages.report import actions
from burgertop.stages.report.models import Addressee

__all__ = ["client_as", "code_clients", "do_what_waits", "organiser", "process"]

Adopt = Callable[..., Recommendation]


@pytest.fixture
def stage(process: Process) -> Stage:
    return process.stages.get(kind=StageKind.REPORT)


@pytest.fixture
def adopt(process: Process) -> Adopt:
    """Write a recommendation and let the panel decide on it."""
    stage = process.stages.get(kind=StageKind.PANEL)
    people = list(process.participants.all()[:3])
    if not stage.panel_seats.exists():
        PanelSeat.objects.bulk_create(
            PanelSeat(stage=stage, number=number, participant=one) for number, one in enumerate(people, start=1)
        )

    def make(title: str = "Night bus", votes: tuple[int, ...] = (1, 1, 2), ideas: int = 2) -> Recommendation:
        card = uuid.uuid4()
        made = panel.draft_recommendation(
            stage,
            titles={"nl": title, "en": title},
            bodies={"nl": "Er komt een bus in de nacht.", "en": f"There is a bus at night: {title}."},
            came_from=[("card", card)],
            threshold="1/2",
            once=uuid.uuid4(),
        )
        link(process.pk, ("card", card), [("idea", uuid.uuid4()) for _ in range(ideas)])
        ballot = panel.put_to_vote(made, now=NOW)
        for number, choice in enumerate(votes):
            cast(ballot, voter=f"seat:{number}", choices=[choice], origin=Origin.DRAWN, once=uuid.uuid4(), now=NOW)
        panel.close_vote(made, now=NOW)
        return Recommendation.objects.get(pk=made.pk)

    return make


@pytest.fixture
def adopted(adopt: Adopt) -> Recommendation:
    return adopt()


@pytest.fixture
def office(stage: Stage) -> Addressee:
    return actions.name_addressee(stage, {"nl": "De gemeenteraad", "en": "The town council"})


@pytest.fixture
def at(stage: Stage) -> At:
    """The address of a page of the report."""

    def of(name: str, *more: object) -> str:
        return reverse(f"report:{name}", args=[stage.process.slug, stage.slug, *more])

    return of
