"""Secrets that live in files beside the database, never in it.

The folder is ``BURGERTOP_HOME/keys``; every file is readable by its owner only.
A backup of the database without this folder names nobody and opens no ballot.
"""

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

__all__ = ["ballot_keys", "fingerprint", "keyed_hash", "secret", "server_secret"]

SECRET_BYTES = 32


def _read_or_make(path: Path) -> bytes:
    """Read a secret, or make it once; two processes starting together agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_bytes()


def server_secret(folder: Path) -> str:
    """Return Django's secret of this server; made at the first start."""
    return _read_or_make(folder / "server.key").hex()


def secret(name: str) -> bytes:
    """Return the 32 bytes of a named secret (``vault``, ``codes``, ``visitors``); made at first use."""
    return _kept(Path(settings.KEYS) / f"{name}.key")


@cache
def _kept(path: Path) -> bytes:
    """A secret once read stays in memory: every vote and every code asks for one."""
    return _read_or_make(path)


def ballot_keys() -> Path:
    """Return the folder of the tellers' keys, one file a ballot; never part of a backup."""
    folder = Path(settings.KEYS) / "ballots"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keyed_hash(name: str, *parts: str) -> str:
    """Hash text under a named secret, so that the database alone cannot be searched for it."""
    message = "\x1f".join(parts).encode()
    return hmac.new(secret(name), message, hashlib.sha256).hexdigest()


def fingerprint(value: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(value).hexdigest()
