"""The demo's lottery: 10,000 letters to invented citizens, who answers, 704 drawn."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery.actions import take_respondents
from burgertop.web.demo.drawing import hold_draw
from burgertop.web.demo.founding import at_noon
from burgertop.web.demo.kinds import DemoContent, QuotaRow
from burgertop.web.demo.letters import FEATURES, Post, draw_addressees, hand_to_post, take_replies
from burgertop.web.demo.population import Citizen, adults_by_feature, invent_citizens

__all__ = ["LETTERS_ON", "pool_row", "quota_of", "send_letters", "tell_lottery"]

LETTERS_ON = datetime(2011, 10, 4, 12, tzinfo=UTC)
ADDRESSES = 20_000
LETTERS = {"nl": 5600, "fr": 4300, "de": 100}
BEACON, PULSE = "Lotto, 4-10-2011", "7 12 19 23 31 40"
SEATS = 704
SOURCE = "Brussel – Bruxelles, 31-10-2011, 18:00, 3 × D10"
CHANCE = "417"


def send_letters(stage: Stage, content: DemoContent, rng: np.random.Generator) -> int:
    """Draw whom to write to, write, write again to who is silent, and take the answers; return how many come."""
    post = Post("addresses", LETTERS, BEACON, PULSE, LETTERS_ON, at_noon(content.process.days["theme_vote_closes_on"]))
    listed = draw_addressees(stage, invent_citizens(ADDRESSES, rng), post)
    sent = LETTERS_ON + timedelta(days=1)
    hand_to_post(stage, is_reminder=False, now=sent, is_printed=False)
    coming = take_replies(stage, listed, rng, since=sent + timedelta(days=1))
    hand_to_post(stage, is_reminder=True, now=sent + timedelta(days=12), is_printed=False)
    return coming


def tell_lottery(stage: Stage, content: DemoContent) -> Draw:
    """Put who said yes into the pool, compute and seal the lottery, and draw the people of the hall by dice."""
    sealed_at = at_noon(content.process.days["theme_vote_closes_on"]) + timedelta(hours=2)
    draw = actions.found_draw(stage, "hall", seats=SEATS, features=FEATURES)
    take_respondents(draw, has_late=False, now=sealed_at)
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
