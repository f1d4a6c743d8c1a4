"""Who was erased after a backup is erased again when it is put back."""

import uuid

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.stages.lottery.recruits import NOW, made_invitees

from burgertop.foundation.people.vault import open_identity, seal
from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template
from burgertop.foundation.record.models import Entry
from burgertop.stages.lottery.actions import erase_invitee
from burgertop.stages.lottery.models import Invitee
from burgertop.web.backups.restoring import erase_again

pytestmark = pytest.mark.django_db


def test_an_invitee_who_never_answered_is_erased_again(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    process = Process.objects.create(slug=f"town-{uuid.uuid4().hex[:8]}", template=Template.BELGIAN, languages=["nl"])
    stage = Stage.objects.create(
        process=process, kind=StageKind.LOTTERY, slug="lottery", order=1, state=StageState.OPEN
    )
    invitee = made_invitees(stage)[0]
    with django_capture_on_commit_callbacks(execute=True):
        erase_invitee(invitee, now=NOW)
    held_in_the_backup = seal(process.pk, {"given_name": "Xavi"})
    Invitee.objects.filter(pk=invitee.pk).update(identity=held_in_the_backup, features={"sex": "F"}, erased_at=None)

    with django_capture_on_commit_callbacks(execute=True):
        again = erase_again(now=NOW)

    back = Invitee.objects.get(pk=invitee.pk)
    assert (again, back.identity, back.features, back.erased_at) == (1, None, {}, NOW)
    held_in_the_backup.refresh_from_db()
    assert open_identity(held_in_the_backup) == {}
    assert Entry.objects.filter(process_id=process.pk, kind="person_erased").count() == 2
