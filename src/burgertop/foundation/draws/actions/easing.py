"""Quotas that give way: when nobody can replace those who left within them, they are loosened as little as possible."""

from django.db import transaction

from burgertop.core.sortition import Relaxation
from burgertop.foundation.draws.actions.preparing import locked_draw
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.draws.terms import feasibility_of, terms_of

__all__ = ["ease_quotas", "keep_quotas"]


@transaction.atomic
def ease_quotas(draw: Draw) -> Draw:
    """Let the quotas of a drawn panel give way for its replacements, by the least number of seats in total.

    Only as far as their flex bounds allow, where they have some. Quotas that can be met stay as they are; what gave way
    before is weighed anew.

    Raises:
        DrawError: ``draws.not_drawn``, ``draws.nobody_left``, ``draws.round_sealed``; ``draws.no_way``: no change
            within the flex bounds is enough.
        OutOfTimeError: ``sortition.out_of_time``.
    """
    locked = _between_rounds(draw)
    locked.eased = []
    answer = feasibility_of(terms_of(locked))
    if not answer.is_feasible and not answer.relaxation:
        raise DrawError("draws.no_way")
    return _keep(locked, answer.relaxation)


@transaction.atomic
def keep_quotas(draw: Draw) -> Draw:
    """Let the quotas of the draw hold again as they were set.

    Raises:
        DrawError: ``draws.not_drawn``, ``draws.round_sealed``.
    """
    return _keep(_between_rounds(draw), ())


def _between_rounds(draw: Draw) -> Draw:
    locked = locked_draw(draw)
    if locked.state != DrawState.DRAWN:
        raise DrawError("draws.not_drawn")
    if locked.rounds.filter(committed_at__isnull=False, drawn_at__isnull=True).exists():
        raise DrawError("draws.round_sealed")
    return locked


def _keep(draw: Draw, relaxation: tuple[Relaxation, ...]) -> Draw:
    """Note the loosened quotas; a lottery that was computed with others goes."""
    draw.eased = [[one.quota.feature, one.quota.value, one.least, one.most] for one in relaxation]
    draw.save(update_fields=["eased"])
    draw.rounds.filter(committed_at__isnull=True).delete()
    return draw
