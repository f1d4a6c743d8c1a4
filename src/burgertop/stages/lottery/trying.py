"""The dry run: what a file would do to a draw, and what is wrong with it; nothing is stored."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from burgertop.core.errors import CoreError
from burgertop.core.sortition import Quota, Quotas, propose_quotas
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.draws.queries import refuse_known_ids, values_in
from burgertop.foundation.draws.rows import PoolRow, check_rows
from burgertop.foundation.files.tables import FileError, Table
from burgertop.foundation.origins import Origin
from burgertop.foundation.wording import Sayable
from burgertop.stages.lottery.reading import pool_rows, quotas_in

__all__ = [
    "FeatureCount",
    "PoolTrial",
    "Proposal",
    "ProposalLine",
    "QuotasTrial",
    "propose",
    "try_pool",
    "try_quotas",
]


@dataclass(frozen=True, slots=True)
class FeatureCount:
    """The values of one feature in a file, the most frequent first."""

    feature: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PoolTrial:
    """What would happen with a pool file."""

    rows: tuple[PoolRow, ...] = ()
    features: tuple[FeatureCount, ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    named: int = 0
    problems: tuple[Sayable, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotasTrial:
    """What would happen with a quota file: each quota with the number of people in the pool."""

    quotas: tuple[Quota, ...] = ()
    lines: tuple[tuple[Quota, int], ...] = ()
    problems: tuple[Sayable, ...] = ()


def try_pool(draw: Draw, table: Table, roles: Mapping[str, str], origin: Origin, *, is_fresh: bool) -> PoolTrial:
    """Say what taking in this table as a pool would do; ``is_fresh``: in place of the people who are there."""
    try:
        rows = pool_rows(table, roles, default_language=draw.stage.process.first_language, origin=origin)
        features = list(rows[0].features if rows else ())
        check_rows(rows, features)
        refuse_known_ids(draw, rows, is_fresh=is_fresh)
    except (FileError, DrawError) as error:
        return PoolTrial(problems=(error,))
    counts = tuple(
        FeatureCount(feature, tuple(Counter(row.features[feature] for row in rows).most_common()))
        for feature in features
    )
    return PoolTrial(
        rows=tuple(rows),
        features=counts,
        languages=tuple(Counter(row.language for row in rows).most_common()),
        named=sum(1 for row in rows if row.identity),
    )


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One value of the population: its people, its share of the seats (not rounded), and the quota proposed."""

    quota: Quota
    people: int
    share: float
    in_pool: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Quotas proposed from the population."""

    quotas: tuple[Quota, ...] = ()
    lines: tuple[ProposalLine, ...] = ()
    problems: tuple[Sayable, ...] = ()


def propose(
    draw: Draw,
    margins: Mapping[str, Mapping[str, int]],
    *,
    tolerance: int,
    at_least: Mapping[tuple[str, str], int],
) -> Proposal:
    """Propose quotas in proportion to the population, with least seats for small groups; nothing is stored."""
    try:
        quotas = propose_quotas(margins, draw.seats, tolerance=tolerance, at_least=at_least)
        Quotas(draw.seats, quotas)
    except CoreError as error:
        return Proposal(problems=(error,))
    in_pool, _ = values_in(draw)
    lines = tuple(
        ProposalLine(
            quota,
            people := margins[quota.feature][quota.value],
            draw.seats * people / sum(margins[quota.feature].values()),
            in_pool[quota.feature][quota.value],
        )
        for quota in quotas
    )
    return Proposal(quotas, lines)


def try_quotas(draw: Draw, table: Table) -> QuotasTrial:
    """Say what taking in this table as quotas would do."""
    try:
        quotas = quotas_in(table)
        Quotas(draw.seats, quotas)
    except (FileError, CoreError) as error:
        return QuotasTrial(problems=(error,))
    in_pool, _ = values_in(draw)
    lines = tuple((quota, in_pool[quota.feature][quota.value] if quota.feature in in_pool else 0) for quota in quotas)
    return QuotasTrial(quotas=quotas, lines=lines)
