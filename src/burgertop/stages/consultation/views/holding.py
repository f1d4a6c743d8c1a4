"""The desk of a consultation: how it is held, and the vote on the themes."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.ballotbox.models import BallotState
from burgertop.foundation.ballotbox.queries import papers_in
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.consultation.actions.holding import set_up
from burgertop.stages.consultation.actions.voting import close_vote, open_vote, prepare_vote, withdraw_vote
from burgertop.stages.consultation.forms import SetupForm, VoteForm, WindowForm
from burgertop.stages.consultation.permissions import may_hold_vote, setup_of
from burgertop.stages.consultation.queries.ideas import idea_counts
from burgertop.stages.consultation.queries.moderation import queue_counts
from burgertop.stages.consultation.queries.themes import progress_of, themes_of
from burgertop.stages.consultation.queries.votes import vote_of
from burgertop.stages.consultation.views.door import context_of, go_to, seen_stage, stage_for_desk

__all__ = ["desk", "settings", "vote_desk"]


@require_safe
def desk(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show what is to be done in this consultation, by role."""
    found, now = stage_for_desk(request, process, stage)
    ballot = vote_of(found)
    context = context_of(
        request,
        found,
        now,
        counts=idea_counts(found),
        queue=queue_counts(found),
        progress=progress_of(found),
        themes=themes_of(found).count(),
        handed_in=papers_in(ballot) if ballot else 0,
    )
    return TemplateResponse(request, "consultation/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Set how the consultation is held."""
    found, now = _holding(request, process, stage)
    form = SetupForm(request.POST or None, instance=setup_of(found))
    if request.method == "POST" and form.is_valid():
        set_up(found, **form.cleaned_data, now=now)
        messages.success(request, _("Saved."))
        return go_to("desk", found)
    context = context_of(request, found, now, form=form)
    return TemplateResponse(request, "consultation/settings.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def vote_desk(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Choose the themes of the ballot paper, open the vote, close and count it."""
    found, now = _holding(request, process, stage)
    themes = list(themes_of(found))
    step = request.POST.get("do", "")
    form = VoteForm(request.POST if step == "prepare" else None, themes=themes, page_language=request.LANGUAGE_CODE)
    window = WindowForm(request.POST if step == "open" else None)
    if request.method == "POST":
        try:
            if _done(found, step, form, window, now):
                return go_to("vote_desk", found)
        except HouseError as error:
            messages.error(request, say(error))
    ballot = vote_of(found)
    context = context_of(
        request,
        found,
        now,
        form=form,
        window=window,
        themes=themes,
        ballot=ballot,
        state=ballot.state if ballot else "",
        handed_in=papers_in(ballot) if ballot else 0,
        is_counted=bool(ballot and ballot.state == BallotState.COUNTED),
    )
    has_errors = bool(form.errors or window.errors)
    return TemplateResponse(request, "consultation/vote_desk.html", context, status=422 if has_errors else 200)


def _done(stage: Stage, step: str, form: VoteForm, window: WindowForm, now: datetime) -> bool:
    """Take one step of the vote; False when a form is not right yet."""
    if step == "prepare" and form.is_valid():
        chosen = [theme for theme in themes_of(stage) if theme.key in form.cleaned_data["themes"]]
        titles, questions = _words(stage)
        prepare_vote(stage, chosen, titles=titles, questions=questions, now=now)
    elif step == "open" and window.is_valid():
        open_vote(stage, now=now, closes_at=window.cleaned_data["closes_at"])
    elif step == "withdraw":
        withdraw_vote(stage, now=now)
    elif step == "close":
        close_vote(stage, now=now)
    else:
        return False
    return True


def _words(stage: Stage) -> tuple[dict[str, str], dict[str, str]]:
    """Title and question of the paper, in the languages of the process."""
    titles, questions = {}, {}
    for language in stage.process.languages:
        with override(language):
            titles[language] = _("Which themes should the summit talk about?")
            questions[language] = _("Fill in %(most)s circles at most.") % {"most": setup_of(stage).most_choices}
    return titles, questions


def _holding(request: HouseRequest, process: str, stage: str) -> tuple[Stage, datetime]:
    found, now = seen_stage(request, process, stage)
    if not may_hold_vote(request.actor, found, now):
        raise PermissionDenied
    return found, now
