"""What the demo's story came to, in this process or, run as a program, in the home that the environment names."""

from burgertop.foundation.ballotbox.models import Ballot
from burgertop.foundation.draws.models import Round
from burgertop.web.demo.content import load_content

__all__ = ["SLUG", "told"]

SLUG = load_content().process.slug


def told() -> dict[str, object]:
    """Who was drawn, and how every ballot ended, without any random id."""
    draws = {
        one.draw.name: (one.input_digest, one.commitment, one.result_digest)
        for one in Round.objects.filter(draw__stage__process__slug=SLUG).select_related("draw")
    }
    ballots = [
        (ballot.kind, ballot.opened_at, [(group["origin"], group["rows"]) for group in (ballot.result or {})["groups"]])
        for ballot in Ballot.objects.filter(stage__process__slug=SLUG).order_by("opened_at", "pk")
    ]
    return {"draws": draws, "ballots": sorted(map(repr, ballots))}
