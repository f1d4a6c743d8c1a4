"""The application of this room."""

from django.apps import AppConfig

from burgertop.foundation.ballotbox.sentences import SENTENCES
from burgertop.foundation.wording import register


class BallotboxConfig(AppConfig):
    """Sealed papers, close, shuffle, count, receipts: for themes, hall and panel alike."""

    name = "burgertop.foundation.ballotbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is said of ballots."""
        register(SENTENCES)
