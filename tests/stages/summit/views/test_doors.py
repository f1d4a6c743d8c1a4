"""The doors as the organiser sees them, and the desk that checks people in without JavaScript."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from burgertop.foundation.codes.actions import make
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.actions import give_consent
from burgertop.foundation.people.models import Opening, Participant, Purpose, Role
from burgertop.foundation.people.vault import seal
from burgertop.foundation.process.models import Stage, StageKind, StageState
from burgertop.foundation.record.models import Entry
from burgertop.stages.lottery.models import Frame, Invitee
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.actions import Source
from burgertop.stages.summit.models import Arrival, Door, DoorDevice, Scan
from burgertop.stages.summit.queries.badges import badge_codes

HERE = "/en/town/summit/day/doors/"


@pytest.fixture
def door(stage: Stage) -> Door:
    return actions.make_door(stage, "North", now=timezone.now() - timedelta(hours=1))


def named(person: Participant, given: str, family: str) -> Participant:
    person.identity = seal(person.process_id, {"given_name": given, "family_name": family})
    person.save()
    return person


def invite(stage: Stage, given: str, family: str) -> Invitee:
    """Somebody who was written to and has not answered."""
    lottery = Stage.objects.get(process=stage.process, kind=StageKind.LOTTERY)
    frame = Frame.objects.create(
        stage=lottery, name="list", rows=1, digest="0", chance="published", source="town", committed_at=timezone.now()
    )
    identity = seal(stage.process_id, {"given_name": given, "family_name": family})
    return Invitee.objects.create(stage=lottery, frame=frame, row=1, order=1, identity=identity, languages=["nl"])


@pytest.mark.parametrize(
    ("role", "doors", "desk"),
    [
        (None, 403, 403),
        (Role.OBSERVER, 200, 403),
        (Role.FACILITATOR, 200, 200),
        (Role.ORGANISER, 200, 200),
        (Role.THEME_TEAM, 403, 403),
    ],
)
def test_who_may(
    stage: Stage, client_as: Callable[[Role | None], Client], role: Role | None, doors: int, desk: int
) -> None:
    client = client_as(role)

    assert (client.get(HERE).status_code, client.get(f"{HERE}check-in/").status_code) == (doors, desk)


def test_nobody_checks_in_after_the_day(stage: Stage, organiser: Client) -> None:
    Stage.objects.filter(pk=stage.pk).update(state=StageState.CLOSED)

    assert organiser.get(f"{HERE}check-in/").status_code == 403


def test_the_organiser_sees_who_came_and_which_device_is_silent(
    stage: Stage, people: list[Participant], door: Door, organiser: Client
) -> None:
    long_ago = timezone.now() - timedelta(minutes=3)
    actions.bind_door(door, now=long_ago)
    device = DoorDevice.objects.get()
    actions.note_device(device, holds=14, clock_seconds=-90_000, now=long_ago)
    actions.check_in(stage, people[0], Source(door, device), now=timezone.now())

    page = organiser.get(HERE).content.decode()

    assert "1 of 12 came" in page
    assert "Silent devices hold 14 check-ins at least." in page
    assert "The clock of this device is wrong" in page


def test_a_door_is_made_printed_and_closed_and_the_record_says_how_many_came(
    stage: Stage, people: list[Participant], organiser: Client
) -> None:
    organiser.post(f"{HERE}new/", {"name": "North"})
    organiser.post(f"{HERE}new/", {"name": "North"})
    organiser.post(f"{HERE}new/", {"name": ""})
    door = Door.objects.get()
    actions.check_in(stage, people[0], Source(door), now=timezone.now())

    sheets = organiser.get(f"{HERE}sheets/").content.decode()
    organiser.post(f"{HERE}{door.pk}/close/")

    assert 'class="qr"' in sheets
    assert Entry.objects.get(kind="doors_closed").facts["came"] == 1
    organiser.post(f"{HERE}{door.pk}/open/")
    assert Door.objects.get().closed_at is None


def test_the_desk_finds_by_name_without_accents_and_leaves_a_line(
    stage: Stage, people: list[Participant], organiser: Client
) -> None:
    named(people[4], "Zoé", "Peeters")

    page = organiser.post(f"{HERE}check-in/", {"typed": "peet ZOE"}).content.decode()

    assert "Zoé Peeters" in page
    assert [(one.reason, one.people, one.account_id is None) for one in Opening.objects.all()] == [
        ("door_search", 12, False)
    ]


def test_the_desk_finds_by_badge_seat_code_and_letter(
    stage: Stage, people: list[Participant], organiser: Client
) -> None:
    named(people[0], "Mia", "Claes")
    invitee = invite(stage, "Bob", "Maes")
    Invitee.objects.filter(pk=invitee.pk).update(participant=people[0])
    codes = [
        badge_codes(stage, [people[0].pk])[people[0].pk],
        make(stage.process_id, "seat", people[0].pk),
        make(stage.process_id, "reply", invitee.pk),
    ]

    pages = [organiser.post(f"{HERE}check-in/", {"typed": code}).content.decode() for code in codes]

    assert ["Mia Claes" in page for page in pages] == [True, True, True]


@pytest.mark.usefixtures("stage")
def test_the_desk_asks_about_photos_and_keeps_a_yes_and_a_no(people: list[Participant], organiser: Client) -> None:
    address = f"{HERE}people/{people[0].pk}/"

    asked = organiser.get(address).content.decode()
    agreed = organiser.post(address, {"do": "photos"}).content.decode()
    refused = organiser.post(address, {"do": "no_photos"}).content.decode()

    assert "Ask: may you be in photos of the day?" in asked
    assert ("May be in photos. Agreed on" in agreed, "no-photos" in agreed) == (True, False)
    assert "Put an orange dot on the badge." in refused
    assert "The consent was taken back on" in refused


@pytest.mark.usefixtures("stage")
def test_the_desk_says_that_a_guardian_has_to_agree_to_photos(people: list[Participant], organiser: Client) -> None:
    give_consent(people[0], Purpose.TAKE_PART, wording="x", language="nl", now=timezone.now(), is_by_guardian=True)

    page = organiser.post(f"{HERE}people/{people[0].pk}/", {"do": "photos"}).content.decode()

    assert "who has to agree to photos as well. Until then: no photos." in page


def test_a_replaced_badge_is_refused_with_a_clear_answer(
    stage: Stage, people: list[Participant], organiser: Client
) -> None:
    old = badge_codes(stage, [people[0].pk])[people[0].pk]
    given = organiser.post(f"{HERE}people/{people[0].pk}/", {"do": "badge"}).content.decode()

    page = organiser.post(f"{HERE}check-in/", {"typed": old}).content.decode()

    assert badge_codes(stage, [people[0].pk])[people[0].pk][:4] in given
    assert "This badge was replaced by a new one." in page


def test_the_invitation_is_personal(stage: Stage, people: list[Participant], organiser: Client) -> None:
    page = organiser.post(f"{HERE}check-in/", {"typed": "Husband"}).content.decode()

    assert "The invitation is personal: it cannot be given to a husband, a wife or a friend." in page


def test_who_was_invited_and_has_not_said_yes_is_sent_to_the_reply_desk(
    stage: Stage, people: list[Participant], organiser: Client
) -> None:
    invitee = invite(stage, "Bob", "Maes")
    code = make(stage.process_id, "reply", invitee.pk)

    pages = [organiser.post(f"{HERE}check-in/", {"typed": typed}).content.decode() for typed in ("bob maes", code)]

    assert ["has not said yes" in page for page in pages] == [True, True]


def test_a_walk_in_is_checked_in_once_and_waits_for_a_seat(
    stage: Stage, people: list[Participant], organiser: Client
) -> None:
    alternate = Participant.objects.create(process=stage.process, origin=Origin.DRAWN, language="fr", pool_id="late-1")
    form = {"do": "in", "once": str(uuid.uuid4())}

    page = organiser.post(f"{HERE}people/{alternate.pk}/", form).content.decode()
    organiser.post(f"{HERE}people/{alternate.pk}/", form)

    assert "Waits for a seat" in page
    assert [one.participant for one in queries.walk_ins_waiting(stage)] == [alternate]
    assert Scan.objects.get().kind == "walk_in"
    assert "late-1" in organiser.get(HERE).content.decode()


def test_only_the_organiser_takes_a_check_in_back(
    stage: Stage, people: list[Participant], organiser: Client, client_as: Callable[[Role | None], Client]
) -> None:
    address = f"{HERE}people/{people[0].pk}/"
    organiser.post(address, {"do": "in"})
    assert client_as(Role.FACILITATOR).post(address, {"do": "undo"}).status_code == 403
    assert Arrival.objects.exists()

    organiser.post(address, {"do": "undo"})

    assert not Arrival.objects.exists()


def test_as_many_queries_for_one_who_came_as_for_twelve(
    stage: Stage, people: list[Participant], door: Door, organiser: Client, make_queries: Callable[[Client, str], int]
) -> None:
    actions.check_in(stage, people[0], Source(door), now=timezone.now())
    before = make_queries(organiser, HERE)
    for person in people[1:]:
        actions.check_in(
            stage, person, Source(actions.make_door(stage, person.pool_id, now=timezone.now())), now=timezone.now()
        )

    assert make_queries(organiser, HERE) == before
