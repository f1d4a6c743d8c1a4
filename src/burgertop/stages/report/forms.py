"""Forms of the report."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.texts import name_of
from burgertop.stages.report.models import AnswerState

__all__ = ["AddresseeForm", "AnswerForm", "DueForm"]

ANSWERS = [
    (state.value, state.label)
    for state in (
        AnswerState.ACCEPTED,
        AnswerState.IN_PART,
        AnswerState.STUDIED,
        AnswerState.DECLINED,
        AnswerState.PROMISED,
    )
]


class AddresseeForm(forms.Form):
    """An office that is asked to answer, named in each language."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, languages: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for language in self.languages:
            self.fields[f"title__{language}"] = forms.CharField(
                label=_("Office (%(language)s)") % {"language": name_of(language)},
                max_length=160,
                required=language == self.languages[0],
            )

    def titles(self) -> dict[str, str]:
        """Return the names that were typed."""
        typed = {language: self.cleaned_data[f"title__{language}"].strip() for language in self.languages}
        return {language: title for language, title in typed.items() if title}


class DueForm(forms.Form):
    """By when answers are asked."""

    due_on = forms.DateField(label=_("Answers are due by"), widget=forms.DateInput(attrs={"type": "date"}))


class AnswerForm(forms.Form):
    """What an office answers: what will be done, why, by when. One language is enough."""

    state = forms.ChoiceField(label=_("Our answer"), choices=ANSWERS, widget=forms.RadioSelect)
    promised_on = forms.DateField(
        label=_("Done by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    seen_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, languages: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for language in self.languages:
            for name, label in (("body", _("What will be done")), ("reasons", _("Reasons"))):
                self.fields[f"{name}__{language}"] = forms.CharField(
                    label=f"{label} ({name_of(language)})", max_length=8000, required=False, widget=forms.Textarea
                )
                self.fields[f"{name}__{language}"].widget.attrs.update({"lang": language, "dir": "auto"})

    def clean(self) -> dict[str, Any]:
        """Some text in some language is needed."""
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(f"body__{language}", "").strip() for language in self.languages):
            self.add_error(f"body__{self.languages[0]}", _("Write what will be done, in one language at least."))
        if data.get("state") == AnswerState.PROMISED and not data.get("promised_on"):
            self.add_error("promised_on", _("Say by when you will answer."))
        return data

    def bodies(self, name: str) -> dict[str, str]:
        """Return one text by language."""
        typed = {language: self.cleaned_data[f"{name}__{language}"] for language in self.languages}
        return {language: text.replace("\r\n", "\n").strip() for language, text in typed.items()}
