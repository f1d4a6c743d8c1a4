"""What the hub hands on, in which order, and how long it gives to one browser."""

import asyncio
from dataclasses import dataclass, field

from burgertop.foundation.live.cursors import Cursor
from burgertop.foundation.live.hub import HEARTBEAT, MOST_BYTES, Hub, Listener, frame, newest_of_each
from burgertop.foundation.live.outbox import Batch
from burgertop.foundation.live.queries import Told


@dataclass
class Browser:
    """Who listens: what it got, and whether it was sent away."""

    got: list[bytes] = field(default_factory=list)
    is_ended: bool = False

    def end(self) -> None:
        self.is_ended = True

    def joins(self, hub: Hub, *topics: str) -> Listener:
        return hub.join(topics, self.got.append, self.end)


def told(number: int, topic: str = "desk", body: str = "") -> Told:
    return Told(number, topic, body or f'{{"card":{number}}}')


def take(hub: Hub, *messages: Told) -> None:
    hub._take(Batch(messages, hub.cursor.after(one.number for one in messages)))


def test_a_message_is_an_event_with_where_one_stands_after_it() -> None:
    assert (
        frame(told(7), Cursor(7)) == b'id: 7\nevent: changed\ndata: {"topic":"desk","body":{"card":7},"spread":80}\n\n'
    )
    assert frame(told(7)) == b'event: changed\ndata: {"topic":"desk","body":{"card":7},"spread":80}\n\n'


def test_the_more_listen_the_wider_their_pages_spread() -> None:
    assert [frame(told(1), None, count)[-8:-3] for count in (4, 400, 40_000)] == [b'd":80', b'":800', b":8000"]


def test_a_listener_hears_its_topics_only_and_in_order() -> None:
    hub, desk, both = Hub(), Browser(), Browser()
    desk.joins(hub, "desk")
    both.joins(hub, "desk", "screen")

    take(hub, told(1), told(2, "screen"), told(3, "elsewhere"), told(4))

    assert desk.got == [frame(told(1), Cursor(1)) + frame(told(4), Cursor(4))]
    assert both.got == [
        frame(told(1), Cursor(1)) + frame(told(2, "screen"), Cursor(2)) + frame(told(4), Cursor(4)),
    ]


def test_who_has_left_hears_nothing() -> None:
    hub, gone, here = Hub(), Browser(), Browser()
    listener = gone.joins(hub, "desk")
    here.joins(hub, "desk")

    hub.leave(listener)
    hub.leave(listener)
    take(hub, told(1))

    assert (gone.got, here.got, hub.count) == ([], [frame(told(1), Cursor(1))], 1)


def test_messages_that_say_the_same_are_told_once_with_the_newest_number() -> None:
    same = '{"ballot":3}'

    assert newest_of_each([told(1, body=same), told(2), told(3, body=same)]) == [told(2), told(3, body=same)]


def test_who_returns_gets_what_was_missed() -> None:
    hub = Hub()
    take(hub, told(1), told(2), told(3, "screen"), told(4))

    assert hub.missed(frozenset(["desk"]), Cursor(1)) == [told(2), told(4)]
    assert hub.missed(frozenset(["desk"]), Cursor(4)) == []


def test_who_returns_gets_a_late_message_once() -> None:
    hub, browser = Hub(), Browser()
    browser.joins(hub, "desk")
    take(hub, told(1), told(3))
    take(hub, told(2))
    ids = [piece.split(b"\n")[0] for got in browser.got for piece in got.split(b"\n\n") if piece]

    assert ids == [b"id: 1", b"id: 3-2", b"id: 3"]
    assert hub.missed(frozenset(["desk"]), Cursor.parse("3-2")) == [told(2)]
    assert hub.missed(frozenset(["desk"]), Cursor.parse("3")) == []


def test_who_was_away_too_long_reads_the_page_anew() -> None:
    hub = Hub()
    hub.cursor, hub._first = Cursor(9), 10
    take(hub, told(10), told(11))

    assert hub.missed(frozenset(["desk"]), Cursor(8)) is None
    assert hub.missed(frozenset(["desk"]), Cursor(12, frozenset({3}))) is None
    assert hub.missed(frozenset(["desk"]), Cursor(9)) == [told(10), told(11)]


def test_a_number_from_another_database_reads_the_page_anew() -> None:
    hub = Hub()
    take(hub, told(1))

    assert hub.missed(frozenset(["desk"]), Cursor(500)) is None


def test_a_stream_that_was_given_a_lot_is_ended_and_the_others_go_on() -> None:
    hub, old, new = Hub(), Browser(), Browser()
    old.joins(hub, "desk").given_bytes = MOST_BYTES
    new.joins(hub, "desk")

    take(hub, told(1))

    assert (old.is_ended, new.is_ended, len(new.got)) == (True, False, 1)


def test_closing_lets_everyone_go() -> None:
    browser = Browser()

    async def close() -> None:
        hub = Hub()
        browser.joins(hub, "desk")
        await hub.close()

    asyncio.run(close())

    assert browser.is_ended


def test_a_sign_of_life_comes_at_another_moment_for_each() -> None:
    hub, browser = Hub(), Browser()
    beats = {browser.joins(hub, "desk").beat_at for _ in range(5)}

    assert len(beats) == 5
    assert b"id:" not in HEARTBEAT
