"""Cards that a table wrote on paper, typed in by the staff; they are marked, and the table's origin stays."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from burgertop.foundation.people.requests import HouseRequest
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit import actions, permissions, queries
from burgertop.stages.summit.forms import TypedCardForm
from burgertop.stages.summit.models import RoundState
from burgertop.stages.summit.views.entering import seen_table

__all__ = ["type_cards"]


@require_http_methods(["GET", "POST"])
def type_cards(request: HouseRequest, process: str, stage: str, pk: uuid.UUID) -> HttpResponse:
    """Type in the cards of a table, one by one; the round may be over."""
    table, now = seen_table(request, process, stage, pk)
    found = table.stage
    if not permissions.may_type_cards(request.actor, found, now):
        raise PermissionDenied
    rounds = [one for one in queries.rounds_of(found) if one.state != RoundState.PLANNED]
    current = queries.current_round(rounds)
    form = TypedCardForm(table, rounds, request.POST or None, round=str(current.pk) if current is not None else "")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            card = actions.write_card(
                uuid.UUID(data["round"]),
                table,
                form.draft(),
                card_id=data["card"],
                once=data["once"],
                by=request.actor.account_id,
                now=now,
                is_typed=True,
            )
        except HouseError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, _("Card %(number)s of the table is typed in.") % {"number": card.number})
            return redirect("summit:type_cards", process=process, stage=stage, pk=pk)
    context = {"process": found.process, "stage": found, "table": table, "rounds": rounds, "form": form}
    return TemplateResponse(request, "summit/type_cards.html", context)
