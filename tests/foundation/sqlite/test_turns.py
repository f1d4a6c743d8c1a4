"""Whoever asked first has the turn first, one at a time; who gives up stands in nobody's way."""

import threading
import time

from burgertop.foundation.sqlite.turns import Turn

LONG = 30.0


def queue(turn: Turn, count: int, told: list[int]) -> list[threading.Thread]:
    """So many threads that wait in a known order; each says its number when it is its turn, and hands on."""

    def one(number: int) -> None:
        assert turn.take(LONG)
        told.append(number)
        turn.leave()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for number, thread in enumerate(threads, 1):
        thread.start()
        while turn.waiting < number:
            time.sleep(0)
    return threads


def test_the_turn_goes_round_in_the_order_of_asking() -> None:
    turn, told = Turn(), []
    assert turn.take(0)
    threads = queue(turn, 12, told)

    assert told == []
    turn.leave()
    for thread in threads:
        thread.join(LONG)

    assert told == list(range(12))


def test_who_gives_up_is_passed_over() -> None:
    turn, told = Turn(), []
    assert turn.take(0)
    threads = queue(turn, 2, told)

    assert not turn.take(0.01)
    assert turn.waiting == 2
    turn.leave()
    for thread in threads:
        thread.join(LONG)

    assert (told, turn.take(0)) == ([0, 1], True)


def test_two_never_have_it_at_once() -> None:
    turn, inside, worst = Turn(), [0], [0]

    def work() -> None:
        for _ in range(300):
            if turn.take(0.0001):  # many give up just when it comes
                inside[0] += 1
                worst[0] = max(worst[0], inside[0])
                time.sleep(0)
                inside[0] -= 1
                turn.leave()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)

    assert worst == [1]
    assert turn.take(0), "a turn was lost"
