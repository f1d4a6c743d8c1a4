"""Where the dots go: positions for the drawings that templates write as SVG."""

from dataclasses import dataclass
from math import cos, radians, sin

__all__ = ["HALL_RINGS", "Dot", "Turned", "grid", "hall_tables", "pip_rows", "ring"]

# Tables in a ring, its radius, and the angle of its first table, from the edge of the hall inwards.
HALL_RINGS = ((30, 330.0, -90.0), (25, 276.0, -86.0), (20, 222.0, -90.0), (15, 168.0, -83.0), (10, 114.0, -90.0))
PIP_STEP = 12


@dataclass(frozen=True, slots=True)
class Dot:
    """One dot: its middle as text for an SVG attribute, and whether it is filled."""

    x: str
    y: str
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class Turned:
    """A place and a turn, for ``transform``."""

    x: str
    y: str
    degrees: str


def hall_tables() -> list[Turned]:
    """Return the places of 100 tables in five rings around the middle (360, 360)."""
    places = []
    for count, radius, first in HALL_RINGS:
        for number in range(count):
            degrees = first + number * 360 / count
            x, y = _on_circle(360, 360, radius, degrees)
            places.append(Turned(x, y, _short(degrees)))
    return places


def ring(count: int, *, middle: float, radius: float, filled: int | None = None) -> list[Dot]:
    """Return ``count`` dots on a circle, the first at the top, clockwise; ``filled`` of them are on."""
    on = count if filled is None else filled
    dots = []
    for number in range(count):
        x, y = _on_circle(middle, middle, radius, -90 + number * 360 / max(count, 1))
        dots.append(Dot(x, y, number < on))
    return dots


def pip_rows(filled: int, of: int, per_row: int) -> list[Dot]:
    """Return ``of`` dots in rows of ``per_row``, the first ``filled`` of them on."""
    return [
        Dot(str(6 + PIP_STEP * (number % per_row)), str(6 + PIP_STEP * (number // per_row)), number < filled)
        for number in range(of)
    ]


def grid(count: int, *, per_row: int, width: float, height: float) -> list[Dot]:
    """Return the middles of ``count`` fields of this width and height, row by row."""
    return [
        Dot(_short(width * (number % per_row + 0.5)), _short(height * (number // per_row + 0.5)))
        for number in range(count)
    ]


def _on_circle(x: float, y: float, radius: float, degrees: float) -> tuple[str, str]:
    angle = radians(degrees)
    return _short(x + radius * cos(angle)), _short(y + radius * sin(angle))


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
