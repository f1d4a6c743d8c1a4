"""Random ids of one visitor: speech, ratings and ballots never share one.

The visitor's secret lives in their own cookie only. Each id is a keyed hash of
it, so that the database cannot tell that two of them belong together.
"""

import hashlib
import hmac
import uuid

from burgertop.foundation.keys import secret

__all__ = ["pseudonym"]


def pseudonym(visitor: str, process_id: uuid.UUID, purpose: str) -> uuid.UUID:
    """Return the visitor's id for one purpose (``speech``, ``rating``, ``ballot:<id>``) in one process."""
    message = f"{process_id}\x1f{purpose}\x1f{visitor}".encode()
    return uuid.UUID(bytes=hmac.new(secret("visitors"), message, hashlib.sha256).digest()[:16], version=4)
