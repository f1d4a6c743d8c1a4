"""Trying a backup: restored into a temporary place, looked at from all sides, and thrown away."""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from burgertop.foundation.people.models import Identity
from burgertop.foundation.process.models import Process
from burgertop.foundation.record.queries import verify as verify_record
from burgertop.web.backups import postgresql
from burgertop.web.backups.elsewhere import looking_at
from burgertop.web.backups.errors import BackupError
from burgertop.web.backups.making import room
from burgertop.web.backups.package import read_manifest
from burgertop.web.backups.places import DATABASE_FILE, MEDIA
from burgertop.web.backups.restoring import need_same_kind, stage

__all__ = ["Finding", "Trial", "verify_backup"]

BESIDE = "burgertop_verifying"
SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: ``is_well`` is None when it could not be."""

    is_well: bool | None
    said: str


@dataclass(slots=True)
class Trial:
    """What the trial of a backup found."""

    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not hold."""
        return all(one.is_well is not False for one in self.findings)

    def note(self, is_well: bool | None, said: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(is_well, said))


def verify_backup(path: Path, *, keys: Path | None = None) -> Trial:
    """Restore a backup into a temporary place and check it there; this home is not touched.

    Raises:
        BackupError: the file is not there, no backup, or of another kind of database.
    """
    need_same_kind(read_manifest(path))
    trial = Trial()
    schema = BESIDE if connection.vendor == "postgresql" else ""
    with room() as folder:
        try:
            manifest = stage(path, folder, keys=keys, schema=schema)
            rows = manifest["database"]["rows"]
            trial.note(True, f"{len(manifest['files'])} files fit their digests.")
            trial.note(True, f"{len(rows)} tables have the {sum(rows.values())} rows that were counted.")
            with _opened(folder, schema) as there:
                _try_migrations(trial, there)
                _try_record(trial)
                _try_vault(trial, folder, manifest, has_keys=keys is not None)
                _try_media(trial, folder)
        except BackupError as error:
            trial.note(False, str(error))
        finally:
            if schema:
                postgresql.drop_schema(schema)
    trial.note(None, "open ballots: the tellers' keys are in no backup, so they cannot be counted from it.")
    trial.note(None, "whether the file came from this server: keep its digest, or a head of the record, elsewhere.")
    return trial


def _opened(folder: Path, schema: str) -> AbstractContextManager[BaseDatabaseWrapper]:
    """Look at the restored database instead of the one in use."""
    if schema:
        return postgresql.in_schema(schema)
    return looking_at(name=folder / "database" / DATABASE_FILE)


def _try_migrations(trial: Trial, there: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(there)
    newer = set(executor.loader.applied_migrations) - set(executor.loader.graph.nodes)
    if newer:
        raise BackupError("the backup was made by a newer version. Install that one to try it.")
    behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise BackupError(f"its database cannot be brought up to date: {error}") from error
    said = (
        f"{behind} changes of later versions can be made to it." if behind else "its tables are those of this version."
    )
    trial.note(True, said)


def _try_record(trial: Trial) -> None:
    processes = list(Process.objects.values_list("pk", "slug"))
    broken = [slug for pk, slug in processes if verify_record(pk)]
    if broken:
        trial.note(False, f"the chain of the record does not hold: {', '.join(broken)}.")
    else:
        trial.note(True, f"the chain of the record holds in {len(processes)} processes.")


def _try_vault(trial: Trial, folder: Path, manifest: dict[str, Any], *, has_keys: bool) -> None:
    rows = Identity.objects.filter(blanked_at__isnull=True)
    sample = list(rows.order_by("pk")[:SAMPLE])
    key = _vault_key(folder if has_keys else Path(settings.HOME))
    if not sample:
        trial.note(None, "the key of the vault: nobody stands in this vault.")
    elif key is None:
        trial.note(None, "names: there is no key of a vault here. Name the file of keys: --keys FILE.")
    elif opened := sum(_opens(key, bytes(one.sealed)) for one in sample):
        is_all = opened == len(sample)
        trial.note(is_all, f"the key of the vault opens {opened} of {len(sample)} names that were tried.")
    elif has_keys:
        trial.note(False, "the key of the vault opens no name.")
    else:
        trial.note(None, "names: the key here is of another server. Name the file of keys: --keys FILE.")


def _vault_key(folder: Path) -> bytes | None:
    path = folder / "keys" / "vault.key"
    return path.read_bytes() if path.is_file() else None


def _opens(key: bytes, sealed: bytes) -> bool:
    try:
        return isinstance(json.loads(SecretBox(key).decrypt(sealed)), dict)
    except (CryptoError, ValueError, TypeError):
        return False


def _try_media(trial: Trial, folder: Path) -> None:
    named = [name for name in Process.objects.exclude(logo="").values_list("logo", flat=True) if name]
    missing = [name for name in named if not (folder / MEDIA / name).is_file()]
    said = f"{len(missing)} of {len(named)} logos are missing." if missing else f"{len(named)} logos are there."
    trial.note(not missing, said)
