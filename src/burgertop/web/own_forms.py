"""Forms of a participant's own page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.people.ages import AgeRuling, rule_on_age
from burgertop.foundation.people.models import Purpose
from burgertop.foundation.process.models import Process

__all__ = ["CONSENT_WORDS", "ConsentsForm", "OwnCodeForm"]

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
