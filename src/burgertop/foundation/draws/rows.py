"""A row of a pool as it comes in, and the checks that hold for every pool."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Duty
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.vault import FIELDS
from burgertop.foundation.texts import LANGUAGE_TAG

__all__ = ["FEATURE_MOST", "NAMED_MOST", "VALUE_MOST", "PoolRow", "check_rows"]

FEATURE_MOST = 60
VALUE_MOST = 120
POOL_ID_MOST = 80
NAMED_MOST = 5


@dataclass(frozen=True, slots=True)
class PoolRow:
    """Somebody for the pool. ``identity`` goes to the vault; None when nobody may know who it is.

    ``household`` is the address as text: only a keyed digest of it is kept, to tell who lives together.
    """

    pool_id: str
    features: Mapping[str, str]
    language: str
    speaks: tuple[str, ...] = ()
    identity: Mapping[str, str] | None = None
    origin: Origin = Origin.DRAWN
    duty: Duty = Duty.FREE
    household: str = ""


def check_rows(rows: Sequence[PoolRow], features: Sequence[str]) -> None:
    """Refuse rows that make no pool: none at all, doubled ids, values missing or too long, strange languages.

    Raises:
        DrawError: ``draws.empty_pool``, ``draws.no_features``, ``draws.long_feature``, ``draws.doubled_pool_id``,
            ``draws.missing_value``, ``draws.long_value``, ``draws.unknown_language``, ``draws.unknown_field``.
    """
    if not rows:
        raise DrawError("draws.empty_pool")
    if not features:
        raise DrawError("draws.no_features")
    for feature in features:
        if len(feature) > FEATURE_MOST:
            raise DrawError("draws.long_feature", feature=feature[:FEATURE_MOST], most=FEATURE_MOST)
    times = Counter(row.pool_id for row in rows if row.pool_id)
    if doubled := tuple(pool_id for pool_id, number in times.items() if number > 1):
        raise DrawError("draws.doubled_pool_id", ids=doubled[:NAMED_MOST], people=len(doubled))
    for number, row in enumerate(rows, start=1):
        _check_row(number, row, features)


def _check_row(number: int, row: PoolRow, features: Sequence[str]) -> None:
    for feature in features:
        value = row.features.get(feature, "")
        if not value:
            raise DrawError("draws.missing_value", row=number, feature=feature)
        if len(value) > VALUE_MOST:
            raise DrawError("draws.long_value", row=number, feature=feature, most=VALUE_MOST)
    if len(row.pool_id) > POOL_ID_MOST:
        raise DrawError("draws.long_value", row=number, feature="id", most=POOL_ID_MOST)
    for language in (row.language, *row.speaks):
        try:
            LANGUAGE_TAG(language)
        except ValidationError as error:
            raise DrawError("draws.unknown_language", row=number, language=language[:20]) from error
    if unknown := tuple(set(row.identity or ()) - set(FIELDS)):
        raise DrawError("draws.unknown_field", fields=unknown)
