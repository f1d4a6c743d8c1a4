"""Setting sheets in type: a Typst sheet and its data in, a tagged PDF out.

What a sheet of a thousand pages takes in memory is given back only when the process ends, so each has a process of its
own, ``python -m burgertop.foundation.files.press``. Words go in and out by pipes: nothing personal is left on a disk,
whenever the power fails.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime

import typst

from burgertop.foundation.files.errors import FileError

__all__ = ["typeset"]


def typeset(sheet: str, data: Mapping[str, object], *, now: datetime) -> bytes:
    """Set a sheet in type, which reads ``json(bytes(sys.inputs.data))``; the same in gives the same bytes.

    Returns:
        A PDF/UA-1 file.

    Raises:
        FileError: ``files.cannot_print``: a text has a sign for which there is no font.
        OSError: the press was stopped from outside.
    """
    told = {"sheet": sheet, "data": json.dumps(data, ensure_ascii=False), "seconds": int(now.timestamp())}
    words = [sys.executable, "-m", __spec__.name]
    done = subprocess.run(words, input=json.dumps(told).encode(), capture_output=True, check=False)  # noqa: S603  # our own module
    if done.returncode < 0:
        raise OSError(f"The press was stopped by signal {-done.returncode}.")
    if done.returncode:
        raise FileError("files.cannot_print")
    return done.stdout


def _press() -> None:
    told = json.loads(sys.stdin.buffer.read())
    data = {"data": told["data"]}
    pdf: bytes = typst.compile(
        told["sheet"].encode(), sys_inputs=data, pdf_standards=["ua-1"], timestamp=told["seconds"]
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    _press()
