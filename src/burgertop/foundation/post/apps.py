"""The application of this room."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """Mail, letters, SMS hooks and proofs of sending."""

    name = "burgertop.foundation.post"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences."""
        from burgertop.foundation.post.sentences import speak  # words are ready only now

        speak()
