"""A middleware for walks that ask only who comes in: pages are not written out, and a refusal is written out once."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

__all__ = ["LeaveUnread"]

REFUSALS = {PermissionDenied: 403, Http404: 404}


class LeaveUnread:
    """Answer with the status of a page and without its words: whether it opens is decided before.

    The page of a refusal is the same for one browser, one stage and one reason: there the first is written out.
    A class, for Django calls ``process_template_response`` as a bound method; each browser of a test has its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._written: set[tuple[str, type[Exception], str]] = set()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_template_response(self, _request: HttpRequest, answer: TemplateResponse) -> TemplateResponse:
        """Put nothing in place of the page: an answer with content is not written out."""
        answer.content = b""
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Let the house write its page of a refusal the first time; then only its number."""
        if type(error) not in REFUSALS:
            return None
        where = request.resolver_match.namespace if request.resolver_match else ""
        said = (where, type(error), str(error))
        if said not in self._written:
            self._written.add(said)
            return None
        return HttpResponse(status=REFUSALS[type(error)])
