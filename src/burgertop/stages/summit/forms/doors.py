"""Forms of the doors: a door, somebody who stands there, and what two check-ins of one person were."""

from django import forms
from django.utils.translation import gettext_lazy as _

from burgertop.stages.summit.models import Settled

__all__ = ["DoorForm", "FindForm", "SettleForm"]


class DoorForm(forms.Form):
    """A door of the hall: what people call it."""

    name = forms.CharField(label=_("Name of the door"), max_length=60, help_text=_("Such as “North” or “Main hall”."))


class FindForm(forms.Form):
    """Somebody at the door: the code of a badge, or a part of a name."""

    typed = forms.CharField(
        label=_("Badge code or name"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "autofocus": True}
        ),
    )


class SettleForm(forms.Form):
    """What two check-ins of one person were."""

    settled = forms.ChoiceField(label=_("What was it?"), choices=Settled.choices, widget=forms.RadioSelect)
