"""The application of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who acts, in which role; the identity vault; consent and erasure."""

    name = "burgertop.foundation.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences."""
        from burgertop.foundation.people.sentences import speak  # words are ready only now

        speak()
