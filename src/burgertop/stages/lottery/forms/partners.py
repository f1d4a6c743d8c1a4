"""Forms of partner seats: their share, an organisation with its seats, and the nomination of one person."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.texts import name_of
from burgertop.stages.lottery.actions import Nomination

__all__ = ["NominationForm", "PartnerForm", "PartnerShareForm", "SeatsForm", "WithdrawForm"]

SEATS_MOST = 1000
CONTACT = ("mail", "phone")


class PartnerShareForm(forms.Form):
    """How much of all seats partners may have together."""

    percent = forms.IntegerField(label=_("Share of all seats for partners, in percent"), min_value=0, max_value=50)


class SeatsForm(forms.Form):
    """How many seats one partner has."""

    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=SEATS_MOST)


class PartnerForm(SeatsForm):
    """An organisation and its seats."""

    name = forms.CharField(label=_("Organization"), max_length=120, help_text=_("Everybody can read it in the record."))
    once = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("name", "seats", "once")


class NominationForm(forms.Form):
    """One person whom a partner nominates, with their consent."""

    given_name = forms.CharField(label=_("First name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    mail = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, help_text=_("Without a mail address, the reply desk calls.")
    )
    language = forms.ChoiceField(label=_("Language of this person"))
    has_agreed = forms.BooleanField(
        label=_("This person knows what it is about, and agrees that I pass on their name and how to reach them.")
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, languages: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(tag, name_of(tag)) for tag in languages]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Somebody must be reached in one way at least."""
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(name) for name in CONTACT) and not any(name in self.errors for name in CONTACT):
            self.add_error("mail", _("Give a mail address or a phone number."))
        return data

    def nomination(self) -> Nomination:
        """Return whom the vault will hold, and in which language to write."""
        data = self.cleaned_data
        names = ("given_name", "family_name", *CONTACT)
        return Nomination(
            {name: data[name] for name in names if data[name]}, data["language"], uuid.UUID(str(data["once"]))
        )


class WithdrawForm(forms.Form):
    """The number of a nomination that is taken back."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000)
