"""What is said when a code is not taken."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext, gettext_lazy, ngettext

from burgertop.core.errors import Param
from burgertop.foundation.codes.alphabet import LENGTH
from burgertop.foundation.wording import Sentence

__all__ = ["SENTENCES"]


def _mistyped(values: Mapping[str, Param]) -> str:
    strange = values["strange"]
    if isinstance(strange, tuple) and strange:
        return gettext(
            "A code never has “%(characters)s”. Codes have the digits 2 to 9 and letters, but no I, L, O or U. "
            "Please look again."
        ) % {"characters": " ".join(strange)}
    given = int(str(values["given"]))
    if given != LENGTH:
        return ngettext(
            "Your code has %(needed)s characters, you typed %(given)s. Please look again.",
            "Your code has %(needed)s characters, you typed %(given)s. Please look again.",
            given,
        ) % {"needed": LENGTH, "given": given}
    return gettext("One character of the code is not right, or two have changed places. Please look again.")


def _too_many(values: Mapping[str, Param]) -> str:
    minutes = int(str(values["minutes"]))
    return ngettext(
        "Too many wrong codes were typed. Please try again in %(minutes)s minute.",
        "Too many wrong codes were typed. Please try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


SENTENCES: Final[Mapping[str, Sentence]] = {
    "codes.empty": gettext_lazy("Please type your code."),
    "codes.mistyped": _mistyped,
    "codes.unknown": gettext_lazy("We do not know this code. Look at your letter again, or call us."),
    "codes.replaced": gettext_lazy("This code was replaced by a newer one. Use the newer one, or call us."),
    "codes.revoked": gettext_lazy("This code no longer works. Call us if you think it should."),
    "codes.too_many_attempts": _too_many,
    "codes.made_already": gettext_lazy("There is a code already. Replace it if it was lost."),
}
