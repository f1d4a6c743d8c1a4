"""The work before the seal: a draw is founded, its pool filled, its quotas and limits set."""

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
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.people.vault import seal_many
from burgertop.foundation.process.models import Stage

__all__ = [
    "BATCH",
    "add_members",
    "empty_pool",
    "fill_pool",
    "found_draw",
    "locked_draw",
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
    locked = _preparing(draw)
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
    locked = _preparing(draw)
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
    locked = _preparing(draw)
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
def fill_pool(draw: Draw, rows: Sequence[PoolRow]) -> Draw:
    """Add people to the pool: a participant each, their names in the vault, numbered after those already there.

    The first pool of a draw names its features, in the order of its first row.
    """
    locked = _preparing(draw)
    features = list(locked.features) or list(rows[0].features if rows else ())
    check_rows(rows, features)
    _refuse_known_ids(locked, rows)
    identities = iter(seal_many(locked.stage.process_id, [row.identity for row in rows if row.identity]))
    people = Participant.objects.bulk_create(
        (
            Participant(
                process_id=locked.stage.process_id,
                identity=next(identities) if row.identity else None,
                origin=row.origin,
                language=row.language,
                speaks=list(row.speaks) or [row.language],
                features=dict(row.features),
                pool_id=row.pool_id,
            )
            for row in rows
        ),
        batch_size=BATCH,
    )
    _add(locked, people, rows)
    locked.features = features
    locked.save(update_fields=["features"])
    return locked


@transaction.atomic
def add_members(draw: Draw, people: Sequence[Participant]) -> Draw:
    """Put participants who are already known into the pool of another draw, such as the roster into that of the 32."""
    locked = _preparing(draw)
    standing = [person for person in people if person.erased_at is None]
    features = list(locked.features) or list(standing[0].features if standing else ())
    rows = [PoolRow(str(person.pk), person.features, person.language, tuple(person.speaks)) for person in standing]
    check_rows(rows, features)
    there = set(locked.members.values_list("participant_id", flat=True))
    pairs = [(person, row) for person, row in zip(standing, rows, strict=True) if person.pk not in there]
    _add(locked, [person for person, _ in pairs], [row for _, row in pairs])
    locked.features = features
    locked.save(update_fields=["features"])
    return locked


@transaction.atomic
def empty_pool(draw: Draw) -> int:
    """Take everybody out of a pool that is being prepared, to begin again; return how many.

    Participants who stand in no other draw go with their names: they have done nothing yet.
    """
    locked = _preparing(draw)
    here = list(locked.members.values_list("participant_id", flat=True))
    elsewhere = set(
        Member.objects.filter(participant__drawn_in__draw=locked)
        .exclude(draw=locked)
        .values_list("participant_id", flat=True)
    )
    locked.members.all().delete()
    alone = Participant.objects.filter(process_id=locked.stage.process_id, drawn_in__isnull=True, consents__isnull=True)
    for start in range(0, len(here), BATCH):
        part = [pk for pk in here[start : start + BATCH] if pk not in elsewhere]
        Identity.objects.filter(participant__in=alone.filter(pk__in=part)).delete()
        alone.filter(pk__in=part).delete()
    locked.features = []
    locked.save(update_fields=["features"])
    return len(here)


@transaction.atomic
def set_quotas(draw: Draw, rows: Sequence[Quota]) -> Draw:
    """Replace the quotas of a draw that is being prepared; no rows take them all away.

    Raises:
        InputError: the rows contradict themselves or the number of seats.
    """
    locked = _preparing(draw)
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


def _preparing(draw: Draw) -> Draw:
    """Hold a draw that is not sealed; a lottery that was computed goes, for what it was computed from will change."""
    locked = locked_draw(draw)
    if locked.state != DrawState.PREPARING:
        raise DrawError("draws.sealed")
    locked.rounds.all().delete()
    return locked


def _add(draw: Draw, people: Sequence[Participant], rows: Sequence[PoolRow]) -> None:
    last = draw.members.aggregate(last=Max("number"))["last"] or 0
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
            for number, (person, row) in enumerate(zip(people, rows, strict=True), start=last + 1)
        ),
        batch_size=BATCH,
    )


def _refuse_known_ids(draw: Draw, rows: Sequence[PoolRow]) -> None:
    ids = [row.pool_id for row in rows if row.pool_id]
    known: list[str] = []
    for start in range(0, len(ids), BATCH):
        known += Participant.objects.filter(
            process_id=draw.stage.process_id, pool_id__in=ids[start : start + BATCH]
        ).values_list("pool_id", flat=True)
    if known:
        raise DrawError("draws.known_pool_id", ids=tuple(known[:NAMED_MOST]), people=len(known))
