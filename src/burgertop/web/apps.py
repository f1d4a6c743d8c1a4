"""The application of the house itself: templates, commands, wiring."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Connects the rooms when the house opens."""

    name = "burgertop.web"
    label = "web"

    def ready(self) -> None:
        """Register the listeners and the describers of the trace."""
        from burgertop.web.wiring import connect  # the models must be loaded first

        connect()
