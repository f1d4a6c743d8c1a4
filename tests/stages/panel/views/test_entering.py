"""A member comes in with the code of the seat."""

import pytest
from django.test import Client
from tests.stages.panel.conftest import At, Draft

from burgertop.foundation.codes.actions import replace
from burgertop.foundation.process.models import Stage
from burgertop.stages.panel.models import (
    PanelSeat,
)

pytestmark = pytest.mark.django_db
QUOTAS = b"feature;value;min;max\nsex;F;2;2\nsex;M;2;2\n"


def test_a_replaced_code_closes_the_panel_on_the_old_browser(
    members: list[Client], seats: list[PanelSeat], draft: Draft, at: At, stage: Stage
) -> None:
    made = draft()
    replace(stage.process_id, "seat", seats[0].participant_id)

    assert [member.get(at("recommendation", made.pk)).status_code for member in members[:2]] == [404, 200]


def test_a_wrong_code_is_explained_and_opens_nothing(client: Client, at: At, seats: list[PanelSeat]) -> None:
    for typed in ("", "hello", "🗳", "<b>", "x" * 5000, "AAAA AAAA A"):
        response = client.post(at("enter"), {"code": typed})
        assert response.status_code == 200
        assert "bt_passes" not in response.cookies
