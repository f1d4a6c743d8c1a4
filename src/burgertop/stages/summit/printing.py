"""The square on a table's sheet: an address that binds the device which scans it."""

import segno
from django.conf import settings

from burgertop.stages.summit.models import Table
from burgertop.stages.summit.queries import door_of

__all__ = ["door_address", "door_square"]


def door_address(table: Table) -> str:
    """Return the full address in a table's square."""
    return f"{settings.PUBLIC_URL}/t/{door_of(table)}"


def door_square(table: Table) -> str:
    """Draw the square of a table as SVG; it fills the width it is given."""
    square = segno.make(door_address(table), error="m", boost_error=False, micro=False)
    return str(square.svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None))
