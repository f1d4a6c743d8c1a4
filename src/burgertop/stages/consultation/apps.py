"""The application of this room."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    """Ideas, ratings, moderation, themes, the vote: what worries you most?"""

    name = "burgertop.stages.consultation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences of this room."""
        from burgertop.foundation.wording import register  # the registry is filled once the applications are loaded
        from burgertop.stages.consultation.sentences import SENTENCES

        register(SENTENCES)
