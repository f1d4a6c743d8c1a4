"""The sentences for what the lottery does not allow."""

from django.utils.translation import gettext_lazy as _

from burgertop.foundation.wording import Sentence

__all__ = ["SENTENCES"]

SENTENCES: dict[str, Sentence] = {
    "lottery.no_ceremony": _("Seal the draw first and say where the chance will come from."),
    "lottery.other_ceremony": _("It is in the record already where the chance comes from. It cannot be changed."),
}
