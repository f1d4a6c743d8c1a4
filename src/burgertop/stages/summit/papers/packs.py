"""The pack of a gathering on its shelf: made, being made, out of date."""

import uuid
from dataclasses import dataclass

from burgertop.foundation.files.onetime import is_sealed, open_sealed, seal_file
from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.queries import note_of
from burgertop.foundation.keys import keyed_hash
from burgertop.stages.summit.models import Gathering
from burgertop.stages.summit.papers.keeping import PAPERS

__all__ = ["PRINT_PACK", "PackRow", "link_mark", "open_pack", "pack_of", "seal_pack"]

PRINT_PACK = "summit.print_pack"


@dataclass(frozen=True, slots=True)
class PackRow:
    """When the pack was made last and whether it can be fetched, what is being made, what is wrong."""

    made: Job | None
    running: Job | None
    is_there: bool
    is_stale: bool
    failure: str

    @property
    def pages(self) -> int:
        """How many pages the file has."""
        return int(self.made.result["pages"]) if self.made is not None and self.made.result else 0


def pack_of(gathering: Gathering, script: str) -> PackRow:
    """The pack of a gathering; it is out of date once the script (its fingerprint) or the link is another."""
    jobs = list(Job.objects.filter(kind=PRINT_PACK, subject=gathering.pk).order_by("-made_at"))
    newest, made = next(iter(jobs), None), next((one for one in jobs if one.state == JobState.DONE), None)
    from_ = (made.result or {}) if made is not None else {}
    return PackRow(
        made,
        running=newest if newest is not None and not newest.has_ended else None,
        is_there=made is not None and is_sealed(PAPERS, _file_of(made.pk)),
        is_stale=made is not None and (from_.get("script"), from_.get("link")) != (script, link_mark(gathering)),
        failure=note_of(newest) if newest is not None and newest.state == JobState.FAILED else "",
    )


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
