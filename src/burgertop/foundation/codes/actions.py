"""What can be done with codes: make, replace, revoke them, and enter one."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from burgertop.foundation.codes.alphabet import LENGTH, canonical, draw, grouped, is_well_formed, strange_in
from burgertop.foundation.codes.attempts import count_wrong, minutes_to_wait
from burgertop.foundation.codes.models import Code, Space
from burgertop.foundation.codes.queries import has_code
from burgertop.foundation.keys import keyed_hash
from burgertop.foundation.wording import HouseError

__all__ = ["enter", "make", "make_many", "replace", "replace_many", "revoke", "revoke_all"]

BATCH = 1000
DRAWS = 3


def make(process_id: uuid.UUID, purpose: str, subject: uuid.UUID) -> str:
    """Make the code of one row and return it, in groups; it is shown once and never stored.

    Raises:
        HouseError: ``codes.made_already`` when the row has a working code.
    """
    return make_many(process_id, purpose, [subject])[subject]


def make_many(process_id: uuid.UUID, purpose: str, subjects: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Make a code for each row, all or none, and return them in groups, by row.

    Raises:
        HouseError: ``codes.made_already`` when one of the rows has a working code.
    """
    wanted = list(dict.fromkeys(subjects))
    for _ in range(DRAWS):
        try:
            return _make_batch(process_id, purpose, wanted)
        except IntegrityError:
            continue
    raise HouseError("codes.made_already")


@transaction.atomic
def _make_batch(process_id: uuid.UUID, purpose: str, subjects: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    space, _ = Space.objects.get_or_create(process_id=process_id, purpose=purpose)
    drawn: dict[str, uuid.UUID] = {}
    for subject in subjects:
        code = draw()
        while code in drawn:
            code = draw()
        drawn[code] = subject
    for start in range(0, len(subjects), BATCH):
        batch = subjects[start : start + BATCH]
        if space.codes.filter(subject__in=batch, replaced_at__isnull=True).exists():
            raise HouseError("codes.made_already")
    now = timezone.now()
    Code.objects.bulk_create(
        (
            Code(space=space, subject=subject, keyed_hash=_hash_of(space, code), made_at=now)
            for code, subject in drawn.items()
        ),
        batch_size=BATCH,
    )
    return {subject: grouped(code) for code, subject in drawn.items()}


@transaction.atomic
def replace(process_id: uuid.UUID, purpose: str, subject: uuid.UUID) -> str:
    """Make a new code for a row; the old one no longer works and says so."""
    revoke(process_id, purpose, subject)
    return make(process_id, purpose, subject)


@transaction.atomic
def replace_many(process_id: uuid.UUID, purpose: str, subjects: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Make a new code for each row, all or none, and return them in groups; the old ones no longer work and say so."""
    now = timezone.now()
    for start in range(0, len(subjects), BATCH):
        part = subjects[start : start + BATCH]
        standing = Code.objects.filter(space__process_id=process_id, space__purpose=purpose, subject__in=part)
        standing.filter(replaced_at__isnull=True).update(replaced_at=now)
    return make_many(process_id, purpose, subjects)


@transaction.atomic
def revoke(process_id: uuid.UUID, purpose: str, subject: uuid.UUID) -> None:
    """Let the code of a row no longer work; a second time changes nothing."""
    Code.objects.filter(
        space__process_id=process_id, space__purpose=purpose, subject=subject, replaced_at__isnull=True
    ).update(replaced_at=timezone.now())


def revoke_all(subject: uuid.UUID) -> int:
    """Let no code of a row work any longer, whatever it was for; return how many did."""
    return Code.objects.filter(subject=subject, replaced_at__isnull=True).update(replaced_at=timezone.now())


def enter(process_id: uuid.UUID, purpose: str, typed: str, *, network: str, now: datetime) -> Code:
    """Return the code that somebody typed; a wrong one is counted, even though the entry fails.

    Never call it inside a transaction of your own: the count of wrong codes must
    be committed before the error is raised (a ``RuntimeError`` says so).

    Args:
        typed: in capitals or not, with spaces, dashes or dots.
        network: keyed hash of the network it came from (``Actor.network``).
        now: the server's clock.

    Raises:
        HouseError: ``codes.empty``, ``codes.mistyped``, ``codes.unknown``, ``codes.replaced``,
            ``codes.revoked``, ``codes.too_many_attempts``.
    """
    code = canonical(typed[:200])
    if not code:
        raise HouseError("codes.empty")
    strange = strange_in(code)
    if not is_well_formed(code):
        raise HouseError("codes.mistyped", given=len(code), needed=LENGTH, strange=strange[:5])
    found, error = _look_up(process_id, purpose, code, network, now)
    if found is None:
        raise error or HouseError("codes.unknown")
    return found


@transaction.atomic(durable=True)
def _look_up(
    process_id: uuid.UUID, purpose: str, code: str, network: str, now: datetime
) -> tuple[Code | None, HouseError | None]:
    """Look a code up; entries of one space go one by one, so that no burst slips past the limit."""
    space = Space.objects.select_for_update(no_key=True).filter(process_id=process_id, purpose=purpose).first()
    if space is None:
        return None, HouseError("codes.unknown")
    minutes = minutes_to_wait(space, network, now)
    if minutes:
        return None, HouseError("codes.too_many_attempts", minutes=minutes)
    found = Code.objects.filter(keyed_hash=_hash_of(space, code)).select_related("space").first()
    if found is None:
        count_wrong(space, network, now)
        return None, HouseError("codes.unknown")
    if found.replaced_at is not None:
        is_replaced = has_code(process_id, purpose, found.subject)
        return None, HouseError("codes.replaced" if is_replaced else "codes.revoked")
    return found, None


def _hash_of(space: Space, code: str) -> str:
    return keyed_hash("codes", str(space.pk), code)
