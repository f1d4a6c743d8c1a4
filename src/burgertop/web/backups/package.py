"""The file of a backup: a tar with its manifest first; it has its name only when it is whole."""

import fcntl
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from burgertop.web.backups.errors import BackupError
from burgertop.web.backups.places import sync_folder

__all__ = ["FORMAT", "KIND", "KIND_OF_KEYS", "digest_of", "open_package", "read_manifest", "unpack", "write_package"]

KIND, KIND_OF_KEYS = "backup", "backup-keys"
FORMAT = 1
MANIFEST = "manifest.json"
UNFINISHED = ".unfinished"
PIECE = 1 << 20
MOST_MANIFEST_BYTES = 64 << 20
SPEED = 6  # of gzip: smaller files cost much more time
BROKEN = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError, KeyError, TypeError)


def digest_of(path: Path) -> dict[str, object]:
    """Return size and SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def write_package(target: Path, files: Mapping[str, Path], manifest: Mapping[str, Any]) -> str:
    """Write the tar under another name, then give it its own in one step; return its SHA-256.

    The manifest gets the digest of every file as it was read. A file that changes meanwhile is an error.
    """
    sweep(target.parent)
    draft = target.with_name(f".{target.name}.{os.getpid()}{UNFINISHED}")
    if target.exists():
        raise BackupError(f"{target} is there already; nothing is overwritten.")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            _fill(file, files, manifest)
            file.flush()
            os.fsync(file.fileno())
            digest = str(digest_of(draft)["sha256"])
            try:
                os.link(draft, target)  # refuses a name that is taken meanwhile
            except FileExistsError:
                raise BackupError(f"{target} is there already; nothing is overwritten.") from None
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(target.parent)
    return digest


def _fill(file: IO[bytes], files: Mapping[str, Path], manifest: Mapping[str, Any]) -> None:
    digests = {name: digest_of(path) for name, path in files.items()}
    head = json.dumps({**manifest, "files": digests}, ensure_ascii=False, sort_keys=True, indent=1).encode()
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=SPEED, format=tarfile.PAX_FORMAT) as package:
        package.addfile(_entry(MANIFEST, len(head)), io.BytesIO(head))
        for name, path in files.items():
            with path.open("rb") as content:
                size = os.fstat(content.fileno()).st_size
                if size != digests[name]["bytes"]:
                    raise BackupError(f"{path} changed while it was read. Make the backup again.")
                package.addfile(_entry(name, size), content)


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def sweep(folder: Path) -> int:
    """Remove what backups left that were killed; one that is still being written holds its lock and stays."""
    gone = 0
    for left in folder.glob(f".*{UNFINISHED}"):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()
            gone += 1
    return gone


@contextmanager
def open_package(path: Path) -> Iterator[tarfile.TarFile]:
    """Open a backup for reading; whatever is broken in it is said in one way.

    Raises:
        BackupError: it is not there, no backup, or not whole.
    """
    try:
        with tarfile.open(path, mode="r|gz") as package:
            yield package
    except FileNotFoundError:
        raise BackupError(f"there is no file {path}.") from None
    except BROKEN as error:
        raise BackupError(f"{path} is no backup, or it is not whole ({error}). Take another copy of it.") from error


def read_manifest(path: Path, kind: str = KIND) -> dict[str, Any]:
    """Return what a backup says of itself.

    Raises:
        BackupError: as ``open_package``; another kind; made by a version that we do not know.
    """
    with open_package(path) as package:
        return _manifest_in(package, path, kind)


def _manifest_in(package: tarfile.TarFile, path: Path, kind: str) -> dict[str, Any]:
    first = package.next()
    content = package.extractfile(first) if first is not None and first.name == MANIFEST else None
    if first is None or content is None or first.size > MOST_MANIFEST_BYTES:
        raise BackupError(f"{path} is no backup: it does not begin with {MANIFEST}.")
    manifest = json.loads(content.read())
    if not isinstance(manifest, dict) or manifest.get("kind") != kind:
        said = manifest.get("kind") if isinstance(manifest, dict) else ""
        raise BackupError(f"{path} is of another kind: “{said}” instead of “{kind}”.")
    if manifest.get("format") != FORMAT or not isinstance(manifest.get("files"), dict):
        raise BackupError(
            f"{path} is in format {manifest.get('format')}, this version reads {FORMAT}. Use a newer version."
        )
    return manifest


def unpack(path: Path, folder: Path, kind: str = KIND) -> dict[str, Any]:
    """Write the files of a backup into an empty folder, hold each against its digest, and return the manifest.

    Raises:
        BackupError: a digest does not fit, a file is missing, is there twice or was never listed.
    """
    with open_package(path) as package:
        manifest = _manifest_in(package, path, kind)
        missing = dict(manifest["files"])
        while (entry := package.next()) is not None:
            listed = missing.pop(entry.name, None)
            content = package.extractfile(entry) if entry.isfile() else None
            if listed is None or content is None or not _is_inside(entry.name):
                raise BackupError(f"{path} holds {entry.name!r}, which its manifest does not list.")
            target = folder / entry.name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if _write(content, target) != listed:
                raise BackupError(f"{entry.name} in {path} is not what was backed up: its digest does not fit.")
    if missing:
        raise BackupError(f"{path} is not whole: {', '.join(sorted(missing)[:5])} is missing.")
    return manifest


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name)
    return not parts.is_absolute() and ".." not in parts.parts


def _write(content: IO[bytes], target: Path) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while piece := content.read(PIECE):
            file.write(piece)
            digest.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return {"bytes": size, "sha256": digest.hexdigest()}
