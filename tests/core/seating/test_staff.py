"""Facilitators and interpreters speak the languages of their tables and know nobody there."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.seating.cases import DE, FR, NL

from burgertop.core.errors import InfeasibleError, InputError
from burgertop.core.seating import Staff, Table, assign_facilitators, assign_interpreters

TABLES = [Table(1, 8, NL), Table(2, 8, FR), Table(3, 8, NL, interpreter=FR)]
PLAN = [{1: "ab", 2: "c", 3: "d"}, {1: "cd", 2: "", 3: "ab"}]


def test_everybody_gets_a_table_even_when_the_first_choice_must_give_way() -> None:
    staff = [Staff("both", NL | FR), Staff("dutch", NL), Staff("other", NL, knows=frozenset("d"))]

    with pytest.raises(InfeasibleError):
        assign_facilitators(staff[:2], TABLES, PLAN)
    assert assign_facilitators([*staff[:2], Staff("third", NL)], TABLES, PLAN)[2] == "both"


def test_nobody_sits_with_somebody_they_know_in_any_round() -> None:
    staff = [Staff("x", NL, knows=frozenset("a")), Staff("y", FR)]

    with pytest.raises(InfeasibleError) as caught:
        assign_facilitators(staff, TABLES[:2], PLAN)

    assert (caught.value.code, caught.value.params["tables"]) == ("seating.no_facilitator", ("1",))


@given(
    st.lists(st.tuples(st.sampled_from((NL, FR, NL | FR)), st.sets(st.sampled_from("abcd"))), min_size=3, max_size=4)
)
def test_facilitators_are_found_whenever_there_are_enough(chosen: list[tuple[frozenset[str], set[str]]]) -> None:
    staff = [Staff(f"s{number}", said, frozenset(knows)) for number, (said, knows) in enumerate(chosen)]
    there = {1: set("abcd"), 2: set("c"), 3: set("abd")}
    possible = any(
        all(TABLES[at].languages <= one.speaks and not one.knows & there[at + 1] for at, one in enumerate(some))
        for some in permutations(staff, 3)
    )

    try:
        found = assign_facilitators(staff, TABLES, PLAN)
    except InfeasibleError:
        found = {}

    assert bool(found) == possible
    assert len(set(found.values())) == len(found)


def test_interpreters_share_the_work() -> None:
    tables = [Table(1, 8, NL, interpreter=FR), Table(2, 8, DE | NL, interpreter=FR), Table(3, 8, NL)]
    staff = [Staff(one, NL | FR) for one in "xyz"] + [Staff("w", NL | FR, knows=frozenset("a"))]

    found = assign_interpreters(staff, tables, [{1: "a", 2: "b", 3: "c"}] * 3)

    worked = Counter(one for rota in found for one in rota.values())
    assert [set(rota) for rota in found] == [{1, 2}] * 3
    assert max(worked.values()) <= 2
    assert all(rota[1] != "w" for rota in found)


def test_too_few_interpreters_are_told_with_the_tables() -> None:
    tables = [Table(number, 8, NL, interpreter=FR) for number in (1, 2)]

    with pytest.raises(InfeasibleError) as caught:
        assign_interpreters([Staff("x", NL | FR)], tables, [{1: "a", 2: "b"}])

    assert (caught.value.code, caught.value.params) == ("seating.no_interpreter", {"tables": ("1", "2"), "staff": 1})


def test_an_id_twice_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        assign_facilitators([Staff("x", NL), Staff("x", FR)], TABLES[:1], PLAN)

    assert caught.value.code == "seating.doubled_person"
