"""The application of this room."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The public record: append-only, hash-chained, without personal data."""

    name = "burgertop.foundation.record"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences."""
        from burgertop.foundation.record.sentences import speak  # words are ready only now

        speak()
