"""A code on paper: its groups, and a square that a phone can read.

The square holds the address and the code, nothing else: never a name. The code stands
after ``#``, which a browser keeps to itself: it reaches no server log and no other site.
"""

import segno

from burgertop.foundation.codes.alphabet import canonical, grouped

__all__ = ["groups_of", "link_with_code", "qr_svg"]


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
