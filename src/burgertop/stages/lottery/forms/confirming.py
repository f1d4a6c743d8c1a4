"""The form that asks how many to confirm; it sets nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from burgertop.core.recruitment import Kind, Tally

__all__ = ["ConfirmingForm"]

PLACES_MOST = 20_000
KINDS = (
    (Kind.HALL.value, pgettext_lazy("kind of day", "one day for many, such as the G1000")),
    (Kind.PANEL.value, pgettext_lazy("kind of day", "a panel of several weekends, called one by one")),
)


class ConfirmingForm(forms.Form):
    """Places, the risk of too many, and what is known from before."""

    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=PLACES_MOST)
    risk = forms.IntegerField(
        label=_("In how many cases of a hundred may too many come?"), min_value=1, max_value=50, initial=5
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect)
    asked = forms.IntegerField(
        label=_("People who were to come to something of yours before"),
        required=False,
        min_value=1,
        max_value=PLACES_MOST,
        help_text=_("Such as an evening before the day. Left empty, only other summits are known."),
    )
    came = forms.IntegerField(label=_("How many of them came"), required=False, min_value=0, max_value=PLACES_MOST)

    def clean(self) -> dict[str, Any]:
        """Both numbers of what was before, or none; not more came than were to come."""
        data: dict[str, Any] = super().clean() or {}
        asked, came = data.get("asked"), data.get("came")
        if self.errors.keys() & {"asked", "came"}:
            return data
        if (asked is None) != (came is None):
            self.add_error("came", _("Give both numbers, or none."))
        elif asked is not None and came is not None and came > asked:
            self.add_error("came", _("More cannot have come than were to come."))
        return data

    def seen(self) -> Tally:
        """Return what is known from before."""
        return Tally(self.cleaned_data["asked"] or 0, self.cleaned_data["came"] or 0)
