"""Charts of the report, drawn as SVG by hand: each is an image with a name; the figures stand in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

__all__ = ["Row", "chances_chart", "rows_chart"]

WIDTH, LEFT, RIGHT = 360.0, 42.0, 352.0
TOP, BOTTOM = 26.0, 196.0
ROW_HEIGHT, ROW_TOP, AXIS_HEIGHT = 40.0, 6.0, 26.0
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
TICKS_MOST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a feature on a line: a band behind, a span before it, marks by the name of their look."""

    label: str
    band: tuple[float, float] | None = None
    span: tuple[float, float] | None = None
    marks: tuple[tuple[str, float], ...] = ()
    remark: str = ""


def chances_chart(chances: Sequence[float], equal: float, name: str) -> str:
    """Everybody's chance, from the smallest to the largest, and the chance everybody would have without quotas."""
    ordered = sorted(chances)
    ticks = _ticks(max(ordered[-1], equal))
    top = ticks[-1]

    def y(chance: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * chance / top

    def x(number: int) -> float:
        return LEFT + (RIGHT - LEFT) * number / len(ordered)

    path, seen = [f"M{LEFT:.1f} {BOTTOM:.1f}"], 0
    for height, alike in groupby(f"{y(chance):.1f}" for chance in ordered):
        path.append(f"V{height}")
        seen += len(list(alike))
        path.append(f"H{x(seen):.1f}")
    line = " ".join([f"M{LEFT:.1f} {y(ordered[0]):.1f}", *path[2:]])
    parts = [_ruled(y(tick), f"{tick:.0%}") for tick in ticks]
    parts += [f'<path class="area" d="{" ".join(path)} V{BOTTOM:.1f} Z"/>', f'<path class="line" d="{line}"/>']
    at = y(equal)
    parts.append(f'<line class="even" x1="{LEFT}" x2="{RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
    parts.append(f'<line class="even" x1="{LEFT + 8}" x2="{LEFT + 32}" y1="{TOP + 10}" y2="{TOP + 10}"/>')
    parts.append(_text(LEFT + 38, TOP + 14, f"without quotas: {equal:.1%} for everybody", "halo"))
    parts.append(_text(LEFT, BOTTOM + 18, "the smallest chance", "soft"))
    parts.append(_text(RIGHT, BOTTOM + 18, "the largest", "soft end"))
    parts.append(_text(0, 12, "chance to be drawn", "soft"))
    return _svg(name, BOTTOM + 26, parts)


def rows_chart(rows: Sequence[Row], name: str, *, is_share: bool) -> str:
    """One line for each value: the scale is of shares or of seats."""
    ends = [end for row in rows for end in [*(row.band or ()), *(row.span or ()), *(at for _, at in row.marks)]]
    ticks = _ticks(max([*ends, 0.01 if is_share else 1.0]))
    left, right = 8.0, RIGHT
    height = ROW_TOP + ROW_HEIGHT * len(rows)

    def x(value: float) -> float:
        return left + (right - left) * value / ticks[-1]

    parts: list[str] = []
    for tick in ticks:
        at = x(tick)
        parts.append(f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{ROW_TOP}" y2="{height:.1f}"/>')
        anchor = "start" if tick == 0 else "end" if tick == ticks[-1] else "middle"
        words = f"{tick:.0%}" if is_share else f"{tick:g}"
        parts.append(_text(at, height + 16, words, f"soft {anchor}"))
    for number, row in enumerate(rows):
        top = ROW_TOP + ROW_HEIGHT * number
        middle = top + 28
        parts.append(_text(left, top + 14, _short(row.label), "halo"))
        if row.remark:
            parts.append(_text(right, top + 14, row.remark, "halo end"))
        parts.append(f'<line class="track" x1="{left}" x2="{right}" y1="{middle:.1f}" y2="{middle:.1f}"/>')
        if row.band:
            low, high = x(row.band[0]) - 3, x(row.band[1]) + 3
            parts.append(_rect("band", low, middle - 7, high - low, 14))
        if row.span:
            low, high = x(row.span[0]) - 2, x(row.span[1]) + 2
            parts.append(_rect("span", low, middle - 3, high - low, 6))
        parts += [_mark(look, x(at), middle) for look, at in row.marks]
    return _svg(name, height + AXIS_HEIGHT, parts)


def _mark(look: str, x: float, y: float) -> str:
    if look == "population":
        return f'<path class="{look}" d="M{x:.1f} {y - 10:.1f} v20"/>'
    return f'<circle class="{look}" cx="{x:.1f}" cy="{y:.1f}" r="{6 if look == "pool" else 4}"/>'


def _rect(look: str, x: float, y: float, width: float, height: float) -> str:
    sizes = f'width="{width:.1f}" height="{height:.1f}" rx="3"'
    return f'<rect class="{look}" x="{x:.1f}" y="{y:.1f}" {sizes}/>'


def _ruled(y: float, words: str) -> str:
    return f'<line class="grid" x1="{LEFT}" x2="{RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>' + _text(
        LEFT - 5, y + 4, words, "soft end"
    )


def _text(x: float, y: float, words: str, look: str) -> str:
    return f'<text class="{look}" x="{x:.1f}" y="{y:.1f}">{escape(words)}</text>'


def _short(words: str) -> str:
    return words if len(words) <= 36 else f"{words[:35]}…"


def _svg(name: str, height: float, parts: list[str]) -> str:
    inside = "\n".join(parts)
    return (
        f'<svg role="img" viewBox="0 0 {WIDTH:.0f} {height:.0f}" aria-label="{escape(name)}">\n'
        f"<title>{escape(name)}</title>\n{inside}\n</svg>"
    )


def _ticks(largest: float) -> list[float]:
    """From 0 in even steps to the first one that is not below the largest; five steps at most."""
    step = next((one for one in STEPS if one * TICKS_MOST >= largest - 1e-12), largest / TICKS_MOST)
    number = max(1, -int(-(largest - 1e-12) // step))
    return [round(step * at, 10) for at in range(number + 1)]
