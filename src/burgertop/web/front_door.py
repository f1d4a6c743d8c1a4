"""The front door: streams under ``/live/`` are answered here, everything else by Django under threads.

Django wholly under an event loop measured 7 to 20 times slower than under WSGI threads
(docs/decisions/one-port.md), so pages go through threads and only streams stay on the loop.
"""

from burgertop.web.wsgi import application as django_application  # isort: skip  # opens Django before models are read

from typing import cast

from django.conf import settings

from burgertop.foundation.live.queries import PREFIX
from burgertop.foundation.live.stream import LiveApp
from burgertop.foundation.live.wire import Request, Scope
from burgertop.web.knobs import read_knobs
from burgertop.web.pages import Application, Pages

__all__ = ["FrontDoor", "application"]


FINISH_SECONDS = 8.0  # the supervisor waits twelve


class FrontDoor:
    """One address, two ways in; speaks RSGI, the server's own language."""

    def __init__(self, threads: int) -> None:
        self._pages = Pages(
            cast("Application", django_application), threads=threads, most_bytes=settings.MOST_BODY_BYTES
        )
        self._live = LiveApp()

    async def __rsgi__(self, scope: Scope, request: Request) -> None:
        """Pass a request to the streams or to Django."""
        if scope.path.startswith(PREFIX):
            await self._live(scope, request)
        else:
            await self._pages(scope, request)

    async def close(self) -> None:
        """End the open streams, which would never end by themselves, and let answers under way go out."""
        await self._live.close()
        await self._pages.finish(FINISH_SECONDS)


application = FrontDoor(read_knobs().threads)
