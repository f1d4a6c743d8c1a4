"""Pages that are the same for everybody who is nobody here: one answer may be given to many."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpResponse

from burgertop.foundation.people.requests import HouseRequest

__all__ = ["SAME_FOR_ALL", "same_for_all"]

SAME_FOR_ALL = "burgertop.same_for_all"
P = ParamSpec("P")


def same_for_all(
    view: Callable[Concatenate[HouseRequest, P], HttpResponse],
) -> Callable[Concatenate[HouseRequest, P], HttpResponse]:
    """Say of a view that its page depends on the address only, for whoever comes without a role and a pass.

    The front door may then give one answer to many for a moment (``web/page_cache``). Never say it of a
    page with a form that is numbered (``once``) or that knows what this browser did before.
    """

    @wraps(view)
    def seen(request: HouseRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = request.actor
        if request.method == "GET" and actor.account_id is None and not actor.passes:
            request.META[SAME_FOR_ALL] = True
        return view(request, *args, **kwargs)

    return cast("Callable[Concatenate[HouseRequest, P], HttpResponse]", seen)
