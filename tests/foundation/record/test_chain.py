"""The chain: what it notices, on copies of a record in memory."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from burgertop.foundation.record.chain import START, Break, Line, check_chain, digest_of

PROCESS = "6d0e3f7e-2011-4a11-9000-000000001000"


def chain_of(seeds: list[str]) -> list[Line]:
    """Write a record with one line for each seed."""
    lines: list[Line] = []
    for number, seed in enumerate(seeds, start=1):
        previous = lines[-1].digest if lines else START
        at, facts = f"2011-11-11T15:{number:02d}:00+00:00", {"seed": seed}
        digest = digest_of(PROCESS, number, "draw_chance", facts, at, previous)
        lines.append(Line(PROCESS, number, "draw_chance", facts, at, previous, digest))
    return lines


@pytest.fixture
def lines() -> list[Line]:
    return chain_of(["4 1 7", "8 0 3", "9 9 9", "1 2 3"])


def test_an_untouched_record_holds(lines: list[Line]) -> None:
    assert check_chain(lines) == ()


def test_an_untouched_record_holds_against_each_head_that_was_kept(lines: list[Line]) -> None:
    assert [check_chain(lines, line.digest, line.number) for line in lines] == [(), (), (), ()]


def test_a_changed_fact_shows_at_its_line(lines: list[Line]) -> None:
    lines[1] = replace(lines[1], facts={"seed": "7 7 7"})

    assert check_chain(lines) == (Break(2, "record.line_changed"),)


def test_a_line_with_a_new_digest_shows_at_the_line_after_it(lines: list[Line]) -> None:
    facts = {"seed": "7 7 7"}
    digest = digest_of(PROCESS, 2, lines[1].kind, facts, lines[1].at, lines[1].previous)
    lines[1] = replace(lines[1], facts=facts, digest=digest)

    assert check_chain(lines) == (Break(3, "record.link_broken"),)


def test_a_line_taken_out_shows(lines: list[Line]) -> None:
    del lines[1]

    assert check_chain(lines) == (Break(3, "record.number_missing"), Break(3, "record.link_broken"))


def test_two_lines_in_the_wrong_order_show(lines: list[Line]) -> None:
    lines[1], lines[2] = lines[2], lines[1]

    assert {one.code for one in check_chain(lines)} == {"record.number_missing", "record.link_broken"}


def test_a_chain_written_anew_holds_by_itself_and_fails_against_one_kept_head(lines: list[Line]) -> None:
    kept = lines[2]
    forged = chain_of(["4 1 7", "7 7 7", "9 9 9", "1 2 3"])

    assert check_chain(forged) == ()
    assert check_chain(forged, kept.digest, kept.number) == (Break(3, "record.head_differs"),)


def test_a_chain_cut_short_fails_against_a_head_after_the_cut(lines: list[Line]) -> None:
    assert check_chain(lines[:2], lines[3].digest, 4) == (Break(4, "record.head_missing"),)


def test_an_empty_record_holds_and_has_no_head() -> None:
    assert check_chain([]) == ()
    assert check_chain([], "a" * 64, 1) == (Break(1, "record.head_missing"),)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8), st.data())
def test_any_changed_fact_is_noticed(seeds: list[str], data: st.DataObject) -> None:
    lines = chain_of(seeds)
    place = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.text(max_size=20).filter(lambda text: text != seeds[place]))
    lines[place] = replace(lines[place], facts={"seed": other})

    assert check_chain(lines) == (Break(place + 1, "record.line_changed"),)
