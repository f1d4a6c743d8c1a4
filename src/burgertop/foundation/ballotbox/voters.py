"""Who may put a paper into a box, and under which key: by personal code, or by browser."""

import uuid

from burgertop.foundation.ballotbox.models import Admission, Ballot
from burgertop.foundation.codes.models import Code
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.actors import Actor, Pass
from burgertop.foundation.people.models import Participant
from burgertop.foundation.people.pseudonyms import pseudonym

__all__ = ["voter_key"]


def voter_key(ballot: Ballot, actor: Actor, process_id: uuid.UUID) -> tuple[str, Origin] | None:
    """Say under which key somebody votes in a ballot, and how they came in; None when they may not.

    With a code the key follows the row the code opens, so that a replaced code gives no second
    paper; a pass from a code that was replaced or revoked is worth nothing. Without codes it
    is the browser's own id for this ballot. The key means nothing outside this ballot.
    """
    if ballot.admission == Admission.ANYONE:
        if not actor.visitor:
            return None
        return f"visitor:{pseudonym(actor.visitor, process_id, f'ballot:{ballot.pk}')}", Origin.SELF_SELECTED
    admitted = actor.pass_for(ballot.code_purpose, process_id)
    if admitted is None or not _is_standing(admitted):
        return None
    origin = Participant.objects.filter(pk=admitted.subject).values_list("origin", flat=True).first()
    return f"{admitted.purpose}:{admitted.subject}", Origin(origin or Origin.SELF_SELECTED)


def _is_standing(admitted: Pass) -> bool:
    """Whether the code that gave this pass still works; a pass that names no code stands."""
    try:
        code_id = uuid.UUID(admitted.key)
    except ValueError:
        return True
    return not Code.objects.filter(pk=code_id, replaced_at__isnull=False).exists()
