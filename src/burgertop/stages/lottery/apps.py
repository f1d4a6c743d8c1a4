"""The application of this room."""

from django.apps import AppConfig

from burgertop.foundation.wording import register
from burgertop.stages.lottery.sentences import SENTENCES


class LotteryConfig(AppConfig):
    """Frames, letters, replies, pool, draw, roster: a thousand drawn by lot."""

    name = "burgertop.stages.lottery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is said when something is not taken."""
        register(SENTENCES)
