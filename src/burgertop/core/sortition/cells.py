"""The table of chances for everybody: people counted by their number of panels, never fewer than ten together."""

from collections import Counter
from collections.abc import Sequence

__all__ = ["LEAST_IN_CELL", "cells_of"]

LEAST_IN_CELL = 10
MOST_CELLS = 20


def cells_of(published: Sequence[int], panels: int) -> list[dict[str, int]]:
    """Count people by the number of panels they are on.

    The cells are first equally wide: 1, 2, 5, 10, 20, 50 ... panels, so that there are at most 20 up to the ten people
    with the largest chances. Then neighbors are put together until each cell holds ten people or more. Two such tables
    of nearly the same people can still be subtracted: publish one for each lottery, and never a second one without
    somebody who left.

    Args:
        published: everybody's number of panels; at least one person.
        panels: number M of panels.

    Returns:
        Cells ``{"from", "to", "people"}``, from 0 up, each beginning after the one before; one cell when there are
        fewer than twenty people.

    Cost: O(people).

    >>> cells_of([90] * 12 + [91] * 9 + [140] * 10 + [155], 1000)
    [{'from': 0, 'to': 99, 'people': 21}, {'from': 100, 'to': 159, 'people': 11}]
    """
    width = _width(sorted(published)[-LEAST_IN_CELL:][0])
    counts = Counter(number // width for number in published)
    cells: list[dict[str, int]] = []
    first, waiting = 0, 0
    for place in sorted(counts):
        waiting += counts[place]
        if waiting >= LEAST_IN_CELL:
            cells.append({"from": first, "to": _end(place, width, panels), "people": waiting})
            first, waiting = cells[-1]["to"] + 1, 0
    if waiting:
        rest = cells.pop() if cells else {"from": 0, "people": 0}
        whole = rest["people"] + waiting
        cells.append({"from": rest["from"], "to": _end(max(counts), width, panels), "people": whole})
    return cells


def _width(most: int) -> int:
    width = 1
    while most // width >= MOST_CELLS:
        width = width * 5 // 2 if str(width)[0] == "2" else width * 2
    return width


def _end(place: int, width: int, panels: int) -> int:
    return min((place + 1) * width - 1, panels)
