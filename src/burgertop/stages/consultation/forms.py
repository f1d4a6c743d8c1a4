"""What people fill in: an idea, a code, an appeal, a decision, a theme, a file."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.texts import Worded, name_of
from burgertop.stages.consultation.models import HideReason, NotTaken, Setup, Theme
from burgertop.stages.consultation.wordlists import language_choices
from burgertop.stages.consultation.words import LONGEST, LONGEST_NOTE, LONGEST_PLACE

__all__ = [
    "AnswerForm",
    "AppealForm",
    "CodeForm",
    "HideForm",
    "IdeaForm",
    "ImportForm",
    "LeaveOutForm",
    "PaperIdeaForm",
    "PlaceForm",
    "SearchForm",
    "SetupForm",
    "ThemeForm",
    "VoteForm",
    "WindowForm",
]

LARGEST_FILE = 10 * 1024 * 1024
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class OnceForm(forms.Form):
    """A form with its own number, so that sending it twice counts once."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class IdeaForm(OnceForm):
    """One idea, in one's own words and language. Its length is judged by the action, which counts clean text."""

    text = forms.CharField(
        label=_("Your idea"),
        help_text=_("Write one idea, in your own words and in your own language. One sentence is enough."),
        widget=forms.Textarea(attrs={"rows": 5, "data-longest": LONGEST}),
        required=False,
        strip=False,
    )
    language = forms.ChoiceField(label=_("Language of your idea"))
    place = forms.CharField(
        label=_("Your town or village"),
        help_text=_("Only if you want. No street."),
        required=False,
        max_length=LONGEST_PLACE,
    )

    def __init__(self, *args: Any, languages: Sequence[str], page_language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of your idea"),
            choices=language_choices(languages, page_language),
            initial=page_language,
        )


class PaperIdeaForm(IdeaForm):
    """An idea that came on paper or by phone, typed by staff."""


class CodeForm(forms.Form):
    """The personal code that opens one's own ideas."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Ten letters and digits. Capitals and spaces do not matter."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SearchForm(forms.Form):
    """What the list of ideas shows."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    order = forms.ChoiceField(label=_("Order"), required=False)

    def __init__(
        self,
        *args: Any,
        themes: Sequence[Theme],
        languages: Sequence[str],
        page_language: str,
        has_figures: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        orders = [("", _("By chance, so that every idea is read")), ("newest", _("Newest first"))]
        if has_figures:
            orders.append(("agreed", _("Most agreed with first")))
        self._choices("theme", [("", _("All")), *theme_choices(themes, page_language), ("-", _("Under no theme"))])
        self._choices("language", [("", _("All")), *language_choices(languages, page_language, is_open=False)])
        self._choices("order", orders)

    def _choices(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker what is declared above
        field.choices = choices


class AppealForm(OnceForm):
    """Why an idea should be looked at again."""

    text = forms.CharField(
        label=_("Why should we look again?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=LONGEST_NOTE
    )


class HideForm(forms.Form):
    """For which published rule an idea is hidden."""

    reason = forms.ChoiceField(label=_("Which rule"), choices=HideReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("A word to the author"),
        help_text=_("Everybody can read this. Name nobody."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
        required=False,
    )


class AnswerForm(forms.Form):
    """The answer to an appeal."""

    verdict = forms.ChoiceField(
        label=_("After a second look"),
        choices=[("keep", _("The idea stays hidden")), ("restore", _("The idea is shown again"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Everybody can read this. Name nobody."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_NOTE,
    )


class ThemeForm(forms.Form):
    """A theme in the languages of the process: a title, a question, a few words."""

    NAMES = (("title", _("Title"), 1), ("question", _("Question"), 2), ("summary", _("Summary"), 3))

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        for language in languages:
            for name, label, rows in self.NAMES:
                widget: forms.Widget = forms.TextInput() if rows == 1 else forms.Textarea(attrs={"rows": rows})
                widget.attrs.update({"lang": language, "dir": "auto"})
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=f"{label} ({name_of(language)})",
                    required=False,
                    max_length=120 if rows == 1 else 600,
                    widget=widget,
                )

    def bodies(self, name: str) -> dict[str, str]:
        """What was typed under one name, by language."""
        return {language: self.cleaned_data.get(f"{name}_{language}", "") for language in self.languages}

    @classmethod
    def initial_of(cls, theme: Worded, languages: Sequence[str]) -> dict[str, str]:
        """The words a theme has now, for the fields."""
        wanted = {(name, language) for name, _label, _rows in cls.NAMES for language in languages}
        rows = theme.texts.all()
        return {f"{row.name}_{row.language}": row.body for row in rows if (row.name, row.language) in wanted}


class PlaceForm(forms.Form):
    """Under which theme an idea goes."""

    theme = forms.ChoiceField(label=_("Theme"))

    def __init__(self, *args: Any, themes: Sequence[Theme], page_language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"] = forms.ChoiceField(
            label=_("Theme"), choices=[("", _("Choose a theme")), *theme_choices(themes, page_language)]
        )


class LeaveOutForm(forms.Form):
    """Why an idea is under no theme."""

    reason = forms.ChoiceField(label=_("Why it is not taken"), choices=NotTaken.choices)
    note = forms.CharField(label=_("A word to the author"), max_length=LONGEST_NOTE, required=False)


class SetupForm(forms.ModelForm[Setup]):
    """How this consultation is held."""

    class Meta:
        model = Setup
        fields = ("ideas_until", "ratings_until", "raters", "is_read_first", "most_per_hour", "most_choices")
        labels = {  # noqa: RUF012  # read once by Django
            "ideas_until": _("Ideas are taken until"),
            "ratings_until": _("Ratings are taken until"),
            "raters": _("Who may rate"),
            "is_read_first": _("Somebody reads each idea before it is shown"),
            "most_per_hour": _("Most ideas from one network in an hour"),
            "most_choices": _("Themes one may choose on the ballot paper"),
        }
        widgets = {  # noqa: RUF012  # read once by Django
            "ideas_until": MOMENT,
            "ratings_until": MOMENT,
            "raters": forms.RadioSelect,
        }


class VoteForm(forms.Form):
    """Which themes stand on the ballot paper."""

    themes = forms.MultipleChoiceField(label=_("Themes on the ballot paper"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, themes: Sequence[Theme], page_language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"] = forms.MultipleChoiceField(
            label=_("Themes on the ballot paper"),
            widget=forms.CheckboxSelectMultiple,
            choices=theme_choices(themes, page_language),
            initial=[theme.key for theme in themes],
        )


class WindowForm(forms.Form):
    """Until when papers are taken."""

    closes_at = forms.DateTimeField(
        label=_("The vote ends"),
        help_text=_("Leave this empty to end it by hand."),
        required=False,
        widget=MOMENT,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


class ImportForm(forms.Form):
    """A file of ideas, and one of ratings when there is one."""

    ideas = forms.FileField(label=_("File of ideas"), help_text=_("CSV or Excel (XLSX), at most 10 MB."))
    votes = forms.FileField(
        label=_("File of ratings"), help_text=_("With the columns comment-id, voter-id and vote."), required=False
    )
    language = forms.ChoiceField(label=_("Language of the ideas"))

    def __init__(self, *args: Any, languages: Sequence[str], page_language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the ideas"),
            help_text=_("For lines that name no language themselves."),
            choices=language_choices(languages, page_language),
            initial=page_language,
        )


def theme_choices(themes: Sequence[Theme], page_language: str) -> list[tuple[str, str]]:
    """Keys and titles of themes, for a list to choose from."""
    return [(theme.key, theme.say("title", page_language).text or theme.key) for theme in themes]
