"""The drawings have as many dots as they say."""

from math import hypot

from burgertop.web.drawings import Dot, Turned, grid, hall_tables, pip_rows, ring


def test_the_hall_has_a_hundred_tables_that_do_not_touch() -> None:
    places = [(float(table.x), float(table.y)) for table in hall_tables()]
    nearest = min(hypot(ax - bx, ay - by) for ax, ay in places for bx, by in places if (ax, ay) != (bx, by))

    assert len(places) == 100
    assert nearest > 2 * 20.2  # a table with its ten seats reaches 20.2 from its middle


def test_the_first_table_stands_at_the_top_and_faces_out() -> None:
    assert hall_tables()[0] == Turned("360", "30", "-90")


def test_a_ring_begins_at_the_top_and_goes_with_the_clock() -> None:
    dots = ring(4, middle=10, radius=5, filled=1)

    assert dots == [Dot("10", "5", True), Dot("15", "10", False), Dot("10", "15", False), Dot("5", "10", False)]


def test_a_ring_of_nobody_is_empty() -> None:
    assert ring(0, middle=10, radius=5) == []


def test_pips_fill_row_by_row() -> None:
    assert pip_rows(1, 3, per_row=2) == [Dot("6", "6", True), Dot("18", "6", False), Dot("6", "18", False)]


def test_fields_follow_each_other_row_by_row() -> None:
    assert grid(3, per_row=2, width=10, height=20) == [Dot("5", "10"), Dot("15", "10"), Dot("5", "30")]
