"""What happens to people, told after it has happened."""

import uuid
from dataclasses import dataclass

from burgertop.foundation.events import Event

__all__ = ["PersonErased", "RoleGiven"]


@dataclass(frozen=True, slots=True)
class PersonErased(Event):
    """A participant's identity, features and consents are gone; the row stays.

    ``participant_id`` is the participant, or the invitee who was none yet.
    """

    process_id: uuid.UUID
    participant_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class RoleGiven(Event):
    """An account has a role in a process, or has it no longer."""

    process_id: uuid.UUID
    role: str
    is_given: bool
