"""The theme desk: the pile, suggestions a person confirms, themes, the second reader."""

import re
import uuid
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.people.models import Role
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.consultation.actions.placing import (
    Hand,
    confirm_placement,
    leave_out,
    link_double,
    place_ideas,
    undo_placement,
)
from burgertop.stages.consultation.actions.theming import make_theme, merge_theme, reword_theme, split_theme
from burgertop.stages.consultation.forms import ThemeForm, theme_choices
from burgertop.stages.consultation.models import Idea, NotTaken, Theme
from burgertop.stages.consultation.permissions import may_place, role_of
from burgertop.stages.consultation.queries.ideas import ideas_by_id
from burgertop.stages.consultation.queries.ratings import with_counts
from burgertop.stages.consultation.queries.themes import (
    ideas_under,
    most_ideas,
    progress_of,
    suggestions_for,
    theme_or_404,
    themes_of,
    to_confirm,
    unplaced_ideas,
)
from burgertop.stages.consultation.views.door import context_of, go_to, seen_stage, stage_for_desk

__all__ = ["desk", "edit_theme", "new_theme", "put", "second_reading", "theme_ideas"]

PILE = 12
PER_PAGE = 25
KEY = re.compile(r"[-\w]{1,60}")


@require_safe
def desk(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show the pile with suggestions beside the themes."""
    found, now = stage_for_desk(request, process, stage)
    themes = list(themes_of(found))
    page = Paginator(unplaced_ideas(found), PILE).get_page(request.GET.get("page"))
    pile = list(page)
    by_id = {theme.pk: theme for theme in themes}
    hints = suggestions_for(found, pile)
    for idea in pile:
        hint = hints.get(idea.pk)
        idea.hint = by_id.get(hint.theme_id) if hint else None  # type: ignore[attr-defined]  # for the page only
    last = ideas_by_id([pk]) if (pk := _id_in(request.GET.get("last", ""))) else []
    context = context_of(
        request,
        found,
        now,
        themes=themes,
        most=most_ideas(themes),
        page=page,
        ideas=with_counts(found, pile),
        progress=progress_of(found),
        choices=theme_choices(themes, request.LANGUAGE_CODE),
        reasons=NotTaken.choices,
        last=last[0] if last and last[0].stage_id == found.pk else None,
    )
    return TemplateResponse(request, "consultation/theme_desk.html", context)


@require_POST
def put(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Put the chosen ideas somewhere: a theme, not taken, the same as another, back, or confirmed."""
    found, now = seen_stage(request, process, stage)
    if not may_place(request.actor, found, now):
        raise PermissionDenied
    wanted = [pk for value in request.POST.getlist("idea") if (pk := _id_in(value))]
    ideas = list(found.ideas.select_related("stage").filter(pk__in=wanted))
    try:
        _do(request, found, ideas, now)
    except HouseError as error:
        messages.error(request, say(error))
    return _back(request, found, ideas)


def _do(request: HouseRequest, stage: Stage, ideas: list[Idea], now: datetime) -> None:
    sent, hand, language = request.POST, _hand(request, stage, now), request.LANGUAGE_CODE.split("-")[0]
    match sent.get("do"):
        case "undo":
            for idea in ideas:
                undo_placement(idea, hand=hand)
        case "confirm":
            for idea in ideas:
                confirm_placement(idea, hand=hand)
        case "leave_out":
            for idea in ideas:
                leave_out(idea, reason=sent.get("reason", ""), hand=hand, note=sent.get("note", ""), language=language)
        case "same":
            other = get_object_or_404(stage.ideas, number=_number_in(sent.get("number", "")))
            for idea in ideas:
                link_double(idea, other, hand=hand)
        case _:
            theme = get_object_or_404(stage.themes.select_related("stage"), key=_key_in(str(sent.get("theme", ""))))
            place_ideas(ideas, theme, hand=hand, is_from_suggestion="hint" in sent)


def _back(request: HouseRequest, stage: Stage, ideas: list[Idea]) -> HttpResponse:
    match request.POST.get("back"):
        case "second":
            return go_to("second_reading", stage)
        case "theme":
            here = get_object_or_404(stage.themes, key=_key_in(request.POST.get("here", "")))
            return go_to("theme_ideas", stage, key=here.key)
    return go_to("theme_desk", stage, query={"last": ideas[0].pk} if len(ideas) == 1 else None)


@require_http_methods(["GET", "HEAD", "POST"])
def new_theme(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Make a theme in the languages of the process; ideas named in the address go under it at once."""
    found, now = seen_stage(request, process, stage)
    if not may_place(request.actor, found, now):
        raise PermissionDenied
    form = ThemeForm(request.POST or None, languages=found.process.languages)
    wanted = [pk for value in (request.POST or request.GET).getlist("idea") if (pk := _id_in(value))]
    ideas = list(found.ideas.select_related("stage").filter(pk__in=wanted))
    if request.method == "POST" and form.is_valid():
        titles, hand = form.bodies("title"), _hand(request, found, now)
        try:
            origin = found.themes.select_related("stage").filter(key=_key_in(request.POST.get("split", ""))).first()
            if origin is not None:
                split_theme(origin, ideas, titles=titles, hand=hand)
            else:
                questions, summaries = form.bodies("question"), form.bodies("summary")
                fresh = make_theme(found, titles=titles, questions=questions, summaries=summaries, now=now)
                place_ideas(ideas, fresh, hand=hand)
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The theme is there."))
            return go_to("theme_desk", found)
    split = request.POST.get("split", "") or request.GET.get("split", "")
    context = context_of(request, found, now, form=form, theme=None, ideas=ideas, split=split)
    return TemplateResponse(request, "consultation/theme_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_theme(request: HouseRequest, process: str, stage: str, key: str) -> HttpResponse:
    """Change the words of a theme, or merge it into another."""
    found, now = seen_stage(request, process, stage)
    if not may_place(request.actor, found, now):
        raise PermissionDenied
    theme = theme_or_404(found, key)
    languages = found.process.languages
    form = ThemeForm(
        request.POST if "merge" not in request.POST and request.method == "POST" else None,
        languages=languages,
        initial=ThemeForm.initial_of(theme, languages),
    )
    if request.method == "POST":
        try:
            if _changed(request, theme, form, now):
                messages.success(request, _("The theme is changed."))
                return go_to("theme_desk", found)
        except HouseError as error:
            if form.is_bound:
                form.add_error(None, say(error))
            else:
                messages.error(request, say(error))
    others = [one for one in themes_of(found) if one.pk != theme.pk]
    choices = theme_choices(others, request.LANGUAGE_CODE)
    context = context_of(request, found, now, form=form, theme=theme, choices=choices, ideas=[])
    return TemplateResponse(
        request, "consultation/theme_form.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _changed(request: HouseRequest, theme: Theme, form: ThemeForm, now: datetime) -> bool:
    if "merge" in request.POST:
        into = get_object_or_404(theme.stage.themes.select_related("stage"), key=_key_in(request.POST.get("into", "")))
        merge_theme(theme, into, hand=_hand(request, theme.stage, now))
        return True
    if not form.is_valid():
        return False
    questions, summaries = form.bodies("question"), form.bodies("summary")
    reword_theme(theme, titles=form.bodies("title"), questions=questions, summaries=summaries, now=now)
    return True


@require_safe
def theme_ideas(request: HouseRequest, process: str, stage: str, key: str) -> HttpResponse:
    """Show the ideas under a theme at the desk, to move, confirm or split off."""
    found, now = stage_for_desk(request, process, stage)
    theme = theme_or_404(found, key)
    page = Paginator(ideas_under(theme), PER_PAGE).get_page(request.GET.get("page"))
    choices = theme_choices([one for one in themes_of(found) if one.pk != theme.pk], request.LANGUAGE_CODE)
    context = context_of(
        request,
        found,
        now,
        theme=theme,
        page=page,
        ideas=list(page),
        choices=choices,
        reasons=NotTaken.choices,
        account=request.actor.account_id,
    )
    return TemplateResponse(request, "consultation/theme_ideas.html", context)


@require_safe
def second_reading(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show what waits for a second reader: ideas that somebody else put under a theme."""
    found, now = stage_for_desk(request, process, stage)
    page = Paginator(to_confirm(found, request.actor.account_id), PILE).get_page(request.GET.get("page"))
    choices = theme_choices(list(themes_of(found)), request.LANGUAGE_CODE)
    context = context_of(request, found, now, page=page, ideas=list(page), choices=choices, progress=progress_of(found))
    return TemplateResponse(request, "consultation/second_reading.html", context)


def _hand(request: HouseRequest, stage: Stage, now: datetime) -> Hand:
    return Hand(request.actor.account_id, role_of(request.actor, stage, Role.THEME_TEAM, Role.ORGANISER), now)


def _id_in(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _number_in(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _key_in(text: str) -> str:
    """The key of a theme as it was sent; nothing where no key can look like that."""
    return text if KEY.fullmatch(text) else ""
