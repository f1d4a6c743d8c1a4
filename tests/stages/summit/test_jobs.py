"""Long work of the summit: killed in the middle, done again, said in words."""

from datetime import datetime

import pytest
from django.test import Client

from burgertop.core.errors import InfeasibleError
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.progress import Cancelled, Progress
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.stages.summit import actions, jobs
from burgertop.stages.summit.actions import planning
from burgertop.stages.summit.models import Round, Seat, SeatPlan, Table


class PowerCutError(Exception):
    """The machine stops here."""


def asked(stage: Stage) -> tuple[Job, dict[str, object]]:
    args: dict[str, object] = {"stage": str(stage.pk), "seed": "1 2 3", "effort": "quick", "least_speakers": 1}
    job = Job.objects.create(
        kind=jobs.SEAT, args=args, process_id=stage.process_id, subject=stage.pk, made_at=datetime.now().astimezone()
    )
    return job, args


def seats() -> set[tuple[object, object, object]]:
    return set(Seat.objects.values_list("round_id", "table_id", "participant_id"))


@pytest.mark.parametrize("place", ["store_plan", "append"])
def test_a_power_cut_leaves_the_plan_that_stood_and_the_job_is_done_again(
    stage: Stage,
    rounds: list[Round],
    tables: list[Table],
    people: list[Participant],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    actions.seat_hall(stage, seed="0", effort="quick", least_speakers=1, now=now)
    before = seats()
    job, args = asked(stage)
    progress = Progress(job.pk, job.process_id)
    whole = getattr(planning, place)

    def cut(*given: object, **more: object) -> None:
        whole(*given, **more)
        raise PowerCutError

    with monkeypatch.context() as patched:
        patched.setattr(planning, place, cut)
        with pytest.raises(PowerCutError):
            jobs.seat(args, progress)
    kept = seats()
    first = jobs.seat(args, progress)
    after = seats()
    again = jobs.seat(args, progress)

    assert kept == before
    assert first == again == {"rounds": 2, "people": 12}
    assert seats() == after != before
    assert Entry.objects.filter(kind="seats_planned").count() == 2
    assert SeatPlan.objects.filter(state="standing").count() == 1


def test_a_plan_that_somebody_stops_changes_nothing(
    stage: Stage, rounds: list[Round], tables: list[Table], people: list[Participant]
) -> None:
    job, args = asked(stage)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, is_cancel_asked=True)

    with pytest.raises(Cancelled):
        jobs.seat(args, Progress(job.pk, job.process_id))

    assert not Seat.objects.exists()


def test_what_does_not_fit_is_an_error_of_the_core_that_the_page_says(
    stage: Stage, rounds: list[Round], people: list[Participant], organiser: Client, now: datetime
) -> None:
    actions.lay_tables(stage, actions.tables_of_kind(["nl", "fr"], 2, seats=4), now=now)
    job, args = asked(stage)

    with pytest.raises(InfeasibleError) as caught:
        jobs.seat(args, Progress(job.pk, job.process_id))
    Job.objects.update(state=JobState.FAILED, note_code=caught.value.code, note_params=caught.value.params)

    assert "There are 12 people, but only 8 seats." in organiser.get("/en/town/summit/day/seats/").content.decode()
