"""A town with a draw of four seats out of twelve people, ready to be computed."""

from datetime import UTC, datetime

import pytest

from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.process.models import Process, Stage, StageKind, Template
from burgertop.foundation.record.models import Entry

NOW = datetime(2011, 10, 1, 12, tzinfo=UTC)
SEXES = (Quota("sex", "F", 2, 2), Quota("sex", "M", 2, 2))


@pytest.fixture
def stage() -> Stage:
    process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl", "fr"])
    return Stage.objects.create(process=process, kind=StageKind.LOTTERY, slug="lottery", order=1)


def people(women: int = 6, men: int = 6) -> list[PoolRow]:
    return [
        PoolRow(pool_id=f"p{number}", features={"sex": sex, "area": "north" if number % 2 else "south"}, language="nl")
        for number, sex in enumerate("F" * women + "M" * men, start=1)
    ]


@pytest.fixture
def ready(stage: Stage) -> Draw:
    draw = actions.found_draw(stage, "hall", seats=4)
    actions.fill_pool(draw, people())
    return actions.set_quotas(draw, SEXES)


def lines_of(stage: Stage, kind: str) -> list[dict[str, object]]:
    return [entry.facts for entry in Entry.objects.filter(process_id=stage.process_id, kind=kind)]
