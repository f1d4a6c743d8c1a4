"""The lottery is computed and sealed, and the public chance draws."""

from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from burgertop.core.errors import CoreError
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Chance
from burgertop.foundation.draws.queries import round_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import actions, permissions
from burgertop.stages.lottery.forms import ChanceForm, SealForm
from burgertop.stages.lottery.views.finding import draw_for, to_job, to_page

__all__ = ["chance", "compute", "ease", "recheck", "seal"]


@require_POST
def compute(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Let the worker compute the lottery; the page of the work shows how far it is and can stop it."""
    found = draw_for(request, process, stage, draw, permissions.may_hold_draw)
    job = actions.compute(found, actor_id=request.actor.account_id, now=timezone.now())
    return to_job(job, found)


@require_POST
def ease(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Let the quotas give way for the replacements, or (``step=keep``) hold again as they were set."""
    found = draw_for(request, process, stage, draw, permissions.may_hold_draw)
    try:
        if request.POST.get("step") == "keep":
            draws.keep_quotas(found)
            messages.success(request, _("The quotas hold as they were set."))
        else:
            draws.ease_quotas(found)
            messages.success(request, _("The quotas give way. Compute the replacements now."))
    except (CoreError, HouseError) as error:
        messages.warning(request, say(error))
    return to_page("desk", found)


@require_http_methods(["GET", "POST"])
def seal(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Ask before the lottery is sealed; POST seals it and announces where the chance comes from."""
    found = draw_for(request, process, stage, draw, permissions.may_hold_draw)
    one = round_of(found)
    if one is None or one.committed_at is not None:
        if one is None:
            messages.warning(request, say(DrawError("draws.no_lottery")))
        return to_page("desk", found)
    form = SealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            draws.seal(found, chance=Chance(data["chance"]), source=data["source"], now=timezone.now())
        except (CoreError, HouseError) as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("The lottery is sealed. Its commitment stands in the record."))
            return to_page("desk", found)
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "round": one, "form": form}
    return TemplateResponse(request, "lottery/seal.html", context)


@require_http_methods(["GET", "POST"])
def chance(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Take the public chance; POST writes it into the record and seats the panel it picks."""
    found = draw_for(request, process, stage, draw, permissions.may_hold_draw)
    one = round_of(found)
    if one is None or one.committed_at is None:
        messages.warning(request, say(DrawError("draws.not_committed")))
        return to_page("desk", found)
    if one.drawn_at is not None and request.method != "POST":
        return to_page("draw", found)
    form = ChanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            draws.take_chance(found, form.cleaned_data["public_seed"], now=timezone.now())
        except (CoreError, HouseError) as error:
            form.add_error("public_seed", say(error))
        else:
            return to_page("screen" if request.POST.get("back") == "screen" else "draw", found)
    context = {"process": found.stage.process, "stage": found.stage, "draw": found, "round": one, "form": form}
    return TemplateResponse(request, "lottery/chance.html", context)


@require_POST
def recheck(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Let the worker check the draw and compute it again; the answer stands on the desk."""
    found = draw_for(request, process, stage, draw, permissions.may_read_roster)
    try:
        actions.recheck(found, actor_id=request.actor.account_id, now=timezone.now())
    except HouseError as error:
        messages.warning(request, say(error))
    else:
        messages.info(request, _("The draw is being checked and computed again. The answer will stand on this page."))
    return to_page("desk", found)
