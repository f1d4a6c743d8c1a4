"""The demo's lottery: 5,000 invented citizens, 704 drawn."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.web.demo.drawing import hold_draw
from burgertop.web.demo.founding import at_noon
from burgertop.web.demo.kinds import DemoContent, QuotaRow
from burgertop.web.demo.population import Citizen, adults_by_feature, invent_citizens

__all__ = ["FEATURES", "pool_row", "quota_of", "tell_lottery"]

POOL = 5000
SEATS = 704
FEATURES = ("language", "province", "sex", "age_band", "education")
SOURCE = "Brussel – Bruxelles, 31-10-2011, 18:00, 3 × D10"
CHANCE = "417"


def tell_lottery(stage: Stage, content: DemoContent, rng: np.random.Generator) -> Draw:
    """Fill the pool, compute and seal the lottery, and draw the people of the hall by dice."""
    sealed_at = at_noon(content.process.days["theme_vote_closes_on"]) + timedelta(hours=2)
    draw = actions.found_draw(stage, "hall", seats=SEATS, features=FEATURES)
    citizens = invent_citizens(POOL, rng)
    actions.fill_pool(draw, [pool_row(number, citizen) for number, citizen in enumerate(citizens, start=1)])
    actions.set_quotas(draw, [quota_of(row) for row in content.hall_quotas])
    actions.set_margins(draw, adults_by_feature())
    return hold_draw(draw, source=SOURCE, said=CHANCE, sealed_at=sealed_at)


def pool_row(number: int, citizen: Citizen, features: Sequence[str] = FEATURES) -> PoolRow:
    """Make the row of the pool for an invented citizen; the name goes to the vault."""
    return PoolRow(
        pool_id=f"{number:04d}",
        features={name: str(getattr(citizen, name)) for name in features},
        language=citizen.language,
        speaks=(citizen.language, *citizen.also_speaks),
        identity={
            "given_name": citizen.given_name,
            "family_name": citizen.family_name,
            "address": citizen.address,
            "municipality": citizen.municipality,
            "phone": citizen.phone,
            "mail": citizen.mail,
            "birth_year": str(citizen.birth_year),
        },
        origin=Origin.DRAWN,
    )


def quota_of(row: QuotaRow) -> Quota:
    """Return a quota of the content as the core takes it."""
    return Quota(row.feature, row.value, row.least, row.most)
