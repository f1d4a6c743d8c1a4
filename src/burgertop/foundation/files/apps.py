"""The application of this room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """CSV and XLSX in and out, with preview and dry run."""

    name = "burgertop.foundation.files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences of this room."""
        from burgertop.foundation.files.sentences import SENTENCES  # after the settings are read
        from burgertop.foundation.wording import register  # after the settings are read

        register(SENTENCES)
