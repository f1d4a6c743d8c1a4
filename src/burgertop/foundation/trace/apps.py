"""The application of this room."""

from django.apps import AppConfig


class TraceConfig(AppConfig):
    """Links that say: this came from that; written by later stages, read by all."""

    name = "burgertop.foundation.trace"
    default_auto_field = "django.db.models.BigAutoField"
