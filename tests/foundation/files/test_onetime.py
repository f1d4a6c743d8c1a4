"""A file under a key of its own: sealed, read, and destroyed with its key."""

import os
import uuid
from pathlib import Path

import pytest
from django.conf import settings

from burgertop.foundation.files.errors import FileError
from burgertop.foundation.files.onetime import destroy_sealed, is_sealed, open_sealed, seal_file, sealed_before

KIND = "trials"


def paths(name: uuid.UUID) -> tuple[Path, Path]:
    return Path(settings.KEYS) / KIND / f"{name.hex}.key", Path(settings.HOME) / KIND / f"{name.hex}.sealed"


def test_what_is_sealed_can_be_read_and_is_not_on_the_disk() -> None:
    name = uuid.uuid4()

    seal_file(KIND, name, b"Mia Peeters")

    key, file = paths(name)
    assert (open_sealed(KIND, name), is_sealed(KIND, name)) == (b"Mia Peeters", True)
    assert b"Mia" not in file.read_bytes() + key.read_bytes()
    assert (key.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o600, 0o600)


def test_sealing_again_takes_another_key() -> None:
    name = uuid.uuid4()
    seal_file(KIND, name, b"first")
    first = paths(name)[0].read_bytes()

    seal_file(KIND, name, b"second")

    assert (open_sealed(KIND, name), paths(name)[0].read_bytes() != first) == (b"second", True)


@pytest.mark.parametrize("left", [0, 1])
def test_half_of_it_shows_nothing(left: int) -> None:
    name = uuid.uuid4()
    seal_file(KIND, name, b"Mia Peeters")
    paths(name)[1 - left].unlink()

    with pytest.raises(FileError) as refused:
        open_sealed(KIND, name)

    assert (refused.value.code, is_sealed(KIND, name)) == ("files.destroyed", False)


def test_destroying_twice_is_destroying_once() -> None:
    name = uuid.uuid4()
    seal_file(KIND, name, b"Mia Peeters")

    for _ in range(2):
        destroy_sealed(KIND, name)

    assert [path.exists() for path in paths(name)] == [False, False]


def test_old_files_and_lonely_keys_are_told() -> None:
    old, lonely, fresh = (uuid.uuid4() for _ in range(3))
    for name in (old, lonely, fresh):
        seal_file("others", name, b"x")
    (Path(settings.HOME) / "others" / f"{lonely.hex}.sealed").unlink()
    for name in (old, lonely):
        for path in (Path(settings.KEYS) / "others").glob(f"{name.hex}.key"):
            os.utime(path, (0, 0))

    assert set(sealed_before("others", 3600)) == {old, lonely}
