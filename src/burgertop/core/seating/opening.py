"""How many people of each class go to tables of each kind: evenly filled, languages well mixed, nobody alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from burgertop.core.errors import CoreError
from burgertop.core.seating.hall import Hall, Ints
from burgertop.core.seating.linear import Program
from burgertop.core.seating.speech import Speech

__all__ = ["Kind", "Opening", "kinds_of", "open_round"]

EVEN = 1000.0  # what one person too many at a table weighs against a worse mix of languages
GAP, NODES = 0.001, 50  # of the integer program: enough for an even start
HOSTED = 50.0  # what it is worth that one more table hosts a language
TIE = 0.001  # chance decides between equals, and leaves one best answer whatever solves it


@dataclass(frozen=True, slots=True)
class Kind:
    """Tables that are alike: the same people may sit there, and the same number of people is there already.

    Args:
        tables: places of the tables.
        seats: free seats at each.
        seated: shape (C,); people of each class who sit at each already.

    >>> Kind((0, 1), 10, (0, 0)).seats
    10
    """

    tables: tuple[int, ...]
    seats: int
    seated: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Opening:
    """How the people are parted over the kinds.

    Args:
        kinds: the kinds of tables.
        people: shape (kinds, C); people of each class at the tables of a kind.
        hosts: shape (kinds, L); at how many of its tables a language has people who follow only it.

    >>> Opening((), np.zeros((0, 1), dtype=np.int64), np.zeros((0, 1), dtype=np.int64)).kinds
    ()
    """

    kinds: tuple[Kind, ...]
    people: Ints
    hosts: Ints


def kinds_of(hall: Hall, seated: Ints) -> tuple[Kind, ...]:
    """Put tables that are alike together.

    Args:
        hall: the hall.
        seated: shape (T, C); people of each class who sit at a table already.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> nl = frozenset({"nl"})
    >>> hall = hall_of([Person("a", nl, ())], [Table(one, 2, nl) for one in (1, 2, 3)], feature_names=[])
    >>> kinds_of(hall, np.array([[0], [1], [0]]))
    (Kind(tables=(0, 2), seats=2, seated=(0,)), Kind(tables=(1,), seats=1, seated=(1,)))
    """
    alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for table, row in enumerate(seated.tolist()):
        rule = (hall.may[:, table].tobytes(), hall.alone[table].tobytes(), hall.company[table].tobytes())
        alike[(*rule, int(hall.seats[table]) - sum(row), tuple(row))].append(table)
    return tuple(
        Kind(tuple(tables), int(str(key[3])), tuple(seated[tables[0]].tolist())) for key, tables in alike.items()
    )


def open_round(hall: Hall, waiting: Ints, seated: Ints, speech: Speech, rng: np.random.Generator) -> Opening | None:
    """Part the people who wait over the kinds of tables.

    The k-th person at a table costs 2k - 1, so that the sum of squares of the sizes is least: tables
    that the same people can use differ by one at most. Then the languages are spread: the k-th person
    of the same languages costs less the further a table is below its share. It is a flow of least
    cost; where somebody could be alone with a language, the number of tables that host it is a whole
    number to be chosen as well.

    Args:
        hall: the hall.
        waiting: shape (C,); people of each class without a table.
        seated: shape (T, C); people of each class who have one.
        speech: the rule against lone speakers.
        rng: decides between equals.

    Returns:
        The opening; None when there is none, or none was found within the nodes.

    Cost: one linear program with kinds * (classes + seats * languages) columns, integer with mixed tables.
    Source: Ahuja, Magnanti and Orlin (1993), Network Flows, chapters 9 and 14.

    >>> from burgertop.core.seating.hall import hall_of
    >>> from burgertop.core.seating.people import Person, Table
    >>> from burgertop.core.seating.speech import speech_of
    >>> nl = frozenset({"nl"})
    >>> hall = hall_of([Person(one, nl, ()) for one in "abc"], [Table(1, 2, nl), Table(2, 2, nl)], feature_names=[])
    >>> rng = np.random.Generator(np.random.PCG64(1))
    >>> open_round(hall, np.array([3]), np.zeros((2, 1), dtype=np.int64), speech_of(hall, 0), rng).people.tolist()
    [[3]]
    """
    kinds = kinds_of(hall, seated)
    program = Program()
    of_class = [program.add_row(number, number) for number in waiting.tolist()]
    parts = [_add_kind(program, hall, kind, of_class, speech, rng) for kind in kinds]
    try:
        found = program.solved(gap=GAP, nodes=NODES)
    except CoreError:  # no whole numbers within the nodes: the exact search decides
        return None
    if found is None:
        return None
    people = np.zeros((len(kinds), len(waiting)), dtype=np.int64)
    hosts = np.zeros((len(kinds), hall.speaks.shape[1]), dtype=np.int64)
    for number, (sitting, hosting) in enumerate(parts):
        for one, column in sitting.items():
            people[number, one] = round(found[column])
        for language, column in hosting.items():
            hosts[number, language] = round(found[column])
    return Opening(kinds, people, hosts)


def _add_kind(
    program: Program, hall: Hall, kind: Kind, of_class: Sequence[int], speech: Speech, rng: np.random.Generator
) -> tuple[dict[int, int], dict[int, int]]:
    """Add the columns of one kind; return those of its classes and of its hosted languages."""
    many, first, there = len(kind.tables), kind.tables[0], sum(kind.seated)
    level = program.add_row(0, 0)
    for nth in range(there + 1, there + kind.seats + 1):
        program.add_column(EVEN * (2 * nth - 1), 0, many, [(level, -1)])
    coming = [one for one in range(len(of_class)) if hall.may[one, first]]
    mixes = _mixes(hall, coming)
    company = {language: program.add_row(0, np.inf) for language in _ruled(hall, kind)}
    alone = {language: program.add_row(-np.inf, 0) for language in company}
    sitting = {}
    for said in mixes:
        row = program.add_row(0, 0)
        _add_mix(program, hall, kind, said, row, level)
        for one in said:
            entries = [(of_class[one], 1.0), (row, 1.0)]
            entries += [(at, 1.0) for language, at in company.items() if speech.counted[first, one, language]]
            entries += [(at, 1.0) for language, at in alone.items() if speech.alone[first, one, language]]
            whole = bool(company)
            sitting[one] = program.add_column(TIE * rng.random(), 0, many * kind.seats, entries, is_whole=whole)
    return sitting, _add_hosts(program, kind, speech, company, alone, sitting)


def _mixes(hall: Hall, classes: Sequence[int]) -> list[list[int]]:
    """Put classes with the same languages together."""
    mixes: defaultdict[bytes, list[int]] = defaultdict(list)
    for one in classes:
        mixes[hall.speaks[one].tobytes()].append(one)
    return list(mixes.values())


def _add_mix(program: Program, hall: Hall, kind: Kind, said: Sequence[int], row: int, level: int) -> None:
    """Let people of the same languages in: each further one at a table costs more."""
    many, there = len(kind.tables), sum(kind.seated[one] for one in said)
    usual = min(kind.seats + sum(kind.seated), len(hall.people) / len(hall.tables))
    share = usual * float(hall.class_sizes[list(said)].sum()) / len(hall.people)
    for nth in range(there + 1, there + kind.seats + 1):
        program.add_column(2 * nth - 1 - 2 * share, 0, many, [(row, -1), (level, 1)])


def _ruled(hall: Hall, kind: Kind) -> list[int]:
    """The languages with which somebody could be alone at these tables."""
    first = kind.tables[0]
    could = hall.may[:, first] & ((hall.class_sizes > 0) | (np.array(kind.seated) > 0))
    return np.flatnonzero(hall.alone[first][could].any(axis=0)).tolist()


def _add_hosts(
    program: Program,
    kind: Kind,
    speech: Speech,
    company: dict[int, int],
    alone: dict[int, int],
    sitting: dict[int, int],
) -> dict[int, int]:
    """Add how many tables host each language, and what follows for the people there."""
    first, many, seated = kind.tables[0], len(kind.tables), np.array(kind.seated)
    room = kind.seats + int(seated.sum())
    hosting = {}
    for language, counted in company.items():
        needed = int(speech.company[first, language])
        lone, with_them = (int(part[first, :, language] @ seated) for part in (speech.alone, speech.counted))
        # counted >= needed * hosts and alone <= room * hosts, people who sit there already included
        program.rows[counted] = (-with_them * many, np.inf)
        program.rows[alone[language]] = (-np.inf, -lone * many)
        entries = [(counted, float(-needed)), (alone[language], float(-room))]
        hosting[language] = program.add_column(-HOSTED, int(lone > 0) * many, many, entries, is_whole=True)
    strict = [at for at in hosting if np.array_equal(speech.counted[first, :, at], speech.alone[first, :, at])]
    for one, other in [(one, other) for one in strict for other in strict if one != other]:
        needed = int(speech.company[first, other])
        if needed + int(speech.company[first, one]) > room:
            row = program.add_row(-np.inf, many)
            program.join(hosting[one], row, 1)
            program.join(hosting[other], row, 1)
        # tables that host both have so many seats less for the one: alone <= room * hosts - needed * both
        row = program.add_row(-np.inf, needed * many - int(speech.alone[first, :, one] @ seated) * many)
        for at in [at for at, is_alone in enumerate(speech.alone[first, :, one]) if is_alone and at in sitting]:
            program.join(sitting[at], row, 1)
        program.join(hosting[one], row, needed - room)
        program.join(hosting[other], row, needed)
    return hosting
