"""Reads of replies: one invitee with what was answered, and the search of the reply desk."""

import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from burgertop.foundation.draws.models import Draw, Member
from burgertop.foundation.people.models import Consent, Identity, Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery.models import Answer, Invitee, Reply

__all__ = [
    "Found",
    "consents_given",
    "found_by_name",
    "identities_in",
    "invitee_or_404",
    "needs_in",
    "places_in_pools",
    "replies_of",
    "reply_of",
    "takers_for",
]

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody the desk found by name: which invitee, the name, and the town to tell namesakes apart."""

    pk: uuid.UUID
    name: str
    town: str


def invitee_or_404(stage: Stage, pk: uuid.UUID) -> Invitee:
    """Return an invitee of this stage, or answer "not found"."""
    found = Invitee.objects.filter(stage=stage, pk=pk).select_related("identity", "participant").first()
    if found is None:
        raise Http404
    found.stage = stage
    return found


def reply_of(invitee: Invitee) -> Reply | None:
    """What the invitee answered last, if ever."""
    return Reply.objects.filter(invitee=invitee).first()


def identities_in(stage: Stage) -> dict[uuid.UUID, Identity]:
    """The sealed rows of everybody who is invited, by invitee."""
    people = Invitee.objects.filter(stage=stage, erased_at__isnull=True, identity__isnull=False)
    return {one.pk: one.identity for one in people.select_related("identity") if one.identity is not None}


def found_by_name(opened: Mapping[uuid.UUID, Mapping[str, str]], words: str) -> list[Found]:
    """Those whose name has every word that was typed, whatever its accents; at most twenty."""
    wanted = _plain(words).split()
    found = []
    for pk, identity in opened.items():
        name = " ".join(identity[part] for part in ("given_name", "family_name") if identity.get(part))
        town = f"{identity.get('postcode', '')} {identity.get('municipality', '')}".strip()
        if wanted and all(word in _plain(name) for word in wanted):
            found.append(Found(pk, name, town))
    return sorted(found, key=lambda one: (_plain(one.name), one.town))[:MOST_FOUND]


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def consents_given(invitee: Invitee) -> Sequence[Consent]:
    """The consents of an invitee with their receipts, oldest first."""
    return list(invitee.participant.consents.order_by("given_at")) if invitee.participant is not None else []


def places_in_pools(invitee: Invitee) -> QuerySet[Member]:
    """The draws in whose pool the invitee stands."""
    return Member.objects.filter(participant=invitee.participant_id).select_related("draw")


def takers_for(draw: Draw) -> tuple[int, int]:
    """How many said yes and are not in this pool yet: in time, and on the waiting list."""
    replies = Reply.objects.filter(
        invitee__stage=draw.stage_id, answer=Answer.YES, invitee__participant__erased_at__isnull=True
    ).exclude(invitee__participant__drawn_in__draw=draw)
    late = replies.filter(is_late=True).count()
    return replies.count() - late, late


def replies_of(participant: Participant) -> QuerySet[Reply]:
    """What a participant answered to an invitation, if one came by letter."""
    return Reply.objects.filter(invitee__participant=participant)


def needs_in(process_id: uuid.UUID) -> dict[uuid.UUID, dict[str, object]]:
    """What everybody who said yes needs on the day, by participant; those who need nothing are left out."""
    replies = Reply.objects.filter(invitee__participant__process=process_id, answer=Answer.YES).exclude(needs={})
    return dict(replies.values_list("invitee__participant_id", "needs"))
