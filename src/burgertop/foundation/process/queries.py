"""Reads about processes and stages."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from burgertop.foundation.process.models import News, Process, Stage, StageKind

__all__ = ["listed_processes", "news_of", "process_or_404", "stage_or_404", "stages_of"]


def listed_processes() -> QuerySet[Process]:
    """The processes shown on the home of the server."""
    stages = Prefetch("stages", queryset=Stage.objects.prefetch_related("texts"))
    return Process.objects.filter(is_listed=True).prefetch_related("texts", stages)


def process_or_404(slug: str) -> Process:
    """Return a process with its texts and stages, or answer "not found"."""
    stages = Prefetch("stages", queryset=Stage.objects.prefetch_related("texts"))
    return get_object_or_404(Process.objects.prefetch_related("texts", stages), slug=slug)


def stage_or_404(process: str, kind: StageKind, stage: str) -> Stage:
    """Return a stage with its process and their texts, or answer "not found"."""
    whole = process_or_404(process)
    found = next((one for one in stages_of(whole) if one.kind == kind and one.slug == stage), None)
    if found is None:
        raise Http404
    return found


def stages_of(process: Process) -> list[Stage]:
    """The stages of a process in order, with their texts; reads what was prefetched."""
    return list(process.stages.all())


def news_of(process: Process) -> QuerySet[News]:
    """News, films and streams of a process, newest first."""
    return process.news.prefetch_related("texts")
