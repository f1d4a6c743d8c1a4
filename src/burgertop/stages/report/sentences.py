"""What the report says when something cannot be done."""

from django.utils.translation import gettext_lazy as _

from burgertop.foundation.wording import register

__all__ = ["speak"]


def speak() -> None:
    """Register the sentences of this room."""
    register(
        {
            "report.no_addressees": _("Nobody is asked yet. Name an addressee first."),
            "report.nothing_adopted": _("The panel has adopted no recommendation yet."),
            "report.written_meanwhile": _(
                "Somebody else saved this answer while you were writing. "
                "Your text is still here: compare and save again."
            ),
            "report.no_draft": _("Choose what you answer and write what will be done before you publish."),
            "report.reasons_missing": _("An answer needs its reasons. Write them before you publish."),
        }
    )
