"""What the stage bar shows: every stage of a process, with where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from burgertop.foundation.process.models import Process, Stage, StageState
from burgertop.foundation.texts import Said

__all__ = ["StageItem", "stage_items"]


@dataclass(frozen=True, slots=True)
class StageItem:
    """One tab of the stage bar."""

    kind: str
    number: int
    title: Said | str
    window: str
    state: str
    url: str
    is_current: bool
    stage: Stage

    @property
    def is_done(self) -> bool:
        """Whether the stage is over."""
        return self.state == StageState.CLOSED


def stage_items(stages: Sequence[Stage], process: Process, here: Stage | None, language: str) -> list[StageItem]:
    """Describe the stages in order; current is the page's stage, else the first that is under way."""
    current = here or next((stage for stage in stages if stage.state == StageState.OPEN), None)
    return [
        StageItem(
            kind=stage.kind,
            number=number,
            title=stage.say("title", language) or stage.get_kind_display(),
            window=_window_of(stage, language),
            state=stage.state,
            url=_address_of(stage, process),
            is_current=current is not None and stage.pk == current.pk,
            stage=stage,
        )
        for number, stage in enumerate(stages, 1)
    ]


def _window_of(stage: Stage, language: str) -> str:
    """Say when the stage is: done, the organiser's words, or its dates."""
    if stage.state == StageState.CLOSED:
        return _("done")
    if words := stage.say("window", language).text:
        return words
    if stage.state == StageState.OPEN and stage.closes_at:
        return _("until %(day)s") % {"day": _day(stage.closes_at)}
    if stage.opens_at:
        return _("from %(day)s") % {"day": _day(stage.opens_at)}
    return stage.get_state_display()


def _day(moment: datetime) -> str:
    """Say the day, with its year when that is not this year."""
    local = timezone.localtime(moment)
    form = "MONTH_DAY_FORMAT" if local.year == timezone.localtime().year else "DATE_FORMAT"
    return formats.date_format(local, form)


def _address_of(stage: Stage, process: Process) -> str:
    try:
        return reverse(f"{stage.kind}:home", kwargs={"process": process.slug, "stage": stage.slug})
    except NoReverseMatch:
        return ""
