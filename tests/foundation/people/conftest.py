"""A process and somebody who takes part in it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.people.vault import seal
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import Process, Template

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
MIA = {"given_name": "Mia", "family_name": "Peeters", "mail": "mia@post.example", "phone": "0470 00 00 00"}


@pytest.fixture
def found(db: None) -> Callable[[str], Process]:
    def make(slug: str) -> Process:
        return found_process(slug, Template.BELGIAN, titles={"nl": slug}, languages=["nl"])

    return make


@pytest.fixture
def process(found: Callable[[str], Process]) -> Process:
    return found("town")


@pytest.fixture
def mia(process: Process) -> Participant:
    return Participant.objects.create(
        process=process,
        identity=seal(process.pk, MIA),
        origin=Origin.DRAWN,
        language="nl",
        speaks=["nl", "fr"],
        features={"sex": "F"},
        pool_id="0001",
    )
