"""A small rehearsal, whole: its server, its tables, its viewers, its restart."""

import json
import os
import subprocess
import sys

import pytest
from django.utils import timezone

from burgertop.cli.house import Problem
from burgertop.cli.rehearsing.preparing import SLUG, prepare
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.actions import found_process, open_stage
from burgertop.foundation.process.models import Process, StageKind, Template
from burgertop.stages.summit.models import Round, RoundState

SMALL = ["--tables", "3", "--viewers", "40", "--seconds", "2", "--pause", "0.5", "--turns", "1", "--json"]


@pytest.mark.slow
def test_a_small_rehearsal_loses_nothing() -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BURGERTOP_")}
    kept["BURGERTOP_PROCESSES"] = "1"

    done = subprocess.run(
        [sys.executable, "-m", "burgertop.cli.main", "rehearse", *SMALL],
        env=kept,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode in {0, 1, 3}, done.stderr  # how quick this machine is today says nothing
    told = json.loads(done.stdout)
    counted = {row["name"]: (row["wanted"], row["came"]) for row in told["figures"] if row["wanted"]}
    assert counted["a message to 40 streams"] == (320, 320)
    assert counted["restart with 40 streams: all back and caught up"] == (40, 40)
    assert all(wanted == came for wanted, came in counted.values()), counted
    assert counted["acknowledged cards, by form"][0] > 0
    assert counted["acknowledged cards, by tablet"][0] > 0
    assert [row for row in told["figures"] if row["unit"] == "of the floor" and row["value"] <= 0] == []


@pytest.mark.django_db
def test_the_process_of_a_rehearsal_is_made_once() -> None:
    first, again = (prepare(4, now=timezone.now()) for _ in range(2))

    assert [table.door for table in again.tables] == [table.door for table in first.tables]
    assert len(first.tables) == 4
    assert Process.objects.filter(slug=SLUG).count() == 1
    rounds = Round.objects.order_by("number").values_list("state", flat=True)
    assert list(rounds) == [RoundState.CLOSED, RoundState.OPEN]  # in a new one no table has a card yet


@pytest.mark.django_db
def test_where_people_are_nobody_rehearses() -> None:
    process = found_process("real", Template.BELGIAN, titles={"en": "Real"}, languages=["en"])
    Participant.objects.create(process=process, origin=Origin.DRAWN)
    prepare(1, now=timezone.now())
    open_stage(process.stages.get(kind=StageKind.SUMMIT), now=timezone.now())

    with pytest.raises(Problem, match="the summit of 'real' is under way"):
        prepare(1, now=timezone.now())

    Participant.objects.create(process=Process.objects.get(slug=SLUG), origin=Origin.DRAWN)
    with pytest.raises(Problem, match="there are people in the process 'rehearsal'"):
        prepare(1, now=timezone.now())
