"""Forms of a participant's own page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.people.ages import AgeRuling, rule_on_age
from burgertop.foundation.people.models import Purpose
from burgertop.foundation.process.models import Process
from burgertop.web.holdings import FIELD_WORDS
from burgertop.web.templatetags.house import language_name

__all__ = ["CONSENT_WORDS", "ConsentsForm", "CorrectForm", "OwnCodeForm"]

YEARS = (1890, 2100)
AUTOCOMPLETE = {
    "given_name": "given-name",
    "family_name": "family-name",
    "address": "street-address",
    "postcode": "postal-code",
    "municipality": "address-level2",
    "phone": "tel",
    "mail": "email",
    "birth_year": "bday-year",
}

CONSENT_WORDS: Mapping[Purpose, Promise] = MappingProxyType(
    {
        Purpose.TAKE_PART: _("I take part, and what I need for that may be kept until the end of this process."),
        Purpose.PHOTO: _("I may be in photos of the day."),
        Purpose.STREAM: _("I may be seen in the live stream and in films."),
        Purpose.RESEARCH: _("Researchers may work with my answers, without my name."),
        Purpose.CONTACT_LATER: _("You may write to me later about what came of it."),
        Purpose.LINK_SPEECH: _("Ideas that I sent in may be linked to my seat."),
    }
)


class OwnCodeForm(forms.Form):
    """The code of a letter or a badge."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        help_text=_("Ten letters and digits, from your letter or your badge. Spaces and small letters are fine."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-code": ""}
        ),
    )


class ConsentsForm(forms.Form):
    """One tick for each purpose; the age decides whether somebody else has to agree as well."""

    age = forms.IntegerField(label=_("Your age"), min_value=0, max_value=120, required=False)
    guardian = forms.BooleanField(label=_("My parent or guardian has agreed in writing."), required=False)

    def __init__(self, process: Process, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.process = process
        self.needs_guardian = False
        self.fields["age"].help_text = _("Only needed when you agree to take part. It is not kept.")
        for purpose, words in CONSENT_WORDS.items():
            self.fields[purpose.value] = forms.BooleanField(label=str(words), required=False)

    def clean(self) -> dict[str, Any]:
        """Hold the age against the rule of the process."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get(Purpose.TAKE_PART.value) or "age" in self.errors:
            return data
        age = data.get("age")
        if age is None:
            self.add_error("age", _("Tell us your age, so that we know who has to agree."))
            return data
        ruling = rule_on_age(self.process, age)
        if ruling == AgeRuling.TOO_YOUNG:
            self.add_error("age", _("People take part from the age of %(age)s.") % {"age": self._least_age()})
        elif ruling == AgeRuling.NEEDS_GUARDIAN:
            self.needs_guardian = True
            if not data.get("guardian"):
                self.add_error("guardian", _("At your age, a parent or guardian has to agree as well."))
        return data

    def _least_age(self) -> int:
        """The age from which somebody may take part, with or without a guardian."""
        ages = range(self.process.least_age, self.process.age_of_majority + 1)
        return next((age for age in ages if rule_on_age(self.process, age) != AgeRuling.TOO_YOUNG), ages[-1])


class CorrectForm(forms.Form):
    """What the vault holds of somebody, to be put right by themselves."""

    MOST: ClassVar = {"address": 200, "mail": 254}

    def __init__(self, process: Process, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in FIELD_WORDS.items():
            kind = forms.EmailField if name == "mail" else forms.CharField
            self.fields[name] = kind(label=str(label), required=False, max_length=self.MOST.get(name, 80))
            self.fields[name].widget.attrs["autocomplete"] = AUTOCOMPLETE[name]
        languages = [(tag, language_name(tag)) for tag in process.languages]
        self.fields["language"] = forms.ChoiceField(label=_("We write to you in"), choices=languages)

    def clean_birth_year(self) -> str:
        """Take a year, or nothing."""
        year = str(self.cleaned_data["birth_year"]).strip()
        if year and not (year.isdecimal() and YEARS[0] <= int(year) <= YEARS[1]):
            raise forms.ValidationError(_("Enter a year such as 1970."))
        return year

    def fields_of_identity(self) -> dict[str, str]:
        """What goes into the vault."""
        return {name: str(self.cleaned_data.get(name, "")).strip() for name in FIELD_WORDS}
