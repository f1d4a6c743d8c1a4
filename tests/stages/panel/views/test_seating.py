"""Drawing and seating the panel in a browser, one step after the other."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.stages.panel.conftest import At, do_what_waits

from burgertop.foundation.draws.models import Draw
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.process.models import Stage

pytestmark = pytest.mark.django_db
QUOTAS = b"feature;value;min;max\nsex;F;2;2\nsex;M;2;2\n"


def test_the_panel_is_drawn_and_seated_step_by_step(organiser: Client, stage: Stage, at: At) -> None:
    address = at("seating")
    organiser.post(address, {"step": "candidates", "seats": "4", "features": ["sex"]})
    organiser.post(address, {"step": "quotas", "file": SimpleUploadedFile("q.csv", QUOTAS)})
    organiser.post(address, {"step": "lottery", "do": "compute"})
    assert "The lottery is being computed." in organiser.get(address).content.decode()
    do_what_waits()
    organiser.post(address, {"step": "seal", "do": "seal", "chance": "dice", "source": "Three dice, Saturday"})
    organiser.post(address, {"step": "chance", "public_seed": "803"})
    organiser.post(address, {"step": "seats"})

    assert sorted(seat.participant.features["sex"] for seat in stage.panel_seats.all()) == ["F", "F", "M", "M"]


def test_a_lottery_whose_worker_failed_can_be_asked_for_again(organiser: Client, stage: Stage, at: At) -> None:
    address = at("seating")
    organiser.post(address, {"step": "candidates", "seats": "4", "features": ["sex"]})
    organiser.post(address, {"step": "quotas", "file": SimpleUploadedFile("q.csv", QUOTAS)})
    organiser.post(address, {"step": "lottery", "do": "compute"})
    Job.objects.update(state=JobState.FAILED, note_code="jobs.failed", ended_at=timezone.now())

    assert "No lottery came out" in organiser.get(address).content.decode()
    for _ in range(2):
        organiser.post(address, {"step": "lottery", "do": "compute"})

    assert Job.objects.filter(state=JobState.WAITING).count() == 1


def test_a_lottery_can_be_thrown_away_for_other_quotas_before_the_seal(organiser: Client, stage: Stage, at: At) -> None:
    address = at("seating")
    organiser.post(address, {"step": "candidates", "seats": "4", "features": ["sex"]})
    organiser.post(address, {"step": "quotas", "file": SimpleUploadedFile("q.csv", QUOTAS)})
    organiser.post(address, {"step": "lottery", "do": "compute"})
    do_what_waits()

    organiser.post(address, {"step": "seal", "do": "again"})

    draw = Draw.objects.get(stage=stage)
    assert (draw.quotas.exists(), draw.rounds.exists()) == (False, False)


def test_a_doubled_press_does_not_run_into_the_next_step(organiser: Client, stage: Stage, at: At) -> None:
    organiser.post(at("seating"), {"step": "candidates", "seats": "4", "features": ["sex"]})
    for _ in range(2):
        organiser.post(at("seating"), {"step": "quotas", "file": SimpleUploadedFile("q.csv", QUOTAS)})

    assert Draw.objects.get(stage=stage).state == "preparing"


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe", b"<h1>quotas</h1>", "🗳".encode(), b"feature;value;min;max\nsex;F;9;1\n"]
)
def test_a_quota_file_that_is_no_quota_file_is_explained(
    organiser: Client, stage: Stage, at: At, content: bytes
) -> None:
    organiser.post(at("seating"), {"step": "candidates", "seats": "4", "features": ["sex"]})

    response = organiser.post(
        at("seating"), {"step": "quotas", "file": SimpleUploadedFile("q.csv", content)}, follow=True
    )

    assert response.status_code == 200
    assert not Draw.objects.get(stage=stage).quotas.exists()


def test_without_a_hall_there_is_nobody_to_draw(organiser: Client, at: At) -> None:
    Draw.objects.all().delete()

    page = organiser.post(at("seating"), {"step": "candidates", "seats": "4", "features": ["sex"]}, follow=True)

    assert page.status_code == 200
    assert not Draw.objects.exists()
