"""Reads about a draw: its pool and quotas as the core takes them, the table of both, the roster."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet

from burgertop.core.sortition import Pool, Quota, Quotas
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, Duty, Member, QuotaRow, Round, Standing
from burgertop.foundation.draws.rows import NAMED_MOST, PoolRow
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage

__all__ = [
    "SEATED",
    "QuotaCount",
    "draws_of",
    "erased_from",
    "household_names",
    "margins_of",
    "people_in",
    "places_of_person",
    "pool_of",
    "quota_table",
    "quotas_of",
    "refuse_known_ids",
    "remaining_of",
    "roster_of",
    "round_of",
    "rounds_of",
    "seats_given",
    "topic_of",
    "values_in",
]

SEATED = (Standing.DRAWN, Standing.REPLACEMENT)


@dataclass(frozen=True, slots=True)
class QuotaCount:
    """One value of one feature: its quota and how many people have it."""

    feature: str
    value: str
    least: int
    most: int
    least_flex: int | None
    most_flex: int | None
    in_pool: int
    drawn: int

    @property
    def is_met(self) -> bool:
        """Whether the people drawn meet this quota."""
        return self.least <= self.drawn <= self.most

    @property
    def is_in_reach(self) -> bool:
        """Whether the pool has enough people of this value for its least number of seats."""
        return self.in_pool >= self.least


def draws_of(stage: Stage) -> QuerySet[Draw]:
    """The draws of a stage, first made first."""
    return stage.draws.order_by("created_at", "name")


def people_in(draw: Draw) -> QuerySet[Member]:
    """The pool of a draw by number, with the participants; the erased are left out."""
    return draw.members.filter(participant__erased_at__isnull=True).select_related("participant").order_by("number")


def erased_from(draw: Draw) -> int:
    """How many people of the pool were erased; their rows stay, without features."""
    return draw.members.filter(participant__erased_at__isnull=False).count()


def topic_of(draw: Draw) -> str:
    """The live topic that tells when a draw is sealed, gets its chance, and is drawn."""
    return f"draw.{draw.pk}"


def roster_of(draw: Draw) -> QuerySet[Member]:
    """Who has a seat: drawn or a replacement, by number, with the participants."""
    return draw.members.filter(standing__in=SEATED).select_related("participant").order_by("number")


def remaining_of(draw: Draw) -> QuerySet[Member]:
    """Who was not drawn and can still be asked, by number, with the participants."""
    return people_in(draw).filter(standing=Standing.IN_POOL).exclude(duty=Duty.NEVER)


def seats_given(draw: Draw) -> QuerySet[Member]:
    """Everybody who was ever given a seat, by number, with the participants: those who left too."""
    return draw.members.filter(seated_in__isnull=False).select_related("participant").order_by("number")


def rounds_of(draw: Draw) -> QuerySet[Round]:
    """The rounds of a draw that are sealed, first to last."""
    return draw.rounds.filter(committed_at__isnull=False)


def round_of(draw: Draw) -> Round | None:
    """The round that is at work: computed, sealed or, when there is none after it, drawn."""
    return draw.rounds.last()


def household_names(draw: Draw) -> dict[str, str]:
    """What each household is called in the lottery; the same as long as the pool is, whoever is erased."""
    known = draw.members.exclude(household="").order_by().values_list("household").annotate(Min("number"))
    return {household: f"h{first}" for household, first in known}


def pool_of(draw: Draw, numbers: Collection[int] | None = None) -> Pool:
    """The pool as the core takes it: the id of a person is the number in this pool, and nothing else.

    ``numbers``: only these people. A household is called after its first number, such as h12.

    Raises:
        InputError: as ``core.sortition.Pool``.
    """
    features = tuple(draw.features)
    people = people_in(draw) if numbers is None else people_in(draw).filter(number__in=numbers)
    rows = list(people.values_list("number", "participant__features", "household"))
    names = household_names(draw)
    return Pool(
        ids=tuple(str(number) for number, _, _ in rows),
        features=features,
        values=tuple(tuple(str(held.get(feature, "")) for feature in features) for _, held, _ in rows),
        households=tuple(names.get(household, "") for _, _, household in rows) if names else (),
    )


def quotas_of(draw: Draw, eased: Sequence[Sequence[Any]] = ()) -> Quotas:
    """The quotas as the core takes them; ``eased`` are some that give way: feature, value, least, most.

    Raises:
        InputError: as ``core.sortition.Quotas``.
    """
    quotas = Quotas(draw.seats, tuple(_quota(row) for row in draw.quotas.all()))
    ways = {(feature, value): (least, most) for feature, value, least, most in eased}
    if not ways:
        return quotas
    bounds = [(row, *ways.get((row.feature, row.value), (row.least, row.most))) for row in quotas]
    return Quotas(draw.seats, tuple(Quota(row.feature, row.value, least, most) for row, least, most in bounds))


def margins_of(draw: Draw) -> dict[str, dict[str, int]]:
    """How many people of the population have each value, by feature; empty when nobody said."""
    margins: dict[str, dict[str, int]] = {}
    for feature, value, people in draw.margins.values_list("feature", "value", "people"):
        margins.setdefault(feature, {})[value] = people
    return margins


def quota_table(draw: Draw) -> list[QuotaCount]:
    """Every value with its quota, how many of the pool have it, and how many were drawn.

    Values of the pool that have no quota come after the others of their feature with least 0 and most ``seats``.
    """
    in_pool, drawn = values_in(draw)
    quotas = {(row.feature, row.value): row for row in draw.quotas.all()}
    features = list(dict.fromkeys([*draw.features, *(feature for feature, _ in quotas)]))
    table = []
    for feature in features:
        values = [value for named, value in quotas if named == feature]
        values += sorted(value for value in in_pool[feature] if (feature, value) not in quotas)
        for value in values:
            row = quotas.get((feature, value))
            table.append(
                QuotaCount(
                    feature=feature,
                    value=value,
                    least=row.least if row else 0,
                    most=row.most if row else draw.seats,
                    least_flex=row.least_flex if row else None,
                    most_flex=row.most_flex if row else None,
                    in_pool=in_pool[feature][value],
                    drawn=drawn[feature][value],
                )
            )
    return table


def values_in(draw: Draw) -> tuple[Mapping[str, Counter[str]], Mapping[str, Counter[str]]]:
    """How many people have each value of each feature: in the pool, and among the drawn."""
    in_pool: dict[str, Counter[str]] = defaultdict(Counter)
    drawn: dict[str, Counter[str]] = defaultdict(Counter)
    alike = people_in(draw).order_by().values_list("standing", "participant__features").annotate(people=Count("pk"))
    for standing, held, people in alike:
        for feature in draw.features:
            value = str(held.get(feature, ""))
            in_pool[feature][value] += people
            if standing in SEATED:
                drawn[feature][value] += people
    return in_pool, drawn


def _quota(row: QuotaRow) -> Quota:
    return Quota(row.feature, row.value, row.least, row.most, row.least_flex, row.most_flex)


def refuse_known_ids(draw: Draw, rows: Sequence[PoolRow], *, is_fresh: bool = False) -> None:
    """Refuse ids that the process knows already; ``is_fresh``: those of this pool do not count, for they will go.

    Raises:
        DrawError: ``draws.known_pool_id``.
    """
    there = Participant.objects.filter(process_id=draw.stage.process_id).exclude(pool_id="")
    if is_fresh:
        there = there.exclude(drawn_in__draw=draw)
    known = set(there.values_list("pool_id", flat=True))
    if doubled := [row.pool_id for row in rows if row.pool_id in known]:
        raise DrawError("draws.known_pool_id", ids=tuple(doubled[:NAMED_MOST]), people=len(doubled))


def places_of_person(participant: Participant) -> QuerySet[Member]:
    """What became of one participant in every draw, in the order of the draws."""
    return participant.drawn_in.select_related("draw__stage").order_by("draw__created_at")
