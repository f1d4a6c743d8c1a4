"""The pool: the people who said yes and can be drawn, with the features quotas speak of."""

from collections import Counter
from dataclasses import dataclass, field

from burgertop.core.errors import InputError

__all__ = ["Pool"]


@dataclass(frozen=True, slots=True)
class Pool:
    """The people who can be drawn, one row each.

    Args:
        ids: one id per person, all different, none empty.
        features: names of the features, such as ``("gender", "age")``, all different.
        values: one row per person: the person's value of each feature, in the order of
            ``features``; no value is empty.
        households: one household per person, ``""`` for a person whose household is of no
            matter; an empty tuple when households are not known at all.

    Raises:
        InputError: ``sortition.empty_pool``, ``sortition.no_features``, ``sortition.empty_id``,
            ``sortition.doubled_id``, ``sortition.doubled_feature``, ``sortition.ragged_rows``,
            ``sortition.ragged_row``, ``sortition.empty_value``, ``sortition.ragged_households``.

    Cost: O(people * features).

    >>> pool = Pool(("a", "b"), ("gender",), (("woman",), ("man",)))
    >>> len(pool), pool.column("gender")
    (2, ('woman', 'man'))
    >>> Pool(("a", "a"), ("gender",), (("woman",), ("man",)))
    Traceback (most recent call last):
    burgertop.core.errors.InputError: ('sortition.doubled_id', {'ids': ('a',)})
    """

    ids: tuple[str, ...]
    features: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    households: tuple[str, ...] = ()
    _column_of: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a pool that is not whole."""
        _check_ids(self.ids)
        _check_features(self.features)
        _check_values(self)
        if self.households and len(self.households) != len(self.ids):
            raise InputError("sortition.ragged_households", people=len(self.ids), households=len(self.households))
        object.__setattr__(self, "_column_of", {name: n for n, name in enumerate(self.features)})

    def __len__(self) -> int:
        """Say how many people are in the pool."""
        return len(self.ids)

    def column(self, feature: str) -> tuple[str, ...]:
        """Tell everybody's value of one feature, in the order of ``ids``.

        Raises:
            InputError: ``sortition.unknown_feature``.

        >>> Pool(("a",), ("gender", "age"), (("woman", "30-44"),)).column("age")
        ('30-44',)
        """
        if feature not in self._column_of:
            raise InputError("sortition.unknown_feature", feature=feature)
        number = self._column_of[feature]
        return tuple(row[number] for row in self.values)


def _check_ids(ids: tuple[str, ...]) -> None:
    if not ids:
        raise InputError("sortition.empty_pool")
    if "" in ids:
        raise InputError("sortition.empty_id", row=ids.index("") + 1)
    if doubled := _doubled(ids):
        raise InputError("sortition.doubled_id", ids=doubled)


def _check_features(features: tuple[str, ...]) -> None:
    if not features:
        raise InputError("sortition.no_features")
    if doubled := _doubled(features):
        raise InputError("sortition.doubled_feature", features=doubled)


def _check_values(pool: Pool) -> None:
    if len(pool.values) != len(pool.ids):
        raise InputError("sortition.ragged_rows", people=len(pool.ids), rows=len(pool.values))
    for person, row in zip(pool.ids, pool.values, strict=True):
        if len(row) != len(pool.features):
            raise InputError("sortition.ragged_row", id=person, features=len(pool.features), values=len(row))
        if "" in row:
            feature = pool.features[row.index("")]
            raise InputError("sortition.empty_value", id=person, feature=feature)


def _doubled(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name, times in Counter(names).items() if times > 1)
