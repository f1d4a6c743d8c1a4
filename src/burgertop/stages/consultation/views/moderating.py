"""The moderators' desk: read, hide with a reason, show again, answer appeals."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from burgertop.foundation.people.models import Role
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.consultation.actions.moderating import answer_appeal, hide, pass_idea, restore
from burgertop.stages.consultation.forms import AnswerForm, HideForm
from burgertop.stages.consultation.models import Idea
from burgertop.stages.consultation.permissions import may_moderate, role_of
from burgertop.stages.consultation.queries.ideas import with_words
from burgertop.stages.consultation.queries.moderation import FILTERS, hiding_of, queue_counts, queue_of, removals_of
from burgertop.stages.consultation.views.door import context_of, go_to, seen_stage, stage_for_desk

__all__ = ["decide", "moderate", "queue"]

PER_PAGE = 25
NAMES = {
    "unread": gettext_lazy("Not read yet"),
    "held": gettext_lazy("Wait to be shown"),
    "appeals": gettext_lazy("Appeals"),
    "hidden": pgettext_lazy("ideas", "Hidden"),
    "shown": pgettext_lazy("ideas", "Shown"),
    "all": pgettext_lazy("ideas", "All"),
}


@require_safe
def queue(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """List ideas for the desk, newest first, in filters."""
    found, now = stage_for_desk(request, process, stage)
    which = request.GET.get("show", "")
    which = which if which in FILTERS else "unread"
    words = request.GET.get("q", "")[:80].replace("\0", "")
    page = Paginator(queue_of(found, which, words), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    for row in rows:
        row.hiding = hiding_of(row)  # type: ignore[attr-defined]  # for the page only
    counts = queue_counts(found)
    context = context_of(
        request,
        found,
        now,
        page=page,
        ideas=rows,
        which=which,
        words=words,
        filters=[(name, NAMES[name], counts[name]) for name in FILTERS],
        removals=removals_of(found),
    )
    return TemplateResponse(request, "consultation/moderation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show one idea with its story; POST hides it for a rule, or answers the appeal of its author."""
    found, now = stage_for_desk(request, process, stage)
    if request.method == "POST" and not may_moderate(request.actor, found, now):
        raise PermissionDenied
    idea = get_object_or_404(with_words(found.ideas.all()), pk=pk)
    hiding = hiding_of(idea)
    form = (AnswerForm if hiding else HideForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _act(request, idea, form)
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("Done: idea %(number)s.") % {"number": idea.number})
            return go_to("moderation", found)
    context = context_of(request, found, now, idea=idea, hiding=hiding, form=form)
    return TemplateResponse(
        request, "consultation/moderate.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _act(request: HouseRequest, idea: Idea, form: HideForm | AnswerForm) -> None:
    data = form.cleaned_data
    found, now = seen_stage(request, idea.stage.process.slug, idea.stage.slug)
    account, role = request.actor.account_id, role_of(request.actor, found, Role.MODERATOR, Role.ORGANISER)
    language = request.LANGUAGE_CODE.split("-")[0]
    if isinstance(form, HideForm):
        hide(idea, reason=data["reason"], note=data["note"], account=account, role=role, language=language, now=now)
    else:
        answer_appeal(
            idea,
            data["text"],
            is_restored=data["verdict"] == "restore",
            account=account,
            role=role,
            language=language,
            now=now,
        )


@require_POST
def decide(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Say that an idea was read and is fine, or show a hidden one again."""
    found, now = seen_stage(request, process, stage)
    if not may_moderate(request.actor, found, now):
        raise PermissionDenied
    idea = get_object_or_404(found.ideas, pk=pk)
    role = role_of(request.actor, found, Role.MODERATOR, Role.ORGANISER)
    act = restore if request.POST.get("decision") == "restore" else pass_idea
    try:
        act(idea, account=request.actor.account_id, role=role, now=now)
    except HouseError as error:
        messages.error(request, say(error))
    else:
        messages.success(request, _("Done: idea %(number)s.") % {"number": idea.number})
    return go_to("moderation", found, query={"show": request.POST.get("show", "unread")[:10]})
