"""The fair lottery: chances as equal as the quotas allow, numbered panels for a public draw, and the proof."""

from collections.abc import Callable, Sequence
from hashlib import sha256

import numpy as np

from burgertop.core.errors import InputError
from burgertop.core.sortition.certificate import certificate_of
from burgertop.core.sortition.chance import canonical_digest
from burgertop.core.sortition.drawing import Drawn, average_of, drawn_panels
from burgertop.core.sortition.kinds import Kinds, kinds_of
from burgertop.core.sortition.limits import Limits, limits_of
from burgertop.core.sortition.mixing import counts_of
from burgertop.core.sortition.people import people_of
from burgertop.core.sortition.pool import Pool
from burgertop.core.sortition.published import Lottery
from burgertop.core.sortition.quotas import Quotas
from burgertop.core.sortition.rules import rule_of

__all__ = ["lottery_of"]

NOTHING = 1e-9  # a chance below this is a rounding of 0
DIGITS, MORE_DIGITS = 12, 15  # that are written of an exact chance, and of a weight


def lottery_of(
    pool: Pool,
    quotas: Quotas,
    *,
    rule: str = "leximin",
    panels: int | None = None,
    must: Sequence[str] = (),
    never: Sequence[str] = (),
    at_most_per_household: int | None = None,
    with_distribution: bool = True,
    progress: Callable[[float, str], None] | None = None,
) -> Lottery:
    """Make the fair lottery of a pool.

    Args:
        pool: the people who can be drawn.
        quotas: seats, and least and most of every value.
        rule: a name in ``RULES``.
        panels: number M of numbered panels; None: ``panels_for`` the least chance.
        must: ids of people who are on every panel.
        never: ids of people who are on none.
        at_most_per_household: most people of one household; None: no limit.
        with_distribution: find the exact distribution too.
        progress: called often with the share that is done (0..1) and the name of the work; when
            it raises, the work is cancelled, and nothing is left behind.

    Returns:
        The lottery. It depends on nothing but these inputs (and the versions of the solvers),
        not on the order of rows: inner chance is seeded by the digest, so nobody can try seeds.

    Raises:
        InputError: ``sortition.unknown_rule``, ``sortition.no_panels``; as ``limits_of`` and
            ``Quotas.check_against``.
        InfeasibleError: ``sortition.no_feasible_panel``; ``check_feasibility`` says why.

    Cost: see ``docs/maths/sortition.md``; 0.5-2 s for 1,000 panels of an assembly.
    Source: Flanigan, Kehne and Procaccia (2021), Fair sortition made transparent, NeurIPS 34
    (numbered panels), and the papers of ``RULES``.

    >>> from burgertop.core.sortition import Quota
    >>> pool = Pool(("a", "b", "c"), ("gender",), (("woman",), ("man",), ("woman",)))
    >>> quotas = Quotas(2, (Quota("gender", "woman", 1, 1), Quota("gender", "man", 1, 1)))
    >>> lottery = lottery_of(pool, quotas)
    >>> lottery.ideal.tolist(), lottery.published.tolist(), lottery.panels.shape
    ([0.5, 1.0, 0.5], [500, 1000, 500], (1000, 2))
    """
    chosen = rule_of(rule)
    if panels is not None and panels < 1:
        raise InputError("sortition.no_panels", panels=panels)
    limits = limits_of(pool, quotas.seats, must, never, at_most_per_household)
    kinds = kinds_of(pool, quotas, limits)
    digest = canonical_digest(pool, quotas, must=must, never=never, at_most_per_household=at_most_per_household)
    seed = sha256(f"burgertop.lottery.1\n{digest}\n{rule}\n{panels or 0}".encode()).digest()
    rng = np.random.Generator(np.random.PCG64(int.from_bytes(seed, "big")))
    drawn = drawn_panels(kinds, chosen, rng, panels, is_mixed=with_distribution, progress=progress)
    return _written(pool, kinds, limits, drawn, rng, rule, digest)


def _written(
    pool: Pool, kinds: Kinds, limits: Limits, drawn: Drawn, rng: np.random.Generator, rule: str, digest: str
) -> Lottery:
    """Put people in the place of kinds, and count everybody's chances."""
    numbered = people_of(pool, kinds, limits, drawn.seats, rng)
    ideal = (average_of(kinds, drawn.levels) / kinds.sizes)[kinds.kind_of]
    ideal[ideal < NOTHING] = 0  # otherwise with all its digits: the bounds of later levels stand on them
    published = np.bincount(numbered.ravel(), minlength=len(pool))
    exact = published / len(numbered)
    weights = np.round(drawn.weights, MORE_DIGITS)
    if len(weights):
        seats = np.concatenate([drawn.seats, drawn.extra])
        exact = ((counts_of(seats, len(kinds)).T @ weights) / kinds.sizes)[kinds.kind_of]
    exact = np.minimum(np.round(exact, DIGITS), 1)
    return Lottery(
        rule=rule,
        seats=kinds.seats,
        input_digest=digest,
        ids=pool.ids,
        ideal=ideal,
        exact=exact,
        published=published,
        panels=numbered,
        extra_panels=people_of(pool, kinds, limits, drawn.extra, rng),
        weights=weights,
        alike=kinds.kind_of,
        certificate=certificate_of(kinds, pool.ids, drawn.levels, exact, is_relaxed_reached=drawn.is_relaxed_reached),
        never_chosen=tuple(one for one, chance in zip(pool.ids, ideal, strict=True) if chance == 0),
    )
