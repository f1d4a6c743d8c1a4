"""One answer for many: public pages are kept for a moment, so that a hall that looks at once asks the database once.

Kept is only what a view calls the same for all, was asked without any cookie but the switches of the
display, and gave no cookie. Given it is only to those who bring nothing that could make them
somebody. Everything is forgotten when a live message goes out (before anybody hears it), when staff
have sent a form, and after two seconds.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings

from burgertop.foundation.live.wire import Pairs, Scope
from burgertop.web.display import CONTRAST_COOKIE, LARGE_COOKIE

__all__ = ["Answer", "Key", "PageCache", "is_page", "key_of"]

KEPT_SECONDS = 2.0
MOST_PAGES = 300
MOST_BYTES = 256 * 1024  # of one page
LONGEST_ADDRESS = 400
LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
DISPLAY = (LARGE_COOKIE, CONTRAST_COOKIE)
# The form's secret says nothing of a page that shows none; the language of a page stands in its address.
HARMLESS = frozenset({*DISPLAY, settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME})
DEPENDS_ON = ("host", "hx-request", "x-forwarded-host", "x-forwarded-proto")

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it goes out."""

    status: int
    headers: Pairs
    body: bytes

    @property
    def is_keepable(self) -> bool:
        """Whether it is a whole page that gives no cookie."""
        names = {name for name, _ in self.headers}
        return self.status == HTTPStatus.OK and "set-cookie" not in names and len(self.body) <= MOST_BYTES


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and since when we have it."""

    answer: Answer
    at: float


class PageCache:
    """The pages of the last moment. Belongs to one loop."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._known: OrderedDict[Key, None] = OrderedDict()
        self._asked: dict[Key, asyncio.Future[Answer | None]] = {}

    def forget(self) -> None:
        """Something has changed: whoever asks from now on asks anew, also for what is being made."""
        self._pages.clear()
        self._asked.clear()

    async def answer(self, key: Key, make: Callable[[], Awaitable[Answer | None]]) -> Answer | None:
        """Return a page from memory, or ``None`` when ``make`` has answered by itself.

        ``make`` answers one browser and returns what others may get as well. Whoever asks for a page that is
        just being made, and was kept before, waits for it.
        """
        kept = self._pages.get(key)
        if kept is not None and self._clock() - kept.at < KEPT_SECONDS:
            return kept.answer
        asked = self._asked.get(key)
        if asked is not None and key in self._known:
            shared = await asyncio.shield(asked)
            if shared is not None:
                return shared
        await self._make(key, make)
        return None

    async def _make(self, key: Key, make: Callable[[], Awaitable[Answer | None]]) -> None:
        mine = self._asked[key] = asyncio.get_running_loop().create_future()
        made: Answer | None = None
        try:
            made = await make()
        finally:
            mine.set_result(made)
            if self._asked.get(key) is mine:  # nothing has changed meanwhile
                del self._asked[key]
                if made is not None:
                    self._keep(key, made)

    def _keep(self, key: Key, made: Answer) -> None:
        for shelf in (self._pages, self._known):
            shelf.pop(key, None)
            if len(shelf) >= MOST_PAGES:
                shelf.popitem(last=False)
        self._pages[key] = Kept(made, self._clock())
        self._known[key] = None


def is_page(scope: Scope) -> bool:
    """Whether a page in a language of the house is asked for."""
    return scope.method == "GET" and scope.path[3:4] == "/" and scope.path[1:3] in LANGUAGES


def key_of(scope: Scope) -> tuple[Key | None, bool]:
    """What a public page depends on, nothing for who could be somebody; and whether the answer may be kept."""
    if not is_page(scope) or len(scope.path) + len(scope.query_string) > LONGEST_ADDRESS:
        return None, False
    told = dict(scope.headers.items())
    if "authorization" in told or "range" in told:
        return None, False
    cookies = _cookies_of(scope)
    if not cookies.keys() <= HARMLESS:
        return None, False
    switches = tuple(cookies.get(name) for name in DISPLAY)
    key = (scope.scheme, scope.authority, scope.path, scope.query_string, *(told.get(one) for one in DEPENDS_ON))
    return (*key, *switches), settings.CSRF_COOKIE_NAME not in cookies


def _cookies_of(scope: Scope) -> dict[str, str]:
    """The cookies of a request; what is no cookie stands under a name of its own, which nobody finds harmless."""
    pairs = [pair.strip() for name, value in scope.headers.items() if name == "cookie" for pair in value.split(";")]
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs if pair)}
