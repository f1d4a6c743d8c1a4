"""Squares on printed sheets: addresses that bind the device which scans them, to a table or to a door."""

import segno
from django.conf import settings

from burgertop.stages.summit.models import Door, Table
from burgertop.stages.summit.queries import door_of, sheet_word

__all__ = ["address_square", "door_address", "door_square", "sheet_address", "sheet_square"]


def door_address(table: Table) -> str:
    """Return the full address in a table's square."""
    return f"{settings.PUBLIC_URL}/t/{door_of(table)}"


def door_square(table: Table) -> str:
    """Draw the square of a table as SVG; it fills the width it is given."""
    return address_square(door_address(table))


def sheet_address(door: Door) -> str:
    """Return the full address in the square of a door of the hall."""
    return f"{settings.PUBLIC_URL}/d/{sheet_word(door)}"


def sheet_square(door: Door) -> str:
    """Draw the square of a door of the hall as SVG."""
    return address_square(sheet_address(door))


def address_square(address: str) -> str:
    """Draw the square of any address as SVG."""
    square = segno.make(address, error="m", boost_error=False, micro=False)
    return str(square.svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None))
