"""The demo's theme desk: a second person confirms, a table objects and is answered, a blind coder codes a sample."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Cluster, ClusterCard, Round
from burgertop.web.demo.first_stage import IDS

__all__ = ["FIRST", "confirm_all", "look_again"]

FIRST, SECOND, CODER = (uuid.uuid5(IDS, f"theme-desk/{number}") for number in (1, 2, 3))
SAMPLE = 24
SHARE_SAME = 0.85
REASON = {
    "nl": "Wij bedoelden dit anders: lees ook onze redenen.",
    "fr": "Nous voulions dire autre chose\u00a0: lisez aussi nos raisons.",
    "de": "Wir meinten das anders: Lesen Sie auch unsere Gründe.",
}
ANSWER = {
    "nl": "Uw redenen staan in de samenvatting. De kaart blijft hier, met uw eigen woorden.",
    "fr": "Vos raisons sont dans le résumé. La carte reste ici, avec vos propres mots.",
    "de": "Ihre Gründe stehen in der Zusammenfassung. Die Karte bleibt hier, mit Ihren eigenen Worten.",
}


def confirm_all(round_: Round, *, now: datetime) -> None:
    """Let a second person confirm every placement of a round."""
    places = ClusterCard.objects.standing().filter(cluster__round=round_)
    actions.confirm_placements(round_, list(places.values_list("pk", flat=True)), by=SECOND, now=now)


def look_again(round_: Round, clusters: Sequence[Cluster], *, now: datetime) -> None:
    """Confirm, answer one objection, and let somebody code a sample who saw none of it."""
    confirm_all(round_, now=now)
    placement = ClusterCard.objects.standing().filter(cluster=clusters[0]).select_related("card").order_by("pk").first()
    if placement is None:
        return
    card = placement.card
    objection = actions.object_to_place(
        card, seen=clusters[0].pk, reason=REASON.get(card.language, REASON["nl"]), once=_id(round_), by=None, now=now
    )
    soon = now + timedelta(minutes=2)
    actions.answer_objection(objection, text=ANSWER.get(card.language, ANSWER["nl"]), by=SECOND, now=soon)
    sample = actions.draw_sample(round_, size=SAMPLE, seed=f"sample-{round_.number}", coder=CODER, now=soon)
    chance = np.random.default_rng(round_.number)
    for item in sample.items.select_related("cluster"):
        other = clusters[int(chance.integers(len(clusters)))]
        chosen = item.cluster if chance.random() < SHARE_SAME else other
        actions.code_card(item, chosen, coder=CODER, now=soon)


def _id(round_: Round) -> uuid.UUID:
    return uuid.uuid5(IDS, f"theme-desk/objection/{round_.number}")
