"""A lottery as it is kept: its canonical form, compressed."""

import gzip
import json

from burgertop.core.sortition import Lottery, lottery_from_json
from burgertop.foundation.draws.models import Round, RoundFile

__all__ = ["lottery_of_round", "packed"]


def packed(canonical: bytes) -> bytes:
    """Compress the canonical form of a lottery; the same lottery gives the same bytes."""
    return gzip.compress(canonical, compresslevel=6, mtime=0)


def lottery_of_round(one: Round) -> Lottery | None:
    """Return the lottery of a round; none for a draw of version 0.1, which had no lottery.

    Cost: O(panels * seats), half a second for 1,000 panels of 1,000.
    """
    kept = RoundFile.objects.filter(round=one).first()
    return None if kept is None else lottery_from_json(json.loads(gzip.decompress(kept.lottery)))
