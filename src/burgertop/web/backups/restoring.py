"""Putting a backup back: unpacked and checked beside, then swapped in; whatever was there is kept aside."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from burgertop.foundation.people.actions import erase
from burgertop.foundation.people.models import Participant
from burgertop.stages.lottery.actions import erase_invitee
from burgertop.stages.lottery.models import Invitee
from burgertop.web.backups import ledger, postgresql, sqlite
from burgertop.web.backups.errors import BackupError
from burgertop.web.backups.package import KIND_OF_KEYS, read_manifest, unpack
from burgertop.web.backups.places import DATABASE_FILE, KEPT_KEYS, MEDIA
from burgertop.web.backups.swapping import STAGED, begin_swap, finish_swap

__all__ = ["erase_again", "finish_restoring", "need_same_kind", "restore", "stage"]

Say = Callable[[str], None]


def restore(
    path: Path, *, now: datetime, keys: Path | None = None, is_over: bool = False, say: Say = lambda _step: None
) -> dict[str, Any]:
    """Put a backup in the place of this home; return its manifest. Call it with no server running.

    It is unpacked and held against its digests beside the home first. Cut off before the swap, nothing has changed;
    cut off later, the next command finishes it. Who was erased after the backup is erased again.

    Raises:
        BackupError: not whole, of another kind of database, something stands here already; nothing was changed.
    """
    home = Path(settings.HOME)
    need_same_kind(read_manifest(path))
    if not is_over:
        _need_empty(home, is_bringing_keys=keys is not None)
    staged = home / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    schema = postgresql.BESIDE if connection.vendor == "postgresql" else ""
    try:
        say("unpack")
        manifest = stage(path, staged, keys=keys, schema=schema)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        if schema:
            postgresql.drop_schema(schema)
        raise
    connections.close_all()
    say("journal")
    begin_swap(home, stamp=f"{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}", schema=schema)
    finish_restoring(home, say=say)
    say("migrate")
    call_command("migrate", interactive=False, verbosity=0)
    say("erase again")
    erase_again(now=now)
    return manifest


def stage(path: Path, folder: Path, *, keys: Path | None, schema: str) -> dict[str, Any]:
    """Unpack a backup into a folder (and a schema), hold digests and counts; return its manifest."""
    manifest = unpack(path, folder)
    (folder / MEDIA).mkdir(exist_ok=True)
    if keys is not None:
        _stage_keys(keys, folder, manifest)
    rows = manifest["database"]["rows"]
    if schema:
        postgresql.fill(schema, folder / "database", manifest["database"]["migrations"])
        with postgresql.in_schema(schema) as there:
            wrong = sqlite.differing(rows, postgresql.counts_in(there))
        shutil.rmtree(folder / "database")
    else:
        wrong = sqlite.faults_of(folder / "database" / DATABASE_FILE, rows)
    if wrong:
        raise BackupError(f"{path} does not hold together: {'; '.join(wrong[:5])}.")
    return manifest


def _stage_keys(keys: Path, folder: Path, manifest: dict[str, Any]) -> None:
    """Unpack the file of keys; refuse the keys of another server."""
    if read_manifest(keys, KIND_OF_KEYS).get("vault_key") != manifest.get("vault_key"):
        raise BackupError(f"{keys} holds the keys of another server: they do not open this backup.")
    unpack(keys, folder, KIND_OF_KEYS)


def need_same_kind(manifest: dict[str, Any]) -> None:
    """Refuse a backup of another kind of database than this server has."""
    kind = manifest.get("database", {}).get("kind")
    if kind != connection.vendor:
        raise BackupError(f"the backup is of {kind}, this server has {connection.vendor}: see BURGERTOP_DATABASE_URL.")


def _need_empty(home: Path, *, is_bringing_keys: bool) -> None:
    """Refuse a home in which something stands."""
    is_filled = postgresql.is_filled() if connection.vendor == "postgresql" else sqlite.is_filled(home / DATABASE_FILE)
    if is_filled:
        raise BackupError("a database stands here already. Choose another home, or say --over: it is then put aside.")
    if any(path.is_file() for path in (home / MEDIA).rglob("*")):
        raise BackupError(f"{home / MEDIA} is not empty. Choose another home, or say --over: it is then put aside.")
    made = {f"{name}.key" for name in KEPT_KEYS if name != "server"}
    found = sorted(path.name for path in (home / "keys").glob("*.key") if path.name in made)
    if is_bringing_keys and found:
        raise BackupError(f"{home / 'keys'} holds {found[0]} already. Say --over to put those keys aside.")


def finish_restoring(home: Path, *, say: Say = lambda _step: None) -> bool:
    """Finish a restore that was cut off; False when there is none."""
    return finish_swap(home, swap_schema=_swap_schema, say=say)


def _swap_schema(schema: str, old_name: str) -> None:
    if postgresql.has_schema(schema):
        postgresql.swap_in(schema, old_name)


def erase_again(*, now: datetime) -> int:
    """Erase everybody who was erased after the backup was made; return how many there were."""
    erased = ledger.erased_ids(Path(settings.HOME))
    again = 0
    for person in Participant.objects.filter(erased_at__isnull=True, pk__in=erased):
        erase(person, now=now)
        again += 1
    for invitee in Invitee.objects.filter(erased_at__isnull=True, participant__isnull=True, pk__in=erased):
        erase_invitee(invitee, now=now)
        again += 1
    return again
