"""How far the work is: a bar on a terminal, quiet lines elsewhere."""

import sys
from collections.abc import Callable
from typing import TextIO

__all__ = ["progress_on"]

WIDTH = 30
WORDS = {
    "chances": "settling everybody's chance",
    "panels": "dealing panels",
    "distribution": "weighing panels",
    "pricing": "looking for better panels",
}


def progress_on(stream: TextIO | None = None) -> Callable[[float, str], None]:
    """Return what a lottery calls with the share that is done and the name of the work."""
    out = sys.stderr if stream is None else stream
    shows_bar = out.isatty()
    last = ("", -1)

    def tell(share: float, work: str) -> None:
        nonlocal last
        percent = int(100 * min(max(share, 0.0), 1.0))
        words = WORDS.get(work, work)
        if shows_bar and (work, percent) != last:
            filled = WIDTH * percent // 100
            print(
                f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {percent:3} %  {words:<30}", end="", file=out, flush=True
            )
        elif not shows_bar and work and work != last[0]:
            print(f"{words} ...", file=out, flush=True)
        last = (work, percent)
        if shows_bar and percent == 100:
            print(f"\r{' ' * (WIDTH + 45)}\r", end="", file=out, flush=True)

    return tell
