"""One answer for many, and never the answer of somebody."""

import asyncio

import pytest
from tests.web.requests import FakeHeaders, FakeScope

from burgertop.web.page_cache import KEPT_SECONDS, MOST_PAGES, Answer, Key, PageCache, key_of

PAGE = Answer(200, [("content-type", "text/html")], b"page")


def asked(cookie: str = "", path: str = "/nl/g1000/", **others: str) -> FakeScope:
    pairs = [("host", "testserver"), *([("cookie", cookie)] if cookie else [])]
    return FakeScope(
        path, headers=FakeHeaders([*pairs, *((name.replace("_", "-"), value) for name, value in others.items())])
    )


@pytest.mark.parametrize("cookie", ["", "bt_large=1", "bt_contrast=1; bt_language=fr"])
def test_who_is_nobody_may_share(cookie: str) -> None:
    key, may_keep = key_of(asked(cookie))

    assert (key is not None, may_keep) == (True, True)


def test_who_has_the_secret_of_a_form_is_given_a_page_but_none_of_theirs_is_kept() -> None:
    mine, may_keep = key_of(asked("bt_csrf=abc"))

    assert (mine == key_of(asked())[0], may_keep) == (True, False)


@pytest.mark.parametrize(
    "cookie",
    [
        "bt_session=1",
        "bt_passes=x",
        "bt_visitor=y",
        "messages=z",
        "bt_large=1; bt_session=1",
        "odd",
        "sessionid=a;bt_large=1",
    ],
)
def test_who_may_be_somebody_shares_nothing(cookie: str) -> None:
    assert key_of(asked(cookie)) == (None, False)


def test_crumbs_of_a_cookie_are_seen_too() -> None:
    headers = FakeHeaders([("host", "a"), ("cookie", "bt_large=1"), ("cookie", "bt_session=1")])

    assert key_of(FakeScope("/nl/", headers=headers)) == (None, False)


@pytest.mark.parametrize(
    "scope",
    [
        asked(path="/t/token"),
        asked(path="/healthy"),
        asked(path="/xx/g1000/"),
        asked(authorization="Basic x"),
        asked(path="/nl/" + "a" * 500),
        FakeScope("/nl/", method="POST"),
        FakeScope("/nl/", method="HEAD"),
    ],
)
def test_what_is_no_public_page_is_never_shared(scope: FakeScope) -> None:
    assert key_of(scope) == (None, False)


def test_what_a_page_depends_on_tells_pages_apart() -> None:
    scopes = [
        asked(),
        asked(path="/fr/g1000/"),
        asked("bt_large=1"),
        asked("bt_contrast=1"),
        asked(hx_request="true"),
        asked(x_forwarded_proto="https"),
        FakeScope("/nl/g1000/", "page=2"),
        FakeScope("/nl/g1000/", headers=FakeHeaders([("host", "other")])),
    ]

    assert len({key_of(scope)[0] for scope in scopes}) == len(scopes)


def test_an_answer_that_gives_a_cookie_or_is_an_error_is_not_kept() -> None:
    assert PAGE.is_keepable
    assert not Answer(200, [("set-cookie", "bt_csrf=1")], b"").is_keepable
    assert not Answer(404, [], b"").is_keepable


class Kitchen:
    """Makes pages when it is told to, and counts them."""

    def __init__(self, cache: PageCache) -> None:
        self.cache, self.made = cache, 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.page: Answer | None = PAGE

    async def ask(self, key: Key = ("a",)) -> Answer | None:
        async def make() -> Answer | None:
            self.made += 1
            page = self.page
            await self.gate.wait()
            return page

        return await self.cache.answer(key, make)


def test_a_page_is_made_once_for_a_moment() -> None:
    now = [0.0]

    async def run() -> list[Answer | None]:
        kitchen = Kitchen(PageCache(clock=lambda: now[0]))
        got = [await kitchen.ask(), await kitchen.ask()]
        now[0] = KEPT_SECONDS
        got.append(await kitchen.ask())
        assert kitchen.made == 2
        return got

    assert asyncio.run(run()) == [None, PAGE, None]  # None: answered by the one that made it


def test_many_who_come_at_once_wait_for_one() -> None:
    now = [0.0]

    async def run() -> int:
        kitchen = Kitchen(PageCache(clock=lambda: now[0]))
        await kitchen.ask()
        now[0] = 60.0
        kitchen.gate.clear()
        asking = [asyncio.create_task(kitchen.ask()) for _ in range(50)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        kitchen.gate.set()
        await asyncio.gather(*asking)
        return kitchen.made

    assert asyncio.run(run()) == 2


def test_what_was_begun_before_a_change_is_given_to_nobody_after_it() -> None:
    """A page is being made, something changes and is told: whoever looks because of that must see it."""

    async def run() -> tuple[int, Answer | None]:
        kitchen = Kitchen(PageCache(clock=lambda: 0.0))
        await kitchen.ask()
        kitchen.cache.forget()
        kitchen.gate.clear()
        early = asyncio.create_task(kitchen.ask())
        await asyncio.sleep(0)
        kitchen.page = Answer(200, [], b"new")
        kitchen.cache.forget()
        late = asyncio.create_task(kitchen.ask())
        await asyncio.sleep(0)
        kitchen.gate.set()
        await asyncio.gather(early, late)
        return kitchen.made, await kitchen.ask()

    assert asyncio.run(run()) == (3, Answer(200, [], b"new"))


def test_a_page_that_may_not_be_shared_is_made_for_each() -> None:
    async def run() -> int:
        kitchen = Kitchen(PageCache(clock=lambda: 0.0))
        kitchen.page = None
        await asyncio.gather(*(kitchen.ask() for _ in range(5)))
        return kitchen.made

    assert asyncio.run(run()) == 5


def test_memory_is_bounded() -> None:
    async def run() -> int:
        kitchen = Kitchen(PageCache(clock=lambda: 0.0))
        for number in range(MOST_PAGES + 50):
            await kitchen.ask((str(number),))
        return len(kitchen.cache._pages)

    assert asyncio.run(run()) == MOST_PAGES


def test_when_making_fails_those_who_wait_ask_themselves() -> None:
    async def run() -> Answer | None:
        cache = PageCache(clock=lambda: 0.0)

        async def broken() -> Answer | None:
            raise RuntimeError

        with pytest.raises(RuntimeError):
            await cache.answer(("a",), broken)
        return await Kitchen(cache).ask()

    assert asyncio.run(run()) is None
