"""Two ways to check a draw: ``verify`` counts the published panel, ``replay`` draws it again."""

from dataclasses import dataclass

from burgertop import __version__
from burgertop.core.sortition import Breach, breaches_of, canonical_digest, feasible_panel, rng_from_seed
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, DrawState, Member
from burgertop.foundation.draws.queries import erased_from, pool_of, quotas_of
from burgertop.foundation.draws.results import result_digest

__all__ = ["Replay", "replay", "verify"]

REPLAY_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Replay:
    """What came out when a draw was made again.

    ``is_same`` is None when it cannot be made again because people were erased since it was sealed.
    """

    is_same: bool | None
    numbers: tuple[int, ...]
    erased: int
    version: str


def verify(draw: Draw) -> tuple[Breach, ...]:
    """Count the people drawn against the quotas, without any solver; empty when every quota is met.

    People erased since are left out of the pool: then a quota can look unmet that was met.

    Raises:
        DrawError: ``draws.not_drawn``.
    """
    return breaches_of(pool_of(draw), quotas_of(draw), [str(number) for number in _numbers(draw)])


def replay(draw: Draw) -> Replay:
    """Draw again from the stored pool, quotas and public chance, and compare with what was drawn.

    Raises:
        DrawError: ``draws.not_drawn``.
    """
    drawn = _numbers(draw)
    erased = erased_from(draw)
    if erased:
        return Replay(is_same=None, numbers=(), erased=erased, version=__version__)
    pool, quotas = pool_of(draw), quotas_of(draw)
    digest = canonical_digest(pool, quotas)
    rng = rng_from_seed(draw.public_seed, digest)
    panel = feasible_panel(pool, quotas, rng, time_limit_seconds=REPLAY_SECONDS)
    numbers = tuple(sorted(int(one) for one in panel.ids))
    is_same = digest == draw.input_digest and numbers == drawn and result_digest(numbers) == draw.result_digest
    return Replay(is_same=is_same, numbers=numbers, erased=0, version=__version__)


def _numbers(draw: Draw) -> tuple[int, ...]:
    """The numbers that the draw itself gave a seat: those who left are still among them, replacements are not."""
    if draw.state != DrawState.DRAWN:
        raise DrawError("draws.not_drawn")
    gave = Member.objects.filter(draw=draw, standing__in=("drawn", "left"))
    return tuple(gave.order_by("number").values_list("number", flat=True))
