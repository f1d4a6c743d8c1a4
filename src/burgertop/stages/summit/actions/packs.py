"""The pack of a local gathering: asked for by its host, printed by the worker, fetched within a day, destroyed."""

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from burgertop.foundation.files.errors import FileError
from burgertop.foundation.files.press import pages_of, typeset
from burgertop.foundation.jobs.actions import start
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.jobs.queries import running_for
from burgertop.stages.summit.actions.gatherings import link_for_gathering
from burgertop.stages.summit.models import Gathering
from burgertop.stages.summit.papers.gathering_pack import Pack, write_pack
from burgertop.stages.summit.papers.keeping import destroy_paper
from burgertop.stages.summit.papers.packs import PRINT_PACK, link_mark, open_pack, pack_of, seal_pack
from burgertop.stages.summit.papers.printed import Printed
from burgertop.stages.summit.papers.writing import Writing, speaking
from burgertop.stages.summit.queries import gathering_tables, home_setting, rounds_of
from burgertop.stages.summit.queries.papers import Hall, script_digest

__all__ = ["LATE", "ask_for_pack", "pack_file", "pack_row", "print_pack"]

SHEET = Path(__file__).resolve().parents[1] / "papers" / "gathering_pack.typ"
LATE = "late"  # where on the host page cards from paper are typed in
STEPS = 3  # read, set in type, seal


@transaction.atomic
def ask_for_pack(gathering: Gathering, language: str, *, actor_id: uuid.UUID | None, now: datetime) -> Job:
    """Let the worker print the pack; asked twice it is done once at a time."""
    if running := running_for(gathering.pk, PRINT_PACK):
        return running
    args = {"gathering": str(gathering.pk), "language": language}
    process_id = gathering.stage.process_id
    return start(PRINT_PACK, args, process_id=process_id, actor_id=actor_id, subject=gathering.pk, now=now)


def print_pack(
    gathering: Gathering, language: str, *, job: uuid.UUID, now: datetime, tell: Callable[[int, int], None]
) -> dict[str, object]:
    """Write the pack and seal it by the name of the job, in place of the one before; say what it was made from."""
    hall = _hall_of(gathering)
    with speaking(language) as spoken:
        pack = _pack_of(gathering, spoken)
        tell(1, STEPS)
        content = typeset(SHEET, write_pack(Writing(hall, {}, spoken, now), pack), now=now)
    tell(2, STEPS)
    seal_pack(job, content)
    for before in Job.objects.filter(kind=PRINT_PACK, subject=gathering.pk).exclude(pk=job):
        destroy_paper(before)
    tell(STEPS, STEPS)
    return {"pages": pages_of(content), "link": link_mark(gathering), "script": script_digest(hall)}


def pack_row(gathering: Gathering) -> Printed:
    """Where the pack of a gathering stands."""
    return pack_of(gathering, script_digest(_hall_of(gathering)))


def pack_file(gathering: Gathering) -> bytes:
    """The file of the pack that was made last.

    Raises:
        FileError: ``files.destroyed``: a day is over, or none was made yet.
    """
    row = pack_row(gathering)
    if row.made is None:
        raise FileError("files.destroyed")
    return open_pack(row.made)


def _hall_of(gathering: Gathering) -> Hall:
    """What the pack is made of; nobody is in it."""
    stage = gathering.stage
    items = list(stage.script_items.prefetch_related("texts"))
    return Hall(stage, rounds_of(stage), gathering_tables(gathering), (), (), items)


def _pack_of(gathering: Gathering, language: str) -> Pack:
    where = {"process": gathering.stage.process.slug, "stage": gathering.stage.slug, "pk": gathering.pk}
    page = reverse("summit:gathering", kwargs=where)
    host, late = (f"{settings.PUBLIC_URL}{link_for_gathering(gathering, one)}" for one in (page, f"{page}#{LATE}"))
    return Pack(gathering, gathering_tables(gathering), host, late, home_setting(gathering.stage).uploads_until)
