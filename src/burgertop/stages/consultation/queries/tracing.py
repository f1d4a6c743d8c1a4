"""How the trace shows ideas and themes."""

import uuid
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from burgertop.foundation.trace.describers import Described
from burgertop.stages.consultation.models import Idea, IdeaState, Theme

__all__ = ["describe_ideas", "describe_themes"]


def describe_ideas(ids: Sequence[uuid.UUID], language: str) -> list[Described]:
    """Describe ideas for the trace; hidden ones and those not read yet are left out."""
    ideas = Idea.objects.filter(pk__in=ids, state=IdeaState.SHOWN).select_related("stage__process")
    return [
        Described(
            kind="idea",
            pk=idea.pk,
            where=_("Idea %(number)s") % {"number": idea.number},
            title=idea.say("text", language),
            url=_address("consultation:idea", idea, pk=idea.pk),
            origin=idea.get_origin_display(),
            note=idea.place,
        )
        for idea in ideas.prefetch_related("texts")
    ]


def describe_themes(ids: Sequence[uuid.UUID], language: str) -> list[Described]:
    """Describe themes for the trace; one that the vote chose says so."""
    themes = Theme.objects.filter(pk__in=ids).select_related("stage__process")
    return [
        Described(
            kind="theme",
            pk=theme.pk,
            where=_("Theme"),
            title=theme.say("title", language),
            text=theme.say("question", language),
            url=_address("consultation:theme", theme, key=theme.key),
            note=_("Chosen by the vote") if theme.agenda_order else "",
        )
        for theme in themes.prefetch_related("texts")
    ]


def _address(name: str, owner: Idea | Theme, **more: object) -> str:
    return reverse(name, kwargs={"process": owner.stage.process.slug, "stage": owner.stage.slug, **more})
