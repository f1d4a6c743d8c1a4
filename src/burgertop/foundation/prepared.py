"""Statements that are put together once and then only filled in, for what is asked thousands of times on the day.

Django puts a query into SQL anew each time, which costs eight times as much as asking it (docs/decisions/prepared.md).
A ``Prepared`` read is an ordinary query with its values left open; ``insert`` and ``update`` write rows whose keys
were made here. All give the rows to Django as they are: fields, checks and transactions are those of the models.
"""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Generic, TypeGuard, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    QuerySet,
    ValuesListIterable,
    get_related_populators,
)

__all__ = ["Prepared", "insert", "lay", "update"]

Value = uuid.UUID | int | str | datetime
Given = Value | Collection[uuid.UUID] | Collection[int]
Shape = tuple[type | int, ...]
Row = TypeVar("Row")

FIRST_NUMBER = 23_117  # stands for a number while a query is put together; fits the smallest field
PLAIN: dict[type[Any], type[Any]] = {
    **dict.fromkeys((models.CharField, models.TextField), str),
    **dict.fromkeys((models.IntegerField, models.SmallIntegerField, models.BigIntegerField), int),
    **dict.fromkeys((models.PositiveIntegerField, models.PositiveSmallIntegerField), int),
    models.BooleanField: bool,
    models.UUIDField: uuid.UUID,
}
FIRST_MOMENT = datetime(1971, 1, 1, 0, 0, 0, 123_457, tzinfo=UTC)  # stands for a moment


@dataclass(frozen=True, slots=True)
class Plan:
    """A query in SQL: its parameters, each as the place of a value or as it is, and how its rows become things."""

    sql: str
    parameters: tuple[tuple[int, Any], ...]
    converters: Any
    made: Callable[[Sequence[Any]], Any]


class Prepared(Generic[Row]):
    """A read whose values are left open. May be used by many threads at once.

    ``build`` gets the values in their order and returns a query of models or of ``values_list``; it uses each value
    as it is (no arithmetic, no part of a pattern), and looks at none. A collection of ids stands for ``__in``.
    Reads of ``prefetch_related`` are asked for apart.
    """

    def __init__(self, build: "Callable[..., QuerySet[Any, Row]]") -> None:
        self._build = build
        self._plans: dict[tuple[str, Shape], Plan | None] = {}

    def all(self, *asked: Given) -> list[Row]:
        """Return what the query finds with these values."""
        values = [_filled_up(value) if _is_many(value) else value for value in asked]
        here = connections[DEFAULT_DB_ALIAS]
        key = (here.vendor, tuple(len(value) if _is_many(value) else type(value) for value in values))
        if key not in self._plans:
            self._plans[key] = self._put_together(here, values)
        plan = self._plans[key]
        if plan is None:
            return []
        given = [_as_parameter(here, one) for value in values for one in _each(value)]
        with here.cursor() as cursor:
            cursor.execute(plan.sql, [given[place] if place >= 0 else fixed for place, fixed in plan.parameters])
            rows = cursor.fetchall()
        return [plan.made(_converted(here, row, plan.converters)) for row in rows]

    def first(self, *values: Given) -> Row | None:
        """Return the first thing found, if any; the query says how many are read."""
        return next(iter(self.all(*values)), None)

    def _put_together(self, here: BaseDatabaseWrapper, values: Sequence[Given]) -> Plan | None:
        stands: list[object] = []
        marked: list[Value] = []
        for value in values:
            open_ones = [_stand_in(one, number) for number, one in enumerate(_each(value), len(marked))]
            stands.append(open_ones if _is_many(value) else open_ones[0])
            marked += open_ones
        queryset: Any = self._build(*stands)
        if queryset._prefetch_related_lookups:  # noqa: SLF001  # Django keeps it there
            raise ValueError("a prepared read does not prefetch: ask for the other rows apart")
        compiler = queryset.query.get_compiler(queryset.db)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        marks = [_as_parameter(here, one) for one in marked]
        places = [_place_of(one, marks) for one in parameters]
        is_whole = all(_each(value) for value in values)  # a condition with nothing to choose from falls away
        if is_whole and set(range(len(marks))) - set(places):
            raise ValueError("a prepared read uses each of its values as it is")
        parts = [part for part, *_ in compiler.select[: compiler.col_count]]
        return Plan(
            sql,
            tuple(zip(places, parameters, strict=True)),
            tuple(compiler.get_converters(parts).items()),
            _maker_of(queryset, compiler),
        )


def _is_many(value: Given) -> TypeGuard[Collection[uuid.UUID] | Collection[int]]:
    return isinstance(value, list | tuple | set | frozenset)


def _filled_up(keys: Collection[Any]) -> list[Any]:
    """The keys, the last one said again until there are 1, 2, 4, 8, ...: few statements for all lengths."""
    told = list(keys)
    return told + told[-1:] * ((1 << (len(told) - 1).bit_length()) - len(told)) if told else told


def _each(value: Given) -> Collection[Value]:
    return value if _is_many(value) else (cast("Value", value),)


def _as_parameter(here: BaseDatabaseWrapper, value: Value) -> Any:
    if isinstance(value, uuid.UUID):
        return value if here.features.has_native_uuid_field else value.hex
    return here.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _stand_in(value: Value, number: int) -> Value:
    """A value of the same kind that nobody else uses."""
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    if isinstance(value, datetime):
        return FIRST_MOMENT + timedelta(seconds=number)
    return f"\u00a7{number}\u00a7" if isinstance(value, str) else FIRST_NUMBER + number


def _place_of(parameter: Any, marks: Sequence[Any]) -> int:
    return next((place for place, mark in enumerate(marks) if type(mark) is type(parameter) and mark == parameter), -1)


def _converted(here: BaseDatabaseWrapper, row: Sequence[Any], converters: Any) -> Sequence[Any]:
    told = list(row)
    for place, (ways, part) in converters:
        for way in ways:
            told[place] = way(told[place], part, here)
    return told


def _maker_of(queryset: "QuerySet[Any, Any]", compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """How a row becomes a model with what was read beside it, a tuple, or one value, as Django does it."""
    kind = queryset._iterable_class  # noqa: SLF001  # Django keeps it there
    if kind is ValuesListIterable:
        return tuple
    if kind is FlatValuesListIterable:
        return lambda row: row[0]
    if kind is not ModelIterable:
        raise ValueError("a prepared read gives models or values_list")
    model, places = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [part.target.attname for part, *_ in compiler.select[start:end]]
    beside = get_related_populators(compiler.klass_info, compiler.select, queryset.db)  # type: ignore[call-arg]  # stubs are of a later Django
    noted = tuple(compiler.annotation_col_map.items())

    def made(row: Sequence[Any]) -> models.Model:
        one: models.Model = model.from_db(queryset.db, names, row[start:end])
        for populator in beside:
            populator.populate(row, one)
        for name, place in noted:
            setattr(one, name, row[place])
        return one

    return made


def lay(owner: models.Model, name: str, rows: Sequence[models.Model]) -> None:
    """Let ``owner.<name>.all()`` give these rows without asking, as ``prefetch_related`` does."""
    found = getattr(owner, name).get_queryset()
    found._result_cache, found._prefetch_done = list(rows), True  # noqa: SLF001  # Django keeps it there
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


# Writing ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a row that is written; values of the ``plain`` kind need no look of the field."""

    field: Any
    plain: type[Any] | None

    @classmethod
    def of(cls, field: Any) -> "Place":
        """Look at a field, at a reference as at the key it leads to."""
        told = field
        while isinstance(told, models.ForeignKey):
            told = told.target_field
        return cls(field, PLAIN.get(type(told)))

    def of_row(self, here: BaseDatabaseWrapper, row: models.Model, *, is_new: bool) -> Any:
        """What Django's field gives to the database."""
        value = self.field.pre_save(row, is_new)
        if self.plain is type(value):
            return _as_parameter(here, value)
        return self.field.get_db_prep_save(value, here)


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model. A key that the database makes is not read back."""
    if not rows:
        return
    here = connections[DEFAULT_DB_ALIAS]
    statement, places = _insertion(type(rows[0]), here.vendor)
    _write(here, statement, places, rows, is_new=True)
    for row in rows:
        row._state.adding, row._state.db = False, here.alias  # noqa: SLF001  # as Django does


def update(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write these fields of rows of one model, each found by its key."""
    if not rows:
        return
    here = connections[DEFAULT_DB_ALIAS]
    statement, places = _change(type(rows[0]), tuple(names), here.vendor)
    _write(here, statement, places, rows, is_new=False)


@cache
def _insertion(model: type[models.Model], _vendor: str) -> tuple[str, tuple[Place, ...]]:
    about = cast("Any", model)._meta  # noqa: SLF001  # Django documents it
    fields = tuple(one for one in about.concrete_fields if not isinstance(one, models.AutoField))
    names, marks = ", ".join(_quoted(one.column) for one in fields), ", ".join("%s" for _ in fields)
    places = tuple(Place.of(one) for one in fields)
    return f"INSERT INTO {_quoted(about.db_table)} ({names}) VALUES ({marks})", places  # noqa: S608  # our own names


@cache
def _change(model: type[models.Model], names: tuple[str, ...], _vendor: str) -> tuple[str, tuple[Place, ...]]:
    about = cast("Any", model)._meta  # noqa: SLF001  # Django documents it
    fields: tuple[Any, ...] = (*(about.get_field(name) for name in names), about.pk)
    *sets, found = [f"{_quoted(one.column)} = %s" for one in fields]
    places = tuple(Place.of(one) for one in fields)
    return f"UPDATE {_quoted(about.db_table)} SET {', '.join(sets)} WHERE {found}", places  # noqa: S608  # our own names


def _quoted(name: str) -> str:
    return str(connections[DEFAULT_DB_ALIAS].ops.quote_name(name))


def _write(
    here: BaseDatabaseWrapper, statement: str, places: Sequence[Place], rows: Sequence[models.Model], *, is_new: bool
) -> None:
    values = [[place.of_row(here, row, is_new=is_new) for place in places] for row in rows]
    with here.cursor() as cursor:
        if len(values) == 1:
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)
