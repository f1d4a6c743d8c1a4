"""Set a sheet in type, as a program of its own: what typst keeps in memory of a thousand letters goes with it.

python -m burgertop.stages.lottery.press SHEET.typ OUT.pdf SECONDS
"""

import subprocess
import sys
from pathlib import Path

import typst

__all__ = ["typeset"]


def typeset(sheet: Path, *, seconds: int) -> bytes | None:
    """Set a sheet in type in a process of its own; return a PDF/UA-1 file, None when a sign has no font.

    ``seconds`` is the moment that the file bears, since 1970.
    """
    out = sheet.with_suffix(".pdf")
    words = [sys.executable, "-m", __spec__.name, str(sheet), str(out), str(seconds)]
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603  # our own module
    return out.read_bytes() if done.returncode == 0 else None


def _main(sheet: str, out: str, seconds: str) -> None:
    typst.compile(sheet, output=out, pdf_standards=["ua-1"], timestamp=int(seconds))


if __name__ == "__main__":
    _main(*sys.argv[1:])
