"""Paper: plain values and a sheet in, a tagged PDF out, set by Typst. Nothing of it lies on the disk on the way."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typst

from burgertop.foundation.files.errors import FileError

__all__ = ["pages_of", "set_in_type"]

PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type\s*/Pages\b", re.DOTALL)


def set_in_type(sheet: Path, values: Mapping[str, object], *, now: datetime) -> bytes:
    """Set values in type by a sheet, which reads them as ``json(bytes(sys.inputs.data))``.

    The same values and moment give the same bytes. Values are handed over in memory: a stop in the middle leaves no
    name behind.

    Returns:
        A PDF/UA-1 file: tagged, with a title and languages.

    Raises:
        FileError: ``files.no_font``: a text has a sign for which there is no font.
    """
    data = json.dumps(values, ensure_ascii=False)
    try:
        pdf = typst.compile(
            str(sheet), sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=int(now.timestamp())
        )
    except RuntimeError as error:
        if "could not be displayed with font" in str(error):
            raise FileError("files.no_font") from None  # the error quotes what could not be set: a name, perhaps
        raise
    return bytes(pdf or b"")


def pages_of(pdf: bytes) -> int:
    """Count the pages of a file that was set in type."""
    return max((int(one or other) for one, other in PAGES.findall(pdf)), default=0)
