"""A short address for mail and paper: the signed link of an addressee."""

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from burgertop.foundation.people.links import open_link
from burgertop.foundation.people.passes import grant
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say

__all__ = ["link_door"]


def _shut(request: HouseRequest, error: HouseError) -> HttpResponse:
    return TemplateResponse(request, "doors/shut.html", {"sentence": say(error)}, status=410)


@require_safe
def link_door(request: HouseRequest, token: str) -> HttpResponse:
    """Open a signed link: the browser gets its pass, the address bar loses the token."""
    try:
        opened = open_link(token)
    except HouseError as error:
        return _shut(request, error)
    response = HttpResponseRedirect(opened.address)
    grant(request, response, opened.door)
    return response
