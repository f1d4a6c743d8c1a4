"""What can be done with a draw: found it, fill its pool, set its quotas, seal it, draw it, leave a seat."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from burgertop import __version__
from burgertop.core.errors import InfeasibleError
from burgertop.core.sortition import Panel, Quota, Quotas, canonical_digest, feasible_panel, rng_from_seed
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.events import PanelDrawn
from burgertop.foundation.draws.models import Draw, DrawState, Member, QuotaRow, Standing
from burgertop.foundation.draws.queries import erased_from, feasibility_of, pool_of, quotas_of, topic_of
from burgertop.foundation.draws.results import result_digest
from burgertop.foundation.draws.rows import NAMED_MOST, PoolRow, check_rows
from burgertop.foundation.events import publish
from burgertop.foundation.live.actions import publish as tell
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.people.vault import seal_many
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append

__all__ = [
    "add_members",
    "announce_chance",
    "commit",
    "draw_panel",
    "empty_pool",
    "fill_pool",
    "found_draw",
    "leave",
    "set_quotas",
    "set_seats",
]

BATCH = 500
DRAW_SECONDS = 600.0


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
def set_seats(draw: Draw, seats: int) -> Draw:
    """Change how many seats are drawn, while the draw is being prepared."""
    if seats < 1:
        raise DrawError("draws.no_seats")
    locked = _preparing(draw)
    locked.seats = seats
    locked.save(update_fields=["seats"])
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
    _add(locked, people)
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
    _add(locked, [person for person in standing if person.pk not in there])
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
    """Replace the quotas of a draw that is being prepared.

    Raises:
        InputError: the rows contradict themselves or the number of seats.
    """
    locked = _preparing(draw)
    checked = Quotas(locked.seats, tuple(rows))
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


def commit(draw: Draw, *, now: datetime) -> Draw:
    """Seal pool and quotas: they can no longer change, and their digest goes into the record before any chance.

    Sealing twice changes nothing. The search for a panel runs before the transaction, so that nobody waits for it.

    Raises:
        DrawError: ``draws.input_changed``: somebody changed pool or quotas meanwhile.
        InputError: pool and quotas do not fit each other.
        InfeasibleError: ``sortition.no_feasible_panel``: no panel meets the quotas.
    """
    fresh = Draw.objects.select_related("stage").get(pk=draw.pk)
    if fresh.state != DrawState.PREPARING:
        return fresh
    pool, quotas = pool_of(fresh), quotas_of(fresh)
    if not feasibility_of(fresh).is_feasible:
        raise InfeasibleError("sortition.no_feasible_panel", seats=quotas.seats, people=len(pool))
    return _seal(draw, canonical_digest(pool, quotas), now=now)


@transaction.atomic
def _seal(draw: Draw, digest: str, *, now: datetime) -> Draw:
    locked = _locked(draw)
    if locked.state != DrawState.PREPARING:
        return locked
    pool, quotas = pool_of(locked), quotas_of(locked)
    if canonical_digest(pool, quotas) != digest:
        raise DrawError("draws.input_changed")
    locked.input_digest = digest
    locked.state = DrawState.COMMITTED
    locked.version = __version__
    locked.committed_at = now
    locked.save(update_fields=["input_digest", "state", "version", "committed_at"])
    facts = {
        "draw": locked.name,
        "stage": str(locked.stage_id),
        "seats": locked.seats,
        "people": len(pool),
        "quotas": len(quotas.rows),
        "rule": locked.rule,
        "version": locked.version,
        "input_digest": locked.input_digest,
    }
    append(locked.stage.process_id, "draw_committed", facts, now=now)
    _tell(locked)
    return locked


@transaction.atomic
def announce_chance(draw: Draw, public_seed: str, *, now: datetime) -> Draw:
    """Write the public chance of a sealed draw into the record, before anybody knows its result; it never changes.

    Raises:
        DrawError: ``draws.not_committed``, ``draws.other_seed``.
        InputError: ``sortition.empty_seed``.
    """
    locked = _locked(draw)
    seed = " ".join(public_seed.split())[:200]
    if locked.state == DrawState.PREPARING:
        raise DrawError("draws.not_committed")
    if locked.public_seed:
        if locked.public_seed != seed:
            raise DrawError("draws.other_seed", seed=locked.public_seed)
        return locked
    rng_from_seed(seed, locked.input_digest)
    locked.public_seed = seed
    locked.save(update_fields=["public_seed"])
    append(locked.stage.process_id, "draw_chance", {"draw": locked.name, "seed": seed}, now=now)
    _tell(locked)
    return locked


def draw_panel(draw: Draw, *, public_seed: str, now: datetime, time_limit_seconds: float | None = DRAW_SECONDS) -> Draw:
    """Draw the seats of a sealed draw from its public chance; a draw is drawn once.

    The integer program runs between two transactions: the chance is in the record before it, the result after it.

    Raises:
        DrawError: ``draws.not_committed``, ``draws.other_seed``, ``draws.input_changed``.
        InfeasibleError, OutOfTimeError: as ``core.sortition.feasible_panel``.
    """
    announced = announce_chance(draw, public_seed, now=now)
    if announced.state == DrawState.DRAWN:
        return announced
    pool, quotas = pool_of(announced), quotas_of(announced)
    erased = erased_from(announced)
    if not erased and canonical_digest(pool, quotas) != announced.input_digest:
        raise DrawError("draws.input_changed")
    rng = rng_from_seed(announced.public_seed, announced.input_digest)
    panel = feasible_panel(pool, quotas, rng, time_limit_seconds=time_limit_seconds)
    return _seat(announced, panel, erased=erased, now=now)


@transaction.atomic
def _seat(draw: Draw, panel: Panel, *, erased: int, now: datetime) -> Draw:
    locked = _locked(draw)
    if locked.state == DrawState.DRAWN:
        return locked
    if erased_from(locked) != erased:
        raise DrawError("draws.input_changed")
    numbers = sorted(int(one) for one in panel.ids)
    for start in range(0, len(numbers), BATCH):
        locked.members.filter(number__in=numbers[start : start + BATCH]).update(standing=Standing.DRAWN)
    locked.state = DrawState.DRAWN
    locked.rule = panel.rule
    locked.version = __version__
    locked.result_digest = result_digest(numbers)
    locked.drawn_at = now
    locked.save(update_fields=["state", "rule", "version", "result_digest", "drawn_at"])
    facts: dict[str, str | int] = {
        "draw": locked.name,
        "stage": str(locked.stage_id),
        "seats": len(numbers),
        "rule": locked.rule,
        "version": locked.version,
        "seed": locked.public_seed,
        "input_digest": locked.input_digest,
        "result_digest": locked.result_digest,
    }
    if erased:
        facts["erased_since_sealed"] = erased
    append(locked.stage.process_id, "draw_made", facts, now=now)
    _tell(locked)
    publish(PanelDrawn(locked.stage.process_id, locked.stage_id, locked.pk))
    return locked


@transaction.atomic
def leave(member: Member, *, now: datetime) -> Member:
    """Give up a seat; giving it up twice changes nothing."""
    locked = Member.objects.select_for_update().select_related("draw__stage").get(pk=member.pk)
    if locked.standing == Standing.LEFT:
        return locked
    if locked.standing == Standing.IN_POOL:
        raise DrawError("draws.no_seat_to_leave", number=locked.number)
    locked.standing = Standing.LEFT
    locked.save(update_fields=["standing"])
    append(locked.draw.stage.process_id, "seat_left", {"draw": locked.draw.name}, now=now)
    return locked


def _locked(draw: Draw) -> Draw:
    return Draw.objects.select_for_update(of=("self",)).select_related("stage").get(pk=draw.pk)


def _tell(draw: Draw) -> None:
    """Let the screen in the hall look again."""
    tell(topic_of(draw), {"state": str(draw.state)}, process_id=draw.stage.process_id)


def _preparing(draw: Draw) -> Draw:
    locked = _locked(draw)
    if locked.state != DrawState.PREPARING:
        raise DrawError("draws.sealed")
    return locked


def _add(draw: Draw, people: Sequence[Participant]) -> None:
    last = draw.members.aggregate(last=Max("number"))["last"] or 0
    Member.objects.bulk_create(
        (
            Member(draw=draw, participant=person, number=number, origin=person.origin)
            for number, person in enumerate(people, start=last + 1)
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
