"""The work before the seal: a draw is founded, its pool filled, its quotas and limits set."""

import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max

from burgertop.core import sortition
from burgertop.core.errors import InputError
from burgertop.core.sortition import Quota, Quotas
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, DrawState, Duty, Margin, Member, QuotaRow
from burgertop.foundation.draws.rows import FEATURE_MOST, NAMED_MOST, VALUE_MOST, PoolRow, check_rows
from burgertop.foundation.keys import keyed_hash
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage

__all__ = [
    "BATCH",
    "add_members",
    "add_to",
    "found_draw",
    "last_number",
    "locked_draw",
    "locked_preparing",
    "remove_member",
    "set_duties",
    "set_margins",
    "set_quotas",
    "set_terms",
]

BATCH = 500


@transaction.atomic
def found_draw(stage: Stage, name: str, *, seats: int, features: Sequence[str] = ()) -> Draw:
    """Make a draw of a stage; the same name and seats again gives the one that is there.

    ``features`` may stay empty: the first pool names them.
    """
    if seats < 1:
        raise DrawError("draws.no_seats")
    draw, _ = Draw.objects.get_or_create(stage=stage, name=name, defaults={"seats": seats, "features": list(features)})
    if draw.seats != seats:
        raise DrawError("draws.name_taken", name=name)
    return draw


@transaction.atomic
def set_terms(
    draw: Draw, *, seats: int, rule: str | None = None, panels: int | None = None, per_household: int | None = None
) -> Draw:
    """Set how many seats are drawn, by which rule, on how many numbered panels, and how many of one household.

    ``rule`` None keeps the rule; ``panels`` None: as many as the least chance needs; ``per_household`` None: no limit.

    Raises:
        DrawError: ``draws.no_seats``, ``draws.sealed``. InputError: ``sortition.unknown_rule``,
            ``sortition.no_panels``, ``sortition.no_one_per_household``.
    """
    if seats < 1:
        raise DrawError("draws.no_seats")
    if rule is not None and rule not in sortition.RULES:
        raise InputError("sortition.unknown_rule", rule=rule, known=tuple(sortition.RULES))
    if panels is not None and panels < 1:
        raise InputError("sortition.no_panels", panels=panels)
    if per_household is not None and per_household < 1:
        raise InputError("sortition.no_one_per_household", limit=per_household)
    locked = locked_preparing(draw)
    locked.seats, locked.panels, locked.per_household = seats, panels, per_household
    locked.rule = rule or locked.rule
    locked.save(update_fields=["seats", "panels", "per_household", "rule"])
    return locked


@transaction.atomic
def set_margins(draw: Draw, margins: Mapping[str, Mapping[str, int]]) -> Draw:
    """Keep how many people of the population have each value, by feature; in place of what was kept before.

    Raises:
        DrawError: ``draws.sealed``, ``draws.long_feature``, ``draws.long_margin``.
    """
    locked = locked_preparing(draw)
    for feature, counts in margins.items():
        if len(feature) > FEATURE_MOST:
            raise DrawError("draws.long_feature", feature=feature[:FEATURE_MOST], most=FEATURE_MOST)
        if long := next((value for value in counts if len(value) > VALUE_MOST), ""):
            raise DrawError("draws.long_margin", feature=feature, value=long[:VALUE_MOST], most=VALUE_MOST)
    locked.margins.all().delete()
    Margin.objects.bulk_create(
        Margin(draw=locked, feature=feature, value=value, people=people)
        for feature, counts in margins.items()
        for value, people in counts.items()
    )
    return locked


@transaction.atomic
def set_duties(draw: Draw, duties: dict[int, Duty]) -> Draw:
    """Say for whom chance does not decide, by number in the pool; everybody else is free.

    Raises:
        DrawError: ``draws.sealed``, ``draws.no_such_numbers``.
    """
    locked = locked_preparing(draw)
    known = set(locked.members.filter(number__in=duties).values_list("number", flat=True))
    if unknown := sorted(set(duties) - known):
        raise DrawError("draws.no_such_numbers", numbers=tuple(str(one) for one in unknown[:NAMED_MOST]))
    locked.members.exclude(duty=Duty.FREE).update(duty=Duty.FREE)
    for duty in (Duty.MUST, Duty.NEVER):
        numbers = [number for number, given in duties.items() if given == duty]
        for start in range(0, len(numbers), BATCH):
            locked.members.filter(number__in=numbers[start : start + BATCH]).update(duty=duty)
    return locked


@transaction.atomic
def add_members(
    draw: Draw, people: Sequence[Participant], *, households: Mapping[uuid.UUID, str] | None = None
) -> Draw:
    """Put participants who are already known into the pool of another draw, such as the roster into that of the 32.

    ``households``: by participant, what is the same for people who live together and tells nothing else.
    """
    locked = locked_preparing(draw)
    standing = [person for person in people if person.erased_at is None]
    features = list(locked.features) or list(standing[0].features if standing else ())
    rows = [PoolRow(str(person.pk), person.features, person.language, tuple(person.speaks)) for person in standing]
    check_rows(rows, features)
    there = set(locked.members.values_list("participant_id", flat=True))
    pairs = [(person, row) for person, row in zip(standing, rows, strict=True) if person.pk not in there]
    before = last_number(locked)
    add_to(locked, [person for person, _ in pairs], [row for _, row in pairs])
    added = list(locked.members.filter(number__gt=before)) if households else []
    for member in added:
        member.household = (households or {}).get(member.participant_id, "")
    Member.objects.bulk_update(added, ["household"], batch_size=BATCH)
    locked.features = features
    locked.save(update_fields=["features"])
    return locked


@transaction.atomic
def remove_member(member: Member) -> None:
    """Take somebody out of a pool that is being prepared; the participant stays, and nobody else's number changes.

    Raises:
        DrawError: ``draws.sealed``, ``draws.being_filled``.
    """
    locked_preparing(member.draw).members.filter(pk=member.pk).delete()


@transaction.atomic
def set_quotas(draw: Draw, rows: Sequence[Quota]) -> Draw:
    """Replace the quotas of a draw that is being prepared; no rows take them all away.

    Raises:
        InputError: the rows contradict themselves or the number of seats.
    """
    locked = locked_preparing(draw)
    checked = Quotas(locked.seats, tuple(rows)) if rows else ()
    locked.quotas.all().delete()
    QuotaRow.objects.bulk_create(
        QuotaRow(
            draw=locked,
            feature=row.feature,
            value=row.value,
            least=row.least,
            most=row.most,
            least_flex=row.least_flex,
            most_flex=row.most_flex,
            order=order,
        )
        for order, row in enumerate(checked, start=1)
    )
    return locked


def locked_draw(draw: Draw) -> Draw:
    """Read a draw again and hold it until the end of the transaction."""
    return Draw.objects.select_for_update(of=("self",)).select_related("stage").get(pk=draw.pk)


def locked_preparing(draw: Draw, *, is_filling: bool = False) -> Draw:
    """Hold a draw that is not sealed; a lottery that was computed goes, for what it was computed from will change.

    Raises:
        DrawError: ``draws.sealed``; ``draws.being_filled`` unless it is the filling itself that asks.
    """
    locked = locked_draw(draw)
    if locked.state != DrawState.PREPARING:
        raise DrawError("draws.sealed")
    if locked.filling_from is not None and not is_filling:
        raise DrawError("draws.being_filled")
    locked.rounds.all().delete()
    return locked


def last_number(draw: Draw) -> int:
    """The number of the last person of a pool; 0 when it is empty."""
    return draw.members.aggregate(last=Max("number"))["last"] or 0


def add_to(draw: Draw, people: Sequence[Participant], rows: Sequence[PoolRow]) -> None:
    """Make participants members of a pool, numbered after those already there."""
    Member.objects.bulk_create(
        (
            Member(
                draw=draw,
                participant=person,
                number=number,
                origin=person.origin,
                duty=row.duty,
                household=keyed_hash("households", str(draw.stage.process_id), row.household) if row.household else "",
            )
            for number, (person, row) in enumerate(zip(people, rows, strict=True), start=last_number(draw) + 1)
        ),
        batch_size=BATCH,
    )
