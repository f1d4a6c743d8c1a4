"""How many to confirm so that a hall is full and not too full: from those who came before, here and elsewhere."""

from dataclasses import dataclass

from burgertop.core.recruitment import Interval, Kind, Overbooking, Tally, attendance_of, overbook
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery.models import Answer, Reply
from burgertop.stages.lottery.queries.funnel import HALL_SEATS

__all__ = ["Confirming", "confirmed_in", "confirming_for", "kind_of_hall", "places_in"]

ALL = ""
HELD = 0.8  # how much the intervals hold


@dataclass(frozen=True, slots=True)
class Confirming:
    """What is to be expected: the share who come, how many to confirm, and what those who said yes so far bring.

    Args:
        low, mean, high: the share who come, 0..1; low and high hold it in eight cases of ten.
        plan: as many as keep the risk of too many small.
        confirmed: how many said yes so far.
        present: how many of these will come.
        overflow: how likely more of them come than there are places.
    """

    places: int
    low: float
    mean: float
    high: float
    plan: Overbooking
    confirmed: int
    present: Interval
    overflow: float


def kind_of_hall(places: int) -> Kind:
    """A day with a hundred places or more is a hall, a smaller one a panel."""
    return Kind.HALL if places >= HALL_SEATS else Kind.PANEL


def places_in(stage: Stage) -> int:
    """The seats of the largest draw of a lottery, 0 without one."""
    return max(stage.draws.values_list("seats", flat=True), default=0)


def confirmed_in(stage: Stage) -> int:
    """How many of the drawn said yes in time."""
    replies = Reply.objects.filter(invitee__stage=stage, invitee__partner__isnull=True, answer=Answer.YES)
    return replies.filter(is_late=False, invitee__erased_at__isnull=True).count()


def confirming_for(stage: Stage, places: int, *, risk: float, seen: Tally, kind: Kind) -> Confirming:
    """Say how many to confirm for so many places.

    Args:
        risk: how likely more may come than there are places, 0..1.
        seen: who was to come and who came to something before, typed in; ``Tally(0, 0)`` when nothing is known.
        kind: hall or panel, each with its own past.

    Raises:
        InputError: as ``overbook``.
    """
    rates = attendance_of({ALL: seen}, kind=kind)
    belief, confirmed = rates.belief(ALL), confirmed_in(stage)
    return Confirming(
        places=places,
        low=belief.quantile((1 - HELD) / 2),
        mean=belief.mean,
        high=belief.quantile((1 + HELD) / 2),
        plan=overbook({ALL: places}, {ALL: seen}, overflow=risk, kind=kind, share=HELD),
        confirmed=confirmed,
        present=belief.counts(confirmed, HELD),
        overflow=1 - rates.total({ALL: confirmed}).at_most(places),
    )
