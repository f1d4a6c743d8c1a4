"""A folder is whole or it is not there."""

import json
from pathlib import Path

import pytest

from burgertop.cli.house import BadInputError, Problem
from burgertop.cli.sortition.folder import add_files, manifest_of, read_manifest, write_folder

BROKEN = {"a.txt": b"whole", "b.txt": "not bytes"}


def _made(folder: Path) -> None:
    files = {"a.txt": b"one"}
    write_folder(folder, files, manifest_of("burgertop.lottery", files))


def test_a_fault_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write_folder(tmp_path / "out", BROKEN, {})  # type: ignore[arg-type]  # that is the fault

    assert list(tmp_path.iterdir()) == []


def test_a_fault_while_adding_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    _made(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(FileNotFoundError):
        add_files(folder, {"b.txt": b"two", "nowhere/c.txt": b"three"})

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_an_empty_folder_gives_way_and_a_filled_one_does_not(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    _made(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    with pytest.raises(BadInputError):
        _made(folder)

    assert set(before) == {"a.txt", "manifest.json"}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_of_two_that_add_the_same_file_one_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    _made(folder)
    add_files(folder, {"draw.json": b"first", "c.txt": b"three"}, first="draw.json")

    with pytest.raises(Problem):
        add_files(folder, {"draw.json": b"second", "c.txt": b"four"}, first="draw.json")

    assert (folder / "draw.json").read_bytes() == b"first"
    assert (folder / "c.txt").read_bytes() == b"three"
    assert set(read_manifest(folder)["files"]) == {"a.txt", "c.txt", "draw.json"}


def test_a_folder_without_a_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="is not there"):
        _made(tmp_path / "nowhere" / "out")


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ("[]", "is not a file of a published lottery"),
        ("{", "is not JSON"),
        (json.dumps({"kind": "burgertop.lottery", "format": 9, "files": {}}), "is in format 9, this version reads 1"),
        (json.dumps({"kind": "other", "format": 1, "files": {}}), "is not the folder of a lottery"),
    ],
)
def test_a_manifest_of_something_else_is_refused(tmp_path: Path, manifest: str, words: str) -> None:
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")

    with pytest.raises(BadInputError, match=words):
        read_manifest(tmp_path)
