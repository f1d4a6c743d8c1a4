"""What everybody may see of a lottery: what it is, where it stands, its result, the screen in the hall."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from burgertop.foundation.draws.checking import verify
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.draws.packing import public_of
from burgertop.foundation.draws.queries import erased_from, roster_of, rounds_of, topic_of
from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.models import StageKind
from burgertop.foundation.process.queries import stage_or_404
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.lottery import permissions, queries
from burgertop.stages.lottery.forms import ChanceForm
from burgertop.stages.lottery.views.finding import draw_for
from burgertop.stages.lottery.views.handing import package_file

__all__ = ["draw", "home", "public_file", "screen"]

SCREEN_NUMBERS = 120


@require_safe
def home(request: HouseRequest, process: str, stage: str) -> HttpResponse:
    """Show what the lottery is and where each of its draws stands."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    now = timezone.now()
    may_see = permissions.may_see_draw(request.actor, here, now)
    context = {
        "process": here.process,
        "stage": here,
        "draws": list(queries.draws_with_counts(here)) if may_see else [],
        "may_prepare": permissions.may_prepare(request.actor, here, now),
        "may_read_pool": permissions.may_read_pool(request.actor, here, now),
        "may_take_replies": permissions.may_take_replies(request.actor, here, now),
        "has_letters": queries.sent_waves(here).exists(),
    }
    return TemplateResponse(request, "lottery/home.html", context)


@require_safe
def draw(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Show one draw to everybody: the pool against the quotas, the seal, the result and how to recompute it."""
    here = stage_or_404(process, StageKind.LOTTERY, stage)
    now = timezone.now()
    if not permissions.may_see_draw(request.actor, here, now):
        raise PermissionDenied
    found = queries.draw_or_404(here, draw)
    is_drawn = found.state == DrawState.DRAWN
    is_counted = is_drawn and not erased_from(found)
    context = {
        "process": here.process,
        "stage": here,
        "draw": found,
        "rounds": [(one, queries.chances_of(one)) for one in rounds_of(found)],
        "features": queries.lines_of(found, is_public=True),
        "numbers": [member.number for member in roster_of(found)] if is_drawn else [],
        "is_counted": is_counted,
        "breaches": [say(HouseError(one.code, **one.params)) for one in verify(found)] if is_counted else [],
        "may_read_pool": permissions.may_read_pool(request.actor, here, now),
    }
    return TemplateResponse(request, "lottery/draw.html", context)


@require_safe
def public_file(request: HouseRequest, process: str, stage: str, draw: str, number: int) -> HttpResponse:
    """Give everybody the public package of a round, as a file for the verifier."""
    found = draw_for(request, process, stage, draw, permissions.may_see_draw)
    one = queries.round_or_404(found, number)
    return package_file(public_of(one), f"{draw}-{number}-public")


def _awaited(draw: Draw, *, is_sealed: bool) -> int:
    """How many seats are still to be drawn: all at first, later those that are free once their lottery is sealed."""
    if draw.state != DrawState.DRAWN:
        return draw.seats
    return queries.vacancies_of(draw) if is_sealed else 0


@require_safe
def screen(request: HouseRequest, process: str, stage: str, draw: str) -> HttpResponse:
    """Show the ceremony on the projector, without names; who holds the draw types the chance here, before all eyes."""
    found = draw_for(request, process, stage, draw, permissions.may_see_draw)
    here = found.stage
    last = rounds_of(found).last()
    is_awaited = last is not None and last.drawn_at is None
    may_draw = is_awaited and permissions.may_hold_draw(request.actor, here, timezone.now())
    numbers = [member.number for member in roster_of(found)] if found.state == DrawState.DRAWN else []
    context = {
        "process": here.process,
        "stage": here,
        "draw": found,
        "round": last,
        "awaited": _awaited(found, is_sealed=is_awaited),
        "form": ChanceForm() if may_draw else None,
        "features": queries.lines_of(found, is_public=True),
        "numbers": numbers if len(numbers) <= SCREEN_NUMBERS else [],
        "places": queries.places_of(numbers),
        "live": address_of(topic_of(found)),
    }
    name = "lottery/_screen.html" if "HX-Request" in request.headers else "lottery/screen.html"
    return TemplateResponse(request, name, context)
