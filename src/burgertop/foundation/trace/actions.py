"""Writing the trace."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from burgertop.foundation.trace.models import Link

__all__ = ["Ref", "link", "unlink"]

Ref = tuple[str, uuid.UUID]


@transaction.atomic(savepoint=False)
def link(process_id: uuid.UUID, later: Ref, earlier: Iterable[Ref], *, reason: str = "") -> None:
    """Say that one thing came from others; saying it twice changes nothing."""
    Link.objects.bulk_create(
        (
            Link(
                process_id=process_id,
                later_kind=later[0],
                later_id=later[1],
                earlier_kind=kind,
                earlier_id=pk,
                reason=reason,
            )
            for kind, pk in earlier
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def unlink(later: Ref, earlier: Ref) -> None:
    """Take a link back, when somebody put a thing in the wrong place."""
    Link.objects.filter(later_kind=later[0], later_id=later[1], earlier_kind=earlier[0], earlier_id=earlier[1]).delete()
