"""What the hub hands on, in which order, and what it does with slow readers."""

import asyncio

from burgertop.foundation.live import hub as hub_module
from burgertop.foundation.live.hub import Hub, frame, newest_of_each
from burgertop.foundation.live.queries import Told


def told(number: int, topic: str = "desk", body: str = "") -> Told:
    return Told(number, topic, body or f'{{"card":{number}}}')


def waiting(listener: hub_module.Listener) -> list[bytes | None]:
    return [listener.queue.get_nowait() for _ in range(listener.queue.qsize())]


def test_a_message_is_an_event_with_its_number() -> None:
    assert frame(told(7)) == b'id: 7\nevent: changed\ndata: {"topic":"desk","body":{"card":7}}\n\n'


def test_a_listener_hears_its_topics_only_and_in_order() -> None:
    hub = Hub()
    desk, both = hub.join(["desk"]), hub.join(["desk", "screen"])

    hub._take([told(1), told(2, "screen"), told(3, "elsewhere"), told(4)])

    assert waiting(desk) == [frame(told(1)) + frame(told(4))]
    assert waiting(both) == [frame(told(1)) + frame(told(2, "screen")) + frame(told(4))]


def test_who_has_left_hears_nothing() -> None:
    hub = Hub()
    gone, here = hub.join(["desk"]), hub.join(["desk"])

    hub.leave(gone)
    hub._take([told(1)])

    assert (waiting(gone), waiting(here)) == ([], [frame(told(1))])


def test_messages_that_say_the_same_are_told_once_with_the_newest_number() -> None:
    same = '{"ballot":3}'

    assert newest_of_each([told(1, body=same), told(2), told(3, body=same)]) == [told(2), told(3, body=same)]


def test_who_returns_gets_what_was_missed() -> None:
    hub = Hub()
    hub._take([told(1), told(2), told(3, "screen"), told(4)])

    assert hub.missed(frozenset(["desk"]), 1) == [told(2), told(4)]
    assert hub.missed(frozenset(["desk"]), 4) == []


def test_who_was_away_too_long_reads_the_page_anew() -> None:
    hub = Hub()
    hub.last = 9
    hub._take([told(10), told(11)])

    assert hub.missed(frozenset(["desk"]), 8) is None
    assert hub.missed(frozenset(["desk"]), 9) == [told(10), told(11)]


def test_a_number_from_another_database_reads_the_page_anew() -> None:
    hub = Hub()
    hub._take([told(1)])

    assert hub.missed(frozenset(["desk"]), 500) is None


def test_a_slow_reader_is_dropped_and_does_not_hold_the_others() -> None:
    hub = Hub()
    slow, quick = hub.join(["desk"]), hub.join(["desk"])
    heard = 0

    for number in range(1, hub_module.QUEUE_LENGTH + 3):
        hub._take([told(number)])
        heard += len(waiting(quick))

    assert heard == hub_module.QUEUE_LENGTH + 2
    assert slow.is_dropped
    assert waiting(slow)[0] is None


def test_a_number_still_to_come_is_waited_for_and_then_given_up() -> None:
    hub = Hub()
    listener = hub.join(["desk"])

    hub._take([told(1), told(3)])
    first = waiting(listener)
    hub._gap_seen_at = 0.0001  # long ago
    hub._take([told(3)])

    assert first == [frame(told(1))]
    assert waiting(listener) == [frame(told(3))]


def test_a_late_number_keeps_its_place() -> None:
    hub = Hub()
    listener = hub.join(["desk"])

    hub._take([told(1), told(3)])
    hub._take([told(2), told(3)])

    assert waiting(listener) == [frame(told(1)), frame(told(2)) + frame(told(3))]


def test_closing_lets_everyone_go() -> None:
    async def close() -> list[bytes | None]:
        hub = Hub()
        listener = hub.join(["desk"])
        await hub.close()
        return waiting(listener)

    assert asyncio.run(close()) == [None]
