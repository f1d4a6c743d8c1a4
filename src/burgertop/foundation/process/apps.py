"""The application of this room."""

from django.apps import AppConfig


class ProcessConfig(AppConfig):
    """A process, its stages and windows, its promise and its news."""

    name = "burgertop.foundation.process"
    default_auto_field = "django.db.models.BigAutoField"
