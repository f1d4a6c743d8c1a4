"""What the panel says when something cannot be done."""

from django.utils.translation import gettext_lazy as _

from burgertop.foundation.wording import register

__all__ = ["speak"]


def speak() -> None:
    """Register the sentences of this room."""
    register(
        {
            "panel.not_drawn": _("The panel is not drawn yet. Draw it first, then give out the seats."),
            "panel.empty": _("Nobody has a seat in the panel yet. Draw and seat the panel first."),
            "panel.not_a_draft": _(
                "Recommendation %(number)s is being voted on or decided. Its words can no longer change."
            ),
            "panel.written_meanwhile": _(
                "Somebody wrote version %(now)s while you were working on version %(seen)s. "
                "Your text is still here: compare the two and save again."
            ),
            "panel.amendment_decided": _("Amendment %(number)s is being voted on or decided already."),
            "panel.amendments_open": _("Decide the amendments to recommendation %(number)s first."),
            "panel.outdated_amendment": _(
                "Amendment %(number)s was written for an older version. Propose it again on the version that stands."
            ),
            "panel.already_decided": _("Number %(number)s is decided already."),
            "panel.no_candidates": _("There is nobody to draw from. Draw the people of the summit first."),
            "panel.vote_open": _("Amendment %(number)s is being voted on. Close that vote first."),
            "panel.no_vote": _("There is no vote on number %(number)s to close."),
        }
    )
