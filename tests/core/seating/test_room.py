"""The sums of a room stay true while people swap."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.seating.cases import tiny_days

from burgertop.core.seating import Person, Rules, Table
from burgertop.core.seating.hall import hall_of
from burgertop.core.seating.room import Room
from burgertop.core.seating.start import start_of


@settings(max_examples=30, deadline=None)
@given(day=tiny_days(), seed=st.integers(0, 99))
def test_after_any_swap_the_room_is_what_a_new_one_would_be(
    day: tuple[list[Person], list[Table], Rules], seed: int
) -> None:
    people, tables, rules = day
    hall = hall_of(people, tables, feature_names=["sex", "age"], rules=rules, rounds=2)
    rng = np.random.Generator(np.random.PCG64(seed))
    start = start_of(hall, rng)
    if start is None:
        return
    room = Room(hall, start.table_of, start.speech)

    for _ in range(3):
        number, one, other = (int(rng.integers(most)) for most in (2, len(people), len(people)))
        if room.table_of[number, one] != room.table_of[number, other]:
            room.exchange(number, [one], [other])

    anew = Room(hall, room.table_of[:2, :-1].astype(np.int64), start.speech)
    assert not hall.is_mixed.any() or np.array_equal(room.counts, anew.counts)
    for name in ("sizes", "excess", "present", "kept", "lookup"):
        assert np.array_equal(getattr(room, name), getattr(anew, name)), name
    assert np.array_equal(np.sort(room.chairs, axis=2), np.sort(anew.chairs, axis=2))


def test_who_has_met_whom_leaves_out_the_round_itself() -> None:
    nl = frozenset({"nl"})
    people = [Person(one, nl, ()) for one in "abcd"]
    hall = hall_of(people, [Table(1, 2, nl), Table(2, 2, nl)], feature_names=[], rounds=2, before=[{7: ["a", "d"]}])
    start = start_of(hall, np.random.Generator(np.random.PCG64(1)))
    assert start is not None
    room = Room(hall, np.array([[0, 0, 1, 1], [0, 1, 0, 1]]), start.speech)

    met = room.has_met(0, np.array([[0], [1], [2], [3]], dtype=np.int32))[..., 0]

    pairs = {(int(one), int(other)) for one, other in zip(*np.nonzero(np.triu(met, 1)), strict=True)}
    assert pairs == {(0, 2), (1, 3), (0, 3)}
