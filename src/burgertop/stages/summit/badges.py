"""The code in the square of a badge: made anew from who wears it whenever it is needed, and stored nowhere."""

import uuid

from burgertop.foundation.codes.alphabet import ALPHABET, LENGTH, spell, with_check
from burgertop.foundation.keys import keyed_hash

__all__ = ["badge_code"]


def badge_code(stage_id: uuid.UUID, participant_id: uuid.UUID, number: int) -> str:
    """Return the code of somebody's badge, ten characters like a personal code; it opens no page and no ballot.

    ``number`` counts a person's badges from 1: a new badge has another code, and the server still knows the old one.
    """
    attempt = 0
    while True:
        parts = ("badge", str(stage_id), str(participant_id), str(number), str(attempt))
        rest, values = int(keyed_hash("codes", *parts), 16), []
        for _ in range(LENGTH - 1):
            rest, value = divmod(rest, len(ALPHABET))
            values.append(value)
        if code := with_check(spell(values)):
            return code
        attempt += 1
