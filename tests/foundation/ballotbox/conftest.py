"""What the tests of the ballot box stand on. Models are imported late: the house must be set up first."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.foundation.ballotbox.databases import empty_file, file_database

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from burgertop.foundation.ballotbox.models import Ballot
    from burgertop.foundation.process.models import Stage

__all__ = ["empty_file", "file_database"]

NOW = datetime(2011, 11, 11, 15, 40, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """The afternoon of the summit."""
    return NOW


@pytest.fixture
def make_stage() -> Callable[[], Stage]:
    """Makes the summit of a process with two languages."""
    from burgertop.foundation.process.actions import found_process
    from burgertop.foundation.process.models import StageKind, Template

    def make() -> Stage:
        titles = {"nl": "Top", "fr": "Sommet"}
        process = found_process("g1000", Template.BELGIAN, titles=titles, languages=["nl", "fr"])
        return process.stages.get(kind=StageKind.SUMMIT)

    return make


@pytest.fixture
def stage(db: None, make_stage: Callable[[], Stage]) -> Stage:
    """The summit of a process with two languages."""
    return make_stage()


@pytest.fixture
def make_ballot() -> Callable[..., Ballot]:
    """Makes an open ballot: choose up to two of four, one place."""
    from burgertop.foundation.ballotbox.actions import OptionDraft, open_ballot, prepare
    from burgertop.foundation.ballotbox.models import BallotKind

    def make(stage: Stage, **changes: object) -> Ballot:
        wanted: dict[str, object] = {
            "kind": BallotKind.APPROVAL,
            "rule": "approval_count",
            "titles": {"nl": "Thema's", "fr": "Thèmes"},
            "options": [OptionDraft({"nl": f"Thema {letter}", "fr": f"Thème {letter}"}) for letter in "ABCD"],
            "most_choices": 2,
            "code_purpose": "seat",
        } | changes
        closes_at = wanted.pop("closes_at", None)
        kind = wanted.pop("kind")
        return open_ballot(prepare(stage, kind, **wanted), now=NOW, closes_at=closes_at)  # type: ignore[arg-type]  # plain test values

    return make


@pytest.fixture
def ballot(stage: Stage, make_ballot: Callable[..., Ballot]) -> Ballot:
    """An open ballot: choose up to two of four, one place."""
    return make_ballot(stage)


@pytest.fixture
def hand_in() -> Callable[..., list[str]]:
    """Hands in papers, each of another voter, and returns their receipts."""
    from burgertop.foundation.ballotbox.actions import cast
    from burgertop.foundation.origins import Origin

    def hand_in(
        ballot: Ballot, papers: Sequence[Sequence[int]], origin: Origin = Origin.DRAWN, first: int = 1
    ) -> list[str]:
        return [
            cast(ballot, voter=f"{origin} {number}", choices=paper, origin=origin, once=uuid.uuid4(), now=NOW)
            for number, paper in enumerate(papers, start=first)
        ]

    return hand_in
