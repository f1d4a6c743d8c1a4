"""How far somebody has read: up to a number, without the numbers that were still to come.

On PostgreSQL a lower number may be committed after a higher one. Nobody waits for it: whoever
reads goes on, remembers the hole, and takes the late message when it comes.

>>> cursor = Cursor().after([1, 2, 5])
>>> str(cursor), cursor.has_read(3), cursor.has_read(5)
('5-4-3', False, True)
>>> str(cursor.after([3])), Cursor.parse("5-4-3") == cursor
('5-4', True)
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

__all__ = ["Cursor"]

FORM = re.compile(r"\d{1,18}(-\d{1,18}){0,16}", re.ASCII)  # digits of a BigAutoField
MOST_TOLD = 16
MOST_HOLES = 1_000


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything up to ``last`` was read, but for ``holes``."""

    last: int = 0
    holes: frozenset[int] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a browser gives back.

        Raises:
            ValueError: these words were never said by us.
        """
        if not FORM.fullmatch(text):
            raise ValueError(text)
        last, *holes = (int(part) for part in text.split("-"))
        return cls(last, frozenset(holes))

    def __str__(self) -> str:
        """As a browser keeps it; with too many holes it stands before them: twice is better than never."""
        if len(self.holes) > MOST_TOLD:
            return str(min(self.holes) - 1)
        return "-".join(map(str, (self.last, *sorted(self.holes, reverse=True))))

    def has_read(self, number: int) -> bool:
        """Whether this number lies behind."""
        return number <= self.last and number not in self.holes

    def after(self, numbers: Iterable[int]) -> Self:
        """Where one stands after these numbers, in any order; what they left out are holes."""
        new = frozenset(numbers)
        last = max(new, default=self.last)
        if last <= self.last:
            return replace(self, holes=self.holes - new)
        begun = max(self.last + 1, last - MOST_HOLES)
        holes = (self.holes | frozenset(range(begun, last))) - new
        return replace(self, last=last, holes=frozenset(sorted(holes)[-MOST_HOLES:]))

    def without(self, given_up: Iterable[int]) -> Self:
        """No longer wait for these numbers: whoever had them gave up."""
        return replace(self, holes=self.holes - frozenset(given_up))
