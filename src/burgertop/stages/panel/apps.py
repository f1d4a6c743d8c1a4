"""The application of this room."""

from django.apps import AppConfig


class PanelConfig(AppConfig):
    """Sittings, drafts, amendments, votes: thirty-two work it out."""

    name = "burgertop.stages.panel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences."""
        from burgertop.stages.panel.sentences import speak  # words are ready only now

        speak()
