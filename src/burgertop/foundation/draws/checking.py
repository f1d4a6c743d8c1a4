"""Two ways to check a draw: ``verify`` counts whom it seated, ``check_again`` checks and computes everything anew."""

from collections.abc import Callable
from dataclasses import dataclass

from burgertop import __version__
from burgertop.core.sortition import Breach, Check, Lottery, breaches_of, commitment_of, verify_lottery
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, DrawState, Round
from burgertop.foundation.draws.packing import lottery_of_round
from burgertop.foundation.draws.queries import erased_from, pool_of, quotas_of
from burgertop.foundation.draws.results import picked_panel, result_digest
from burgertop.foundation.draws.terms import terms_of_round

__all__ = ["Recheck", "check_again", "verify"]


@dataclass(frozen=True, slots=True)
class Recheck:
    """What came out when the first round of a draw was checked and computed again.

    ``is_same`` is None when it cannot be: people were erased since it was sealed, or it was drawn by version 0.1.
    """

    is_same: bool | None
    checks: tuple[Check, ...]
    erased: int
    version: str


def verify(draw: Draw) -> tuple[Breach, ...]:
    """Count the people that the first round seated against the quotas; empty when every quota is met.

    People erased since are left out of the pool: then a quota can look unmet that was met.

    Raises:
        DrawError: ``draws.not_drawn``.
    """
    seated = _seated_first(draw)
    return breaches_of(pool_of(draw, seated), quotas_of(draw), [str(number) for number in seated])


def check_again(draw: Draw, *, progress: Callable[[float, str], None] | None = None) -> Recheck:
    """Check the last round that was drawn without a solver, then compute its lottery again and compare.

    Raises:
        DrawError: ``draws.not_drawn``, ``draws.no_lottery``: it was drawn by version 0.1, which had none.
    """
    one = draw.rounds.filter(drawn_at__isnull=False).last()
    if one is None:
        raise DrawError("draws.not_drawn")
    lottery = lottery_of_round(one)
    erased = erased_from(draw)
    if erased:
        return Recheck(is_same=None, checks=(), erased=erased, version=__version__)
    terms = terms_of_round(one)
    checks = verify_lottery(
        terms.pool,
        terms.quotas,
        lottery,
        must=terms.must,
        never=terms.never,
        at_most_per_household=terms.per_household,
    )
    is_same = commitment_of(terms.lottery(progress)) == one.commitment and _picks_the_same(one, lottery)
    return Recheck(is_same=is_same, checks=checks, erased=0, version=__version__)


def _picks_the_same(one: Round, lottery: Lottery) -> bool:
    """Whether the public chance gives the panel that was seated."""
    panel = picked_panel(one, one.public_seed)
    return panel == one.panel and result_digest(map(int, lottery.panel(panel))) == one.result_digest


def _seated_first(draw: Draw) -> tuple[int, ...]:
    """The numbers that the first round gave a seat: those who left are still among them, replacements are not."""
    if draw.state != DrawState.DRAWN:
        raise DrawError("draws.not_drawn")
    first = draw.members.filter(seated_in=1)
    return tuple(first.order_by("number").values_list("number", flat=True))
