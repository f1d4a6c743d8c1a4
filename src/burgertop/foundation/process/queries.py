"""Reads about processes and stages."""

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from burgertop.foundation.prepared import Prepared, lay
from burgertop.foundation.process.models import News, Process, Stage, StageKind
from burgertop.foundation.shelf import kept
from burgertop.foundation.texts import speak_together

__all__ = [
    "listed_processes",
    "news_of",
    "process_or_404",
    "stage_for_form",
    "stage_or_404",
    "stages_of",
    "unlisted_process",
]


_process = Prepared(lambda slug: Process.objects.filter(slug=slug))
_stages = Prepared(lambda process: Stage.objects.filter(process=process))
_stage = Prepared(
    lambda process, kind, slug: Stage.objects.filter(process__slug=process, kind=kind, slug=slug).select_related(
        "process"
    )
)
_unlisted = Prepared(lambda slug: Process.objects.filter(slug=slug, is_listed=False))


def listed_processes() -> QuerySet[Process]:
    """The processes shown on the home of the server."""
    stages = Prefetch("stages", queryset=Stage.objects.prefetch_related("texts"))
    return Process.objects.filter(is_listed=True).prefetch_related("texts", stages)


def process_or_404(slug: str) -> Process:
    """Return a process with its stages, which read their words when they are asked for one, or answer "not found"."""
    return kept(("process", slug), lambda: _read(slug))


def unlisted_process(slug: str) -> Process | None:
    """Return the process with this address when it is not listed yet."""
    return kept(("unlisted", slug), lambda: _unlisted.first(slug))


def _read(slug: str) -> Process:
    process = _process.first(slug)
    if process is None:
        raise Http404
    stages = _stages.all(process.pk)
    for one in stages:
        one.process = process
    lay(process, "stages", stages)
    speak_together([process])
    speak_together(stages)
    return process


def stage_or_404(process: str, kind: StageKind, stage: str) -> Stage:
    """Return a stage with its process and their texts, or answer "not found"."""
    whole = process_or_404(process)
    found = next((one for one in stages_of(whole) if one.kind == kind and one.slug == stage), None)
    if found is None:
        raise Http404
    return found


def stage_for_form(process: str, kind: StageKind, stage: str) -> Stage:
    """Return a stage with its process and nothing more, or answer "not found": a form leads on to another page."""
    found = _stage.first(process, kind.value, stage)
    if found is None:
        raise Http404
    speak_together([found.process])
    return found


def stages_of(process: Process) -> list[Stage]:
    """The stages of a process in order, with their texts; reads what was prefetched."""
    return list(process.stages.all())


def news_of(process: Process) -> QuerySet[News]:
    """News, films and streams of a process, newest first."""
    return process.news.prefetch_related("texts")
