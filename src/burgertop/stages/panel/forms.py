"""Forms of the panel."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.process.models import Stage
from burgertop.foundation.texts import name_of
from burgertop.stages.panel.models import Recommendation

__all__ = [
    "AmendmentForm",
    "AnswerForm",
    "DraftForm",
    "MinorityNoteForm",
    "QuestionForm",
    "QuotaFileForm",
    "SeatCodeForm",
    "SeatPanelForm",
    "SittingForm",
]

MOST_TITLE = 200
MOST_BODY = 8000
THRESHOLDS = (("1/2", _("more than half")), ("2/3", _("two thirds")), ("4/5", _("four fifths")))


def written(typed: str) -> str:
    """Return a text as it is stored: browsers end lines with two signs, we with one."""
    return typed.replace("\r\n", "\n").strip()


class SpokenForm(forms.Form):
    """A form with one field for each text and each language of the process; the first language is needed."""

    spoken: tuple[tuple[str, Any, int, bool], ...] = ()
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, languages: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for name, label, longest, is_needed in self.spoken:
            for language in self.languages:
                self.fields[f"{name}__{language}"] = forms.CharField(
                    label=f"{label} ({name_of(language)})",
                    max_length=longest,
                    required=is_needed and language == self.languages[0],
                    widget=forms.TextInput if longest <= MOST_TITLE else forms.Textarea,
                )
                self.fields[f"{name}__{language}"].widget.attrs.update({"lang": language, "dir": "auto"})

    def bodies(self, name: str) -> dict[str, str]:
        """Return one text by language; empty ones are left out."""
        typed = {language: written(self.cleaned_data[f"{name}__{language}"]) for language in self.languages}
        return {language: body for language, body in typed.items() if body}


class DraftForm(SpokenForm):
    """A recommendation: what it is called, what it asks, what it came from, what it needs to be adopted."""

    spoken = (("title", _("Title"), MOST_TITLE, True), ("body", _("What we recommend"), MOST_BODY, True))
    threshold = forms.ChoiceField(label=_("Adopted with"), choices=THRESHOLDS, initial="2/3", widget=forms.RadioSelect)
    came_from = forms.MultipleChoiceField(label=_("It came from"), required=False, widget=forms.CheckboxSelectMultiple)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(self, languages: Sequence[str], sources: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(languages, *args, **kwargs)
        self.fields["came_from"].choices = list(sources)  # type: ignore[attr-defined]  # it is a choice field
        if not sources:
            del self.fields["came_from"]


class AmendmentForm(forms.Form):
    """Another wording of a recommendation, in the language of whoever proposes it."""

    language = forms.CharField(widget=forms.HiddenInput, max_length=20)
    body = forms.CharField(label=_("The new wording"), max_length=MOST_BODY, widget=forms.Textarea)
    reason = forms.CharField(label=_("Why"), max_length=600, widget=forms.Textarea)
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, recommendation: Recommendation, language: str, *args: Any, **kwargs: Any) -> None:
        standing = recommendation.say("body", language)
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"language": standing.language, "body": str(standing), **kwargs["initial"]}
        super().__init__(*args, **kwargs)
        self.recommendation = recommendation

    def clean_language(self) -> str:
        """An amendment is written in a language of the process."""
        language = str(self.cleaned_data["language"])
        if language not in self.recommendation.stage.process.languages:
            raise forms.ValidationError(_("Choose a language of this process."), code="language")
        return language

    def clean_body(self) -> str:
        """An amendment must change something."""
        body = written(self.cleaned_data["body"])
        if body == written(str(self.recommendation.say("body", self.cleaned_data.get("language", "")))):
            raise forms.ValidationError(
                _("This is the wording that stands. Change what you want to change."), code="same"
            )
        return body


class MinorityNoteForm(SpokenForm):
    """A minority note and how many members sign it."""

    spoken = (("body", _("Minority note"), MOST_BODY, True),)
    signed_by = forms.IntegerField(label=_("How many members sign it"), min_value=1)

    def __init__(self, languages: Sequence[str], seats: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(languages, *args, **kwargs)
        self.seats = seats

    def clean_signed_by(self) -> int:
        """No more members can sign than the panel has."""
        signed_by = int(self.cleaned_data["signed_by"])
        if signed_by > self.seats:
            raise forms.ValidationError(
                _("The panel has %(seats)s members."), params={"seats": self.seats}, code="too_many"
            )
        return signed_by


class SittingForm(SpokenForm):
    """A sitting of the panel."""

    spoken = (("title", _("Title"), MOST_TITLE, True), ("agenda", _("Agenda"), MOST_BODY, False))
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=200)
    begins_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("begins_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first day."))
        return data


class QuestionForm(SpokenForm):
    """A question to an expert."""

    spoken = (("question", _("Question"), 1000, True), ("expert", _("To whom (office or field, no name)"), 160, True))


class AnswerForm(SpokenForm):
    """An expert's answer."""

    spoken = (("answer", _("Answer"), MOST_BODY, True),)


class SeatCodeForm(forms.Form):
    """The code of a member's seat."""

    code = forms.CharField(
        label=_("Your seat code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SeatPanelForm(forms.Form):
    """How many seats, and on which features the panel is drawn."""

    seats = forms.IntegerField(label=_("Seats of the panel"), min_value=2, max_value=1000, initial=32)
    features = forms.MultipleChoiceField(label=_("Drawn on"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, stage: Stage, features: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stage = stage
        self.fields["features"].choices = [(name, name) for name in features]  # type: ignore[attr-defined]  # a choice field
        self.fields["features"].initial = list(features)


class QuotaFileForm(forms.Form):
    """Quotas as a file: feature, value, min, max."""

    file = forms.FileField(label=_("File with quotas (CSV or XLSX: feature, value, min, max)"))
