"""The application of this room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Long work with progress and cancel."""

    name = "burgertop.foundation.jobs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Read the ``jobs`` module of every room, and register this room's sentences."""
        from burgertop.foundation.jobs.sentences import SENTENCES  # after the settings are read
        from burgertop.foundation.wording import register  # after the settings are read

        register(SENTENCES)
        autodiscover_modules("jobs")
