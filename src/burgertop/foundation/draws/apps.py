"""The application of this room."""

from django.apps import AppConfig


class DrawsConfig(AppConfig):
    """A pool, its quotas, the ceremony, who was drawn: for the 1,000 and for the 32 alike."""

    name = "burgertop.foundation.draws"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences of this room and of the sortition core."""
        from burgertop.foundation.draws.sentences import SENTENCES  # after the settings are read
        from burgertop.foundation.wording import register  # after the settings are read

        register(SENTENCES)
