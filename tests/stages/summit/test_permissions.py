"""Every page of the summit and everybody who may and may not come in."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from burgertop.foundation.people.models import Participant, Role
from burgertop.foundation.process.models import Stage, StageState
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, Cluster, HallBallot, Round, Seat, SeatRule, Staff, Table
from burgertop.stages.summit.urls import urlpatterns

HERE = "/en/town/summit/day/"
STAFF = {Role.ORGANISER, Role.FACILITATOR, Role.THEME_TEAM, Role.OBSERVER}
ALL = {*Role, None}
ORGANISER = {Role.ORGANISER}
DESK = {Role.ORGANISER, Role.THEME_TEAM}
READERS = {*DESK, Role.OBSERVER}
HALL = {Role.ORGANISER, Role.FACILITATOR, Role.OBSERVER}
PEN = {Role.ORGANISER, Role.FACILITATOR}

# name of the address, method, who comes in; everybody else is turned away with 403.
RIGHTS: list[tuple[str, str, set[Role | None]]] = [
    ("home", "get", ALL),
    ("my_table", "get", ALL),
    ("screen", "get", ALL),
    ("cards_file", "get", READERS),
    ("control", "get", {Role.ORGANISER, Role.OBSERVER}),
    ("new_round", "get", ORGANISER),
    ("round", "get", ORGANISER),
    ("withdraw_card", "post", PEN),
    ("round_open", "post", ORGANISER),
    ("round_close", "post", ORGANISER),
    ("new_ballot", "get", ORGANISER),
    ("new_cluster", "get", DESK),
    ("undo", "post", DESK),
    ("vote", "get", ALL),
    ("result", "get", ALL),
    ("papers_file", "get", ALL),
    ("cancel", "get", ORGANISER),
    ("ballot_open", "post", ORGANISER),
    ("ballot_close", "post", ORGANISER),
    ("ballot_publish", "post", ORGANISER),
    ("desk", "get", READERS),
    ("place", "post", DESK),
    ("cluster", "get", READERS),
    ("cluster", "post", DESK),
    ("dissolve", "post", DESK),
    ("lay", "get", ORGANISER),
    ("print_sheets", "get", ORGANISER),
    ("table", "get", STAFF),
    ("write", "post", PEN),
    ("renew", "post", ORGANISER),
    ("edit_card", "get", PEN),
    ("room", "get", HALL),
    ("table_seats", "get", HALL),
    ("change_table", "get", ORGANISER),
    ("table_close", "post", ORGANISER),
    ("table_open", "post", ORGANISER),
    ("staff", "get", ORGANISER),
    ("assign_staff", "post", ORGANISER),
    ("one_language", "post", ORGANISER),
    ("change_staff", "get", ORGANISER),
    ("drop_staff", "post", ORGANISER),
    ("rules", "get", ORGANISER),
    ("drop_rule", "post", ORGANISER),
    ("recheck_plan", "post", ORGANISER),
    ("undo_move", "post", ORGANISER),
    ("loosen_seat", "post", ORGANISER),
    ("morning", "get", HALL),
    ("propose", "post", ORGANISER),
    ("moves", "get", PEN),
    ("seat_waiting", "post", ORGANISER),
    ("accept", "post", ORGANISER),
    ("seats", "get", HALL),
    ("draw_seats", "post", ORGANISER),
    ("print_plan", "get", ORGANISER),
    ("find_seat", "post", ORGANISER),
    ("seat_codes", "post", ORGANISER),
    ("move_seat", "get", ORGANISER),
]


@pytest.fixture
def addresses(
    round_: Round,
    tables: list[Table],
    clusters: list[Cluster],
    hall: HallBallot,
    people: list[Participant],
    write: Callable[..., Card],
    now: datetime,
) -> dict[str, str]:
    """The address of every page, in a hall where something happened; the first ballot has its result."""
    card = write(tables[0], "Zorg")
    seat = Seat.objects.create(round=round_, table=tables[0], participant=people[0])
    actions.open_ballot(hall, now=now)
    actions.close_ballot(hall, now=now)
    actions.publish_result(hall, now=now)
    second = actions.put_to_ballot(round_, clusters, most_choices=1)
    table = f"tables/{tables[0].pk}/"
    helper = Staff.objects.create(stage=round_.stage, role="facilitator", name="Ann", languages=["nl"])
    rule = SeatRule.objects.create(stage=round_.stage, kind="apart", reason="carer")
    return {
        "home": "",
        "my_table": "my-table/",
        "screen": "screen/",
        "cards_file": "cards.csv",
        "control": "control/",
        "new_round": "rounds/new/",
        "round": f"rounds/{round_.pk}/",
        "round_open": f"rounds/{round_.pk}/open/",
        "round_close": f"rounds/{round_.pk}/close/",
        "new_ballot": f"rounds/{round_.pk}/ballot/",
        "new_cluster": f"rounds/{round_.pk}/clusters/new/",
        "undo": f"rounds/{round_.pk}/undo/",
        "vote": f"ballots/{hall.pk}/",
        "result": f"ballots/{hall.pk}/result/",
        "papers_file": f"ballots/{hall.pk}/papers.zip",
        "cancel": f"ballots/{second.pk}/cancel/",
        "ballot_open": f"ballots/{second.pk}/open/",
        "ballot_close": f"ballots/{second.pk}/close/",
        "ballot_publish": f"ballots/{second.pk}/publish/",
        "desk": "desk/",
        "place": "desk/place/",
        "cluster": f"clusters/{clusters[0].pk}/",
        "dissolve": f"clusters/{clusters[2].pk}/dissolve/",
        "lay": "tables/",
        "print_sheets": "tables/sheets/",
        "table": table,
        "write": f"{table}write/",
        "renew": f"{table}renew/",
        "edit_card": f"{table}cards/{card.pk}/",
        "withdraw_card": f"{table}cards/{card.pk}/withdraw/",
        "room": "room/",
        "table_seats": f"{table}seats/",
        "change_table": f"{table}change/",
        "table_close": f"{table}close/",
        "table_open": f"{table}open/",
        "staff": "staff/",
        "assign_staff": "staff/assign/",
        "one_language": "staff/one-language/",
        "change_staff": f"staff/{helper.pk}/",
        "drop_staff": f"staff/{helper.pk}/drop/",
        "rules": "rules/",
        "drop_rule": f"rules/{rule.pk}/drop/",
        "recheck_plan": "seats/again/",
        "undo_move": "seats/undo/",
        "loosen_seat": f"seats/{seat.pk}/loosen/",
        "morning": "morning/",
        "propose": "morning/propose/",
        "moves": "morning/moves/",
        "seat_waiting": "morning/seat/",
        "accept": f"morning/{uuid.uuid4()}/accept/",
        "seats": "seats/",
        "draw_seats": "seats/draw/",
        "print_plan": "seats/print/",
        "find_seat": "seats/find/",
        "seat_codes": "seats/codes/",
        "move_seat": f"seats/{seat.pk}/move/",
    }


def test_every_address_is_in_the_table() -> None:
    named = {str(pattern.name) for pattern in urlpatterns}

    acts = {name.split("_")[0] + "_act" for name, _, _ in RIGHTS if name.startswith(("round_", "ballot_"))}
    doings = ("round_", "ballot_", "table_close", "table_open")
    assert named == {name for name, _, _ in RIGHTS if not name.startswith(doings)} | acts | {"set_closed"}


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_and_who_may_not(
    role: Role | None, addresses: dict[str, str], client_as: Callable[[Role | None], Client], tables: list[Table]
) -> None:
    client = client_as(role)
    body = {"card": str(uuid.uuid4()), "cluster": str(uuid.uuid4())}

    found = {}
    for name, method, _ in RIGHTS:
        response = getattr(client, method)(HERE + addresses[name], body if method == "post" else {})
        found[name, method] = response.status_code != 403

    assert found == {(name, method): role in who for name, method, who in RIGHTS}


def test_a_device_opens_its_own_table_and_nothing_of_the_staff(
    addresses: dict[str, str], tablet: Client, tables: list[Table]
) -> None:
    own = tablet.get(f"{HERE}tables/{tables[3].pk}/")
    staff = [name for name, _, who in RIGHTS if None not in who]

    found = {name: getattr(tablet, method)(HERE + addresses[name]).status_code for name, method, _ in RIGHTS}

    assert own.status_code == 200
    assert {found[name] for name in staff} == {403}


def test_a_stage_that_is_planned_is_not_there_for_the_public(stage: Stage, visitor: Client, organiser: Client) -> None:
    Stage.objects.filter(pk=stage.pk).update(state=StageState.PLANNED)

    assert (visitor.get(HERE).status_code, organiser.get(HERE).status_code) == (404, 200)


def test_rights_of_one_process_open_nothing_in_another(
    addresses: dict[str, str], organiser: Client, stage: Stage
) -> None:
    process = stage.process
    process.memberships.all().delete()

    assert organiser.get(f"{HERE}control/").status_code == 403


@pytest.mark.parametrize("name", ["round", "vote", "table", "cluster", "move_seat", "table_seats", "change_staff"])
def test_what_is_not_there_is_not_found(name: str, addresses: dict[str, str], organiser: Client) -> None:
    parts = [str(uuid.uuid4()) if len(part) == 36 else part for part in addresses[name].split("/")]

    assert organiser.get(HERE + "/".join(parts)).status_code == 404
