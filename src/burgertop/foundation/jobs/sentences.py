"""What is said about work that did not end well."""

from typing import Final

from django.utils.translation import gettext_lazy

from burgertop.foundation.wording import Sentence

__all__ = ["SENTENCES"]

SENTENCES: Final[dict[str, Sentence]] = {
    "jobs.failed": gettext_lazy("Something went wrong with this work. The operator finds the reason in the log."),
    "jobs.interrupted": gettext_lazy("The server was stopped in the middle of this work. Please start it again."),
}
