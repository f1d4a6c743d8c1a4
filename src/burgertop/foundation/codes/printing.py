"""A code on paper: its groups, and a square that a phone can read.

The square holds the address and the code, nothing else: never a name. The code stands
after ``#``, which a browser keeps to itself: it reaches no server log and no other site.
"""

import re

import segno

from burgertop.foundation.codes.alphabet import canonical, grouped

__all__ = ["groups_of", "link_with_code", "qr_path", "qr_svg"]

PRINT_MASK = 2
DARK = re.compile(rb"\x01+")
QUIET = 4


def link_with_code(address: str, code: str) -> str:
    """Return the address with the code behind ``#``."""
    return f"{address}#{canonical(code)}"


def qr_svg(address: str, code: str) -> str:
    """Draw address and code as a QR square (error level M) in SVG; it fills the width it is given."""
    square = segno.make(link_with_code(address, code), error="m", boost_error=False, micro=False)
    return str(square.svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None))


def groups_of(code: str) -> tuple[str, ...]:
    """Return the groups of a code in print, such as ``("K7M4", "PX9R", "W2")``."""
    return tuple(grouped(canonical(code)).split(" "))


def qr_path(address: str, code: str) -> str:
    """Draw the same square for print, as a small SVG with a quiet zone.

    It has one mask for all, which makes it four times faster. Every mask can be read; the standard asks for the one
    with the fewest look-alikes.
    """
    square = segno.make(link_with_code(address, code), error="m", boost_error=False, micro=False, mask=PRINT_MASK)
    size = len(square.matrix)
    strokes = "".join(_strokes(row, y) for y, row in enumerate(square.matrix))
    box = f"-{QUIET} -{QUIET} {size + 2 * QUIET} {size + 2 * QUIET}"
    path = f'<path stroke="#000" stroke-width="1.02" d="{strokes}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{path}</svg>'


def _strokes(row: bytearray | tuple[int, ...], y: int) -> str:
    """The dark stretches of one row, each a stroke as wide as the row is high."""
    return "".join(f"M{one.start()} {y}.5h{len(one[0])}" for one in DARK.finditer(bytes(row)))
