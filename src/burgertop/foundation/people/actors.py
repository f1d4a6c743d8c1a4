"""Actor: who acts in a request, whatever way they came in.

A request has one actor. It may carry a staff account, personal codes, a bound
device and signed links at once; permissions ask it for roles and for passes.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from burgertop.foundation.people.models import Role

__all__ = ["Actor", "Pass"]


@dataclass(frozen=True, slots=True)
class Pass:
    """What a code, a device or a signed link lets somebody do.

    ``purpose`` names the code space or the link (``idea``, ``vote``, ``seat``,
    ``table``, ``answer`` ...), ``subject`` the row it opens.
    """

    purpose: str
    process_id: uuid.UUID
    subject: uuid.UUID
    key: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody at the door: a visitor until something says more."""

    account_id: uuid.UUID | None = None
    is_operator: bool = False
    roles: Mapping[uuid.UUID, frozenset[Role]] = field(default_factory=dict)
    passes: tuple[Pass, ...] = ()
    visitor: str = ""
    network: str = ""

    def has_role(self, process_id: uuid.UUID, *wanted: Role) -> bool:
        """Whether the account has one of these roles in the process."""
        return not self.roles.get(process_id, frozenset()).isdisjoint(wanted)

    def is_staff_of(self, process_id: uuid.UUID) -> bool:
        """Whether the account has any role in the process."""
        return bool(self.roles.get(process_id))

    def pass_for(self, purpose: str, process_id: uuid.UUID, subject: uuid.UUID | None = None) -> Pass | None:
        """Return the pass for a purpose in a process (for one row, when named)."""
        for one in reversed(self.passes):
            if (one.purpose, one.process_id) == (purpose, process_id) and subject in (None, one.subject):
                return one
        return None
