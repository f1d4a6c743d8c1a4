"""The lottery of a draw is computed: long work, before the seal."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from burgertop import __version__
from burgertop.core.sortition import Lottery
from burgertop.core.sortition.package import Packing
from burgertop.foundation.draws.actions.preparing import locked_draw
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, DrawState, Round, RoundFile
from burgertop.foundation.draws.packing import kept_of, packing_of_terms
from burgertop.foundation.draws.terms import Terms, terms_of

__all__ = ["make_lottery"]


def make_lottery(draw: Draw, *, now: datetime, progress: Callable[[float, str], None] | None = None) -> Round:
    """Compute the lottery of the next round and keep it, not sealed yet; what was computed before is replaced.

    Not one transaction: nobody waits while it computes. ``progress`` is called often with the share that is done
    and the name of the work; when it raises, nothing is left behind.

    Raises:
        DrawError: ``draws.round_sealed``: a sealed round waits for its chance; ``draws.nobody_left``;
            ``draws.input_changed``: somebody changed pool or quotas meanwhile; ``draws.being_filled``.
        InputError, InfeasibleError: as ``core.sortition.lottery_of``.
    """
    now_there = Draw.objects.select_related("stage").get(pk=draw.pk)
    _refuse_busy(now_there)
    terms = terms_of(now_there)
    lottery = terms.lottery(progress)
    round_id = uuid.uuid4()
    return _keep(draw, terms, lottery, packing_of_terms(terms, lottery, round_id), round_id, now=now)


@transaction.atomic
def _keep(draw: Draw, terms: Terms, lottery: Lottery, packing: Packing, round_id: uuid.UUID, *, now: datetime) -> Round:
    locked = locked_draw(draw)
    _refuse_busy(locked)
    if terms_of(locked).digest != lottery.input_digest:
        raise DrawError("draws.input_changed")
    locked.rounds.filter(committed_at__isnull=True).delete()
    proven = lottery.certificate
    made = Round.objects.create(
        id=round_id,
        draw=locked,
        number=locked.rounds.count() + 1,
        rule=lottery.rule,
        seats=lottery.seats,
        panels=len(lottery.panels),
        version=__version__,
        input_digest=lottery.input_digest,
        commitment=packing.head["commitment"],
        root=packing.head["root"],
        facts={
            "people": len(lottery.ids),
            "must": len(terms.must),
            "never": len(lottery.never_chosen),
            "least": proven.min_probability,
            "bound": proven.upper_bound,
            "gap": proven.gap,
            "chances": packing.public["chances"],
        },
        eased=[] if locked.state == DrawState.PREPARING else locked.eased,
        computed_at=now,
    )
    RoundFile.objects.create(round=made, **kept_of(packing, terms))
    return made


def _refuse_busy(draw: Draw) -> None:
    if draw.filling_from is not None:
        raise DrawError("draws.being_filled")
    waiting = draw.rounds.filter(committed_at__isnull=False, drawn_at__isnull=True)
    if draw.state == DrawState.COMMITTED or waiting.exists():
        raise DrawError("draws.round_sealed")
