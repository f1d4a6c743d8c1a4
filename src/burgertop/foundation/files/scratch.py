"""Uploaded files between preview and confirmation: sealed, under a random id, for one hour.

They lie in ``BURGERTOP_HOME/scratch``, encrypted with a key of the server, and never in the database.
"""

import json
import os
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from burgertop.foundation.files.errors import FileError
from burgertop.foundation.files.tables import Table, read_table
from burgertop.foundation.keys import secret

__all__ = ["LIFE_SECONDS", "Kept", "drop", "fetch", "hold", "keep", "sweep"]

LIFE_SECONDS = 3600
ENDING = ".upload"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was uploaded and waits to be confirmed."""

    name: str
    content: bytes
    sheet: str = ""

    def table(self) -> Table:
        """Read it again.

        Raises:
            FileError: as ``tables.read_table``.
        """
        return read_table(self.name, self.content, sheet=self.sheet)


def keep(name: str, content: bytes, *, owner: str, sheet: str = "") -> uuid.UUID:
    """Keep a file for one hour for one owner (who uploaded it, and for what); old files go."""
    sweep()
    kept_as = uuid.uuid4()
    head = json.dumps({"name": name[:200], "owner": owner, "sheet": sheet}).encode()
    sealed = SecretBox(secret("scratch")).encrypt(head + b"\n" + content)
    path = _path(kept_as)
    path.touch(mode=0o600)
    path.write_bytes(bytes(sealed))
    return kept_as


def fetch(kept_as: uuid.UUID, *, owner: str) -> Kept:
    """Return a file that this owner uploaded within the hour.

    Raises:
        FileError: ``files.gone``: there is none, or it is another's.
    """
    path = _path(kept_as)
    try:
        if time.time() - path.stat().st_mtime > LIFE_SECONDS:
            raise FileError("files.gone")
        plain = SecretBox(secret("scratch")).decrypt(path.read_bytes())
    except (OSError, CryptoError) as error:
        raise FileError("files.gone") from error
    head, _, content = bytes(plain).partition(b"\n")
    facts = json.loads(head)
    if facts["owner"] != owner:
        raise FileError("files.gone")
    return Kept(name=facts["name"], content=content, sheet=facts["sheet"])


def hold(kept_as: uuid.UUID) -> None:
    """Keep a file for another hour, for work that has been asked for and waits its turn."""
    with suppress(FileNotFoundError):
        os.utime(_path(kept_as))


def drop(kept_as: uuid.UUID) -> None:
    """Remove a file that is no longer needed."""
    _path(kept_as).unlink(missing_ok=True)


def sweep() -> int:
    """Remove every file that is older than an hour; return how many."""
    gone = 0
    for path in _folder().glob(f"*{ENDING}"):
        try:
            if time.time() - path.stat().st_mtime > LIFE_SECONDS:
                path.unlink()
                gone += 1
        except FileNotFoundError:
            continue
    return gone


def _folder() -> Path:
    folder = Path(settings.HOME) / "scratch"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _path(kept_as: uuid.UUID) -> Path:
    return _folder() / f"{kept_as.hex}{ENDING}"
