"""The application of this room."""

from django.apps import AppConfig

from burgertop.foundation.codes.sentences import SENTENCES
from burgertop.foundation.wording import register


class CodesConfig(AppConfig):
    """Personal codes: made, printed, checked, replaced, rate-limited; one space per purpose."""

    name = "burgertop.foundation.codes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is said when a code is not taken."""
        register(SENTENCES)
