"""The public moment: the seal, the chance that picks a numbered panel, and seats that are given back."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from burgertop.foundation.draws.actions.preparing import BATCH, locked_draw
from burgertop.foundation.draws.errors import DrawError
from burgertop.foundation.draws.events import PanelDrawn
from burgertop.foundation.draws.models import Chance, Draw, DrawState, Member, Round, Standing
from burgertop.foundation.draws.packing import lottery_of_round
from burgertop.foundation.draws.queries import SEATED, erased_from, topic_of
from burgertop.foundation.draws.results import picked_panel, result_digest
from burgertop.foundation.draws.terms import terms_of
from burgertop.foundation.events import publish
from burgertop.foundation.live.actions import publish as tell
from burgertop.foundation.record.actions import append

__all__ = ["come_back", "forget_household", "leave", "seal", "take_chance"]

SEED_MOST = 200


@transaction.atomic
def seal(draw: Draw, *, chance: Chance, source: str, now: datetime) -> Round:
    """Seal the lottery that was computed: its commitment goes into the record, with where the chance will come from.

    Sealing twice the same way changes nothing.

    Raises:
        DrawError: ``draws.no_lottery``: none was computed; ``draws.input_changed``: pool or quotas are no longer
            those it was computed from; ``draws.other_ceremony``: another chance was announced already.
    """
    locked = locked_draw(draw)
    last = locked.rounds.last()
    if last is None or last.drawn_at is not None:
        raise DrawError("draws.no_lottery")
    if last.committed_at is not None:
        if (last.chance, last.source) != (chance, source):
            raise DrawError("draws.other_ceremony")
        return last
    if terms_of(locked).digest != last.input_digest:
        raise DrawError("draws.input_changed")
    last.chance, last.source, last.committed_at = chance, source, now
    last.save(update_fields=["chance", "source", "committed_at"])
    if locked.state == DrawState.PREPARING:
        locked.state = DrawState.COMMITTED
        locked.save(update_fields=["state"])
    facts: dict[str, str | int] = {
        "draw": locked.name,
        "stage": str(locked.stage_id),
        "round": last.number,
        "seats": last.seats,
        "people": last.facts["people"],
        "quotas": locked.quotas.count(),
        "rule": last.rule,
        "panels": last.panels,
        "version": last.version,
        "input_digest": last.input_digest,
        "commitment": last.commitment,
        "root": last.root,
        "chance": str(chance),
        "source": source,
    }
    if last.eased:
        facts["eased"] = "; ".join(f"{feature}, {value}: {least}-{most}" for feature, value, least, most in last.eased)
    append(locked.stage.process_id, "draw_committed", facts, now=now)
    _tell(locked)
    return last


@transaction.atomic
def take_chance(draw: Draw, said: str, *, now: datetime) -> Round:
    """Write the public chance into the record and seat the panel that it picks; a round has one chance.

    ``said`` is what everybody saw: the number of a panel (dice), or the public text, as announced at the seal.
    People erased since the seal do not get a seat; the record says how many were erased.

    Raises:
        DrawError: ``draws.not_committed``, ``draws.other_seed``, ``draws.input_changed``, ``draws.not_a_number``.
        InputError: ``sortition.empty_seed``, ``sortition.no_such_panel``.
    """
    locked = locked_draw(draw)
    seed = " ".join(said.split())[:SEED_MOST]
    last = locked.rounds.filter(committed_at__isnull=False).last()
    if last is None:
        raise DrawError("draws.not_committed")
    if last.drawn_at is not None:
        if last.public_seed != seed:
            raise DrawError("draws.other_seed", seed=last.public_seed)
        return last
    erased = erased_from(locked)
    lottery = lottery_of_round(last)
    if not erased and terms_of(locked).digest != last.input_digest:
        raise DrawError("draws.input_changed")
    last.panel = picked_panel(last, seed)
    numbers = sorted(int(one) for one in lottery.panel(last.panel))
    last.public_seed, last.result_digest, last.drawn_at = seed, result_digest(numbers), now
    last.save(update_fields=["public_seed", "panel", "result_digest", "drawn_at"])
    append(locked.stage.process_id, "draw_chance", {"draw": locked.name, "round": last.number, "seed": seed}, now=now)
    _seat(locked, last, numbers)
    facts: dict[str, str | int] = {
        "draw": locked.name,
        "stage": str(locked.stage_id),
        "round": last.number,
        "seats": len(numbers),
        "panel": last.panel,
        "commitment": last.commitment,
        "result_digest": last.result_digest,
    }
    if erased:
        facts["erased_since_sealed"] = erased
    append(locked.stage.process_id, "draw_made", facts, now=now)
    _tell(locked)
    publish(PanelDrawn(locked.stage.process_id, locked.stage_id, locked.pk))
    return last


def _seat(draw: Draw, last: Round, numbers: Sequence[int]) -> None:
    """Give the panel its seats: who was in the pool is drawn or, in a later round, a replacement."""
    standing = Standing.DRAWN if last.number == 1 else Standing.REPLACEMENT
    for start in range(0, len(numbers), BATCH):
        free = draw.members.filter(
            standing=Standing.IN_POOL,
            participant__erased_at__isnull=True,
            number__in=numbers[start : start + BATCH],
        ).values_list("pk", flat=True)
        # Two plain steps: with the join inside it PostgreSQL takes minutes over the update of a pool just filled.
        draw.members.filter(pk__in=list(free)).update(standing=standing, seated_in=last.number)
    draw.state = DrawState.DRAWN
    draw.save(update_fields=["state"])


@transaction.atomic
def forget_household(participant_id: uuid.UUID) -> int:
    """Forget with whom somebody lives, in every draw; return in how many."""
    return Member.objects.filter(participant_id=participant_id).exclude(household="").update(household="")


@transaction.atomic
def leave(member: Member, *, now: datetime) -> Member:
    """Give up a seat; giving it up twice changes nothing.

    Raises:
        DrawError: ``draws.no_seat_to_leave``; ``draws.round_sealed``: replacements wait for their chance.
    """
    draw, locked = _held(member)
    if locked.standing == Standing.LEFT:
        return locked
    if locked.standing == Standing.IN_POOL:
        raise DrawError("draws.no_seat_to_leave", number=locked.number)
    locked.standing = Standing.LEFT
    locked.save(update_fields=["standing"])
    append(draw.stage.process_id, "seat_left", {"draw": draw.name}, now=now)
    return locked


@transaction.atomic
def come_back(member: Member, *, now: datetime) -> Member:
    """Take a seat back that was given up by mistake, as long as nobody was drawn for it.

    Raises:
        DrawError: ``draws.seat_is_taken``; ``draws.round_sealed``.
    """
    draw, locked = _held(member)
    if locked.standing != Standing.LEFT:
        return locked
    seated = draw.members.filter(standing__in=SEATED, participant__erased_at__isnull=True).count()
    if locked.seated_in is None or seated >= draw.seats or draw.rounds.filter(number__gt=locked.seated_in).exists():
        raise DrawError("draws.seat_is_taken", number=locked.number)
    locked.standing = Standing.DRAWN if locked.seated_in == 1 else Standing.REPLACEMENT
    locked.save(update_fields=["standing"])
    append(draw.stage.process_id, "seat_kept", {"draw": draw.name}, now=now)
    return locked


def _held(member: Member) -> tuple[Draw, Member]:
    """Hold a member and the draw; replacements that are computed but not sealed go: they do not know of this."""
    draw = locked_draw(member.draw)
    if draw.rounds.filter(committed_at__isnull=False, drawn_at__isnull=True).exists():
        raise DrawError("draws.round_sealed")
    draw.rounds.filter(committed_at__isnull=True).delete()
    return draw, Member.objects.select_for_update().get(pk=member.pk)


def _tell(draw: Draw) -> None:
    """Let the screen in the hall look again."""
    tell(topic_of(draw), {"state": str(draw.state)}, process_id=draw.stage.process_id)
