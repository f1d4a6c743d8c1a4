"""Badges name a person and where to sit, and tell nothing else; the square holds the code of the badge."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import segno
from tests.stages.summit.papers.conftest import PEOPLE

from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.badges import badge_code
from burgertop.stages.summit.models import Badge, Staff, Table
from burgertop.stages.summit.papers.badges import badge_square, write_badges, write_staff_badges, write_table_cards
from burgertop.stages.summit.papers.writing import Writing

pytestmark = pytest.mark.same_on_both

Written = dict[str, Any]


def test_a_badge_has_name_languages_and_a_table_for_each_round(write: Callable[..., Writing]) -> None:
    written: Written = write_badges(write())

    first = written["badges"][0]
    assert [first[name] for name in ("given", "family", "tags", "role")] == ["Ann", "De Smet", ["NL"], ""]
    assert [(seat["round"], seat["table"]) for seat in first["tables"]] == [("1", "3"), ("2", "4")]
    assert len(written["badges"]) == len(PEOPLE)


def test_badges_and_cards_call_the_process_in_the_language_of_who_reads_them(write: Callable[..., Writing]) -> None:
    badges: Written = write_badges(write())
    cards: Written = write_table_cards(write())

    titles = {"nl": "De stad", "fr": "The town", "de": "The town"}
    for one in [*badges["badges"], *cards["cards"]]:
        assert one["process"] == titles[one["lang"]]
    assert {one["lang"] for one in badges["badges"]} >= {"nl", "fr"}


def test_a_badge_tells_no_profile_no_need_no_place(write: Callable[..., Writing]) -> None:
    words = json.dumps(write_badges(write()), ensure_ascii=False).lower()

    for told in ("liège", "gent", "markt 1", "0470", "step", "loop", "halal", "allergy", "person-0"):
        assert told not in words, told


def test_who_did_not_agree_to_photos_has_the_mark_in_their_language(
    write: Callable[..., Writing], seated: list[Participant]
) -> None:
    written: Written = write_badges(write())

    marked = [one for one in written["badges"] if one["no_photo"]]

    assert [(one["given"], one["lang"]) for one in marked] == [("Zoë", "nl")]


def test_the_square_holds_the_code_of_the_badge_and_nothing_else(
    write: Callable[..., Writing], stage: Stage, seated: list[Participant]
) -> None:
    written: Written = write_badges(write())

    zoe = next(one for one in written["badges"] if one["given"] == "Zoë")
    code = badge_code(stage.pk, seated[0].pk, 1)

    assert zoe["qr"] == badge_square(code)
    assert (zoe["mark"] + zoe["rest"]).replace(" ", "") == code
    square = segno.make(code, error="q", boost_error=False, micro=False)
    assert (square.version, square.mode) == (1, "alphanumeric")  # the smallest there is: no room for a name
    assert "<title" not in zoe["qr"]


def test_a_new_badge_has_a_new_code(write: Callable[..., Writing], stage: Stage, seated: list[Participant]) -> None:
    Badge.objects.create(stage=stage, participant=seated[0], number=2)

    written: Written = write_badges(write())

    zoe = next(one for one in written["badges"] if one["given"] == "Zoë")
    assert zoe["qr"] == badge_square(badge_code(stage.pk, seated[0].pk, 2))


def test_the_staff_has_badges_with_role_and_tables_and_no_square(
    write: Callable[..., Writing], staff: list[Staff]
) -> None:
    written: Written = write_staff_badges(write())

    shown = [(one["given"], one["family"], one["qr"], len(one["tables"])) for one in written["badges"]]
    assert shown == [("Katrien", "Host", "", 1), ("Nele", "Voice", "", 1)]
    assert len({one["role"] for one in written["badges"]}) == 2


def test_a_table_card_has_the_number_its_languages_and_the_interpreter(
    write: Callable[..., Writing], tables: list[Table]
) -> None:
    tables[1].closed_at = write().now
    tables[1].save(update_fields=["closed_at"])

    written: Written = write_table_cards(write())

    assert [one["number"] for one in written["cards"]] == ["1", "3", "4"]
    assert [one["name"] for one in written["cards"][2]["languages"]] == ["Nederlands", "Français"]
    assert bool(written["cards"][2]["interpreter"]) > bool(written["cards"][0]["interpreter"])
