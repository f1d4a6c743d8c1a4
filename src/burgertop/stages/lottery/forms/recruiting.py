"""Forms for frames and letters: columns and terms of a frame, texts and days of letters, the waves."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.draws.models import Chance
from burgertop.foundation.files.forms import ColumnsForm
from burgertop.foundation.files.tables import Table
from burgertop.foundation.texts import name_of
from burgertop.stages.lottery.actions import Terms
from burgertop.stages.lottery.addressing import ADDRESS_ROLES, LanguageRule
from burgertop.stages.lottery.letter_texts import text_of
from burgertop.stages.lottery.models import Invitation, Window

__all__ = ["FrameForm", "InvitationForm", "SentForm", "WaveForm"]

LETTERS_MOST = 100_000
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FrameForm(ColumnsForm):
    """What the columns of an address file are, how many rows will be drawn from it, and where the chance comes from."""

    name = forms.SlugField(
        label=_("Short name of this list"),
        max_length=40,
        initial="letters",
        help_text=_("Small letters, digits and hyphens. It stands in the record."),
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", _("Only small letters, digits and hyphens."))],
    )
    rule = forms.ChoiceField(
        label=_("Language of the letters"),
        choices=LanguageRule.choices,
        initial=LanguageRule.FIRST,
        help_text=_("A column with the person’s language goes first; “nl, fr” in it stands for a letter in both."),
        widget=forms.RadioSelect,
    )
    letters = forms.IntegerField(
        label=_("People to draw"),
        required=False,
        min_value=1,
        max_value=LETTERS_MOST,
        help_text=_("First letters and reserve together: when it is drawn from, the list is destroyed."),
    )
    group_by = forms.ChoiceField(
        label=_("Draw by group"),
        required=False,
        help_text=_("A column that is a feature. Left empty, everybody has the same chance."),
    )
    wanted = forms.CharField(
        label=_("People to draw from each group"),
        required=False,
        max_length=4000,
        help_text=_("Only with groups: one group a line, such as “nl: 600”."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    chance = forms.ChoiceField(label=_("The chance comes from"), choices=Chance.choices, widget=forms.RadioSelect)
    source = forms.CharField(
        label=_("Which, when and where"),
        max_length=200,
        help_text=_("For example: the numbers of the national lottery of Saturday 3 October."),
    )
    is_lenient = forms.BooleanField(label=_("Leave out the rows that cannot be written to"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, table: Table, guesses: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(table, ADDRESS_ROLES, guesses, *args, **kwargs)
        self.fields["group_by"].choices = [("", "–"), *((column, column) for column in table.columns)]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Read how many are wanted, of all or of every group."""
        data = super().clean() or {}
        group_by = data.get("group_by", "")
        if not group_by:
            data["counts"] = {"": data["letters"]} if data.get("letters") else {}
            if not data["counts"] and "letters" not in self.errors:
                self.add_error("letters", _("Say how many people are to be drawn."))
            return data
        if self.roles().get(group_by) not in {"feature", "feature_language", "feature_municipality"}:
            self.add_error("group_by", _("Groups are made by a column that is a feature."))
        data["counts"] = self._counts(data.get("wanted", ""))
        return data

    def _counts(self, text: str) -> dict[str, int]:
        counts: dict[str, int] = {}
        for line in filter(None, map(str.strip, text.splitlines())):
            group, _colon, number = line.rpartition(":")
            plain = number.strip()
            if not group.strip() or not (plain.isascii() and plain.isdigit()) or not 0 < int(plain[:7]) <= LETTERS_MOST:
                self.add_error("wanted", _("“%(line)s” is not a group with a number.") % {"line": line[:40]})
                return {}
            counts[group.strip()] = int(plain[:7])
        if not counts:
            self.add_error("wanted", _("Say how many people are to be drawn."))
        return counts


class InvitationForm(forms.Form):
    """Until when people may answer, what the envelope is like, and the texts of the letter in every language."""

    answer_by = forms.DateField(label=_("Last day to answer"), widget=DAY, required=False)
    window = forms.ChoiceField(label=_("The window of the envelope is"), choices=Window.choices)
    has_card = forms.BooleanField(label=_("Print an answer card with every letter"), required=False)

    NAMES = (
        ("sender", _("Sender, as in the head of the letter (%(language)s)"), 3),
        ("back", _("Address for cards that come back (%(language)s)"), 2),
        ("subject", _("Heading (%(language)s)"), 1),
        ("body", _("First letter (%(language)s)"), 14),
        ("reminder", _("Reminder (%(language)s)"), 10),
        ("signature", _("Signature (%(language)s)"), 2),
    )

    def __init__(self, invitation: Invitation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(invitation.stage.process.languages) or ["en"]
        last = invitation.answer_by
        self.fields["answer_by"].initial = timezone.localtime(last).date() if last else None
        self.fields["window"].initial, self.fields["has_card"].initial = invitation.window, invitation.has_card
        for language in self.languages:
            for name, label, rows in self.NAMES:
                self.fields[f"{name}__{language}"] = forms.CharField(
                    label=label % {"language": name_of(language)},
                    required=False,
                    max_length=4000,
                    initial=text_of(invitation, name, language),
                    widget=forms.Textarea(attrs={"rows": rows, "lang": language, "dir": "auto"}),
                )

    def terms(self) -> Terms:
        """Return the day, as its last minute, and the envelope."""
        data = self.cleaned_data
        last = data["answer_by"]
        at = timezone.make_aware(datetime.combine(last, time(23, 59))) if last else None
        return Terms(at, Window(data["window"]), data["has_card"])

    def words(self) -> dict[str, dict[str, str]]:
        """Return the texts by name and language."""
        return {
            name: {language: self.cleaned_data[f"{name}__{language}"].strip() for language in self.languages}
            for name, _label, _rows in self.NAMES
        }


class WaveForm(forms.Form):
    """Who gets a letter now."""

    kind = forms.ChoiceField(
        label=_("Who gets a letter"),
        choices=[
            ("first", _("the next people of the draw")),
            ("reminder", _("everybody who had a letter and has not answered")),
        ],
        widget=forms.RadioSelect,
        initial="first",
    )
    most = forms.IntegerField(
        label=_("At most so many letters"),
        required=False,
        min_value=1,
        max_value=LETTERS_MOST,
        help_text=_("Left empty, all of them."),
    )
    once = forms.UUIDField(widget=forms.HiddenInput)


class SentForm(forms.Form):
    """When a wave was handed to the post."""

    sent_on = forms.DateField(label=_("Handed to the post on"), widget=DAY)
