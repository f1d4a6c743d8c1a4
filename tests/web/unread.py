"""A middleware for walks that ask only who comes in: the page is not written out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

__all__ = ["LeaveUnread"]


class LeaveUnread:
    """Answer with the status of a page and without its words: whether it opens is decided before.

    A class, for Django calls ``process_template_response`` as a bound method.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_template_response(self, _request: HttpRequest, answer: TemplateResponse) -> TemplateResponse:
        """Put nothing in place of the page: an answer with content is not written out."""
        answer.content = b""
        return answer
