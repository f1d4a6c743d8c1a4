"""The script on paper, a sheet for each place; the sign to hold up; and when the script on paper is out of date."""

from collections.abc import Callable
from typing import Any

from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import ItemKind, Table
from burgertop.stages.summit.papers.day import write_help_signs, write_script
from burgertop.stages.summit.papers.writing import Writing
from burgertop.stages.summit.queries.papers import hall_of_papers, script_digest


def test_each_place_has_its_sheet_and_only_the_hosts_have_the_steps(
    stage: Stage, write: Callable[..., Writing]
) -> None:
    texts = {
        "title": {"en": "Who pays"},
        "speaker": {"en": "An economist"},
        "hall": {"en": "On stage"},
        "home": {"en": "Watch the stream"},
        "prompts": {"en": "- Listen\n- Take notes"},
    }
    item = actions.make_item(stage, kind=ItemKind.INTRODUCTION, length_seconds=600, texts=texts)
    actions.move_item(item, 1)

    sheets: list[dict[str, Any]] = write_script(write())["sheets"]  # type: ignore[assignment]  # as it is written

    first = [sheet["rows"][0] for sheet in sheets]
    assert [row["here"] for row in first] == ["On stage", "", "Watch the stream", ""]
    assert [row["steps"] for row in first] == [[], ["Listen", "Take notes"], [], []]
    assert {(row["minutes"], row["title"], row["speaker"]) for row in first} == {("10", "Who pays", "An economist")}
    assert [row["title"] for row in sheets[0]["rows"]][1:] == ["Round 1. Question 1?", "Round 2. Question 2?"]


def test_a_sign_speaks_the_languages_of_its_table(write: Callable[..., Writing], tables: list[Table]) -> None:
    signs: list[dict[str, Any]] = write_help_signs(write())["signs"]  # type: ignore[assignment]  # as it is written

    assert [(one["number"], [words["lang"] for words in one["words"]]) for one in signs] == [
        ("1", ["nl"]),
        ("2", ["nl"]),
        ("3", ["fr"]),
        ("4", ["nl", "fr"]),
    ]


def test_the_script_on_paper_is_out_of_date_when_a_minute_or_a_word_changes(stage: Stage, rounds: object) -> None:
    item = actions.make_item(stage, kind=ItemKind.BREAK, length_seconds=600, texts={"title": {"en": "Tea"}})
    digests = [script_digest(hall_of_papers(stage))]
    for seconds, title in ((600, "Tea"), (660, "Tea"), (660, "Coffee")):
        actions.change_item(item, length_seconds=seconds, texts={"title": {"en": title}})
        digests.append(script_digest(hall_of_papers(stage)))

    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
