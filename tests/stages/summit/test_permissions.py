"""Who may come in beyond what ``tests/web/doors_of_roles.csv`` says of every page: other tables, stages, processes."""

import uuid

import pytest
from django.test import Client

from burgertop.foundation.process.models import Stage, StageState
from burgertop.stages.summit.models import Table

HERE = "/en/town/summit/day/"
PAGES_OF_SOMETHING = (
    "rounds/{}/",
    "ballots/{}/",
    "tables/{}/",
    "tables/{}/seats/",
    "clusters/{}/",
    "seats/{}/move/",
    "staff/{}/",
    "doors/people/{}/",
    "doors/clashes/{}/",
    "papers/{}/pdf/",
)


def test_a_device_opens_its_own_table_and_no_other(tablet: Client, tables: list[Table]) -> None:
    own, other = (tablet.get(f"{HERE}tables/{table.pk}/").status_code for table in (tables[3], tables[0]))

    assert (own, other) == (200, 403)


def test_a_stage_that_is_planned_is_not_there_for_the_public(stage: Stage, visitor: Client, organiser: Client) -> None:
    Stage.objects.filter(pk=stage.pk).update(state=StageState.PLANNED)

    assert (visitor.get(HERE).status_code, organiser.get(HERE).status_code) == (404, 200)


def test_rights_of_one_process_open_nothing_in_another(organiser: Client, stage: Stage) -> None:
    stage.process.memberships.all().delete()

    assert organiser.get(f"{HERE}control/").status_code == 403


@pytest.mark.parametrize("page", PAGES_OF_SOMETHING)
def test_what_is_not_there_is_not_found(page: str, organiser: Client, stage: Stage) -> None:
    assert organiser.get(HERE + page.format(uuid.uuid4())).status_code == 404
