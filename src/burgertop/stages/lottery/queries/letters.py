"""Reads of frames, invitees and letters: how many there are, where the work stands; no names."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.queries import jobs_of
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery.models import Bundle, Frame, Invitation, Invitee, Letter, Look, Wave

__all__ = [
    "Recruited",
    "bundle_or_404",
    "frame_or_404",
    "frames_of",
    "invitation_or_none",
    "last_jobs",
    "openings_of",
    "recruited",
    "sent_waves",
    "wave_or_404",
    "waves_of",
]


@dataclass(frozen=True, slots=True)
class Recruited:
    """How far the recruitment of a stage is: people drawn, with a letter, with an answer, not written to yet.

    ``returned``: their letter came back.
    """

    drawn: int
    written_to: int
    answered: int
    reserve: int
    silent: int
    returned: int


def frames_of(stage: Stage) -> QuerySet[Frame]:
    """The frames of a stage, first committed first, with the invitees of each (``people``)."""
    return stage.frames.annotate(people=Count("invitees")).order_by("committed_at")


def frame_or_404(stage: Stage, name: str) -> Frame:
    """Return a frame of this stage, or answer "not found"."""
    frame: Frame = get_object_or_404(stage.frames, name=name)
    frame.stage = stage
    return frame


def waves_of(stage: Stage) -> QuerySet[Wave]:
    """The waves of a stage with their bundles."""
    return stage.waves.prefetch_related("bundles").order_by("number")


def sent_waves(stage: Stage) -> QuerySet[Wave]:
    """The waves that were handed to the post."""
    return stage.waves.filter(sent_on__isnull=False).order_by("number")


def wave_or_404(stage: Stage, number: int) -> Wave:
    """Return a wave of this stage, or answer "not found"."""
    wave: Wave = get_object_or_404(stage.waves, number=number)
    wave.stage = stage
    return wave


def bundle_or_404(wave: Wave, number: int) -> Bundle:
    """Return a bundle of this wave, or answer "not found"."""
    bundle: Bundle = get_object_or_404(wave.bundles, number=number)
    bundle.wave = wave
    return bundle


def invitation_or_none(stage: Stage) -> Invitation | None:
    """How the people of this stage are written to, when the organiser has said so."""
    return Invitation.objects.filter(stage=stage).prefetch_related("texts").first()


def last_jobs(process_id: uuid.UUID, kind: str) -> dict[uuid.UUID, Job]:
    """The last time the worker was asked for this kind of work, by the row it was about."""
    jobs = jobs_of(process_id).filter(kind=kind, subject__isnull=False).order_by("made_at")
    return {job.subject: job for job in jobs if job.subject is not None}


def openings_of(stage: Stage) -> list[tuple[str, int, int]]:
    """How often names of invitees were opened: what for, how many times, how many people in all."""
    looks = stage.process.openings.filter(reason__in=Look.values).order_by()
    rows = looks.values_list("reason").annotate(times=Count("pk"), names=Sum("people"))
    return [(str(Look(reason).label), times, names) for reason, times, names in sorted(rows)]


def recruited(stage: Stage) -> Recruited:
    """Count how far the recruitment is."""
    written = Letter.objects.filter(invitee__stage=stage).values("invitee")
    people = Invitee.objects.drawn().filter(stage=stage)
    open_to_write = Q(erased_at__isnull=True, identity__isnull=False)
    return Recruited(
        drawn=people.count(),
        written_to=people.filter(pk__in=written).count(),
        answered=people.filter(reply__isnull=False).count(),
        reserve=people.filter(open_to_write).exclude(pk__in=written).count(),
        silent=people.filter(open_to_write, pk__in=written, reply__isnull=True, returned_at__isnull=True).count(),
        returned=people.filter(returned_at__isnull=False).count(),
    )
