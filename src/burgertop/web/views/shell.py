"""Pages and switches of the shell: display, colors, and what the house says of itself."""

import hashlib

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from burgertop.foundation.people.public_pages import same_for_all
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.queries import process_or_404
from burgertop.web.colors import style_of
from burgertop.web.display import Switches, keep_switches

__all__ = ["accessibility", "brand", "display", "limits", "source", "your_data"]


@csrf_exempt
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Keep the reader's switches and go back to the page they were on.

    The form carries no secret, so that a page that only shows is the same for everybody and gives no
    cookie. Another site that sent it could at worst make the type large; browsers of today say so, and it is refused.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise PermissionDenied
    onward = request.POST.get("next", "")
    is_safe = onward.startswith("/") and url_has_allowed_host_and_scheme(
        onward, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(onward if is_safe else "/")
    switches = Switches(is_large="large" in request.POST, is_contrast="contrast" in request.POST)
    keep_switches(response, switches, is_secure=settings.SESSION_COOKIE_SECURE)
    return response


@require_safe
def brand(request: HttpRequest, process: str) -> HttpResponse:
    """Answer the colors of a process as a style sheet of tokens."""
    found = process_or_404(process)
    style = style_of(found.brand, found.brand_deep, found.choice)
    tag = f'"{hashlib.sha256(style.encode()).hexdigest()[:16]}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=300"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(style, content_type="text/css; charset=utf-8", headers=headers)


@same_for_all
@require_safe
def accessibility(request: HouseRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return TemplateResponse(request, "pages/accessibility.html")


@same_for_all
@require_safe
def your_data(request: HouseRequest) -> HttpResponse:
    """Show what the house keeps of people, for how long, and how to ask for it."""
    return TemplateResponse(request, "pages/your_data.html")


@same_for_all
@require_safe
def limits(request: HouseRequest) -> HttpResponse:
    """Show what this software does not promise."""
    return TemplateResponse(request, "pages/limits.html")


@same_for_all
@require_safe
def source(request: HouseRequest) -> HttpResponse:
    """Show the licence and where the code is."""
    return TemplateResponse(request, "pages/source.html")
