"""What the check of a record says."""

from django.utils.translation import gettext_lazy as _

from burgertop.foundation.wording import register

__all__ = ["speak"]


def speak() -> None:
    """Register the sentences of this room."""
    register(
        {
            "record.number_missing": _("Line %(number)s: a number is missing before it."),
            "record.link_broken": _("Line %(number)s does not follow from the line before it."),
            "record.line_changed": _("Line %(number)s was changed after it was written."),
            "record.head_differs": _("Line %(number)s is not the line whose digest you kept."),
            "record.head_missing": _("The line whose digest you kept, number %(number)s, is not there."),
        }
    )
