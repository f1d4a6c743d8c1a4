"""Kinds of work: declared once, found by name."""

import pytest

from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, UnknownKindError, job, kind_of


def test_a_declared_kind_is_found_by_its_name() -> None:
    @job("tests.sing", may_repeat=False, every_seconds=60)
    def sing(args: Args, progress: Progress) -> Result:
        return {}

    kind = kind_of("tests.sing")

    assert (kind.name, kind.work, kind.may_repeat, kind.every_seconds) == ("tests.sing", sing, False, 60)


def test_a_name_belongs_to_one_function() -> None:
    with pytest.raises(ValueError, match=r"tests\.count is declared twice"):

        @job("tests.count")
        def another(args: Args, progress: Progress) -> Result:
            return {}


def test_an_undeclared_kind_is_not_found() -> None:
    with pytest.raises(UnknownKindError):
        kind_of("tests.nothing")
