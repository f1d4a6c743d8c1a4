"""The table of chances counts everybody, and never fewer than ten together."""

from hypothesis import given
from hypothesis import strategies as st

from burgertop.core.sortition.cells import cells_of


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=300))
def test_every_cell_holds_ten_people_and_everybody_is_in_one(published: list[int]) -> None:
    cells = cells_of(published, 1000)

    assert len(cells) == 1 or min(cell["people"] for cell in cells) >= 10
    assert cells[0]["from"] == 0
    assert [cell["from"] for cell in cells[1:]] == [cell["to"] + 1 for cell in cells[:-1]]
    assert cells[-1]["to"] <= 1000
    assert [sum(cell["from"] <= one <= cell["to"] for one in published) for cell in cells] == [
        cell["people"] for cell in cells
    ]


def test_nine_people_are_one_cell() -> None:
    assert cells_of([5, 9, 40], 100) == [{"from": 0, "to": 40, "people": 3}]


def test_nobody_stands_alone_at_either_end() -> None:
    assert cells_of([0] + [61] * 20 + [72] * 15 + [1000], 1000) == [
        {"from": 0, "to": 64, "people": 21},
        {"from": 65, "to": 1000, "people": 16},
    ]


def test_one_large_chance_does_not_make_all_cells_wide() -> None:
    chances = [60 + number // 10 for number in range(100)]

    assert cells_of([*chances, 1000], 1000)[:-1] == cells_of(chances, 1000)[:-1]


def test_whose_chance_it_is_inside_a_cell_cannot_be_seen() -> None:
    assert cells_of([60] * 30 + [62] * 10, 1000) == cells_of([61] * 30 + [63] * 10, 1000)
