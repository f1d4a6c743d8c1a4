"""A town with a summit under way: four tables, twelve people drawn, two rounds, and everybody's role."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from burgertop.foundation.codes.actions import make
from burgertop.foundation.draws.models import Draw, DrawState, Member, Standing
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Participant, Role
from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import CardDraft, TableDraft
from burgertop.stages.summit.models import Card, Cluster, HallBallot, Round, Table
from burgertop.stages.summit.queries import door_of

NOW = datetime(2011, 11, 11, 10, 0, tzinfo=UTC)
HERE = "/en/town/summit/day/"


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def process(db: None) -> Process:
    process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl", "fr", "de"])
    return process.write("title", {"en": "The town", "nl": "De stad"})


@pytest.fixture
def stage(process: Process) -> Stage:
    stage = Stage.objects.create(process=process, kind=StageKind.SUMMIT, slug="day", order=3, state=StageState.OPEN)
    return stage.write("title", {"en": "The day"})


@pytest.fixture
def tables(stage: Stage) -> list[Table]:
    """Two Dutch tables, one French, one of both with an interpreter; four seats each."""
    drafts = [
        TableDraft(1, ("nl",), 4),
        TableDraft(2, ("nl",), 4, is_step_free=False),
        TableDraft(3, ("fr",), 4),
        TableDraft(4, ("nl", "fr"), 4, ("nl", "fr")),
    ]
    return actions.lay_tables(stage, drafts, now=NOW)


@pytest.fixture
def people(process: Process) -> list[Participant]:
    """Seven who speak Dutch and five who speak French, drawn by lot."""
    lottery = Stage.objects.create(process=process, kind=StageKind.LOTTERY, slug="lot", order=2)
    draw = Draw.objects.create(stage=lottery, name="hall", seats=12, state=DrawState.DRAWN)
    people = [
        Participant(
            process=process,
            origin=Origin.DRAWN,
            language="nl" if number < 7 else "fr",
            speaks=["nl"] if number < 7 else ["fr"],
            features={"sex": "F" if number % 2 else "M"},
            pool_id=f"person-{number:02}",
        )
        for number in range(12)
    ]
    Participant.objects.bulk_create(people)
    Member.objects.bulk_create(
        Member(draw=draw, participant=one, number=number, origin=one.origin, standing=Standing.DRAWN)
        for number, one in enumerate(people, start=1)
    )
    return people


@pytest.fixture
def rounds(stage: Stage) -> list[Round]:
    return [
        actions.make_round(stage, questions={"en": f"Question {number}?", "nl": f"Vraag {number}?"}, cards_limit=3)
        for number in (1, 2)
    ]


@pytest.fixture
def round_(rounds: list[Round], tables: list[Table]) -> Round:
    """The first round, open."""
    opened = actions.open_round(rounds[0], now=NOW)
    opened.stage = rounds[0].stage
    return opened


@pytest.fixture
def write(round_: Round) -> Callable[..., Card]:
    """Write a card at a table."""

    def make_card(table: Table, text: str, **more: Any) -> Card:
        draft = CardDraft(text=text, language=more.pop("language", "nl"), **more)
        return actions.write_card(round_.pk, table, draft, card_id=uuid.uuid4(), once=uuid.uuid4(), by=None, now=NOW)

    return make_card


@pytest.fixture
def clusters(round_: Round) -> list[Cluster]:
    return [
        actions.make_cluster(round_, titles=dict.fromkeys(("en", "nl", "fr", "de"), title), by=None, now=NOW)
        for title in ("Care", "Doctors", "Buses")
    ]


@pytest.fixture
def hall(round_: Round, clusters: list[Cluster], people: list[Participant]) -> HallBallot:
    return actions.put_to_ballot(round_, clusters, most_choices=2, seats=1)


@pytest.fixture
def client_as(process: Process) -> Callable[[Role | None], Client]:
    def make_client(role: Role | None) -> Client:
        client = Client()
        if role is not None:
            account = Account.objects.create_user(f"{role}@town.example", "a long password")
            give_role(process, account, role)
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make_client


@pytest.fixture
def organiser(client_as: Callable[[Role | None], Client]) -> Client:
    return client_as(Role.ORGANISER)


@pytest.fixture
def theme_team(client_as: Callable[[Role | None], Client]) -> Client:
    return client_as(Role.THEME_TEAM)


@pytest.fixture
def make_queries() -> Callable[[Client, str], int]:
    """Count the queries of one page, after a first visit."""

    def count(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    return count


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def tablet(tables: list[Table]) -> Client:
    """The device of table 4."""
    client = Client()
    client.post(f"/t/{door_of(tables[3])}")
    return client


@pytest.fixture
def citizen(stage: Stage, people: list[Participant]) -> Client:
    """Somebody who typed the code of their seat."""
    code = make(people[0].process_id, "seat", people[0].pk)
    client = Client()
    client.post(f"{HERE}my-table/", {"code": code})
    return client
