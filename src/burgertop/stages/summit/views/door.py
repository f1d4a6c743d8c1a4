"""The square on a table's sheet: ask, then bind the device that scanned it."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from burgertop.foundation.people.passes import grant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.models import Table

__all__ = ["table_door"]


def _page_of(table: Table) -> tuple[str, str]:
    """The language a table's page begins in, and its address."""
    known = {code for code, _name in settings.LANGUAGES}
    spoken = [*table.spoken, *table.stage.process.languages, settings.LANGUAGE_CODE]
    language = next(tag for tag in spoken if tag in known)
    names = {"process": table.stage.process.slug, "stage": table.stage.slug, "pk": table.pk}
    with override(language):
        return language, reverse("summit:table", kwargs=names)


@require_http_methods(["GET", "POST"])
def table_door(request: HouseRequest, token: str) -> HttpResponse:
    """Ask whether this device shall write for the table; POST binds it beside those that write already."""
    try:
        table = queries.opens_door(token)
    except HouseError as error:
        return TemplateResponse(request, "doors/shut.html", {"sentence": say(error)}, status=410)
    language, address = _page_of(table)
    device = permissions.device_of(request.actor, table)
    if device is not None:
        return HttpResponseRedirect(address)
    if request.method == "POST":
        response = HttpResponseRedirect(address)
        try:
            grant(request, response, actions.bind_device(table, now=timezone.now()))
        except HouseError as error:
            return TemplateResponse(request, "doors/shut.html", {"sentence": say(error)}, status=409)
        return response
    context = {
        "process": table.stage.process,
        "table": table,
        "page_language": language,
        "has_device": queries.has_device(table),
        "tongues": [tag for tag in table.spoken if tag in dict(settings.LANGUAGES)][:2] or [language],
    }
    with override(language):
        return TemplateResponse(request, "summit/door.html", context).render()
