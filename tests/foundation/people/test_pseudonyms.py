"""Pseudonyms: one visitor has as many ids as purposes, and nobody can tell."""

import uuid
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from burgertop.foundation.people.pseudonyms import pseudonym

A, B = uuid.UUID(int=1), uuid.UUID(int=2)
visitors = st.text(alphabet="0123456789abcdef", min_size=32, max_size=32)


@given(visitors)
def test_the_same_visitor_has_the_same_id_for_the_same_purpose(visitor: str) -> None:
    assert pseudonym(visitor, A, "speech") == pseudonym(visitor, A, "speech")


@given(visitors, st.lists(st.sampled_from(["speech", "rating", "ballot:1", "ballot:2"]), unique=True))
def test_each_purpose_and_each_process_gives_another_id(visitor: str, purposes: list[str]) -> None:
    ids = [pseudonym(visitor, process, purpose) for process in (A, B) for purpose in purposes]

    assert len(set(ids)) == len(ids)


@given(visitors, visitors)
def test_two_visitors_share_no_id(one: str, other: str) -> None:
    assert (pseudonym(one, A, "speech") == pseudonym(other, A, "speech")) == (one == other)


def test_an_id_is_a_random_looking_uuid() -> None:
    assert pseudonym("0" * 32, A, "speech").version == 4


def test_the_database_alone_cannot_make_the_id_again(settings: Settings, tmp_path: Path) -> None:
    here = pseudonym("0" * 32, A, "speech")
    settings.KEYS = tmp_path

    assert pseudonym("0" * 32, A, "speech") != here
