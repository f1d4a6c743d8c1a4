"""Errors of the core: a code and its values; the sentence is made in ``foundation.wording``."""

from typing import ClassVar

__all__ = ["CoreError", "InfeasibleError", "InputError", "OutOfTimeError", "Param", "ShapeError"]

Param = str | int | float | tuple[str, ...]


class CoreError(Exception):
    """Something the core cannot do, said as a code with values.

    Args:
        code: dotted code such as ``"seating.too_few_seats"``; every code has its
            sentence in ``foundation.wording`` and its heading in the docs.
        params: plain values that the sentence names.

    >>> error = CoreError("seating.too_few_seats", people=31, seats=30)
    >>> error.code, error.params
    ('seating.too_few_seats', {'people': 31, 'seats': 30})
    """

    kind: ClassVar[str] = "core"

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, Param] = params


class InputError(CoreError):
    """The values handed in are wrong: missing, doubled, out of range."""

    kind = "input"


class ShapeError(InputError):
    """Two arrays or lists that must fit each other do not."""

    kind = "shape"


class InfeasibleError(CoreError):
    """The values are right, but no answer meets all the rules."""

    kind = "infeasible"


class OutOfTimeError(CoreError):
    """The time granted was over before an answer was certain; nothing is known about the answer."""

    kind = "time"
