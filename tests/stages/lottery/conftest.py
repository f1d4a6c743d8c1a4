"""A town with a lottery that is under way, and people with and without rights."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template

HERE = "/en/town/lottery/lottery/"


@pytest.fixture
def process() -> Process:
    process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl", "fr"])
    return process.write("title", {"en": "The town", "nl": "De stad"})


@pytest.fixture
def stage(process: Process) -> Stage:
    stage = Stage.objects.create(
        process=process, kind=StageKind.LOTTERY, slug="lottery", order=1, state=StageState.OPEN
    )
    return stage.write("title", {"en": "The lottery"})


@pytest.fixture
def client_as(process: Process) -> Callable[[Role | None], Client]:
    def make(role: Role | None) -> Client:
        client = Client()
        if role is not None:
            account = Account.objects.create_user(f"{role}@town.example", "a long password")
            give_role(process, account, role)
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def organiser(client_as: Callable[[Role | None], Client]) -> Client:
    return client_as(Role.ORGANISER)


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def draw(stage: Stage) -> Draw:
    """Two seats out of twelve, half of them women; some have names."""
    draw = draws.found_draw(stage, "hall", seats=4)
    draws.fill_pool(
        draw,
        [
            PoolRow(
                pool_id=f"p{number}",
                features={"sex": "F" if number % 2 else "M"},
                language="nl",
                identity={"given_name": f"Mia{number}"} if number < 4 else None,
            )
            for number in range(1, 13)
        ],
    )
    return draws.set_quotas(draw, [Quota("sex", "F", 2, 2), Quota("sex", "M", 2, 2)])


def read_quotas(path: Path) -> list[Quota]:
    with path.open(encoding="utf-8") as file:
        return [Quota(r["category"], r["feature"], int(r["min"]), int(r["max"])) for r in csv.DictReader(file)]
