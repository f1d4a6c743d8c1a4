"""The pack of a gathering on its shelf: made, being made, out of date."""

import uuid

from burgertop.foundation.files.onetime import is_sealed, open_sealed, seal_file
from burgertop.foundation.jobs.models import Job
from burgertop.foundation.keys import keyed_hash
from burgertop.stages.summit.models import Gathering
from burgertop.stages.summit.papers.keeping import PAPERS
from burgertop.stages.summit.papers.printed import Printed

__all__ = ["PRINT_PACK", "link_mark", "open_pack", "pack_of", "seal_pack"]

PRINT_PACK = "summit.print_pack"


def pack_of(gathering: Gathering, script: str) -> Printed:
    """The pack of a gathering; it is out of date once the script (its fingerprint) or the link is another."""
    return Printed.told_by(
        list(Job.objects.filter(kind=PRINT_PACK, subject=gathering.pk).order_by("-made_at")),
        is_there=lambda job: is_sealed(PAPERS, _file_of(job.pk)),
        is_stale=lambda job: _made_from(job) != (script, link_mark(gathering)),
    )


def _made_from(job: Job) -> tuple[str | None, str | None]:
    from_ = job.result or {}
    return from_.get("script"), from_.get("link")


def link_mark(gathering: Gathering) -> str:
    """A fingerprint of the link that stands in the squares of the host."""
    return keyed_hash("scratch", "gathering-link", gathering.link_key)[:16]


def seal_pack(job_id: uuid.UUID, content: bytes) -> None:
    """Seal the file of a job under a key of its own."""
    seal_file(PAPERS, _file_of(job_id), content)


def open_pack(job: Job) -> bytes:
    """Read the file of a job.

    Raises:
        FileError: ``files.destroyed``.
    """
    return open_sealed(PAPERS, _file_of(job.pk))


def _file_of(job_id: uuid.UUID) -> uuid.UUID:
    return uuid.uuid5(job_id, "pdf")
