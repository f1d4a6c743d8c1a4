"""Test case 8: somebody is erased after the report. Counts stay, the identity is gone, the record shows it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.web.small_process import SmallProcess, make_small_process

from burgertop.foundation.draws.models import Member
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.people.vault import open_identity, seal
from burgertop.foundation.record.queries import entries_of, verify
from burgertop.stages.panel.models import PanelSeat
from burgertop.stages.report.models import Edition
from burgertop.stages.summit.models import Seat

NAME = "Zoë-Wilhelmina"


@pytest.fixture
def small(db: None, settings: Settings, tmp_path: Path) -> SmallProcess:
    """A process through all its stages, with its report published; one member of the panel has a rare name."""
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    small = make_small_process()
    person = Participant.objects.get(pk=small.passes["seat"].subject)
    person.identity = seal(person.process_id, {"given_name": NAME})
    person.features = {**person.features, "village": NAME}
    person.pool_id = NAME
    person.save()
    return small


def counts(small: SmallProcess) -> dict[str, object]:
    """What the public and the report count."""
    process = small.process
    seats = Seat.objects.filter(round__opened_at__isnull=False).order_by("pk")  # those to come are free again
    return {
        "participants": Participant.objects.filter(process=process).count(),
        "members": list(Member.objects.values_list("draw__name", "standing").annotate(Count("id")).order_by()),
        "seats": list(seats.values_list("pk", "table")),
        "panel": list(PanelSeat.objects.order_by("number").values_list("number", "left_at")),
        "editions": list(Edition.objects.order_by("pk").values_list("digest", flat=True)),
    }


def everything() -> Iterator[str]:
    """Every value of every row, as text."""
    for model in apps.get_models():
        for row in model._base_manager.values():
            yield json.dumps(row, cls=DjangoJSONEncoder, default=str, ensure_ascii=False)


def test_erased_after_the_report(
    small: SmallProcess, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    process, client = small.process, small.client("seat")
    person = Participant.objects.get(pk=small.passes["seat"].subject)
    before, lines = counts(small), entries_of(process.pk).count()
    page = client.get(f"/en/{process.slug}/me/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(f"/en/{process.slug}/me/let-go/")

    assert NAME in page
    assert done.status_code == 200
    assert counts(small) == before
    kept = Participant.objects.get(pk=person.pk)
    assert (kept.identity, kept.features, kept.erased_at is not None) == (None, {}, True)
    assert open_identity(Identity.objects.get(pk=person.identity_id)) == {}
    assert [row for row in everything() if NAME in row] == []
    newest = entries_of(process.pk)[0]
    assert (newest.kind, newest.facts, entries_of(process.pk).count()) == ("person_erased", {}, lines + 1)
    assert verify(process.pk) == ()
    assert "personal data are erased" in client.get(f"/en/{process.slug}/record/").content.decode()
    for stage in process.stages.all():
        address = f"/en/{process.slug}/{stage.kind}/{stage.slug}/"
        assert client.get(address).status_code == 200, address
