"""The application of this room."""

from django.apps import AppConfig


class LotteryConfig(AppConfig):
    """Pool, quotas, draw, roster: a thousand drawn by lot."""

    name = "burgertop.stages.lottery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sentences of this stage."""
        from burgertop.foundation.wording import register  # after the settings are read
        from burgertop.stages.lottery.sentences import SENTENCES  # after the settings are read

        register(SENTENCES)
