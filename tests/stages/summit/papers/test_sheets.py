"""The sheet of a table host: first names, languages, needs; no features, no family names, no phones."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from burgertop.stages.summit.models import Staff
from burgertop.stages.summit.papers.sheets import write_host_sheets
from burgertop.stages.summit.papers.writing import Writing

pytestmark = pytest.mark.same_on_both

Sheets = dict[str, Any]


def test_a_sheet_has_who_sits_there_in_each_round_and_what_they_need(
    write: Callable[..., Writing], staff: list[Staff]
) -> None:
    written: Sheets = write_host_sheets(write())

    first = written["sheets"][0]
    people = [(one["name"], one["needs"] != "") for one in first["rounds"][0]["people"]]
    assert people == [("Sarah", True), ("Zoë", True), ("Ольга", False)]
    assert "Katrien Host" in first["facts"][1]
    assert first["rounds"][0]["questions"] == [{"words": "Vraag 1?", "lang": "nl", "rtl": False}]
    assert len(written["sheets"]) == 4


def test_a_host_reads_who_wants_no_photo(write: Callable[..., Writing]) -> None:
    written: Sheets = write_host_sheets(write())

    people = [one for round_ in written["sheets"][0]["rounds"][:1] for one in round_["people"]]
    assert [one["name"] for one in people if "Geen foto’s" in one["needs"]] == ["Zoë"]


def test_two_of_one_name_are_told_apart_by_one_letter(write: Callable[..., Writing]) -> None:
    writing = write()
    guests = [one for one in writing.hall.guests if writing.name_of(one, "given_name") == "Sarah"]
    for one in guests:
        one.tables.update({1: 3})  # type: ignore[attr-defined]  # a dict

    written: Sheets = write_host_sheets(writing)

    names = [one["name"] for one in written["sheets"][2]["rounds"][0]["people"]]
    assert {"Sarah P.", "Sarah Z."} <= set(names)


def test_a_sheet_tells_no_features_family_names_phones_or_meals(write: Callable[..., Writing]) -> None:
    words = json.dumps(write_host_sheets(write()), ensure_ascii=False)

    for told in ("Liège", "Peeters", "0470", "Gent", "Markt", "halal", "allergy", '"F"', "travel"):
        assert told not in words, told
    assert "0800 12 345" in words
