"""Who is to be seated and at which tables: the values a seating starts from and gives back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from burgertop.core.errors import InputError, ShapeError

__all__ = ["HEARING_LOOP", "STEP_FREE", "Person", "Table", "check_round", "may_sit"]

STEP_FREE, HEARING_LOOP = "step_free", "hearing_loop"
NEEDS = frozenset({STEP_FREE, HEARING_LOOP})


@dataclass(frozen=True, slots=True)
class Person:
    """One person to be seated.

    Args:
        id: the person's id, not empty.
        speaks: languages in which the person can follow and take part, at least one.
        features: values of the features to be balanced, in the order all people share.
        household: people with the same household, not ``""``, sit apart.
        needs: what the table must have; known are ``"step_free"`` and ``"hearing_loop"``.

    Raises:
        InputError: ``seating.empty_id``, ``seating.no_language``, ``seating.unknown_need``.

    >>> Person("a", frozenset({"nl"}), ("woman", "30-44")).household
    ''
    """

    id: str
    speaks: frozenset[str]
    features: tuple[str, ...]
    household: str = ""
    needs: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a person who could be seated nowhere."""
        if not self.id:
            raise InputError("seating.empty_id")
        if not self.speaks:
            raise InputError("seating.no_language", id=self.id)
        if unknown := self.needs - NEEDS:
            raise InputError("seating.unknown_need", id=self.id, needs=tuple(sorted(unknown)))


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Args:
        number: the table's number, unique.
        seats: seats for participants, 1 or more.
        languages: languages spoken at the table.
        interpreter: languages an interpreter adds.
        is_step_free: whether a wheelchair reaches it.
        has_hearing_loop: whether a hearing aid can listen in.

    Raises:
        InputError: ``seating.no_seats``, ``seating.no_table_language``.

    >>> sorted(Table(7, 10, frozenset({"nl"}), interpreter=frozenset({"fr"})).reach)
    ['fr', 'nl']
    """

    number: int
    seats: int
    languages: frozenset[str]
    interpreter: frozenset[str] = frozenset()
    is_step_free: bool = True
    has_hearing_loop: bool = False

    def __post_init__(self) -> None:
        """Refuse a table at which nobody can sit or talk."""
        if self.seats < 1:
            raise InputError("seating.no_seats", table=self.number)
        if not self.reach:
            raise InputError("seating.no_table_language", table=self.number)

    @property
    def meets(self) -> frozenset[str]:
        """The needs that the table meets."""
        return frozenset({STEP_FREE} if self.is_step_free else ()) | (
            {HEARING_LOOP} if self.has_hearing_loop else set()
        )

    @property
    def reach(self) -> frozenset[str]:
        """The languages in which one can take part here."""
        return self.languages | self.interpreter


def may_sit(person: Person, table: Table) -> bool:
    """Tell whether a person can take part at a table: a language in common, and all that is needed.

    >>> may_sit(Person("a", frozenset({"de"}), ()), Table(1, 8, frozenset({"nl", "fr"})))
    False
    """
    return bool(person.speaks & table.reach) and person.needs <= table.meets


def check_round(people: Sequence[Person], tables: Sequence[Table], feature_names: Sequence[str]) -> None:
    """Refuse people and tables that do not make up a round.

    Args:
        people: the people to be seated.
        tables: the tables to seat them at.
        feature_names: names of the features each person has a value of.

    Raises:
        InputError: ``seating.nobody``, ``seating.no_tables``, ``seating.doubled_person``,
            ``seating.doubled_table``.
        ShapeError: ``seating.ragged_features``.

    >>> check_round([Person("a", frozenset({"nl"}), ())], [], ())
    Traceback (most recent call last):
    burgertop.core.errors.InputError: ('seating.no_tables', {})
    """
    if not people:
        raise InputError("seating.nobody")
    if not tables:
        raise InputError("seating.no_tables")
    if doubled := _doubled([person.id for person in people]):
        raise InputError("seating.doubled_person", ids=doubled)
    if doubled := _doubled([str(table.number) for table in tables]):
        raise InputError("seating.doubled_table", tables=doubled)
    for person in people:
        if len(person.features) != len(feature_names):
            raise ShapeError(
                "seating.ragged_features",
                id=person.id,
                features=len(feature_names),
                values=len(person.features),
            )


def _doubled(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name, times in Counter(names).items() if times > 1)
