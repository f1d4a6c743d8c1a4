"""What can be done to people: give a role, take a consent, erase."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from burgertop.foundation.events import publish
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.events import PersonErased, RoleGiven
from burgertop.foundation.people.models import Account, Consent, Membership, Opening, Participant, Purpose, Role
from burgertop.foundation.people.vault import blank, reseal, seal
from burgertop.foundation.process.models import Process

__all__ = [
    "LastOrganiserError",
    "correct",
    "erase",
    "give_consent",
    "give_role",
    "note_openings",
    "note_search",
    "take_role",
    "withdraw_consent",
]


class LastOrganiserError(Exception):
    """A process must keep at least one organiser."""


@transaction.atomic
def give_role(process: Process, account: Account, role: Role) -> Membership:
    """Give an account a role; giving it twice changes nothing."""
    membership, is_new = Membership.objects.get_or_create(process=process, account=account, role=role)
    if is_new:
        publish(RoleGiven(process.pk, str(role), is_given=True))
    return membership


@transaction.atomic
def take_role(membership: Membership) -> None:
    """Take a role away; the last organiser cannot be taken."""
    process = Process.objects.select_for_update().get(pk=membership.process_id)
    if membership.role == Role.ORGANISER:
        others = process.memberships.filter(role=Role.ORGANISER).exclude(pk=membership.pk)
        if not others.exists():
            raise LastOrganiserError
    membership.delete()
    publish(RoleGiven(process.pk, membership.role, is_given=False))


@transaction.atomic
def give_consent(
    participant: Participant,
    purpose: Purpose,
    *,
    wording: str,
    language: str,
    now: datetime,
    is_by_guardian: bool = False,
) -> Consent:
    """Store one consent with the digest of the words that were shown; the id is the receipt."""
    consent, _ = Consent.objects.get_or_create(
        participant=participant,
        purpose=purpose,
        withdrawn_at=None,
        defaults={
            "wording": fingerprint(wording.encode()),
            "language": language,
            "is_by_guardian": is_by_guardian,
            "given_at": now,
        },
    )
    return consent


@transaction.atomic
def withdraw_consent(participant: Participant, purpose: Purpose, *, now: datetime) -> int:
    """Withdraw a consent; returns how many stood (nought or one)."""
    return participant.consents.filter(purpose=purpose, withdrawn_at__isnull=True).update(withdrawn_at=now)


@transaction.atomic
def correct(participant: Participant, fields: Mapping[str, str], *, language: str) -> Participant:
    """Put what somebody says of themselves in the place of what the vault holds; who was erased stays so."""
    locked = Participant.objects.select_for_update(of=("self",)).select_related("identity").get(pk=participant.pk)
    if locked.erased_at is not None:
        return locked
    if locked.identity is None:
        locked.identity = seal(locked.process_id, fields)
    else:
        reseal(locked.identity, fields)
    locked.language = language
    locked.save(update_fields=["identity", "language"])
    return locked


@transaction.atomic
def note_openings(
    process_id: uuid.UUID, participants: Iterable[uuid.UUID], *, by: uuid.UUID | None, reason: str, now: datetime
) -> int:
    """Write down that staff opened names: whose account, why, whose; call it before the vault is opened."""
    rows = (
        Opening(process_id=process_id, participant_id=one, account_id=by, reason=reason, at=now) for one in participants
    )
    return len(Opening.objects.bulk_create(rows, batch_size=500))


def note_search(process_id: uuid.UUID, people: int, *, by: uuid.UUID | None, reason: str, now: datetime) -> None:
    """Write down that staff had many names opened at once, to find one of them or to print them."""
    Opening.objects.create(process_id=process_id, people=people, account_id=by, reason=reason, at=now)


@transaction.atomic
def erase(participant: Participant, *, now: datetime) -> Participant:
    """Blank a person and keep the row: identity, features and pool id go, counts stay."""
    locked = Participant.objects.select_for_update(of=("self",)).select_related("identity").get(pk=participant.pk)
    if locked.erased_at is not None:
        return locked
    if locked.identity is not None:
        blank(locked.identity, now=now)
    locked.identity = None
    locked.features = {}
    locked.speaks = []
    locked.pool_id = ""
    locked.erased_at = now
    locked.save()
    locked.consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=now)
    publish(PersonErased(locked.process_id, locked.pk))
    return locked
