"""Reads about codes; none of them can say what a code was."""

import uuid
from collections.abc import Collection

from django.db.models import QuerySet

from burgertop.foundation.codes.alphabet import canonical, is_well_formed
from burgertop.foundation.codes.models import Code, Space
from burgertop.foundation.keys import keyed_hash

__all__ = [
    "codes_of",
    "has_code",
    "is_standing",
    "replaced_among",
    "standing_codes",
    "subject_of",
    "subjects_without_code",
]


def standing_codes(process_id: uuid.UUID, purpose: str) -> QuerySet[Code]:
    """The codes of one purpose that work now."""
    return Code.objects.filter(space__process_id=process_id, space__purpose=purpose, replaced_at__isnull=True)


def has_code(process_id: uuid.UUID, purpose: str, subject: uuid.UUID) -> bool:
    """Whether there is a working code for this row."""
    return standing_codes(process_id, purpose).filter(subject=subject).exists()


def is_standing(code_id: uuid.UUID) -> bool:
    """Whether this very code works now; a pass that came from it ends with it."""
    return Code.objects.filter(pk=code_id, replaced_at__isnull=True).exists()


def replaced_among(keys: Collection[str]) -> set[str]:
    """Which keys of passes name a code that works no more; a key that names no code is never among them."""
    named = {key: code for key in keys if (code := _id_in(key)) is not None}
    if not named:
        return set()
    ended = set(Code.objects.filter(pk__in=named.values(), replaced_at__isnull=False).values_list("pk", flat=True))
    return {key for key, code in named.items() if code in ended}


def _id_in(key: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(key)
    except ValueError:
        return None


def subjects_without_code(process_id: uuid.UUID, purpose: str, subjects: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Which of these rows have no working code yet, in the order given."""
    with_code = set(standing_codes(process_id, purpose).values_list("subject", flat=True))
    return [subject for subject in subjects if subject not in with_code]


def codes_of(subject: uuid.UUID) -> QuerySet[Code]:
    """Every code that was made for this row, in order; none of them says what it was."""
    return Code.objects.filter(subject=subject).select_related("space").order_by("made_at")


def subject_of(process_id: uuid.UUID, purpose: str, typed: str) -> uuid.UUID | None:
    """The row that a working code opens, for staff who look somebody up: a wrong code is not counted.

    Whoever may call it sees everybody anyway; a page for citizens asks ``codes.actions.enter``.
    """
    code = canonical(typed[:200])
    space = Space.objects.filter(process_id=process_id, purpose=purpose).first() if is_well_formed(code) else None
    if space is None:
        return None
    kept = keyed_hash("codes", str(space.pk), code)
    return Code.objects.filter(keyed_hash=kept, replaced_at__isnull=True).values_list("subject", flat=True).first()
