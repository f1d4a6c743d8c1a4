"""A draw of the demo, from its pool to its panel: computed, sealed, and picked by a public chance."""

from datetime import datetime, timedelta

from burgertop.foundation.draws import actions
from burgertop.foundation.draws.models import Chance, Draw

__all__ = ["hold_draw"]

WAIT = timedelta(hours=1)  # from the seal to the chance


def hold_draw(draw: Draw, *, source: str, said: str, sealed_at: datetime) -> Draw:
    """Compute the lottery, seal it, and take the chance an hour later."""
    actions.make_lottery(draw, now=sealed_at)
    chance = Chance.DICE if said.isdigit() else Chance.PUBLIC_TEXT
    actions.seal(draw, chance=chance, source=source, now=sealed_at)
    actions.take_chance(draw, said, now=sealed_at + WAIT)
    draw.refresh_from_db()
    return draw
