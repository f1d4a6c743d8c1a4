"""``burgertop freeze`` and ``burgertop thaw``: what they say, and what the record says of it."""

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from burgertop.cli.main import main
from burgertop.foundation.freezing import current_freeze, writing
from burgertop.foundation.process.actions import found_process, open_stage
from burgertop.foundation.process.models import StageKind, Template
from burgertop.foundation.record.models import Entry
from burgertop.web.record_words import words_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_freezing_and_thawing_say_what_holds(capsys: pytest.CaptureFixture[str]) -> None:
    codes = [main(words) for words in (["thaw"], ["freeze", "--reason", " A wrong\nversion "], ["freeze"])]
    held = current_freeze()
    codes.append(main(["thaw"]))

    said = capsys.readouterr().out.splitlines()
    assert (codes, held is not None and held.reason, current_freeze()) == ([0] * 4, "A wrong version", None)
    assert [said[0], said[2], said[-1][:12]] == [
        "This server was not frozen.",
        "Let it write again: burgertop thaw",
        "Thawed after",
    ]


def test_a_freeze_says_so_when_somebody_still_writes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("burgertop.cli.freezing.PATIENCE_SECONDS", 0.0)
    with writing():
        code = main(["freeze"])

    assert (code, current_freeze() is not None) == (1, True)
    assert "still being written" in capsys.readouterr().out


def test_the_record_of_what_is_under_way_says_when_nobody_could_vote() -> None:
    towns = [found_process(slug, Template.BELGIAN, titles={"nl": slug}, languages=["nl"]) for slug in ("one", "two")]
    open_stage(towns[0].stages.get(kind=StageKind.CONSULTATION), now=timezone.now())
    main(["freeze"])

    main(["thaw"])

    entry = Entry.objects.get(kind="server_frozen")
    assert (entry.process_id, set(entry.facts)) == (towns[0].pk, {"since", "until"})
    assert words_for(entry.kind, entry.facts).endswith(" this server could only be read: nobody could write or vote.")
