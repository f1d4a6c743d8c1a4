"""The home of the server: its processes; the bureau of a staff member; founding a process."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from burgertop.foundation.freezing import current_freeze
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.people.public_pages import same_for_all
from burgertop.foundation.people.queries import processes_of
from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.queries import listed_processes
from burgertop.web.forms import FoundProcessForm
from burgertop.web.permissions import may_found_process

__all__ = ["bureau", "found", "healthy", "home"]


@same_for_all
@require_safe
def home(request: HouseRequest) -> HttpResponse:
    """Show the processes of this server."""
    context = {"processes": listed_processes(), "may_found": may_found_process(request.actor)}
    return TemplateResponse(request, "server/home.html", context)


@require_safe
@login_required
def bureau(request: HouseRequest) -> HttpResponse:
    """Show a staff member the processes they work in, with their roles."""
    account = get_object_or_404(Account, pk=request.actor.account_id)
    mine = [
        (process, sorted(Role(role).label for role in request.actor.roles.get(process.pk, ())))
        for process in processes_of(account)
    ]
    return TemplateResponse(request, "server/bureau.html", {"mine": mine})


@require_http_methods(["GET", "POST"])
@login_required
def found(request: HouseRequest) -> HttpResponse:
    """Found a process from a template; whoever founds it is its first organiser."""
    if not may_found_process(request.actor):
        raise PermissionDenied
    form = FoundProcessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            process = found_process(**form.founding())
            give_role(process, get_object_or_404(Account, pk=request.actor.account_id), Role.ORGANISER)
        return redirect("process:desk", process=process.slug)
    return TemplateResponse(request, "server/found.html", {"form": form})


@require_safe
def healthy(request: HttpRequest) -> HttpResponse:
    """Say to a supervisor that the database answers, and whether the server only reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("frozen\n" if current_freeze() else "ok\n", content_type="text/plain")
