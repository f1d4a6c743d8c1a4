"""What the jobs tell of a file that is printed now and then: made, being made, out of date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from burgertop.foundation.jobs.models import Job, JobState
from burgertop.foundation.jobs.queries import note_of

__all__ = ["Printed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """When a file was made last and whether it can be fetched, what is being made, what is wrong."""

    made: Job | None
    running: Job | None
    is_there: bool
    is_stale: bool
    failure: str

    @classmethod
    def told_by(
        cls, jobs: Sequence[Job], *, is_there: Callable[[Job], bool], is_stale: Callable[[Job], bool], **more: Any
    ) -> Self:
        """Read the jobs of a file, newest first."""
        newest = next(iter(jobs), None)
        made = next((one for one in jobs if one.state == JobState.DONE), None)
        return cls(
            made=made,
            running=newest if newest is not None and not newest.has_ended else None,
            is_there=made is not None and is_there(made),
            is_stale=made is not None and is_stale(made),
            failure=note_of(newest) if newest is not None and newest.state == JobState.FAILED else "",
            **more,
        )

    @property
    def pages(self) -> int:
        """How many pages the file has; 0 for a workbook."""
        return int(self.made.result["pages"]) if self.made is not None and self.made.result else 0
