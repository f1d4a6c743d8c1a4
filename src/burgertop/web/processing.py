"""The register of processing and the draft of an impact assessment, filled from what this process really is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.people.queries import openings_in
from burgertop.foundation.process.models import Process, StageKind
from burgertop.foundation.retention import Retention, retention_of
from burgertop.web.backups.ledger import Backup, backups
from burgertop.web.class_words import class_words
from burgertop.web.clearing import Due, due_of, ended_on
from burgertop.web.feature_words import feature_words
from burgertop.web.holdings import reason_words

__all__ = ["ClassRow", "Look", "Processing", "looks_of", "processing_of"]

FOLDERS = {"people", "codes", "post", "draws", "consultation", "lottery", "summit", "panel", "report", "ballotbox"}


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of data in this process: which models, how many rows, until when."""

    retention: Retention
    words: str
    models: tuple[str, ...]
    due: Due | None


@dataclass(frozen=True, slots=True)
class Look:
    """One time that names were opened: when, by which account, why, how many."""

    at: object
    account: str
    reason: str
    names: int


@dataclass(frozen=True, slots=True)
class Processing:
    """Everything the register and the assessment say of one process."""

    stages: tuple[object, ...]
    features: tuple[str, ...]
    languages: tuple[str, ...]
    roles: tuple[tuple[str, int], ...]
    classes: tuple[ClassRow, ...]
    participants: int
    erased: int
    has_vault_key: bool
    database: str
    is_https: bool
    sends_mail: bool
    sends_sms: bool
    backups: tuple[Backup, ...]
    ended_on: date | None
    has_lottery: bool
    has_ballots: bool


def processing_of(process: Process) -> Processing:
    """Read what this process is: stages, features, languages, roles, classes, vault, backups."""
    stages = tuple(process.stages.all())
    kinds = {stage.kind for stage in stages}
    held = process.memberships.values_list("role", flat=True)
    roles = tuple((str(role.label), list(held).count(role)) for role in Role)
    names = {name for one in process.participants.values_list("features", flat=True)[:2000] for name in one}
    return Processing(
        stages=stages,
        features=tuple(sorted(feature_words(name) for name in names)),
        languages=tuple(process.languages),
        roles=tuple((label, count) for label, count in roles if count),
        classes=tuple(_classes(process)),
        participants=process.participants.count(),
        erased=process.participants.filter(erased_at__isnull=False).count(),
        has_vault_key=(Path(settings.KEYS) / "vault.key").is_file(),
        database="PostgreSQL" if connection.vendor == "postgresql" else "SQLite",
        is_https=settings.IS_HTTPS,
        sends_mail=bool(settings.MAIL_URL),
        sends_sms=bool(settings.SMS_COMMAND),
        backups=tuple(one for one in backups(Path(settings.HOME)) if not one.gone_at),
        ended_on=ended_on(process),
        has_lottery=StageKind.LOTTERY in kinds or StageKind.PANEL in kinds,
        has_ballots=bool(kinds & {StageKind.CONSULTATION, StageKind.SUMMIT, StageKind.PANEL}),
    )


def _classes(process: Process) -> list[ClassRow]:
    models: dict[Retention, list[str]] = defaultdict(list)
    for model in apps.get_models():
        retention = retention_of(model)
        if retention is not None and model._meta.app_label in FOLDERS:  # noqa: SLF001  # Django documents it
            models[retention].append(str(model._meta.label))  # noqa: SLF001  # Django documents it
    dues = {due.retention: due for due in due_of(process)}
    return [
        ClassRow(retention, class_words(retention), tuple(sorted(models[retention])), dues.get(retention))
        for retention in Retention
    ]


def looks_of(process: Process) -> list[Look]:
    """The access log with the mail address of each account, newest first."""
    rows = openings_in(process)
    keys = {row.account_id for row in rows if row.account_id is not None}
    mails = {account.pk: account.email for account in Account.objects.filter(pk__in=keys)}
    return [
        Look(row.at, mails.get(row.account_id, "–") if row.account_id else "–", reason_words(row.reason), row.names)
        for row in rows
    ]
