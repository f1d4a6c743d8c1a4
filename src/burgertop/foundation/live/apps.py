"""The application of this room."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Publish and subscribe for pages: streams, and polling when they fail."""

    name = "burgertop.foundation.live"
    default_auto_field = "django.db.models.BigAutoField"
