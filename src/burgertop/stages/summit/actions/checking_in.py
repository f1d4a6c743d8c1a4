"""Checking in: scans are taken once, in any order, and say who is in the house."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from burgertop.foundation.codes.alphabet import canonical, is_well_formed
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.comings import Mark, Story, story_of
from burgertop.stages.summit.models import (
    Arrival,
    Badge,
    Clash,
    Door,
    DoorDevice,
    Ending,
    How,
    Outcome,
    Scan,
    ScanKind,
    Settled,
)
from burgertop.stages.summit.news import tell_doors
from burgertop.stages.summit.queries.badges import Wearer, wearers_of
from burgertop.stages.summit.queries.roster import expected_ids

__all__ = ["ScanDraft", "Source", "check_in", "replace_badge", "settle_clash", "take_scans", "undo_arrival"]

BATCH = 500
DAYS_BEFORE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class ScanDraft:
    """A scan as a device or the desk brings it: of somebody, or of the code of a badge."""

    scanned_at: datetime
    participant: uuid.UUID | None = None
    code: str = ""
    kind: ScanKind = ScanKind.IN
    how: How = How.NAME
    id: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True, slots=True)
class Source:
    """Where scans come from: a device of a door, or an account at the desk. ``slow`` is added to the device's clock."""

    door: Door | None = None
    device: DoorDevice | None = None
    by: uuid.UUID | None = None
    slow: timedelta = timedelta(0)


@transaction.atomic
def take_scans(stage: Stage, drafts: Sequence[ScanDraft], source: Source, *, now: datetime) -> list[Scan]:
    """Take scans that may have come before, in any order; each counts once, by its id.

    The moment of a scan is that of the device's clock, put right by ``source.slow``, never after ``now``, and never
    before what the same device scanned earlier.

    Returns:
        One stored scan for each draft, in their order.

    Cost: eleven queries, however many scans.
    """
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    wanted = {one.id: one for one in drafts}
    stored = {one.pk: one for one in Scan.objects.filter(pk__in=wanted).select_related("door")}
    fresh = [one for one in wanted.values() if one.id not in stored]
    if fresh:
        made = _write(locked, fresh, source, now)
        stored |= {one.pk: one for one in made}
        tell_doors(stage, "scans")
    return [stored[one.id] for one in drafts]


def _write(stage: Stage, drafts: Sequence[ScanDraft], source: Source, now: datetime) -> list[Scan]:
    """Store scans that are new, and tell the stories of their people anew."""
    expected = expected_ids(stage)
    found = wearers_of(stage, (one.code for one in drafts if one.participant is None), expected)
    named: set[uuid.UUID] = {one.participant for one in drafts if one.participant is not None}
    named |= {one.participant for one in found.values()}
    known = set(
        Participant.objects.filter(process_id=stage.process_id, pk__in=named, erased_at__isnull=True).values_list(
            "pk", flat=True
        )
    )
    number = Scan.objects.filter(stage=stage).aggregate(last=Max("number"))["last"] or 0
    earliest = _earliest(drafts, source)
    scans = []
    for step, draft in enumerate(drafts, start=1):
        person, outcome = _who(draft, found, known)
        at = _moment(draft, source, earliest, now)
        if outcome is None and _is_shut_out(source.device, at):
            outcome = Outcome.SHUT_OUT
        scans.append(
            Scan(
                pk=draft.id,
                stage=stage,
                number=number + step,
                door=source.door,
                device=source.device,
                participant_id=person,
                kind=draft.kind,
                how=draft.how,
                outcome=outcome or Outcome.TAKEN,
                is_counted=outcome is None,
                code="" if person is not None else _code_of(draft),
                by=source.by,
                scanned_at=draft.scanned_at,
                at=at,
                received_at=now,
            )
        )
    people = {one.participant_id for one in scans if one.participant_id is not None and one.is_counted}
    stories = _stories(stage, people, scans)
    for scan in scans:
        if scan.is_counted and scan.participant_id is not None:
            scan.outcome = stories[scan.participant_id].outcomes.get(scan.pk, Outcome.TAKEN)
    Scan.objects.bulk_create(scans, batch_size=BATCH)
    _keep(stage, stories, expected)
    return scans


def _who(draft: ScanDraft, found: dict[str, Wearer], known: set[uuid.UUID]) -> tuple[uuid.UUID | None, Outcome | None]:
    """Whom a scan is of, and why it does not count."""
    wearer = found.get(canonical(draft.code[:40])) if draft.participant is None else Wearer(draft.participant, True)
    if wearer is None or wearer.participant not in known:
        return None, Outcome.UNKNOWN
    return wearer.participant, None if wearer.is_good else Outcome.REPLACED


def _code_of(draft: ScanDraft) -> str:
    code = canonical(draft.code[:40])
    return code if is_well_formed(code) else ""


def _earliest(drafts: Sequence[ScanDraft], source: Source) -> datetime | None:
    """Before when no scan can be: a clock that jumped cannot put one before its door was opened, and what is known of
    the clock by now cannot put one before what its device scanned earlier."""
    if source.door is None:
        return None
    opened = source.door.opened_at - DAYS_BEFORE
    if source.device is None:
        return opened
    first = min(draft.scanned_at for draft in drafts)
    before = Scan.objects.filter(device=source.device, scanned_at__lte=first).aggregate(last=Max("at"))["last"]
    return max(before or opened, opened)


def _moment(draft: ScanDraft, source: Source, earliest: datetime | None, now: datetime) -> datetime:
    """The moment by the server's clock."""
    at = draft.scanned_at + source.slow
    return min(max(at, earliest or at), now)


def _is_shut_out(device: DoorDevice | None, at: datetime) -> bool:
    if device is None or device.ended_at is None:
        return False
    return device.ending == Ending.SHUT_OUT and at > device.ended_at


def _stories(stage: Stage, people: Iterable[uuid.UUID], fresh: Sequence[Scan]) -> dict[uuid.UUID, Story]:
    marks: dict[uuid.UUID, list[Mark]] = {one: [] for one in people}
    earlier = Scan.objects.filter(stage=stage, participant_id__in=marks, is_counted=True)
    for scan in [*earlier, *(one for one in fresh if one.is_counted)]:
        if scan.participant_id is not None:
            mark = Mark(scan.pk, scan.number, scan.at, scan.door_id, ScanKind(scan.kind))
            marks[scan.participant_id].append(mark)
    return {person: story_of(told) for person, told in marks.items()}


def _keep(stage: Stage, stories: dict[uuid.UUID, Story], expected: frozenset[uuid.UUID]) -> None:
    """Write down what the stories say: who is there, who has gone, who was twice in."""
    here = {one.participant_id: one for one in Arrival.objects.filter(stage=stage, participant_id__in=stories)}
    new: list[Arrival] = []
    moved: list[Arrival] = []
    gone: list[uuid.UUID] = []
    for person, story in stories.items():
        arrival = here.get(person)
        if story.first is None:
            gone += [arrival.pk] if arrival is not None else []
            continue
        (moved if arrival is not None else new).append(
            arrival := arrival or Arrival(stage=stage, participant_id=person, is_expected=person in expected)
        )
        arrival.first_scan_id, arrival.came_at = story.first.id, story.first.at
        arrival.in_since = story.here.at if story.here is not None else None
        arrival.left_at = story.left_at
    Arrival.objects.filter(pk__in=gone).delete()
    Arrival.objects.bulk_create(new, batch_size=BATCH)
    Arrival.objects.bulk_update(moved, ["first_scan", "came_at", "in_since", "left_at"], batch_size=BATCH)
    pairs = {(one.id, other.id) for story in stories.values() for one, other in story.clashes}
    told = Clash.objects.filter(stage=stage, second__participant_id__in=stories)
    old = {(one.first_id, one.second_id): one for one in told}
    Clash.objects.filter(
        pk__in=[one.pk for pair, one in old.items() if pair not in pairs and one.settled_at is None]
    ).delete()
    Clash.objects.bulk_create(
        [Clash(stage=stage, first_id=one, second_id=other) for one, other in sorted(pairs - set(old))],
        batch_size=BATCH,
    )


def check_in(
    stage: Stage,
    participant: Participant,
    source: Source,
    *,
    is_out: bool = False,
    once: uuid.UUID | None = None,
    now: datetime,
) -> Scan:
    """Check somebody in or out from a page, once for each ``once``; who has no seat waits for one as a walk-in."""
    has_seat = participant.pk in expected_ids(stage)
    coming = ScanKind.IN if has_seat else ScanKind.WALK_IN
    draft = ScanDraft(now, participant.pk, kind=ScanKind.OUT if is_out else coming, id=once or uuid.uuid4())
    return take_scans(stage, [draft], source, now=now)[0]


def undo_arrival(arrival: Arrival, *, by: uuid.UUID | None, now: datetime) -> Scan:
    """Take back that somebody came: they are missing again, what was scanned is kept."""
    draft = ScanDraft(now, arrival.participant_id, kind=ScanKind.UNDO)
    return take_scans(arrival.stage, [draft], Source(by=by), now=now)[0]


@transaction.atomic
def settle_clash(clash: Clash, settled: Settled, *, by: uuid.UUID | None, now: datetime) -> Clash:
    """Say what two check-ins of one person were; a badge that was copied is replaced. The first word counts."""
    locked = Clash.objects.select_for_update(of=("self",)).select_related("stage", "second").get(pk=clash.pk)
    if locked.settled_at is not None:
        return locked
    locked.settled_as, locked.settled_by, locked.settled_at = settled, by, now
    locked.save(update_fields=["settled_as", "settled_by", "settled_at"])
    person = locked.second.participant
    if settled == Settled.COPIED_BADGE and person is not None:
        replace_badge(locked.stage, person, now=now)
    tell_doors(locked.stage, "clash")
    return locked


@transaction.atomic
def replace_badge(stage: Stage, participant: Participant, *, now: datetime) -> int:
    """Let the badge of somebody be good no longer, and return the number of the new one; print it."""
    Stage.objects.select_for_update().get(pk=stage.pk)
    badge, _is_new = Badge.objects.get_or_create(stage=stage, participant=participant)
    badge.number, badge.replaced_at = badge.number + 1, now
    badge.save(update_fields=["number", "replaced_at"])
    tell_doors(stage, "badge")
    return badge.number
