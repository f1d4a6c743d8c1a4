"""Reads about people."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Sum

from burgertop.foundation.people.models import Account, Consent, Membership, Opening, Participant, Purpose, Role
from burgertop.foundation.prepared import Prepared
from burgertop.foundation.process.models import Process

__all__ = [
    "OpenedNames",
    "consents_of",
    "has_consent",
    "members_of",
    "openings_in",
    "openings_of",
    "processes_of",
    "roles_of",
]


@dataclass(frozen=True, slots=True)
class OpenedNames:
    """One time that staff opened names: when, which account, why, how many."""

    at: datetime
    account_id: uuid.UUID | None
    reason: str
    names: int


_held_roles = Prepared[tuple[uuid.UUID, str]](
    lambda account: Membership.objects.filter(account=account).order_by().values_list("process_id", "role")
)


def roles_of(account_id: uuid.UUID) -> dict[uuid.UUID, frozenset[Role]]:
    """Return the roles of an account, by process."""
    roles: dict[uuid.UUID, set[Role]] = defaultdict(set)
    for process_id, role in _held_roles.all(account_id):
        roles[process_id].add(Role(role))
    return {process_id: frozenset(held) for process_id, held in roles.items()}


def members_of(process: Process) -> QuerySet[Membership]:
    """Everyone with a role in the process, with their accounts."""
    return process.memberships.select_related("account").order_by("role", "account__email")


def processes_of(account: Account) -> QuerySet[Process]:
    """The processes in which an account has a role."""
    held = Process.objects.filter(memberships__account=account).distinct()
    return (Process.objects.all() if account.is_superuser else held).prefetch_related("texts", "stages")


def consents_of(participant: Participant) -> QuerySet[Consent]:
    """Every consent of a participant, given and withdrawn."""
    return participant.consents.order_by("given_at")


def has_consent(participant: Participant, purpose: Purpose) -> bool:
    """Whether a consent for this purpose stands now."""
    return participant.consents.filter(purpose=purpose, withdrawn_at__isnull=True).exists()


def openings_of(participant: Participant) -> QuerySet[Opening]:
    """Every look of staff at the name of one participant, newest first."""
    return Opening.objects.filter(participant_id=participant.pk).order_by("-at")


def openings_in(process: Process) -> list[OpenedNames]:
    """The access log of a process, newest first."""
    rows = process.openings.order_by("-at").values("at", "account_id", "reason").annotate(names=Sum("people"))
    return [OpenedNames(**row) for row in rows]
