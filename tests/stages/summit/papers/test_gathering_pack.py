"""The pack of a local gathering: in the language of its host, its tables in their own; two squares are the host's."""

import json
import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.stages.summit.conftest import NOW
from tests.stages.summit.homes import open_homes
from tests.stages.summit.views.test_gatherings import accepted

from burgertop.foundation.files.errors import FileError
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.running import run_job
from burgertop.foundation.people.links import open_link
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions.packs import _hall_of, _pack_of, ask_for_pack, pack_file, pack_row
from burgertop.stages.summit.actions.papers import drop_old_papers
from burgertop.stages.summit.models import Gathering, Round, Table
from burgertop.stages.summit.papers.gathering_pack import Pack, write_pack
from burgertop.stages.summit.papers.keeping import PAPERS
from burgertop.stages.summit.papers.writing import Writing, speaking
from burgertop.stages.summit.queries import hall_tables_of

Values = dict[str, Any]


@pytest.fixture
def gathering(stage: Stage, rounds: list[Round], now: datetime) -> Gathering:
    """A gathering in Ghent with two tables that speak Dutch."""
    open_homes(stage, now=now)
    return accepted(stage, now)


def written(gathering: Gathering, language: str, now: datetime) -> Values:
    with speaking(language) as spoken:
        return write_pack(Writing(_hall_of(gathering), {}, spoken, now), _pack_of(gathering, spoken))


def printed(gathering: Gathering, language: str, *, now: datetime = NOW) -> Job:
    """Ask for the pack and let the worker make it."""
    job = ask_for_pack(gathering, language, actor_id=None, now=now)
    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def test_the_host_reads_their_language_and_the_tables_speak_their_own(gathering: Gathering, now: datetime) -> None:
    pack = written(gathering, "fr", now)

    assert (pack["lang"], pack["guide"]["lang"]) == ("fr", "fr")
    assert pack["host"]["parts"][0]["head"] == "Dans ce dossier"
    assert [(one["lang"], one["head"]) for one in pack["tables"]] == [("nl", "Tafel 801"), ("nl", "Tafel 802")]
    assert len(pack["cards"]) == 2 * gathering.stage.rounds.count()
    assert {one["lang"] for one in pack["cards"]} == {"nl"}
    assert pack["door"]["lines"] == 25


def test_the_two_squares_of_the_host_open_their_page_and_the_cards_from_paper(gathering: Gathering) -> None:
    with speaking("nl"):
        pack: Pack = _pack_of(gathering, "nl")

    host, late = (open_link(one.rsplit("/a/", 1)[1]) for one in (pack.host_address, pack.late_address))

    page = f"/nl/town/summit/day/gatherings/{gathering.pk}/"
    assert (host.address, late.address) == (page, f"{page}#late")
    assert {one.door.subject for one in (host, late)} == {gathering.pk}


def test_the_pack_says_until_when_cards_are_taken_and_names_nobody(gathering: Gathering, now: datetime) -> None:
    open_ended = written(gathering, "en", now)["host"]["squares"][1]["words"]
    setting = gathering.stage.home_setting
    setting.uploads_until = now + timedelta(days=7)
    setting.save()

    pack = written(Gathering.objects.select_related("stage__process").get(), "en", now)

    assert "until" not in open_ended
    assert "until 18 November 2011" in pack["host"]["squares"][1]["words"]
    assert "host@gent.example" not in json.dumps(pack)


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_the_worker_prints_the_pack_in_each_language_as_a_tagged_file(gathering: Gathering, language: str) -> None:
    job = printed(gathering, language)

    content, row = pack_file(gathering), pack_row(gathering)
    assert (job.state, row.is_there, row.is_stale) == (JobState.DONE, True, False)
    assert content.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in content
    assert row.pages == 3 + 2 + 2 * gathering.stage.rounds.count() + 1


def test_a_pack_is_out_of_date_when_the_link_or_the_script_changes_and_is_made_again(
    gathering: Gathering, stage: Stage
) -> None:
    printed(gathering, "nl")
    states = [pack_row(gathering).is_stale]
    actions.renew_gathering_link(gathering)
    states.append(pack_row(gathering).is_stale)
    printed(gathering, "nl", now=NOW + timedelta(minutes=1))
    states.append(pack_row(gathering).is_stale)
    stage.rounds.first().write("question", {"nl": "Anders?"})  # type: ignore[union-attr]  # there is one
    states.append(pack_row(gathering).is_stale)

    assert states == [False, True, False, True]


def test_a_pack_is_there_once_it_is_printed_for_a_day_and_asked_for_twice_it_is_made_once(
    gathering: Gathering,
) -> None:
    with pytest.raises(FileError, match=r"files\.destroyed"):
        pack_file(gathering)
    asked = [ask_for_pack(gathering, language, actor_id=None, now=NOW).pk for language in ("nl", "fr")]
    run_job.call(str(asked[0]))
    assert (asked[0] == asked[1], pack_file(gathering)[:5]) == (True, b"%PDF-")

    for path in (Path(settings.HOME) / PAPERS).glob("*"):
        os.utime(path, (time.time() - 90_000, time.time() - 90_000))
    drop_old_papers(now=NOW)

    assert not pack_row(gathering).is_there
    with pytest.raises(FileError, match=r"files\.destroyed"):
        pack_file(gathering)


def test_the_hall_has_no_table_of_a_gathering_on_its_papers(
    gathering: Gathering, stage: Stage, tables: list[Table]
) -> None:
    assert hall_tables_of(stage) == tables
    assert {table.number for table in _hall_of(gathering).tables} == {801, 802}
