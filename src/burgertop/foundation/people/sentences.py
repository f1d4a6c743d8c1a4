"""What the doors say when they stay shut."""

from django.utils.translation import gettext_lazy as _

from burgertop.foundation.wording import register

__all__ = ["speak"]


def speak() -> None:
    """Register the sentences of this room."""
    register(
        {
            "links.expired": _("This link is too old. Ask the person who sent it for a new one."),
            "links.replaced": _("There is a newer link than yours. Ask the person who sent it for the new one."),
            "links.broken": _("This link is not complete. Copy the whole address from the mail or the letter."),
        }
    )
