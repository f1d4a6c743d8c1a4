"""What can be done with a process: found it, open and close its stages."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from burgertop.foundation.events import publish
from burgertop.foundation.process.events import ProcessFounded, StageClosed, StageOpened
from burgertop.foundation.process.models import News, Process, Stage, StageState, Template
from burgertop.foundation.process.templates import LAYOUTS
from burgertop.foundation.texts import base_of

__all__ = ["add_news", "close_stage", "found_process", "open_stage", "reword"]


@transaction.atomic
def found_process(
    slug: str, template: Template, *, titles: Mapping[str, str], languages: Sequence[str], **more: object
) -> Process:
    """Make a process and the stages of its template, all planned, titled in every language the house speaks."""
    process = Process(slug=slug, template=template, languages=list(languages), **more)
    process.full_clean()
    process.save()
    process.write("title", titles)
    spoken = [language for language in languages if base_of(language) in dict(settings.LANGUAGES)]
    for order, plan in enumerate(LAYOUTS[template], start=1):
        stage = Stage.objects.create(process=process, kind=plan.kind, slug=plan.slug, order=order)
        for language in spoken or [settings.LANGUAGE_CODE]:
            with override(language):
                stage.write("title", {language: gettext(plan.title)})
    publish(ProcessFounded(process.pk, str(template)))
    return process


@transaction.atomic
def open_stage(stage: Stage, *, now: datetime) -> Stage:
    """Set a stage under way; opening it again changes nothing."""
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    if locked.state == StageState.OPEN:
        return locked
    if locked.closes_at is not None and locked.closes_at <= now:
        locked.closes_at = None
    if locked.opens_at is None or locked.opens_at > now:
        locked.opens_at = now
    locked.state = StageState.OPEN
    locked.save(update_fields=["state", "opens_at", "closes_at"])
    publish(StageOpened(locked.process_id, locked.pk, locked.kind, now))
    return locked


@transaction.atomic
def close_stage(stage: Stage, *, now: datetime) -> Stage:
    """Set a stage done; closing it again changes nothing."""
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    if locked.state == StageState.CLOSED:
        return locked
    locked.state = StageState.CLOSED
    locked.save(update_fields=["state"])
    publish(StageClosed(locked.process_id, locked.pk, locked.kind, now))
    return locked


@transaction.atomic
def reword(owner: Process | Stage, name: str, bodies: Mapping[str, str]) -> None:
    """Replace one text of a process or a stage in the languages given."""
    owner.write(name, bodies)


@transaction.atomic
def add_news(
    process: Process,
    kind: News.Kind,
    *,
    titles: Mapping[str, str],
    bodies: Mapping[str, str],
    link: str,
    now: datetime,
    once: uuid.UUID | None = None,
) -> News:
    """Publish a news item, a film or a stream link; sent twice with the same ``once`` it is published once."""
    known = News.objects.filter(pk=once, process=process).first() if once is not None else None
    if known is not None:
        return known
    news = News(pk=once or uuid.uuid4(), process=process, kind=kind, link=link, published_at=now)
    news.full_clean()
    news.save()
    news.write("title", titles)
    news.write("body", bodies)
    return news
