"""People and tables for the tests: tiny ones by chance, and a hall like that of 2011."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from burgertop.core.seating import STEP_FREE, Person, Pin, Rules, Table

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")

NL, FR, DE = frozenset({"nl"}), frozenset({"fr"}), frozenset({"de"})
STEPS = frozenset({STEP_FREE})


def people_of(*speaks: frozenset[str]) -> list[Person]:
    """Make people a, b, c ... who speak these languages."""
    return [Person(chr(97 + number), languages, ()) for number, languages in enumerate(speaks)]


@st.composite
def tiny_rounds(draw: st.DrawFn) -> tuple[list[Person], list[Table]]:
    """Make up to six people and three tables that may or may not do."""
    languages = st.sampled_from((NL, FR, NL | FR))
    people = [
        Person(
            name,
            draw(languages),
            (draw(st.sampled_from("mw")), draw(st.sampled_from("xyz"))),
            household=draw(st.sampled_from(("", "h1", "h2"))),
            needs=draw(st.sampled_from((frozenset(), frozenset(), STEPS))),
        )
        for name in "abcdef"[: draw(st.integers(1, 6))]
    ]
    tables = [
        Table(number, draw(st.integers(1, 3)), draw(languages), is_step_free=draw(st.booleans()))
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]
    return people, tables


@st.composite
def tiny_days(draw: st.DrawFn) -> tuple[list[Person], list[Table], Rules]:
    """Make a tiny round and rules that may or may not do."""
    people, tables = draw(tiny_rounds())
    ids = [person.id for person in people]
    some = st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True).map(tuple)
    pairs = len(ids) > 1
    rules = Rules(
        pins=tuple(draw(st.lists(st.builds(Pin, st.sampled_from(ids), st.just(1), st.just(0)), max_size=1))),
        apart=tuple(draw(st.lists(some, max_size=1))) if pairs else (),
        together=tuple(draw(st.lists(some, max_size=1))) if pairs else (),
        least_speakers=draw(st.sampled_from((0, 2, 3))),
    )
    return people, tables, rules


def hall_of_2011(rng: np.random.Generator, people: int = 704) -> tuple[list[Person], list[Table]]:
    """Make 704 invented people and the 81 tables of 2011: 30 nl, 18 fr, 32 nl and fr, 1 de and fr."""
    tables = [Table(number, 10, NL) for number in range(1, 31)]
    tables += [Table(number, 10, FR) for number in range(31, 49)]
    tables += [Table(number, 10, NL, interpreter=FR, is_step_free=number % 3 == 0) for number in range(49, 81)]
    tables.append(Table(81, 10, DE | FR))
    guests = []
    for number in range(people):
        main = "de" if number < 4 else str(rng.choice(["nl", "fr"], p=[0.55, 0.45]))
        second = {"nl", "fr"} if main != "de" and rng.random() < 0.15 else set()
        provinces = "antwerp limburg flanders brussels" if main == "nl" else "hainaut namur liege brussels"
        features = (
            main,
            str(rng.choice(provinces.split())),
            str(rng.choice(["woman", "man"])),
            str(rng.choice(["<30", "30-44", "45-59", "60+"])),
            str(rng.choice(["primary", "secondary", "higher"], p=[0.3, 0.4, 0.3])),
        )
        home = f"h{int(rng.integers(100))}" if rng.random() < 0.3 else ""
        needs = STEPS if rng.random() < 0.03 else frozenset()
        guests.append(Person(f"p{number:04d}", frozenset({main} | second), features, home, needs))
    return guests, tables
