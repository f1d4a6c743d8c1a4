"""An uploaded file waits one hour for its owner, unreadable to anybody else."""

import os
import time
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from burgertop.foundation.files import scratch
from burgertop.foundation.files.tables import FileError


def path_of(kept_as: uuid.UUID) -> Path:
    return Path(settings.HOME) / "scratch" / f"{kept_as.hex}.upload"


def test_the_owner_gets_the_file_back_and_it_lies_there_sealed() -> None:
    kept_as = scratch.keep("people.csv", b"a,b\nMia,2\n", owner="draw:account", sheet="")

    kept = scratch.fetch(kept_as, owner="draw:account")

    assert (kept.name, kept.content, kept.table().rows) == ("people.csv", b"a,b\nMia,2\n", (("Mia", "2"),))
    assert b"Mia" not in path_of(kept_as).read_bytes()
    assert path_of(kept_as).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("owner", ["draw:another", ""])
def test_another_owner_gets_nothing(owner: str) -> None:
    kept_as = scratch.keep("people.csv", b"a,b\n1,2\n", owner="draw:account")

    with pytest.raises(FileError) as caught:
        scratch.fetch(kept_as, owner=owner)

    assert caught.value.code == "files.gone"


def test_after_an_hour_a_file_is_gone() -> None:
    kept_as = scratch.keep("people.csv", b"a,b\n1,2\n", owner="o")
    old = time.time() - scratch.LIFE_SECONDS - 1
    os.utime(path_of(kept_as), (old, old))

    with pytest.raises(FileError):
        scratch.fetch(kept_as, owner="o")
    scratch.keep("next.csv", b"a\n1\n", owner="o")

    assert not path_of(kept_as).exists()


def test_a_dropped_file_is_gone_and_dropping_twice_is_no_fault() -> None:
    kept_as = scratch.keep("people.csv", b"a,b\n1,2\n", owner="o")

    scratch.drop(kept_as)
    scratch.drop(kept_as)

    assert not path_of(kept_as).exists()
