"""From an address file to invitees: the frame is committed, drawn from by a public chance, and destroyed.

The list is sealed in a file under a key of its own, outside database and backups. Whoever is not drawn leaves no trace.
"""

import json
import uuid
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any, Self

from django.db import transaction

from burgertop.core.errors import InputError
from burgertop.core.recruitment import commit_frame as commit
from burgertop.core.recruitment import draw_rows_by_group
from burgertop.foundation.draws.models import Chance
from burgertop.foundation.files import scratch
from burgertop.foundation.files.onetime import destroy_sealed, open_sealed, seal_file, sealed_before
from burgertop.foundation.files.tables import FileError, Table
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.queries import running_for
from burgertop.foundation.keys import keyed_hash
from burgertop.foundation.people.vault import seal_many
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.lottery.addressing import Addressee, LanguageRule, addresses_in
from burgertop.stages.lottery.models import Frame, Invitee

__all__ = [
    "COMMIT",
    "FRAMES",
    "INVITE",
    "FrameFile",
    "ask_for_frame",
    "ask_for_invitees",
    "check_wanted",
    "commit_frame",
    "destroy_frame",
    "draw_invitees",
    "has_lost_frames",
    "sweep_frames",
]

COMMIT = "lottery.commit_frame"
INVITE = "lottery.draw_invitees"
FRAMES = "frames"
BATCH = 500
ORPHAN_SECONDS = 3600

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FrameFile:
    """An address file that waits to be committed: where it is kept, what its columns are, how it will be drawn from.

    ``once`` names this confirmation and becomes the id of the frame. ``wanted``: letters by value of ``group_by``, or
    under "" when that is empty. ``is_lenient`` leaves out rows that cannot be written to.
    """

    file: uuid.UUID
    owner: str
    once: uuid.UUID
    name: str
    roles: Mapping[str, str]
    rule: LanguageRule
    group_by: str
    wanted: Mapping[str, int]
    chance: Chance
    source: str
    is_lenient: bool = False

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> Self:
        """Read it from the arguments of a job."""
        words: dict[str, Any] = {
            name: args[name] for name in ("owner", "name", "roles", "group_by", "wanted", "source", "is_lenient")
        }
        words |= {name: uuid.UUID(args[name]) for name in ("file", "once")}
        return cls(**words, rule=LanguageRule(args["rule"]), chance=Chance(args["chance"]))

    def as_args(self) -> dict[str, object]:
        """Write it as arguments of a job."""
        plain = {name: str(getattr(self, name)) for name in ("file", "once", "rule", "chance")}
        return asdict(self) | plain | {"roles": dict(self.roles), "wanted": dict(self.wanted)}


def ask_for_frame(stage: Stage, wanted: FrameFile, *, actor_id: uuid.UUID | None, now: datetime) -> Job:
    """Let the worker commit an address file; asked twice it is done once at a time."""
    scratch.hold(wanted.file)
    return _one_at_a_time(stage, COMMIT, stage.pk, {"stage": str(stage.pk), **wanted.as_args()}, actor_id, now)


def commit_frame(stage: Stage, wanted: FrameFile, *, now: datetime, salt: str = "") -> Frame:
    """Seal the addresses of a file under a key of their own, and write length and salted digest into the record, once.

    ``salt`` keeps others from trying which list has the digest: nobody may guess it, left empty it is made here.

    Raises:
        FileError: ``files.gone`` and whatever is wrong with the file. HouseError: ``lottery.broken_addresses``,
            ``lottery.frame_name_taken``, ``lottery.no_letters``. InputError: ``recruitment.too_few_in_group``.
    """
    if known := Frame.objects.filter(pk=wanted.once).first():
        return known
    if Frame.objects.filter(stage=stage, name=wanted.name).exists():
        raise HouseError("lottery.frame_name_taken", name=wanted.name)
    table = scratch.fetch(wanted.file, owner=wanted.owner).table()
    read = addresses_in(table, wanted.roles, rule=wanted.rule, first_language=stage.process.first_language)
    if read.faults and not wanted.is_lenient:
        raise HouseError("lottery.broken_addresses", rows=len(read.faults), line=read.faults[0].line)
    check_wanted(read.people, wanted.group_by, wanted.wanted)
    cells = [table.rows[place] for place in read.places]
    salt = salt or token_hex(32)
    frame = commit(cells, salt)
    kept = {
        "salt": salt,
        "columns": table.columns,
        "rows": cells,
        "lines": [table.lines[place] for place in read.places],
        "roles": dict(wanted.roles),
        "rule": str(wanted.rule),
    }
    seal_file(FRAMES, wanted.once, zlib.compress(json.dumps(kept, ensure_ascii=False).encode()))
    made = _store(stage, wanted, frame.length, len(read.faults), frame.digest, now)
    scratch.drop(wanted.file)
    return made


@transaction.atomic
def _store(stage: Stage, wanted: FrameFile, rows: int, left_out: int, digest: str, now: datetime) -> Frame:
    frame, is_new = Frame.objects.get_or_create(
        pk=wanted.once,
        defaults={
            "stage": stage,
            "name": wanted.name,
            "rows": rows,
            "left_out": left_out,
            "digest": digest,
            "group_by": wanted.group_by,
            "wanted": dict(wanted.wanted),
            "chance": wanted.chance,
            "source": wanted.source,
            "committed_at": now,
        },
    )
    if is_new:
        facts = {
            "frame": frame.name,
            "rows": rows,
            "left_out": left_out,
            "digest": digest,
            "letters": frame.letters,
            "group_by": frame.group_by,
            "wanted": frame.wanted,
            "chance": str(frame.chance),
            "source": frame.source,
        }
        append(stage.process_id, "frame_committed", facts, now=now)
    return frame


def check_wanted(people: Sequence[Addressee], group_by: str, wanted: Mapping[str, int]) -> None:
    """Refuse to draw nobody, or more people of a group than there are.

    Raises:
        HouseError: ``lottery.no_letters``. InputError: ``recruitment.too_few_in_group``.
    """
    if not wanted or min(wanted.values()) < 1:
        raise HouseError("lottery.no_letters")
    there = [one.features.get(group_by, "") for one in people]
    for group, number in wanted.items():
        if number > (rows := there.count(group)):
            raise InputError("recruitment.too_few_in_group", group=group, wanted=number, rows=rows)


@transaction.atomic
def ask_for_invitees(frame: Frame, seed: str, *, actor_id: uuid.UUID | None, now: datetime) -> Job:
    """Write the public chance into the record, and let the worker draw with it; it cannot be replaced.

    Raises:
        HouseError: ``lottery.other_chance``, ``lottery.frame_gone``.
    """
    locked = Frame.objects.select_for_update(of=("self",)).select_related("stage__process").get(pk=frame.pk)
    said = " ".join(seed.split())
    if locked.public_seed and locked.public_seed != said:
        raise HouseError("lottery.other_chance", seed=locked.public_seed)
    if locked.destroyed_at is not None and not locked.public_seed:
        raise HouseError("lottery.frame_gone")
    if not locked.public_seed:
        locked.public_seed = said
        locked.save(update_fields=["public_seed"])
        append(locked.stage.process_id, "frame_chance", {"frame": locked.name, "seed": said}, now=now)
    return _one_at_a_time(locked.stage, INVITE, locked.pk, {"frame": str(locked.pk)}, actor_id, now)


def draw_invitees(frame: Frame, *, now: datetime, progress: Progress | None = None) -> Frame:
    """Draw rows by the public chance, make an invitee of each, then destroy the frame; after a stop it goes on.

    Raises:
        FileError: ``files.destroyed``: the frame is lost before it was drawn from.
    """
    if frame.drawn_at is None:
        people, group_of, digest = _opened(frame)
        drawn = draw_rows_by_group(group_of, frame.wanted, frame.public_seed, digest=digest)
        rows = _in_order(drawn)
        known = set(frame.invitees.values_list("row", flat=True))
        for start_at in range(0, len(rows), BATCH):
            part = list(enumerate(rows[start_at : start_at + BATCH], start=start_at + 1))
            _invite(frame, [(order, row, people[row - 1]) for order, row in part if row not in known])
            if progress is not None:
                progress(min(start_at + BATCH, len(rows)), len(rows) + 1)
        _mark_drawn(frame, now)
    return destroy_frame(frame, now=now)


def _opened(frame: Frame) -> tuple[tuple[Addressee, ...], list[str], str]:
    """Open the sealed list: its people, the group of each, and its digest, which must be the one committed."""
    kept = json.loads(zlib.decompress(open_sealed(FRAMES, frame.pk)))
    table = Table(tuple(kept["columns"]), tuple(map(tuple, kept["rows"])), lines=tuple(kept["lines"]))
    digest = commit(table.rows, kept["salt"]).digest
    if digest != frame.digest:
        raise FileError("files.destroyed")
    first = frame.stage.process.first_language
    read = addresses_in(table, kept["roles"], rule=LanguageRule(kept["rule"]), first_language=first)
    return read.people, [one.features.get(frame.group_by, "") for one in read.people], digest


def _in_order(drawn: Mapping[str, Sequence[int]]) -> list[int]:
    """All rows drawn, so that each beginning of the list has the groups in proportion."""
    placed = ((place / len(rows), row) for rows in drawn.values() for place, row in enumerate(rows))
    return [row for _, row in sorted(placed)]


@transaction.atomic
def _invite(frame: Frame, drawn: Sequence[tuple[int, int, Addressee]]) -> None:
    process_id = frame.stage.process_id
    identities = seal_many(process_id, [one.identity for _, _, one in drawn])
    Invitee.objects.bulk_create(
        Invitee(
            stage_id=frame.stage_id,
            frame=frame,
            row=row,
            order=order,
            identity=identity,
            languages=list(one.languages),
            features=dict(one.features),
            household=keyed_hash("households", str(process_id), one.household),
        )
        for (order, row, one), identity in zip(drawn, identities, strict=True)
    )


@transaction.atomic
def _mark_drawn(frame: Frame, now: datetime) -> None:
    locked = Frame.objects.select_for_update().get(pk=frame.pk)
    if locked.drawn_at is None:
        locked.drawn_at = now
        locked.save(update_fields=["drawn_at"])
        facts = {"frame": locked.name, "invitees": locked.invitees.count()}
        append(frame.stage.process_id, "invitees_drawn", facts, now=now)


def destroy_frame(frame: Frame, *, now: datetime) -> Frame:
    """Destroy key and list of a frame, drawn from or not, and say so in the record; a second time changes nothing."""
    destroy_sealed(FRAMES, frame.pk)
    with transaction.atomic():
        locked = Frame.objects.select_for_update(of=("self",)).select_related("stage__process").get(pk=frame.pk)
        if locked.destroyed_at is None:
            locked.destroyed_at = now
            locked.save(update_fields=["destroyed_at"])
            append(locked.stage.process_id, "frame_destroyed", {"frame": locked.name}, now=now)
    return locked


def has_lost_frames() -> bool:
    """Whether a sealed list lies there that no frame knows."""
    return bool(_lost_frames())


def _lost_frames() -> list[uuid.UUID]:
    known = Frame.objects.filter(destroyed_at__isnull=True)
    return [name for name in sealed_before(FRAMES, ORPHAN_SECONDS) if not known.filter(pk=name).exists()]


def sweep_frames() -> int:
    """Destroy sealed lists that no frame knows: what a stop in the middle of a commitment left; return how many."""
    lost = _lost_frames()
    for name in lost:
        destroy_sealed(FRAMES, name)
    return len(lost)


@transaction.atomic
def _one_at_a_time(
    stage: Stage,
    kind: str,
    subject: uuid.UUID,
    args: Mapping[str, object],
    actor_id: uuid.UUID | None,
    now: datetime,
) -> Job:
    running = running_for(subject, kind)
    if running is not None:
        return running
    return start(kind, args, process_id=stage.process_id, actor_id=actor_id, subject=subject, now=now)
