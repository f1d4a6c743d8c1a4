"""Letters: a wave is planned, printed in bundles with fresh codes, fetched within a day, and said to be sent."""

import uuid
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet

from burgertop.foundation.codes.actions import replace_many
from burgertop.foundation.files.onetime import destroy_sealed, open_sealed, seal_file, sealed_before
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.queries import running_for
from burgertop.foundation.people.actions import note_search
from burgertop.foundation.people.models import Identity
from burgertop.foundation.people.vault import open_identity
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery.letter_texts import EDITABLE
from burgertop.stages.lottery.models import Bundle, Invitation, Invitee, Letter, Look, Wave, Window
from burgertop.stages.lottery.printing import LetterData, print_letters, write_letters

__all__ = [
    "LETTERS",
    "PRINT",
    "REPLY",
    "Terms",
    "ask_for_letters",
    "bundle_file",
    "drop_old_letters",
    "forget_reserve",
    "has_old_letters",
    "invitation_of",
    "mark_sent",
    "plan_wave",
    "print_again",
    "print_wave",
    "set_invitation",
]

PRINT = "lottery.print_letters"
LETTERS = "letters"
REPLY = "reply"
IN_A_BUNDLE = 500
PRESSES = 2  # bundles set in type at the same time, while the next one is written
BATCH = 500
KEPT = timedelta(days=1)
WORDS = ("sender", "back", *EDITABLE)


@dataclass(frozen=True, slots=True)
class Terms:
    """Until when people may answer, where the window is, and whether a card goes with the letter."""

    answer_by: datetime | None
    window: Window
    has_card: bool


def invitation_of(stage: Stage) -> Invitation:
    """How the people of this stage are written to; made when it is first asked for."""
    made, _ = Invitation.objects.select_related("stage__process").get_or_create(stage=stage)
    return made


@transaction.atomic
def set_invitation(invitation: Invitation, terms: Terms, words: Mapping[str, Mapping[str, str]], now: datetime) -> None:
    """Set how people are written to; ``words``: by text and language. A new last day goes into the record."""
    if terms.answer_by is not None and terms.answer_by != invitation.answer_by:
        day = terms.answer_by.date().isoformat()
        append(invitation.stage.process_id, "answers_until", {"until": day}, now=now)
    invitation.answer_by, invitation.window, invitation.has_card = terms.answer_by, terms.window, terms.has_card
    invitation.save(update_fields=["answer_by", "window", "has_card"])
    for name, bodies in words.items():
        if name in WORDS:
            invitation.write(name, bodies)


def to_write_to(stage: Stage, *, is_reminder: bool) -> QuerySet[Invitee]:
    """Who can be written to: nobody wrote yet; or, for a reminder, a letter reached them and they have not answered."""
    people = Invitee.objects.drawn().filter(stage=stage, erased_at__isnull=True, identity__isnull=False)
    if is_reminder:
        sent = Letter.objects.filter(invitee__stage=stage, wave__sent_on__isnull=False).values("invitee")
        return people.filter(reply__isnull=True, returned_at__isnull=True, pk__in=sent)
    return people.exclude(pk__in=Letter.objects.filter(invitee__stage=stage).values("invitee"))


@transaction.atomic
def plan_wave(stage: Stage, *, is_reminder: bool, most: int | None, once: uuid.UUID, now: datetime) -> Wave:
    """Say who gets a letter now: the next of the draw, or all who have not answered; sent twice it is planned once.

    Raises:
        HouseError: ``lottery.nobody_to_write_to``, ``lottery.no_answer_day``.
    """
    held = Stage.objects.select_for_update().get(pk=stage.pk)
    if known := Wave.objects.filter(once=once).first():
        return known
    invitation = invitation_of(held)
    if invitation.answer_by is None or invitation.is_late(now):
        raise HouseError("lottery.no_answer_day")
    people = list(to_write_to(held, is_reminder=is_reminder).order_by("frame__committed_at", "order")[:most])
    if not people:
        raise HouseError("lottery.nobody_to_write_to")
    last = held.waves.aggregate(last=Max("number"))["last"] or 0
    wave = Wave.objects.create(
        stage=held, number=last + 1, is_reminder=is_reminder, letters=len(people), once=once, planned_at=now
    )
    people.sort(key=lambda one: one.languages)
    for number, start_at in enumerate(range(0, len(people), IN_A_BUNDLE), start=1):
        bundle = Bundle.objects.create(wave=wave, number=number)
        Letter.objects.bulk_create(
            (
                Letter(wave=wave, bundle=bundle, invitee=one, place=place)
                for place, one in enumerate(people[start_at : start_at + IN_A_BUNDLE], start=start_at + 1)
            ),
            batch_size=BATCH,
        )
    return wave


@transaction.atomic
def ask_for_letters(wave: Wave, *, actor_id: uuid.UUID | None, now: datetime) -> Job:
    """Let the worker print the letters of a wave; asked twice it is done once at a time."""
    running = running_for(wave.pk, PRINT)
    if running is not None:
        return running
    process_id = wave.stage.process_id
    args = {"wave": str(wave.pk), "account": str(actor_id or "")}
    return start(PRINT, args, process_id=process_id, actor_id=actor_id, subject=wave.pk, now=now)


def print_wave(
    wave: Wave, *, account: uuid.UUID | None, now: datetime, progress: Callable[[int, int], None] | None = None
) -> int:
    """Print the bundles of a wave that are not printed, each sealed in a file; return the letters printed.

    Every letter gets a fresh code; the one before no longer works. A code stands in the file and nowhere else: a
    bundle that was broken off is therefore printed anew with other codes.
    """
    invitation = invitation_of(wave.stage)
    done = before = sum(wave.bundles.filter(printed_at__isnull=False).values_list("printed", flat=True))
    with ThreadPoolExecutor(PRESSES) as presses:
        at_press: deque[_AtPress] = deque()
        for bundle in [*wave.bundles.filter(printed_at__isnull=True), *[None] * PRESSES]:
            if bundle is not None:
                written = _write_bundle(invitation, wave, bundle, now)
                at_press.append(_AtPress(bundle, presses.submit(print_letters, written, now=now)))
            if at_press and (bundle is None or len(at_press) > PRESSES):
                done += _take_from_press(wave, at_press.popleft(), account, now)
                if progress is not None:
                    progress(min(done, wave.letters), wave.letters)
    return done - before


@dataclass(frozen=True, slots=True)
class _AtPress:
    """A bundle that is being set in type, beside the work of writing the next one."""

    bundle: Bundle
    pdf: "Future[bytes]"


def _write_bundle(invitation: Invitation, wave: Wave, bundle: Bundle, now: datetime) -> dict[str, object]:
    letters = bundle.letters.filter(invitee__identity__isnull=False, invitee__erased_at__isnull=True)
    people = [letter.invitee for letter in letters.select_related("invitee__identity")]
    codes = replace_many(wave.stage.process_id, REPLY, [one.pk for one in people])
    data = [
        LetterData(open_identity(one.identity), tuple(one.languages), codes[one.pk], one.wants_large_print, one.row)
        for one in people
        if one.identity is not None
    ]
    bundle.printed = len(data)
    return write_letters(invitation, data, is_reminder=wave.is_reminder, now=now)


def _take_from_press(wave: Wave, one: _AtPress, account: uuid.UUID | None, now: datetime) -> int:
    bundle = one.bundle
    seal_file(LETTERS, bundle.pk, one.pdf.result())
    with transaction.atomic():
        bundle.printed_at, bundle.dropped_at = now, None
        bundle.save(update_fields=["printed", "printed_at", "dropped_at"])
        note_search(wave.stage.process_id, bundle.printed, by=account, reason=Look.LETTERS, now=now)
    return bundle.printed


def bundle_file(bundle: Bundle) -> bytes:
    """The PDF file of a bundle.

    Raises:
        FileError: ``files.destroyed``: a day is over, or it was not printed.
    """
    return open_sealed(LETTERS, bundle.pk)


@transaction.atomic
def print_again(bundle: Bundle, *, now: datetime) -> Bundle:
    """Have a bundle printed anew, with other codes; those on the sheets before no longer work.

    Raises:
        HouseError: ``lottery.sent_already``.
    """
    locked = Bundle.objects.select_for_update(of=("self",)).select_related("wave__stage").get(pk=bundle.pk)
    if locked.wave.sent_on is not None:
        raise HouseError("lottery.sent_already")
    locked.printed_at, locked.printed, locked.dropped_at = None, 0, None
    locked.save(update_fields=["printed_at", "printed", "dropped_at"])
    return locked


@transaction.atomic
def mark_sent(wave: Wave, *, sent_on: date, now: datetime) -> Wave:
    """Say that a wave was handed to the post: everybody may read when, how many, and until when they may answer.

    Raises:
        HouseError: ``lottery.not_printed``.
    """
    locked = Wave.objects.select_for_update(of=("self",)).select_related("stage").get(pk=wave.pk)
    if locked.sent_on is not None:
        return locked
    if locked.bundles.filter(printed_at__isnull=True).exists():
        raise HouseError("lottery.not_printed")
    locked.sent_on = sent_on
    locked.letters = sum(locked.bundles.values_list("printed", flat=True))
    locked.save(update_fields=["sent_on", "letters"])
    kind = "reminders_sent" if locked.is_reminder else "letters_sent"
    facts = {"wave": locked.number, "letters": locked.letters, "sent_on": sent_on.isoformat()}
    append(locked.stage.process_id, kind, facts, now=now)
    return locked


def drop_old_letters(*, now: datetime) -> int:
    """Destroy the printed files of a day ago, and those that no bundle knows; return how many."""
    old = Bundle.objects.filter(printed_at__lt=now - KEPT, dropped_at__isnull=True)
    dropped = 0
    for bundle in old:
        destroy_sealed(LETTERS, bundle.pk)
        dropped += Bundle.objects.filter(pk=bundle.pk, printed_at=bundle.printed_at).update(dropped_at=now)
    known = set(Bundle.objects.filter(printed_at__isnull=False, dropped_at__isnull=True).values_list("pk", flat=True))
    for name in sealed_before(LETTERS, int(KEPT.total_seconds())):
        if name not in known:
            destroy_sealed(LETTERS, name)
            dropped += 1
    return dropped


def has_old_letters(now: datetime) -> bool:
    """Whether a printed file is older than a day."""
    return Bundle.objects.filter(printed_at__lt=now - KEPT, dropped_at__isnull=True).exists()


@transaction.atomic
def forget_reserve(stage: Stage, *, now: datetime) -> int:
    """Delete everybody who was drawn and never written to; return how many."""
    reserve = to_write_to(stage, is_reminder=False).filter(reply__isnull=True, participant__isnull=True)
    pks = list(reserve.values_list("pk", flat=True))
    for start_at in range(0, len(pks), BATCH):
        part = Invitee.objects.filter(pk__in=pks[start_at : start_at + BATCH])
        identities = list(part.values_list("identity_id", flat=True))
        part.delete()
        Identity.objects.filter(pk__in=identities).delete()
    if pks:
        append(stage.process_id, "reserve_forgotten", {"people": len(pks)}, now=now)
    return len(pks)
