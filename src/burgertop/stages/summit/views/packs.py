"""The pack of a local gathering: its host asks for it, and fetches it when it is printed."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.files.errors import FileError
from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import say
from burgertop.stages.summit.actions.packs import ask_for_pack, pack_row
from burgertop.stages.summit.actions.packs import pack_file as file_of
from burgertop.stages.summit.forms import PackForm
from burgertop.stages.summit.views.gatherings import hosted

__all__ = ["pack", "pack_file"]


@never_cache
@require_http_methods(["GET", "POST"])
def pack(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Show whether the pack is printed; POST lets the worker print it. How it stands is fetched alone."""
    found, gathering, now = hosted(request, process, stage, pk)
    form = PackForm(request.POST or None, initial={"language": _first_language(gathering.languages)})
    if request.method == "POST" and form.is_valid():
        ask_for_pack(gathering, form.cleaned_data["language"], actor_id=request.actor.account_id, now=now)
        return redirect("summit:gathering_pack", process=process, stage=stage, pk=pk)
    row = pack_row(gathering)
    context = {
        "process": found.process,
        "stage": found,
        "gathering": gathering,
        "form": form,
        "row": row,
        "live_url": address_of(row.running.topic) if row.running is not None else "",
    }
    name = "summit/_gathering_pack.html" if "HX-Request" in request.headers else "summit/gathering_pack.html"
    return TemplateResponse(request, name, context)


def _first_language(languages: list[str]) -> str:
    """The language of the page where the gathering speaks it, else the first of its own that the house knows."""
    here, known = get_language() or settings.LANGUAGE_CODE, {code for code, _name in settings.LANGUAGES}
    return here if here in languages else next((tag for tag in languages if tag in known), here)


@require_safe
def pack_file(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Give the printed pack; it is kept nowhere on the way."""
    _found, gathering, _now = hosted(request, process, stage, pk)
    try:
        content = file_of(gathering)
    except FileError as error:
        messages.warning(request, say(error))
        return redirect("summit:gathering_pack", process=process, stage=stage, pk=pk)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{process}-g-off.pdf"'
    response["Cache-Control"] = "no-store"
    return response
