"""What is the same for everybody is read once within a moment, and anew when something changed."""

from collections.abc import Callable

import pytest

from burgertop.foundation.shelf import KEPT_SECONDS, MOST_KEPT, Shelf, kept, opened


def readings() -> Callable[[], int]:
    """A reader that says how often it was asked."""
    count = iter(range(1, 10_000))
    return lambda: next(count)


def test_without_a_shelf_everything_is_read_afresh() -> None:
    read = readings()

    assert [kept("script", read), kept("script", read)] == [1, 2]


def test_a_shelf_keeps_for_a_moment_and_each_key_for_itself() -> None:
    clock = [0.0]
    shelf, read = Shelf(clock=lambda: clock[0]), readings()

    with opened(shelf):
        early = [kept("script", read), kept("script", read), kept("rounds", read)]
        clock[0] = KEPT_SECONDS
        late = kept("script", read)

    assert (early, late) == ([1, 1, 2], 3)


def test_nothing_is_kept_as_well() -> None:
    asked: list[None] = []

    with opened(Shelf(clock=lambda: 0.0)):
        for _ in range(2):
            kept("message", lambda: asked.append(None))

    assert len(asked) == 1


def test_who_was_just_reading_when_something_changed_leaves_nothing_behind() -> None:
    shelf, read = Shelf(clock=lambda: 0.0), readings()

    def slow() -> int:
        before = read()
        shelf.forget()
        return before

    with opened(shelf):
        assert [kept("script", slow), kept("script", read), kept("script", read)] == [1, 2, 2]


def test_a_shelf_does_not_grow_without_end() -> None:
    shelf, read = Shelf(clock=lambda: 0.0), readings()

    with opened(shelf):
        for number in range(3 * MOST_KEPT):
            kept(number, read)

    assert len(shelf._kept) <= MOST_KEPT


def test_a_shelf_is_closed_with_its_page_also_when_that_breaks() -> None:
    read = readings()

    def broken() -> float:
        return 1 / 0

    with pytest.raises(ZeroDivisionError), opened(Shelf(clock=lambda: 0.0)):
        kept(kept("script", read), broken)

    assert kept("script", read) == 2
