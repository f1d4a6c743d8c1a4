"""The standing plan computed again: does the same come out?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from burgertop import __version__
from burgertop.core.seating import Seating
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.planning import result_digest, seated_ahead
from burgertop.stages.summit.actions.reseating import reseated
from burgertop.stages.summit.models import PlanKind, SeatPlan
from burgertop.stages.summit.queries.plan import Given, Then, given_of, standing_plan

__all__ = ["PlanRecheck", "check_plan_again"]


@dataclass(frozen=True, slots=True)
class PlanRecheck:
    """What came out when the standing plan was computed again.

    ``is_same`` is None when it cannot be: people were erased, or people, tables or rules were changed since.
    """

    is_same: bool | None
    version: str


def check_plan_again(stage: Stage) -> PlanRecheck:
    """Compute the standing plan again from what it was computed from, changing nothing.

    Rounds that have begun since are taken as not begun, as they were then; seats moved by hand do not count.

    Raises:
        HouseError: ``summit.no_plan``.
    """
    plan = standing_plan(stage)
    if plan is None:
        raise HouseError("summit.no_plan")
    given = _given_then(stage, plan)
    if given is None:
        return PlanRecheck(None, __version__)
    digest = given.input_digest(has_seats_ahead=plan.kind == PlanKind.RESEATED)
    if (digest, given.rules_digest) != (plan.input_digest, plan.rules_digest):
        return PlanRecheck(None, __version__)
    seating: Seating = reseated(given, plan).seating if plan.kind == PlanKind.RESEATED else seated_ahead(given, plan)
    return PlanRecheck(result_digest(given.planned, seating.rounds) == plan.result_digest, __version__)


def _given_then(stage: Stage, plan: SeatPlan) -> Given | None:
    """What the plan was computed from, if all of it is still there."""
    ids: Sequence[str] = plan.given.get("people", [])
    found = {str(one.pk): one for one in Participant.objects.filter(pk__in=ids, erased_at__isnull=True)}
    if not ids or len(found) < len(ids):
        return None
    held: Mapping[str, Mapping[str, Sequence[str]]] = plan.given["seated"]
    return given_of(
        stage,
        [found[one] for one in ids],
        least_speakers=plan.least_speakers,
        then=Then(
            planned=plan.rounds,
            tables=plan.given["tables"],
            locks=[(person, table, number) for person, table, number in plan.given["locks"]],
            seated={int(number): {int(table): who for table, who in one.items()} for number, one in held.items()},
        ),
    )
