"""How long each kind of row is kept; every model of ours names its class.

Erasure blanks and keeps the row: counts stay true, the person is gone.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from django.apps import apps
from django.db.models import Model

__all__ = ["OTHERS", "TRACES_KEPT", "Retention", "forget_old_traces", "moment_of", "retention_of"]

TRACES_KEPT = timedelta(days=30)


class Retention(StrEnum):
    """The retention class of a model; days and reasons stand in docs/run/personal-data.md."""

    IDENTITY = "identity"  # names, addresses, phones, mails: encrypted, blanked first
    CONTACT = "contact"  # what was sent to whom, codes: until the process is closed
    PROFILE = "profile"  # features, needs, consents: until the report is answered
    SPEECH = "speech"  # ideas, cards, drafts: kept, author's id blanked on request
    BALLOT = "ballot"  # sealed papers: destroyed at close; opened papers: kept, unlinkable
    ACCESS = "access"  # who of the staff opened whose name, and why
    RECORD = "record"  # public: kept for good, holds no personal data
    LOG = "log"  # technical traces: thirty days


# Models that are not ours, by "app_label.ModelName".
OTHERS: dict[str, Retention] = {
    "auth.Group": Retention.RECORD,
    "auth.Permission": Retention.RECORD,
    "contenttypes.ContentType": Retention.RECORD,
    "sessions.Session": Retention.LOG,
    "account.EmailAddress": Retention.IDENTITY,
    "account.EmailConfirmation": Retention.IDENTITY,
    "mfa.Authenticator": Retention.IDENTITY,
    "axes.AccessAttempt": Retention.LOG,
    "axes.AccessLog": Retention.LOG,
    "axes.AccessFailureLog": Retention.LOG,
    "axes.AccessAttemptExpiration": Retention.LOG,
    "django_tasks_database.DBTaskResult": Retention.LOG,
}

# By which moment a technical trace is forgotten; our own models name theirs (``moment``).
# A moment at which a row expires is itself the end; from any other the thirty days are counted.
EXPIRIES = frozenset({"expire_date", "expires_at"})
OTHERS_MOMENTS: dict[str, str] = {
    "sessions.Session": "expire_date",
    "axes.AccessAttempt": "attempt_time",
    "axes.AccessLog": "attempt_time",
    "axes.AccessFailureLog": "attempt_time",
    "axes.AccessAttemptExpiration": "expires_at",
    "django_tasks_database.DBTaskResult": "finished_at",
}


def retention_of(model: type[Model]) -> Retention | None:
    """Return the class of a model, ours or not; None when nobody named it."""
    named = getattr(model, "retention", None) or OTHERS.get(_label(model))
    return named if isinstance(named, Retention) else None


def moment_of(model: type[Model]) -> str:
    """Return the field by which a technical trace is forgotten."""
    return str(getattr(model, "moment", "") or OTHERS_MOMENTS[_label(model)])


def forget_old_traces(*, now: datetime) -> dict[str, int]:
    """Delete the technical traces of a month ago, in every model of the class ``log``; return how many of each.

    Sessions go when they expire; work that has not ended stays.
    """
    forgotten = {}
    for model in apps.get_models():
        if retention_of(model) == Retention.LOG:
            moment = moment_of(model)
            since = now if moment in EXPIRIES else now - TRACES_KEPT
            rows = model._base_manager.filter(**{f"{moment}__lt": since})  # noqa: SLF001  # Django documents it
            if count := rows.delete()[0]:
                forgotten[_label(model)] = count
    return forgotten


def _label(model: type[Model]) -> str:
    return str(model._meta.label)  # noqa: SLF001  # Django documents it
