"""Setting sheets in type: a Typst sheet and its data in, a tagged PDF out.

What a sheet of a thousand pages takes in memory is given back only when the process ends, so each has a process of its
own: ``python -m burgertop.foundation.files.press SHEET.typ OUT.pdf SECONDS``.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import typst
from django.conf import settings

from burgertop.foundation.files.errors import FileError

__all__ = ["typeset"]


def typeset(sheet: str, data: Mapping[str, object], *, now: datetime) -> bytes:
    """Set a sheet in type, which reads its ``data`` from ``data.json``; the same in gives the same bytes.

    Returns:
        A PDF/UA-1 file.

    Raises:
        FileError: ``files.cannot_print``: a text has a sign for which there is no font.
        OSError: the press was stopped from outside.
    """
    scratch = Path(settings.HOME) / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        source, out = Path(folder) / "sheet.typ", Path(folder) / "sheet.pdf"
        source.write_text(sheet, "utf-8")
        (Path(folder) / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        words = [sys.executable, "-m", __spec__.name, str(source), str(out), str(int(now.timestamp()))]
        done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603  # our own module
        if done.returncode < 0:
            raise OSError(f"The press was stopped by signal {-done.returncode}.")
        if done.returncode:
            raise FileError("files.cannot_print")
        return out.read_bytes()


def _press(sheet: str, out: str, seconds: str) -> None:
    typst.compile(sheet, output=out, pdf_standards=["ua-1"], timestamp=int(seconds))


if __name__ == "__main__":
    _press(*sys.argv[1:])
