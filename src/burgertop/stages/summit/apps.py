"""The application of this room."""

from django.apps import AppConfig


class SummitConfig(AppConfig):
    """Tables, seats, cards, clusters, ballots, results: one day, one hall."""

    name = "burgertop.stages.summit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences of this room."""
        from burgertop.foundation.wording import register  # after the settings are read
        from burgertop.stages.summit.sentences import SENTENCES  # after the settings are read

        register(SENTENCES)
