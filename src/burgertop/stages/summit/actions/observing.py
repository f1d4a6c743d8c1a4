"""Those who look on: their links; their notes and reports, kept to themselves until they publish them."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people import links
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import Cluster, LinkKind, Observation, ObservationKind, Round, SignedLink

__all__ = [
    "Author",
    "NoteDraft",
    "address_for",
    "answer_observation",
    "call_back",
    "change_note",
    "drop_observation",
    "make_link",
    "note_opened",
    "publish_observation",
    "take_report",
    "write_note",
]

MOST_LINKS = 200
MOST_UNPUBLISHED = 500
NOTED_EVERY_SECONDS = 60
LINES: Mapping[ObservationKind, str] = {
    ObservationKind.NOTE: "observer_note_published",
    ObservationKind.REPORT: "observer_report_published",
}


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: an account, or whoever holds a signed link."""

    account: uuid.UUID | None = None
    link: SignedLink | None = None

    @property
    def keys(self) -> Mapping[str, object]:
        """The fields of a row that name its author."""
        return {"account": self.account, "link": None if self.account is not None else self.link}


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """The words of a note, their language, and what it is about; all empty: the whole day."""

    body: str
    language: str
    round: Round | None = None
    cluster: Cluster | None = None
    table: int | None = None


@transaction.atomic
def make_link(
    stage: Stage, kind: LinkKind, purpose: str, *, ends_at: datetime, once: uuid.UUID, now: datetime
) -> SignedLink:
    """Make a signed link for observers or the press; sent twice with the same ``once`` it is made once.

    Raises:
        HouseError: ``summit.link_ends_in_past``, ``summit.link_too_long``, ``summit.too_many_links``.
    """
    Stage.objects.select_for_update().get(pk=stage.pk)
    if known := SignedLink.objects.filter(pk=once, stage=stage).first():
        return known
    if ends_at <= now:
        raise HouseError("summit.link_ends_in_past")
    if ends_at > now + links.LIFE:
        raise HouseError("summit.link_too_long", days=links.LIFE.days)
    if stage.signed_links.count() >= MOST_LINKS:
        raise HouseError("summit.too_many_links", most=MOST_LINKS)
    made = SignedLink.objects.create(
        pk=once,
        stage=stage,
        kind=kind,
        purpose=" ".join(purpose.split()),
        key=secrets.token_hex(16),
        made_at=now,
        ends_at=ends_at,
    )
    append(stage.process_id, "link_given", {"stage": str(stage.pk), "for": kind.value}, now=now)
    return made


def address_for(link: SignedLink, address: str) -> str:
    """Return the path of the signed link; ``address`` is the page it leads to."""
    return links.make_link(link.kind, link.stage.process_id, link.pk, address=address, key=link.key)


@transaction.atomic
def call_back(link: SignedLink, *, now: datetime) -> None:
    """Let a link open nothing from now on."""
    stage = link.stage
    if SignedLink.objects.filter(pk=link.pk, called_back_at__isnull=True).update(called_back_at=now):
        append(stage.process_id, "link_called_back", {"stage": str(stage.pk), "for": link.kind}, now=now)


def note_opened(link: SignedLink, *, now: datetime) -> None:
    """Remember when a link was last opened, to the minute."""
    if link.opened_at is None or (now - link.opened_at).total_seconds() >= NOTED_EVERY_SECONDS:
        SignedLink.objects.filter(pk=link.pk).update(opened_at=now)


@transaction.atomic
def write_note(stage: Stage, author: Author, draft: NoteDraft, *, once: uuid.UUID, now: datetime) -> Observation:
    """Keep a note for its author; sent twice with the same ``once`` it is kept once.

    Raises:
        HouseError: ``summit.too_many_notes``.
    """
    if known := Observation.objects.filter(pk=once, stage=stage, **author.keys).first():
        return known
    _need_room(stage, author)
    return Observation.objects.create(
        pk=once, stage=stage, kind=ObservationKind.NOTE, written_at=now, **author.keys, **_fields(draft)
    )


@transaction.atomic
def change_note(note: Observation, draft: NoteDraft, *, now: datetime) -> Observation:
    """Write a note anew, as long as it is not published.

    Raises:
        HouseError: ``summit.note_published``.
    """
    locked = _unpublished(note)
    for name, value in _fields(draft).items():
        setattr(locked, name, value)
    locked.changed_at = now
    locked.save()
    return locked


@transaction.atomic
def drop_observation(one: Observation) -> None:
    """Throw away a note or a report that is not published, its file too.

    Raises:
        HouseError: ``summit.note_published``.
    """
    locked = _unpublished(one)
    if locked.file:
        name, storage = str(locked.file.name), locked.file.storage
        transaction.on_commit(lambda: storage.delete(name))
    locked.delete()


@transaction.atomic
def take_report(
    stage: Stage, author: Author, content: bytes, *, ending: str, language: str, once: uuid.UUID, now: datetime
) -> Observation:
    """Keep the file of a report for its author; sent twice with the same ``once`` it is kept once.

    Args:
        ending: ``pdf`` or ``md``, by what the bytes are.

    Raises:
        HouseError: ``summit.too_many_notes``.
    """
    if known := Observation.objects.filter(pk=once, stage=stage, **author.keys).first():
        return known
    _need_room(stage, author)
    file = ContentFile(content, name=f"{secrets.token_hex(16)}.{ending}")
    return Observation.objects.create(
        pk=once,
        stage=stage,
        kind=ObservationKind.REPORT,
        language=language,
        file=file,
        digest=fingerprint(content),
        written_at=now,
        **author.keys,
    )


@transaction.atomic
def publish_observation(one: Observation, *, signed: str, now: datetime) -> Observation:
    """Publish a note or a report, unchanged and whole; its digest goes into the record. A second time changes nothing.

    Args:
        signed: what the author wants to be called; without it the purpose of their link stands there.
    """
    locked = Observation.objects.select_for_update(of=("self",)).select_related("stage", "link").get(pk=one.pk)
    if locked.published_at is not None:
        return locked
    if locked.kind == ObservationKind.NOTE:
        locked.digest = fingerprint(locked.body.encode())
    locked.signed = " ".join(signed.split()) or (locked.link.purpose if locked.link is not None else "")
    locked.published_at = now
    locked.save(update_fields=["digest", "signed", "published_at"])
    facts = {"stage": str(locked.stage_id), "observation": str(locked.pk), "digest": locked.digest}
    append(locked.stage.process_id, LINES[ObservationKind(locked.kind)], facts, now=now)
    return locked


@transaction.atomic
def answer_observation(one: Observation, *, answer: str, language: str, now: datetime) -> Observation:
    """Put the organiser's answer beside what is published, or put another in its place.

    Raises:
        HouseError: ``summit.note_not_published``.
    """
    locked = Observation.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if locked.published_at is None:
        raise HouseError("summit.note_not_published")
    locked.answer, locked.answer_language, locked.answered_at = answer, language, now
    locked.save(update_fields=["answer", "answer_language", "answered_at"])
    return locked


def _fields(draft: NoteDraft) -> dict[str, object]:
    return {
        "body": draft.body,
        "language": draft.language,
        "round": draft.round,
        "cluster": draft.cluster,
        "table_number": draft.table,
    }


def _unpublished(one: Observation) -> Observation:
    locked = Observation.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if locked.published_at is not None:
        raise HouseError("summit.note_published")
    return locked


def _need_room(stage: Stage, author: Author) -> None:
    if Observation.objects.filter(stage=stage, published_at__isnull=True, **author.keys).count() >= MOST_UNPUBLISHED:
        raise HouseError("summit.too_many_notes", most=MOST_UNPUBLISHED)
