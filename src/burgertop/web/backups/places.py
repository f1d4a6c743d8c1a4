"""Where things stand: what of a home goes into a backup, and what never does."""

import os
from pathlib import Path

__all__ = ["DATABASE_FILE", "KEPT_KEYS", "MEDIA", "kept_keys", "media_files", "sync_folder"]

DATABASE_FILE = "burgertop.sqlite3"
MEDIA = "media"

# The secrets that a restored server cannot do without. Anything else under ``keys/`` stays where it is: the tellers'
# keys (``keys/ballots/``) and the one-time keys of frames must be gone for good once they are destroyed.
KEPT_KEYS = (
    "changes",
    "codes",
    "devices",
    "households",
    "lotteries",
    "post",
    "receipts",
    "scratch",
    "server",
    "vault",
    "visitors",
    "voters",
)


def kept_keys(folder: Path) -> dict[str, Path]:
    """Return the key files that may be backed up, by the name they have in the file of keys."""
    found = ((f"keys/{name}.key", folder / f"{name}.key") for name in KEPT_KEYS)
    return {name: path for name, path in found if path.is_file()}


def media_files(home: Path) -> dict[str, Path]:
    """Return the files of the media folder, by the name they have in the backup."""
    found = sorted(path for path in (home / MEDIA).rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(home).as_posix(): path for path in found}


def sync_folder(folder: Path) -> None:
    """Let the disk keep the names in a folder, so that a power cut does not bring old ones back."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
