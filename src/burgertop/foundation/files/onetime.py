"""Files sealed under a key of their own: when the key is destroyed the file is, wherever a copy of it lies.

The file is ``BURGERTOP_HOME/<kind>/<id>.sealed``, its key ``BURGERTOP_HOME/keys/<kind>/<id>.key``. Neither belongs in a
backup; a backup that has only one of the two shows nothing.
"""

import os
import secrets
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from burgertop.foundation.files.errors import FileError

__all__ = ["destroy_sealed", "is_sealed", "open_sealed", "seal_file", "sealed_before"]

FILE, KEY = ".sealed", ".key"


def seal_file(kind: str, name: uuid.UUID, content: bytes) -> None:
    """Seal a file under a fresh key, in place of one by that name; a stop in the middle leaves nothing readable."""
    key = secrets.token_bytes(SecretBox.KEY_SIZE)
    _write(_path(kind, name, KEY), key)
    _write(_path(kind, name, FILE), bytes(SecretBox(key).encrypt(content)))


def open_sealed(kind: str, name: uuid.UUID) -> bytes:
    """Read a sealed file.

    Raises:
        FileError: ``files.destroyed``: the file or its key is gone.
    """
    try:
        key = _path(kind, name, KEY).read_bytes()
        return bytes(SecretBox(key).decrypt(_path(kind, name, FILE).read_bytes()))
    except (OSError, CryptoError, ValueError) as error:
        raise FileError("files.destroyed") from error


def is_sealed(kind: str, name: uuid.UUID) -> bool:
    """Whether file and key are there."""
    return _path(kind, name, KEY).exists() and _path(kind, name, FILE).exists()


def destroy_sealed(kind: str, name: uuid.UUID) -> None:
    """Destroy key and file, the key first; a second time changes nothing."""
    for ending in (KEY, FILE):
        path = _path(kind, name, ending)
        path.unlink(missing_ok=True)
        _settle(path.parent)


def sealed_before(kind: str, seconds: int) -> Iterator[uuid.UUID]:
    """The names of the sealed files, or of keys without a file, that are older than so many seconds."""
    limit = time.time() - seconds
    found: set[str] = set()
    for ending in (KEY, FILE):
        for path in _path(kind, uuid.UUID(int=0), ending).parent.glob(f"*{ending}"):
            if path.stat().st_mtime < limit:
                found.add(path.name.removesuffix(ending))
    yield from (uuid.UUID(name) for name in sorted(found))


def _path(kind: str, name: uuid.UUID, ending: str) -> Path:
    folder = Path(settings.KEYS if ending == KEY else settings.HOME) / kind
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{name.hex}{ending}"


def _write(path: Path, content: bytes) -> None:
    """Write a file that is there wholly or not at all."""
    draft = path.with_name(f".{path.name}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """See to it that a new, renamed or removed name survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
