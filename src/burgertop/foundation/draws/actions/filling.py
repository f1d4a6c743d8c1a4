"""People go into a pool and out of it in steps: nobody else waits for a file of 100,000 rows.

While a pool is being filled, ``Draw.filling_from`` is the last number that stays if the work is broken off; nothing is
computed from the draw and nothing else about it changes.
"""

from collections.abc import Callable, Sequence

from django.db import transaction

from burgertop.foundation.draws.actions.preparing import BATCH, add_to, last_number, locked_preparing
from burgertop.foundation.draws.models import Draw, Member
from burgertop.foundation.draws.queries import refuse_known_ids
from burgertop.foundation.draws.rows import PoolRow, check_rows
from burgertop.foundation.people.models import Identity, Participant
from burgertop.foundation.people.vault import seal_many

__all__ = ["empty_pool", "fill_pool"]

Progress = Callable[[int, int], None]
Then = Callable[[Draw], object]


def fill_pool(
    draw: Draw,
    rows: Sequence[PoolRow],
    *,
    is_fresh: bool = False,
    progress: Progress | None = None,
    then: Then | None = None,
) -> Draw:
    """Add people to the pool: a participant each, their names in the vault, numbered after those already there.

    The first pool of a draw names its features, in the order of its first row. ``is_fresh`` empties the pool first.
    Each step is a transaction of its own; ``progress`` is told the rows done and all rows between them, ``then`` is
    called in the last one. When anything raises, those who were added go again; after a power cut the next call does
    that first.

    Raises:
        DrawError: as ``check_rows``; ``draws.sealed``, ``draws.known_pool_id``.
    """
    check_rows(rows, list(rows[0].features if rows else ()))
    locked = _begin(draw, is_fresh=is_fresh)
    try:
        _take_out(locked)
        features = list(locked.features) or list(rows[0].features)
        check_rows(rows, features)
        refuse_known_ids(locked, rows)
        for start in range(0, len(rows), BATCH):
            _put(locked, rows[start : start + BATCH])
            if progress is not None:
                progress(min(start + BATCH, len(rows)), len(rows))
        return _end(locked, features, then)
    except BaseException:
        _take_out(locked)
        _end(locked, locked.features, None)
        raise


def empty_pool(draw: Draw) -> int:
    """Take everybody out of a pool that is being prepared, to begin again; return how many.

    Participants who stand in no other draw go with their names: they have done nothing yet.
    """
    locked = _begin(draw, is_fresh=True)
    gone = _take_out(locked)
    _end(locked, [], None)
    return gone


@transaction.atomic
def _begin(draw: Draw, *, is_fresh: bool) -> Draw:
    """Mark the draw; what an earlier filling left when the power went stays marked."""
    locked = locked_preparing(draw, is_filling=True)
    if is_fresh:
        locked.filling_from, locked.features = 0, []
    elif locked.filling_from is None:
        locked.filling_from = last_number(locked)
    locked.save(update_fields=["filling_from", "features"])
    return locked


@transaction.atomic
def _put(draw: Draw, rows: Sequence[PoolRow]) -> None:
    identities = iter(seal_many(draw.stage.process_id, [row.identity for row in rows if row.identity]))
    people = Participant.objects.bulk_create(
        Participant(
            process_id=draw.stage.process_id,
            identity=next(identities) if row.identity else None,
            origin=row.origin,
            language=row.language,
            speaks=list(row.speaks) or [row.language],
            features=dict(row.features),
            pool_id=row.pool_id,
        )
        for row in rows
    )
    add_to(draw, people, rows)


def _take_out(draw: Draw) -> int:
    """Take out, in steps, whoever stands after the last number that stays."""
    gone = 0
    while part := _take_out_some(draw):
        gone += part
    return gone


@transaction.atomic
def _take_out_some(draw: Draw) -> int:
    members = draw.members.filter(number__gt=draw.filling_from).order_by("number")
    here = dict(members.values_list("pk", "participant_id")[:BATCH])
    elsewhere = set(
        Member.objects.filter(participant__in=here.values()).exclude(draw=draw).values_list("participant_id", flat=True)
    )
    alone = [pk for pk in here.values() if pk not in elsewhere]
    Member.objects.filter(pk__in=here).delete()
    only_here = Participant.objects.filter(pk__in=alone, consents__isnull=True)
    Identity.objects.filter(participant__in=only_here).delete()
    only_here.delete()
    return len(here)


@transaction.atomic
def _end(draw: Draw, features: Sequence[str], then: Then | None) -> Draw:
    locked = locked_preparing(draw, is_filling=True)
    locked.filling_from, locked.features = None, list(features)
    locked.save(update_fields=["filling_from", "features"])
    if then is not None:
        then(locked)
    return locked
