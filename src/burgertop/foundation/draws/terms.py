"""Everything a round of a draw depends on, as the core takes it."""

from collections.abc import Callable
from dataclasses import dataclass

from burgertop.core import sortition
from burgertop.core.sortition import Lottery, Pool, Quotas, canonical_digest
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, DrawState, Duty, Round, Standing
from burgertop.foundation.draws.queries import SEATED, people_in, pool_of, quotas_of

__all__ = ["Terms", "feasibility_of", "terms_of", "terms_of_round"]

CHECK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Terms:
    """Pool, quotas and limits of the next round: of the draw itself, or of replacements for who left."""

    pool: Pool
    quotas: Quotas
    must: tuple[str, ...]
    never: tuple[str, ...]
    per_household: int | None
    rule: str
    panels: int | None

    @property
    def digest(self) -> str:
        """The digest of all that the lottery depends on."""
        return canonical_digest(
            self.pool,
            self.quotas,
            must=self.must,
            never=self.never,
            at_most_per_household=self.per_household,
        )

    def lottery(self, progress: Callable[[float, str], None] | None = None) -> Lottery:
        """Compute the lottery of these terms, as ``core.sortition.lottery_of``."""
        return sortition.lottery_of(
            self.pool,
            self.quotas,
            rule=self.rule,
            panels=self.panels,
            must=self.must,
            never=self.never,
            at_most_per_household=self.per_household,
            progress=progress,
        )


def terms_of(draw: Draw) -> Terms:
    """Read the terms of the next round.

    In the first round duties bind; later who has a seat keeps it, and who left does not come back.

    Raises:
        InputError: as ``core.sortition.Pool`` and ``Quotas``.
        DrawError: ``draws.nobody_left``: the panel is whole, nobody is to be replaced.
    """
    is_first = draw.state != DrawState.DRAWN
    must, never = [], []
    for number, duty, standing in people_in(draw).values_list("number", "duty", "standing"):
        if duty == Duty.NEVER or standing == Standing.LEFT:
            never.append(str(number))
        elif standing in SEATED or (is_first and duty == Duty.MUST):
            must.append(str(number))
    if not is_first and len(must) >= draw.seats:
        raise DrawError("draws.nobody_left")
    quotas = quotas_of(draw, () if is_first else draw.eased)
    return Terms(pool_of(draw), quotas, tuple(must), tuple(never), draw.per_household, draw.rule, draw.panels)


def terms_of_round(one: Round) -> Terms:
    """Read the terms that a kept lottery was computed from; people erased since are missing from the pool."""
    draw, file = one.draw, one.file
    must, never = tuple(map(str, file.must)), tuple(map(str, file.never))
    return Terms(pool_of(draw), quotas_of(draw, one.eased), must, never, draw.per_household, one.rule, draw.panels)


def feasibility_of(terms: Terms, *, time_limit_seconds: float = CHECK_SECONDS) -> "sortition.Feasibility":
    """Tell whether some panel meets all quotas and limits; if not, which clash and what would help least.

    Raises:
        InputError: pool, quotas or limits are not whole, or do not fit each other.
        InfeasibleError: ``sortition.no_panel_without_quotas``.
        OutOfTimeError: ``sortition.out_of_time``.
    """
    terms.quotas.check_against(terms.pool)
    return sortition.check_feasibility(
        terms.pool,
        terms.quotas,
        must=terms.must,
        never=terms.never,
        at_most_per_household=terms.per_household,
        time_limit_seconds=time_limit_seconds,
    )
