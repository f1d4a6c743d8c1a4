"""Paper: plain values and a sheet in, a tagged PDF out, set by Typst.

What a thousand pages take in memory is given back only when the process ends, so each file has a process of its own,
``python -m burgertop.foundation.files.press``. Values go in and the file comes out by pipes: whenever the power fails,
no name is left on a disk.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typst

from burgertop.foundation.files.errors import FileError

__all__ = ["pages_of", "typeset"]

NO_FONT = 3  # how the process ends then; its words would quote what could not be set: a name, perhaps
PAGES = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type\s*/Pages\b", re.DOTALL)


def typeset(sheet: Path, values: Mapping[str, object], *, now: datetime) -> bytes:
    """Set values in type by a sheet, which reads them as ``json(bytes(sys.inputs.data))``.

    The same values and moment give the same bytes.

    Returns:
        A PDF/UA-1 file: tagged, with a title and languages.

    Raises:
        FileError: ``files.no_font``: a text has a sign for which there is no font.
        OSError: the process ended in another way, or was stopped from outside.
    """
    data = json.dumps(values, ensure_ascii=False).encode()
    words = [sys.executable, "-m", __spec__.name, str(sheet), str(int(now.timestamp()))]
    done = subprocess.run(words, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)  # noqa: S603  # our own module
    if done.returncode == NO_FONT:
        raise FileError("files.no_font")
    if done.returncode:
        raise OSError(f"Setting {sheet.name} in type ended with {done.returncode}.")
    return done.stdout


def pages_of(pdf: bytes) -> int:
    """Count the pages of a file that was set in type."""
    return max((int(one or other) for one, other in PAGES.findall(pdf)), default=0)


def _press(sheet: str, seconds: str) -> int:
    data = {"data": sys.stdin.buffer.read().decode()}
    try:
        pdf = typst.compile(sheet, sys_inputs=data, pdf_standards=["ua-1"], timestamp=int(seconds))
    except RuntimeError as error:
        return NO_FONT if "could not be displayed with font" in str(error) else 1
    sys.stdout.buffer.write(bytes(pdf or b""))
    return 0


if __name__ == "__main__":
    sys.exit(_press(*sys.argv[1:]))
