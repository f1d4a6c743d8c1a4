"""The public moment: sealed for good, drawn once, whatever is sent twice."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from burgertop.foundation.draws.models import Draw, DrawState, Member
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.process.models import Stage, StageState
from burgertop.foundation.record.models import Entry
from burgertop.stages.lottery.models import Ceremony

pytestmark = pytest.mark.django_db

SEAL = {"chance": "public_text", "source": "The national lottery of Saturday 8 October"}


def address(name: str) -> str:
    with override("en"):
        return reverse(f"lottery:{name}", kwargs={"process": "town", "stage": "lottery", "draw": "hall"})


def kinds() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("kind", flat=True))


def test_sealing_twice_writes_one_line_of_each(organiser: Client, draw: Draw) -> None:
    organiser.post(address("seal"), SEAL)

    again = organiser.post(address("seal"), SEAL | {"source": "My own pocket"})

    assert again["Location"] == address("desk")
    assert Ceremony.objects.get().source == "The national lottery of Saturday 8 October"
    assert kinds() == ["draw_committed", "draw_ceremony"]


def test_quotas_that_nobody_can_meet_are_not_sealed_and_it_is_said(organiser: Client, draw: Draw) -> None:
    draw.quotas.filter(value="F").update(least=0, most=4)
    draw.quotas.filter(value="M").update(value="X", least=1, most=4)

    page = organiser.post(address("seal"), SEAL).content.decode()

    assert "this value has no quota" in page
    assert Draw.objects.get().state == DrawState.PREPARING


def test_a_lottery_that_is_not_under_way_cannot_be_sealed(organiser: Client, draw: Draw) -> None:
    Stage.objects.update(state=StageState.PLANNED)

    assert organiser.post(address("seal"), SEAL).status_code == 403


def test_no_chance_is_taken_before_the_seal(organiser: Client, draw: Draw) -> None:
    page = organiser.post(address("chance"), {"public_seed": "1 2 3"}, follow=True).content.decode()

    assert "Seal the draw first" in page
    assert Job.objects.count() == 0


def test_the_chance_stands_in_the_record_before_the_draw_and_two_tabs_start_one_job(
    organiser: Client, draw: Draw
) -> None:
    organiser.post(address("seal"), SEAL)

    first = organiser.post(address("chance"), {"public_seed": "1 2 3"})
    second = organiser.post(address("chance"), {"public_seed": "1 2 3"})

    assert first["Location"] == second["Location"] == address("progress")
    assert Job.objects.count() == 1
    assert kinds()[-1] == "draw_chance"


def test_another_chance_is_refused_once_one_is_written(organiser: Client, draw: Draw) -> None:
    organiser.post(address("seal"), SEAL)
    organiser.post(address("chance"), {"public_seed": "1 2 3"})

    page = organiser.post(address("chance"), {"public_seed": "3 2 1"}).content.decode()

    assert "It cannot be replaced." in page
    assert Draw.objects.get().public_seed == "1 2 3"


def test_progress_leads_to_the_result(organiser: Client, draw: Draw) -> None:
    organiser.post(address("seal"), SEAL)
    organiser.post(address("chance"), {"public_seed": "1 2 3"})
    before = json.loads(organiser.get(address("progress_json")).content)

    run_job.call(str(Job.objects.get().pk))

    after = json.loads(organiser.get(address("progress_json")).content)
    assert (before["is_over"], before["share"]) == (False, 0.0)
    assert (after["is_over"], after["share"], after["next"]) == (True, 1.0, address("draw"))
    assert organiser.get(address("progress"))["Location"] == address("draw")


def test_a_draw_that_failed_says_why_and_can_be_tried_again(organiser: Client, draw: Draw) -> None:
    organiser.post(address("seal"), SEAL)
    organiser.post(address("chance"), {"public_seed": "1 2 3"})
    person = draw.members.select_related("participant")[0].participant
    person.features = {"sex": "M"}
    person.save()
    run_job.call(str(Job.objects.get().pk))

    page = organiser.get(address("progress")).content.decode()
    person.features = {"sex": "F"}
    person.save()
    organiser.post(address("chance"), {"public_seed": "1 2 3"})
    run_job.call(str(Job.objects.first().pk))  # type: ignore[union-attr]  # the newest, just made

    assert "Pool or quotas are no longer what they were." in page
    assert Draw.objects.get().state == DrawState.DRAWN


def test_a_draw_is_made_again_and_the_desk_says_whether_it_is_the_same(organiser: Client, draw: Draw) -> None:
    organiser.post(address("seal"), SEAL)
    organiser.post(address("chance"), {"public_seed": "1 2 3"})
    run_job.call(str(Job.objects.get().pk))

    organiser.post(address("recheck"))
    organiser.post(address("recheck"))
    job = Job.objects.get(kind="draws.replay")
    run_job.call(str(job.pk))
    honest = organiser.get(address("desk")).content.decode()
    drawn, other = (draw.members.filter(standing=standing)[0] for standing in ("drawn", "in_pool"))
    Member.objects.filter(pk=drawn.pk).update(standing="in_pool")
    Member.objects.filter(pk=other.pk).update(standing="drawn")
    organiser.post(address("recheck"))
    run_job.call(str(Job.objects.filter(kind="draws.replay")[0].pk))
    forged = organiser.get(address("desk")).content.decode()

    assert "The same numbers came out" in honest
    assert "It did not come out the same." in forged


def test_a_draw_that_was_not_made_cannot_be_made_again(organiser: Client, draw: Draw) -> None:
    page = organiser.post(address("recheck"), follow=True).content.decode()

    assert "This draw has not been made yet." in page
    assert Job.objects.count() == 0
