"""The file of a backup: whole or not there; whatever is changed in it is found."""

import io
import json
import os
import tarfile
from pathlib import Path

import pytest

from burgertop.web.backups.errors import BackupError
from burgertop.web.backups.package import (
    FORMAT,
    KIND,
    KIND_OF_KEYS,
    MANIFEST,
    digest_of,
    read_manifest,
    sweep,
    unpack,
    write_package,
)

FACTS = {"kind": KIND, "format": FORMAT}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(os.urandom(300_000))
    other.write_bytes(b"")
    return {"database/one": one, "media/a/other.png": other}


@pytest.fixture
def whole(tmp_path: Path, files: dict[str, Path]) -> Path:
    (tmp_path / "to").mkdir()
    path = tmp_path / "to" / "b.tar.gz"
    write_package(path, files, FACTS)
    return path


def test_what_goes_in_comes_out(whole: Path, files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()

    manifest = unpack(whole, out)

    assert manifest["files"] == {name: digest_of(path) for name, path in files.items()}
    assert {name: (out / name).read_bytes() for name in files} == {
        name: path.read_bytes() for name, path in files.items()
    }
    assert read_manifest(whole) == manifest
    assert [path.name for path in whole.parent.iterdir()] == ["b.tar.gz"]
    assert whole.stat().st_mode & 0o077 == 0


def test_nothing_is_overwritten(whole: Path, files: dict[str, Path]) -> None:
    before = whole.read_bytes()

    with pytest.raises(BackupError, match="nothing is overwritten"):
        write_package(whole, files, FACTS)

    assert whole.read_bytes() == before


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.99])
def test_a_piece_of_a_backup_is_refused(whole: Path, tmp_path: Path, share: float) -> None:
    content = whole.read_bytes()
    whole.write_bytes(content[: int(len(content) * share)])
    (tmp_path / "out").mkdir()

    with pytest.raises(BackupError):
        unpack(whole, tmp_path / "out")


def test_one_changed_bit_is_found(whole: Path, tmp_path: Path) -> None:
    content = bytearray(whole.read_bytes())
    content[len(content) // 2] ^= 1
    whole.write_bytes(content)
    (tmp_path / "out").mkdir()

    with pytest.raises(BackupError):
        unpack(whole, tmp_path / "out")


def packed(path: Path, entries: list[tuple[str, bytes]]) -> Path:
    """Pack these entries as they are, true or not."""
    with tarfile.open(path, "w:gz") as package:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            package.addfile(entry, io.BytesIO(content))
    return path


def manifest_of(files: dict[str, object], **more: object) -> tuple[str, bytes]:
    return (MANIFEST, json.dumps({**FACTS, "files": files, **more}).encode())


OF_X = {"bytes": 1, "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}
WRONG = {
    "not listed": [manifest_of({}), ("database/x", b"x")],
    "missing": [manifest_of({"database/x": OF_X})],
    "other content": [manifest_of({"database/x": OF_X}), ("database/x", b"y")],
    "twice": [manifest_of({"database/x": OF_X}), ("database/x", b"x"), ("database/x", b"x")],
    "outside": [manifest_of({"../x": OF_X}), ("../x", b"x")],
    "absolute": [manifest_of({"/x": OF_X}), ("/x", b"x")],
    "no manifest": [("database/x", b"x")],
    "manifest later": [("database/x", b"x"), manifest_of({"database/x": OF_X})],
    "no JSON": [(MANIFEST, b"{")],
    "a list": [(MANIFEST, b"[]")],
    "another kind": [manifest_of({}, kind="lottery")],
    "a newer format": [manifest_of({}, format=99)],
    "empty": [],
}


@pytest.mark.parametrize("name", WRONG)
def test_what_its_manifest_does_not_say_is_refused(name: str, tmp_path: Path) -> None:
    path = packed(tmp_path / "b.tar.gz", WRONG[name])
    (tmp_path / "out").mkdir()

    with pytest.raises(BackupError):
        unpack(path, tmp_path / "out")

    assert not (tmp_path / "x").exists()


def test_a_file_of_keys_is_no_backup(tmp_path: Path, files: dict[str, Path]) -> None:
    path = tmp_path / "keys.tar.gz"
    write_package(path, files, {"kind": KIND_OF_KEYS, "format": FORMAT})

    with pytest.raises(BackupError, match="another kind"):
        read_manifest(path)


def test_what_a_killed_backup_left_goes_with_the_next_one(tmp_path: Path, files: dict[str, Path]) -> None:
    (tmp_path / ".old.tar.gz.1.unfinished").write_bytes(b"half")

    write_package(tmp_path / "b.tar.gz", files, FACTS)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.gz", "one", "other"]
    assert sweep(tmp_path) == 0
