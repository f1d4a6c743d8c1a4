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
from burgertop.foundation.shelf import Shelf
from burgertop.web.knobs import read_knobs
from burgertop.web.page_cache import Answer, Key, PageCache, is_page, key_of
from burgertop.web.pages import Application, Pages

__all__ = ["FrontDoor", "application"]


FINISH_SECONDS = 8.0  # the supervisor waits twelve


class FrontDoor:
    """One address, two ways in; speaks RSGI, the server's own language."""

    def __init__(self, threads: int) -> None:
        self._shelf = Shelf()
        self._pages = Pages(
            cast("Application", django_application),
            threads=threads,
            most_bytes=settings.MOST_BODY_BYTES,
            shelf_for=self._shelf_for,
        )
        self._cache = PageCache()
        self._live = LiveApp(before_news=self._forget)

    async def __rsgi__(self, scope: Scope, request: Request) -> None:
        """Pass a request to the streams or to Django, or answer it from memory."""
        if scope.path.startswith(PREFIX):
            await self._live(scope, request)
            return
        key, may_keep = key_of(scope)
        if key is not None and self._live.is_reading():
            await self._answer(key, scope, request, may_keep=may_keep)
            return
        await self._pages(scope, request)
        if scope.method != "GET" and _is_staff(scope):
            self._forget()

    def open(self) -> None:
        """Begin to read the outbox, so that pages may be shared; needs the running loop."""
        self._live.is_reading()

    async def close(self) -> None:
        """End the open streams, which would never end by themselves, and let answers under way go out."""
        await self._live.close()
        await self._pages.finish(FINISH_SECONDS)

    def _forget(self) -> None:
        self._shelf.forget()
        self._cache.forget()

    def _shelf_for(self, scope: Scope) -> Shelf | None:
        """Pages that only show share what they read; staff read everything afresh."""
        return self._shelf if is_page(scope) and not _is_staff(scope) and self._live.is_reading() else None

    async def _answer(self, key: Key, scope: Scope, request: Request, *, may_keep: bool) -> None:
        async def make() -> Answer | None:
            made = await self._pages(scope, request)
            return made if made is not None and may_keep and made.is_keepable else None

        kept = await self._cache.answer(key, make)
        if kept is not None:
            request.response_bytes(kept.status, kept.headers, kept.body)


def _is_staff(scope: Scope) -> bool:
    return any(settings.SESSION_COOKIE_NAME in value for name, value in scope.headers.items() if name == "cookie")


application = FrontDoor(read_knobs().threads)
