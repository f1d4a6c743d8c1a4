"""The published folder: written whole or not at all, read back with the digests of its manifest."""

import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from burgertop import __version__
from burgertop.cli.house import BadInputError, Problem

__all__ = [
    "COMMITMENT",
    "DRAW",
    "LOTTERY",
    "MANIFEST",
    "REPORT",
    "Content",
    "add_files",
    "as_json",
    "manifest_of",
    "need_free",
    "read_json",
    "read_manifest",
    "write_folder",
]

MANIFEST, LOTTERY, COMMITMENT, DRAW, REPORT = (
    "manifest.json",
    "lottery.json",
    "commitment.txt",
    "draw.json",
    "report.html",
)
KINDS, FORMAT = ("burgertop.lottery", "burgertop.replacements"), 1
SOLVERS = ("numpy", "scipy", "highspy")
ALL_MAY_READ_FOLDER = 0o755
Content = dict[str, bytes]


def as_json(values: object) -> bytes:
    """JSON for people to read."""
    return (json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def manifest_of(kind: str, files: Mapping[str, bytes], **more: object) -> dict[str, Any]:
    """What the folder is, the versions that made it, and the digest of every file."""
    return {
        "kind": kind,
        "format": FORMAT,
        "software": {"burgertop": __version__, **{name: _version(name) for name in SOLVERS}},
        **more,
        "files": {name: _digest(files[name]) for name in sorted(files)},
    }


def need_free(folder: Path) -> None:
    """Refuse a folder in which something stands already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError(
            f"{folder} is there already and is not empty. Choose another folder; nothing is overwritten."
        )
    parent = folder.resolve().parent
    if not parent.is_dir():
        raise BadInputError(f"The folder {parent} is not there. Make it first.")
    if not os.access(parent, os.W_OK):
        raise BadInputError(f"Nothing can be written into {parent}. Choose another folder.")


def write_folder(folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    """Write everything beside the folder, then give it its name in one step; else nothing is left."""
    need_free(folder)
    final = folder.resolve()
    beside = Path(tempfile.mkdtemp(prefix=f".{final.name}.", dir=final.parent))
    try:
        for name, content in {**files, MANIFEST: as_json(manifest)}.items():
            _write(beside / name, content)
        beside.chmod(ALL_MAY_READ_FOLDER)
        beside.rename(final)  # an empty folder of this name gives way, a filled one does not
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def add_files(folder: Path, files: Mapping[str, bytes], *, first: str = "") -> None:
    """Add files to a folder and to its manifest; all are written before the first gets its name.

    ``first`` must not be there yet: of two commands at the same time one is refused.
    """
    manifest = read_manifest(folder)
    manifest["files"] = dict(sorted({**manifest["files"], **{name: _digest(files[name]) for name in files}}.items()))
    beside = Path(tempfile.mkdtemp(prefix=".adding.", dir=folder))
    try:
        for name, content in {**files, MANIFEST: as_json(manifest)}.items():
            _write(beside / name, content)
        with _undisturbed():
            if first:
                try:
                    (folder / first).hardlink_to(beside / first)
                except FileExistsError:
                    raise Problem(f"{folder / first} was just written by somebody else.") from None
            for name in (*files, MANIFEST):
                if name != first:
                    (beside / name).replace(folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def read_manifest(folder: Path) -> dict[str, Any]:
    """What stands in the folder; refused when it is none of ours."""
    manifest = read_json(folder / MANIFEST)
    if manifest.get("kind") not in KINDS or not isinstance(manifest.get("files"), dict):
        raise BadInputError(f"{folder} is not the folder of a lottery: {MANIFEST} says “{manifest.get('kind', '')}”.")
    if manifest.get("format") != FORMAT:
        raise BadInputError(
            f"{folder} is in format {manifest.get('format')}, this version reads {FORMAT}. Use a newer version."
        )
    return manifest


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON file of the folder."""
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise BadInputError(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"{path} is not JSON ({error}). Is it a file of a published lottery?") from error
    if not isinstance(content, dict):
        raise BadInputError(f"{path} is not a file of a published lottery.")
    return content


def _digest(content: bytes) -> dict[str, object]:
    return {"bytes": len(content), "sha256": sha256(content).hexdigest()}


def _version(name: str) -> str:
    with suppress(PackageNotFoundError):
        return version(name)
    return ""


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl+C and a wish to end wait until a few renames are done."""
    wishes = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, wishes)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, wishes)
