"""The rule against lone speakers: by hand, and what it says of a swap is what comes of it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.core.seating.cases import FR, NL

from burgertop.core.seating import Person, Table, lone_speakers
from burgertop.core.seating.hall import hall_of
from burgertop.core.seating.speech import LEVELS, speech_of

PEOPLE = [
    Person(f"{kind}{number}", said, ()) for kind, said in (("n", NL), ("f", FR), ("b", NL | FR)) for number in range(4)
]
MIXED = Table(1, 12, NL, interpreter=FR)
HALL = hall_of(PEOPLE, [MIXED], feature_names=[])
ORDER = ["".join(sorted(person.speaks)) for person in (PEOPLE[8], PEOPLE[4], PEOPLE[0])]  # classes: frnl, fr, nl


def counts(french: int, both: int, dutch: int) -> np.ndarray:
    found = np.zeros((1, 3), dtype=np.int64)
    for said, many in (({"fr"}, french), ({"fr", "nl"}, both), ({"nl"}, dutch)):
        member = next(place for place, person in enumerate(HALL.people) if person.speaks == said)
        found[0, HALL.class_of[member]] = many
    return found


def test_the_three_degrees_differ_where_people_speak_both() -> None:
    at = np.array([0])
    table = {
        (0, 0, 4): (True, True, True),
        (3, 0, 3): (True, True, True),
        (1, 0, 3): (False, False, False),
        (1, 2, 3): (True, False, False),  # company, but only of people who also speak Dutch
        (0, 1, 3): (True, True, False),  # the only bridge to French
        (0, 3, 3): (True, True, True),
    }

    found = {
        key: tuple(bool(speech_of(HALL, level).holds(at, counts(*key))[0]) for level in (0, 1, 2)) for key in table
    }

    assert found == table


@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))
def test_who_keeps_a_stricter_degree_keeps_the_others_and_nobody_is_alone(french: int, both: int, dutch: int) -> None:
    held = [bool(speech_of(HALL, level).holds(np.array([0]), counts(french, both, dutch))[0]) for level in LEVELS]
    seated = (
        [f"f{one}" for one in range(french)] + [f"b{one}" for one in range(both)] + [f"n{one}" for one in range(dutch)]
    )

    assert held == sorted(held)
    assert held[-1] == (lone_speakers({1: seated}, PEOPLE, [MIXED]) == [])


@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4), st.sampled_from(LEVELS))
def test_what_is_said_of_swaps_is_what_comes_of_them(french: int, both: int, dutch: int, level: int) -> None:
    speech, at, now = speech_of(HALL, level), np.array([0]), counts(french, both, dutch)

    said = speech.swaps_kept(at, now)[0]

    for leaving in range(3):
        for coming in range(3):
            then = now.copy()
            then[0, leaving] -= 1
            then[0, coming] += 1
            assert said[leaving, coming] == speech.holds(at, then)[0]
