"""Names at the doors: the list that a door's device keeps, and finding somebody at the desk. Each leaves its line."""

import unicodedata
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from burgertop.foundation.codes.queries import subject_of
from burgertop.foundation.people import actions as people
from burgertop.foundation.people.models import Participant
from burgertop.foundation.people.vault import open_identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery.queries import identities_without_yes, participant_invited
from burgertop.stages.summit.models import Door, DoorDevice, DoorLook
from burgertop.stages.summit.queries.badges import wearers_of
from burgertop.stages.summit.queries.guests import Guest, expected_at, guests_from, invited_in

__all__ = ["find_guests", "open_guest", "open_list"]

MOST_FOUND = 30
CODES = ("seat", "reply")


@transaction.atomic
def open_list(door: Door, device: DoorDevice, *, now: datetime) -> list[Guest]:
    """Open the names of everybody who is expected, for the device of a door; the access log says so."""
    found = expected_at(door.stage)
    people.note_search(door.stage.process_id, len(found), by=None, reason=DoorLook.LIST, now=now)
    DoorDevice.objects.filter(pk=device.pk).update(listed_at=now)
    return guests_from(door.stage, found, _names(found))


@transaction.atomic
def open_guest(stage: Stage, participant: Participant, *, by: uuid.UUID | None, now: datetime) -> Guest:
    """Open the name of one person for whoever checks them in."""
    people.note_openings(stage.process_id, [participant.pk], by=by, reason=DoorLook.PERSON, now=now)
    return guests_from(stage, [participant], _names([participant]))[0]


@transaction.atomic
def find_guests(stage: Stage, typed: str, *, by: uuid.UUID | None, is_desk: bool, now: datetime) -> list[Guest]:
    """Find people by the code of their badge, or by a part of their name; those with a seat first.

    A door knows those who are expected. The desk also finds whoever else was invited, and by the code of a letter or a
    seat too.

    Raises:
        HouseError: ``summit.badge_replaced``, ``summit.no_yes_yet``, ``summit.not_invited``, ``summit.not_on_list``,
            ``summit.too_many_found``.
    """
    listed = expected_at(stage)
    if (one := _by_code(stage, typed, {person.pk for person in listed}, is_desk=is_desk)) is not None:
        return [open_guest(stage, one, by=by, now=now)]
    wanted = _plain(typed).split()
    if not wanted:
        return []
    known = invited_in(stage) if is_desk else listed
    people.note_search(stage.process_id, len(known), by=by, reason=DoorLook.SEARCH, now=now)
    names = _names(known)
    found = [
        person
        for person in known
        if all(word in _plain(f"{' '.join(names[person.pk])} {person.pool_id}") for word in wanted)
    ]
    if not found and not is_desk:
        raise HouseError("summit.not_on_list")
    if not found:
        raise HouseError("summit.no_yes_yet" if _is_invited(stage, wanted, by, now) else "summit.not_invited")
    if len(found) > MOST_FOUND:
        raise HouseError("summit.too_many_found", found=len(found))
    guests = guests_from(stage, found, names)
    return sorted(guests, key=lambda guest: (not guest.is_expected, guest.family_name, guest.given_name))


def _by_code(stage: Stage, typed: str, expected: set[uuid.UUID], *, is_desk: bool) -> Participant | None:
    """Whose code it is; a letter's code may be of somebody who has not said yes."""
    for wearer in wearers_of(stage, [typed], expected).values():
        if not wearer.is_good:
            raise HouseError("summit.badge_replaced")
        return Participant.objects.select_related("identity").get(pk=wearer.participant)
    for purpose in CODES if is_desk else ():
        subject = subject_of(stage.process_id, purpose, typed)
        if subject is None:
            continue
        person_id = participant_invited(subject) if purpose == "reply" else subject
        if person_id is None:
            raise HouseError("summit.no_yes_yet")
        return Participant.objects.select_related("identity").get(pk=person_id)
    return None


def _is_invited(stage: Stage, wanted: Sequence[str], by: uuid.UUID | None, now: datetime) -> bool:
    """Whether somebody of this name was written to and has not said yes."""
    waiting = identities_without_yes(stage.process_id)
    if waiting:
        people.note_search(stage.process_id, len(waiting), by=by, reason=DoorLook.SEARCH, now=now)
    for identity in waiting:
        fields = open_identity(identity)
        name = _plain(f"{fields.get('given_name', '')} {fields.get('family_name', '')}")
        if all(word in name for word in wanted):
            return True
    return False


def _names(found: Sequence[Participant]) -> dict[uuid.UUID, tuple[str, str]]:
    """First and family name of each; without a name the number of the pool."""
    names = {}
    for person in found:
        fields = open_identity(person.identity) if person.identity is not None else {}
        given, family = fields.get("given_name", ""), fields.get("family_name", "")
        names[person.pk] = (given, family) if given or family else ("", person.pool_id or str(person.pk)[:8])
    return names


def _plain(text: str) -> str:
    """Letters without accents, small, so that Zoé is found by zoe."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parted if not unicodedata.combining(one))
