"""How long a process keeps each class of data."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.people.models import Keeping

__all__ = ["KeepingForm"]


class KeepingForm(forms.ModelForm[Keeping]):
    """Days after the end of the process, for each class."""

    class Meta:
        model = Keeping
        fields: ClassVar = [
            "ended_on",
            "identity_days",
            "contact_days",
            "profile_days",
            "speech_days",
            "access_days",
        ]
        labels: ClassVar = {
            "ended_on": _("The process ended on"),
            "identity_days": _("Days that names and addresses stay"),
            "contact_days": _("Days that codes, roles and what was sent to whom stay"),
            "profile_days": _("Days that features, needs and consents stay"),
            "speech_days": _("Days that the ids of authors stay"),
            "access_days": _("Days that the access log stays"),
        }
        help_texts: ClassVar = {
            "ended_on": _("Empty: the day on which the last stage is closed. The days below count from here."),
            "speech_days": _("Empty: until an author asks. The ideas stay in any case."),
        }
        widgets: ClassVar = {"ended_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
