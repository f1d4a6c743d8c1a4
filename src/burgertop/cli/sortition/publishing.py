"""What is published of a lottery, in bytes: the same for the same lottery, so that anybody can compare."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from burgertop.cli.sortition.folder import COMMITMENT, LOTTERY, Content
from burgertop.core.sortition.published import Lottery, canonical_lottery, commitment_of
from burgertop.foundation.files.tables import write_csv

__all__ = ["CHANCES", "PANELS", "chances_csv", "panels_csv", "published_files"]

PANELS, CHANCES = "panels.csv", "chances.csv"


def published_files(lottery: Lottery) -> Content:
    """The lottery in four files; people in the order of the pool."""
    return {
        LOTTERY: canonical_lottery(lottery),
        PANELS: panels_csv(lottery.ids, lottery.panels),
        CHANCES: chances_csv(lottery),
        COMMITMENT: f"{commitment_of(lottery)}\n".encode(),
    }


def panels_csv(ids: Sequence[str], panels: NDArray[np.int32]) -> bytes:
    """One row for each seat of each numbered panel."""
    cells = [write_csv(("", one), ()).decode() for one in ids]  # ",id" and the end of the line, quoted once
    lines = (f"{number}{cells[place]}" for number, panel in enumerate(panels.tolist(), 1) for place in panel)
    return "".join(("panel,id\r\n", *lines)).encode()


def chances_csv(lottery: Lottery) -> bytes:
    """One row for each person: the ideal chance, the exact one, and that of the numbered panels."""
    published = (lottery.published / len(lottery.panels)).tolist()
    rows = zip(lottery.ids, lottery.ideal.tolist(), lottery.exact.tolist(), published, strict=True)
    return write_csv(("id", "ideal", "exact", "published"), rows)
