"""How long each kind of row is kept; every model of ours names its class.

Erasure blanks and keeps the row: counts stay true, the person is gone.
"""

from enum import StrEnum

__all__ = ["OTHERS", "Retention"]


class Retention(StrEnum):
    """The retention class of a model; days and reasons stand in docs/run/personal-data.md."""

    IDENTITY = "identity"  # names, addresses, phones, mails: encrypted, blanked first
    CONTACT = "contact"  # what was sent to whom, codes: until the process is closed
    PROFILE = "profile"  # features, needs, consents: until the report is answered
    SPEECH = "speech"  # ideas, cards, drafts: kept, author's id blanked on request
    BALLOT = "ballot"  # sealed papers: destroyed at close; opened papers: kept, unlinkable
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
