"""While the server is frozen: reading goes on, and whatever would be written is refused in plain words."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from burgertop.foundation.freezing import Freeze, FrozenError, current_freeze, writing
from burgertop.web.views.errors import frozen

__all__ = ["refuse_while_frozen"]

Answer = Callable[[HttpRequest], HttpResponse]

READS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
KEEPS_NOTHING = frozenset({"/display/"})  # the reader's switches stand in cookies
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")

log = logging.getLogger("burgertop.freeze")


def refuse_while_frozen(get_response: Answer) -> Answer:
    """Answer 503 to whatever would be written while the server is frozen.

    A page that is only asked for opens, unless it must write something about that, such as the access log.
    ``request.freeze`` is the freeze, or nothing.
    """
    teller = _Teller()

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in READS or request.path in KEEPS_NOTHING:
            freeze = request.freeze = teller.tell(current_freeze())  # type: ignore[attr-defined]  # for the banner
            if freeze is None:
                return get_response(request)
            with connection.execute_wrapper(_refuse_writes):
                return get_response(request)
        with writing() as freeze:
            request.freeze = teller.tell(freeze)  # type: ignore[attr-defined]  # for the banner
            return get_response(request) if freeze is None else frozen(request)

    return middleware


class _Teller:
    """Says in the log when a freeze begins and ends, as this process sees it."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._known: Freeze | None = None

    def tell(self, freeze: Freeze | None) -> Freeze | None:
        if freeze == self._known:
            return freeze
        with self._turn:
            before, self._known = self._known, freeze
        if (before is None) != (freeze is None):
            log.warning("Frozen: this server only reads." if freeze else "Thawed: this server writes again.")
        return freeze


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Let a statement pass that reads."""
    if sql.lstrip().upper().startswith(WRITES):
        raise FrozenError
    return execute(sql, params, many, context)
