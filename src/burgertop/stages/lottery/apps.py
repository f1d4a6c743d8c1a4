"""The application of this room."""

from django.apps import AppConfig


class LotteryConfig(AppConfig):
    """Pool, quotas, draw, roster: a thousand drawn by lot."""

    name = "burgertop.stages.lottery"
    default_auto_field = "django.db.models.BigAutoField"
