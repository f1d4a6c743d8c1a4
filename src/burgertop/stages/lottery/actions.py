"""What can be done in a lottery: take files in, seal a draw, hold it in public, open the names."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import pgettext_lazy

from burgertop.core.sortition import Quota
from burgertop.foundation.draws import actions as draws
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.models import Draw, DrawState
from burgertop.foundation.draws.rows import PoolRow
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.queries import running_for
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery.models import Ceremony, Chance, Intake

__all__ = ["Reason", "change_quotas", "hold", "open_names", "recheck", "seal", "take_pool", "take_quotas"]

JOB = "draws.draw_panel"
REPLAY = "draws.replay"


class Reason(models.TextChoices):
    """Why names are opened; the reason stands in the public record, the names do not."""

    CALL = "call", pgettext_lazy("reason", "to call or write to the people drawn")
    DOOR = "door", pgettext_lazy("reason", "to receive them at the door")
    ASKED = "asked", pgettext_lazy("reason", "somebody on the list asked about their own data")
    CHECK = "check", pgettext_lazy("reason", "to check the list against the file it came from")


@transaction.atomic
def take_pool(
    draw: Draw, rows: Sequence[PoolRow], *, once: uuid.UUID, digest: str, is_fresh: bool, now: datetime
) -> Intake:
    """Take the people of a file into a pool, once; ``is_fresh`` empties the pool first."""
    taken = Intake.objects.filter(once=once).first()
    if taken is not None:
        return taken
    if is_fresh:
        draws.empty_pool(draw)
    draws.fill_pool(draw, rows)
    return Intake.objects.create(
        draw=draw, kind=Intake.Kind.POOL, once=once, digest=digest, rows=len(rows), taken_at=now
    )


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
def change_quotas(draw: Draw, seats: int, quotas: Sequence[Quota]) -> Draw:
    """Set the number of seats and the quotas together, all or nothing."""
    draws.set_seats(draw, seats)
    return draws.set_quotas(draw, quotas)


def seal(draw: Draw, *, chance: Chance, source: str, now: datetime) -> Draw:
    """Seal pool and quotas and announce where the chance will come from; sealing twice changes nothing.

    Not one transaction: the search for a panel must not keep others waiting. After a power cut between
    the seal and the announcement, sealing again announces.

    Raises:
        CoreError, DrawError: as ``foundation.draws.actions.commit``.
        HouseError: ``lottery.other_ceremony``.
    """
    sealed = draws.commit(draw, now=now)
    _announce(sealed, chance, source, now)
    return sealed


@transaction.atomic
def _announce(draw: Draw, chance: Chance, source: str, now: datetime) -> None:
    ceremony, is_new = Ceremony.objects.get_or_create(
        draw=draw, defaults={"chance": chance, "source": source, "announced_at": now}
    )
    if (ceremony.chance, ceremony.source) != (chance, source):
        raise HouseError("lottery.other_ceremony")
    if is_new:
        facts = {"draw": draw.name, "chance": str(chance), "source": source}
        append(draw.stage.process_id, "draw_ceremony", facts, now=now)


@transaction.atomic
def hold(draw: Draw, public_seed: str, *, actor_id: uuid.UUID | None, now: datetime) -> Job | None:
    """Write the public chance into the record and let the worker draw; returns the job, none when it is drawn.

    Raises:
        HouseError: ``lottery.no_ceremony``; DrawError: ``draws.not_committed``, ``draws.other_seed``.
        InputError: ``sortition.empty_seed``.
    """
    ceremony = Ceremony.objects.select_for_update().filter(draw=draw).first()
    if ceremony is None:
        raise HouseError("lottery.no_ceremony")
    announced = draws.announce_chance(draw, public_seed, now=now)
    if announced.state == DrawState.DRAWN:
        return None
    running = running_for(draw.pk, JOB)
    if running is not None:
        return running
    job = start(
        JOB,
        {"draw": str(draw.pk)},
        process_id=announced.stage.process_id,
        actor_id=actor_id,
        subject=announced.pk,
        now=now,
    )
    ceremony.job = job.pk
    ceremony.save(update_fields=["job"])
    return job


@transaction.atomic
def recheck(draw: Draw, *, actor_id: uuid.UUID | None, now: datetime) -> Job:
    """Let the worker draw a finished draw again and compare; asked twice it is done once at a time.

    Raises:
        DrawError: ``draws.not_drawn``.
    """
    if draw.state != DrawState.DRAWN:
        raise DrawError("draws.not_drawn")
    running = running_for(draw.pk, REPLAY)
    if running is not None:
        return running
    return start(
        REPLAY,
        {"draw": str(draw.pk)},
        process_id=draw.stage.process_id,
        actor_id=actor_id,
        subject=draw.pk,
        now=now,
    )


@transaction.atomic
def open_names(draw: Draw, reason: Reason, *, now: datetime) -> None:
    """Write into the record that the names of a roster are opened, and why; not by whom and not which."""
    append(draw.stage.process_id, "roster_opened", {"draw": draw.name, "reason": str(reason)}, now=now)
