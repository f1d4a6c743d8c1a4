"""The way to a roster: take files in, have the lottery computed and checked, open the names."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.utils.translation import pgettext_lazy

from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, DrawState, Round
from burgertop.foundation.draws.packing import audit_of
from burgertop.foundation.draws.queries import roster_of
from burgertop.foundation.files import scratch
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.queries import running_for
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.actions import note_openings
from burgertop.foundation.record.actions import append
from burgertop.stages.lottery.models import Intake
from burgertop.stages.lottery.reading import pool_rows

__all__ = [
    "LOTTERY",
    "POOL",
    "RECHECK",
    "PoolFile",
    "Reason",
    "ask_for_pool",
    "change_quotas",
    "compute",
    "open_names",
    "open_rows",
    "recheck",
    "take_pool",
    "take_proposal",
    "take_quotas",
]

POOL = "lottery.take_pool"
LOTTERY = "draws.make_lottery"
RECHECK = "draws.check_again"


class Reason(models.TextChoices):
    """Why names are opened; the reason stands in the public record, the names do not."""

    CALL = "call", pgettext_lazy("reason", "to call or write to the people drawn")
    DOOR = "door", pgettext_lazy("reason", "to receive them at the door")
    ASKED = "asked", pgettext_lazy("reason", "somebody on the list asked about their own data")
    CHECK = "check", pgettext_lazy("reason", "to check the list against the file it came from")


@dataclass(frozen=True, slots=True)
class PoolFile:
    """A file that waits to be taken into a pool: where it is kept and by whom, and what its columns are.

    ``once`` names this confirmation; ``is_fresh`` empties the pool first.
    """

    file: uuid.UUID
    owner: str
    roles: Mapping[str, str]
    origin: Origin
    once: uuid.UUID
    is_fresh: bool = False

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> Self:
        """Read it from the arguments of a job."""
        return cls(
            uuid.UUID(args["file"]),
            args["owner"],
            args["roles"],
            Origin(args["origin"]),
            uuid.UUID(args["once"]),
            args["is_fresh"],
        )

    def as_args(self) -> dict[str, object]:
        """Write it as arguments of a job."""
        return asdict(self) | {"file": str(self.file), "once": str(self.once), "origin": str(self.origin)}


def ask_for_pool(draw: Draw, wanted: PoolFile, *, actor_id: uuid.UUID | None, now: datetime) -> Job:
    """Let the worker take the people of a file into a pool; asked twice it is done once at a time."""
    scratch.hold(wanted.file)
    return _one_at_a_time(draw, POOL, actor_id, now, wanted.as_args())


def take_pool(
    draw: Draw, wanted: PoolFile, *, now: datetime, progress: Callable[[int, int], None] | None = None
) -> Intake:
    """Take the people of a file into a pool, once, in steps; ``progress`` is told the rows done and all rows.

    Raises:
        FileError: ``files.gone`` and whatever is wrong with the file. DrawError: as ``draws.fill_pool``.
    """
    if taken := Intake.objects.filter(once=wanted.once).first():
        return taken
    kept = scratch.fetch(wanted.file, owner=wanted.owner)
    first_language = draw.stage.process.first_language
    rows = pool_rows(kept.table(), wanted.roles, default_language=first_language, origin=wanted.origin)
    intake = Intake(
        draw=draw,
        kind=Intake.Kind.POOL,
        once=wanted.once,
        digest=fingerprint(kept.content),
        rows=len(rows),
        taken_at=now,
    )
    draws.fill_pool(draw, rows, is_fresh=wanted.is_fresh, progress=progress, then=lambda _draw: intake.save())
    scratch.drop(wanted.file)
    return intake


@transaction.atomic
def take_quotas(draw: Draw, quotas: Sequence[Quota], *, once: uuid.UUID, digest: str, now: datetime) -> Intake:
    """Take the quotas of a file into a draw, once; they replace those that are there."""
    taken = Intake.objects.filter(once=once).first()
    if taken is not None:
        return taken
    draws.set_quotas(draw, quotas)
    return Intake.objects.create(
        draw=draw, kind=Intake.Kind.QUOTAS, once=once, digest=digest, rows=len(quotas), taken_at=now
    )


@transaction.atomic
def take_proposal(
    draw: Draw,
    margins: Mapping[str, Mapping[str, int]],
    quotas: Sequence[Quota],
    *,
    once: uuid.UUID,
    digest: str,
    now: datetime,
) -> Intake:
    """Take quotas that were proposed from a file of the population, once; the population is kept for the charts."""
    taken = take_quotas(draw, quotas, once=once, digest=digest, now=now)
    draws.set_margins(draw, margins)
    return taken


@transaction.atomic
def change_quotas(draw: Draw, terms: Mapping[str, Any], quotas: Sequence[Quota]) -> Draw:
    """Set the terms (as ``draws.set_terms``) and the quotas together, all or nothing."""
    draws.set_terms(draw, **terms)
    return draws.set_quotas(draw, quotas)


def compute(draw: Draw, *, actor_id: uuid.UUID | None, now: datetime) -> Job:
    """Let the worker compute the lottery of the next round; asked twice it is done once at a time."""
    return _one_at_a_time(draw, LOTTERY, actor_id, now, {})


def recheck(draw: Draw, *, actor_id: uuid.UUID | None, now: datetime) -> Job:
    """Let the worker check a finished draw and compute it again; asked twice it is done once at a time.

    Raises:
        DrawError: ``draws.not_drawn``.
    """
    if draw.state != DrawState.DRAWN:
        raise DrawError("draws.not_drawn")
    return _one_at_a_time(draw, RECHECK, actor_id, now, {})


@transaction.atomic
def _one_at_a_time(draw: Draw, kind: str, actor_id: uuid.UUID | None, now: datetime, args: Mapping[str, object]) -> Job:
    running = running_for(draw.pk, kind)
    if running is not None:
        return running
    process_id = draw.stage.process_id
    return start(
        kind, {"draw": str(draw.pk), **args}, process_id=process_id, actor_id=actor_id, subject=draw.pk, now=now
    )


@transaction.atomic
def open_rows(one: Round, *, now: datetime) -> dict[str, Any]:
    """Open every row of a sealed round for an auditor, and write into the record that it was done.

    Raises:
        DrawError: ``draws.rows_erased``.
    """
    content = audit_of(one)
    append(one.draw.stage.process_id, "rows_opened", {"draw": one.draw.name, "round": one.number}, now=now)
    return content


@transaction.atomic
def open_names(draw: Draw, reason: Reason, *, by: uuid.UUID | None, now: datetime) -> None:
    """Write down that the names of a roster are opened, and why: for all in the record, not by whom and not which;
    for the data protection officer in the access log, by whom and whose."""
    seated = [member.participant_id for member in roster_of(draw)]
    note_openings(draw.stage.process_id, seated, by=by, reason=str(reason), now=now)
    append(draw.stage.process_id, "roster_opened", {"draw": draw.name, "reason": str(reason)}, now=now)
