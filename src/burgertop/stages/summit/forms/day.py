"""Forms of the day: a card, a table's kinds, a round, a code."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.texts import LANGUAGE_TAG, name_of
from burgertop.stages.consultation.models import Theme
from burgertop.stages.summit.actions.leaves import CardDraft
from burgertop.stages.summit.actions.tables import MOST_TABLES, TableDraft, tables_of_kind
from burgertop.stages.summit.models import Round, RoundKind, Table

__all__ = [
    "CancelForm",
    "CardForm",
    "CodeForm",
    "CountsForm",
    "RoundForm",
    "SeedForm",
    "SharesForm",
    "TypedCardForm",
    "WordsForm",
]

CARD_LENGTH = 400
REASONS_LENGTH = 800
KINDS_OF_TABLE = 6


class CardForm(forms.Form):
    """One card of one table: words, language, reasons, how many agree."""

    card = forms.UUIDField(widget=forms.HiddenInput)
    once = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)
    round = forms.UUIDField(widget=forms.HiddenInput, required=False)
    settles = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("One idea per card"), max_length=CARD_LENGTH, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    language = forms.ChoiceField(label=_("Language of the card"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=_("Why?"),
        max_length=REASONS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    support = forms.IntegerField(label=_("How many at the table agree?"), required=False, min_value=0, max_value=99)
    is_dissent = forms.BooleanField(label=_("Not everybody agrees with this card"), required=False)

    def __init__(self, table: Table, language: str, data: Mapping[str, Any] | None = None, **initial: Any) -> None:
        start = {"card": uuid.uuid4(), "once": uuid.uuid4(), "revision": 0, "language": language, **initial}
        super().__init__(data, initial=start)
        spoken = list(dict.fromkeys([*table.spoken, language]))
        self.fields["language"].choices = [(tag, tag) for tag in spoken if tag]  # type: ignore[attr-defined]  # ChoiceField

    def draft(self) -> CardDraft:
        """Return the card as the action takes it: kept, not sent."""
        data = self.cleaned_data
        return CardDraft(
            text=data["text"],
            language=data["language"],
            reasons=data["reasons"],
            support=data["support"],
            is_dissent=data["is_dissent"],
            is_sent=False,
        )


class TypedCardForm(CardForm):
    """A card that a table wrote on paper, as the staff types it in: of which round, and whether the table sends it."""

    is_sent = forms.BooleanField(label=_("The table ticked that it sends this card"), required=False)

    def __init__(
        self, table: Table, rounds: Sequence[Round], data: Mapping[str, Any] | None = None, **initial: Any
    ) -> None:
        super().__init__(table, next(iter(table.spoken), ""), data, **initial)
        self.fields["round"] = forms.ChoiceField(
            label=pgettext_lazy("card", "Round"), choices=[(str(one.pk), str(one.number)) for one in rounds]
        )
        self.order_fields(["round", "text", "language", "reasons", "support", "is_dissent", "is_sent"])

    def draft(self) -> CardDraft:
        """Return the card as the action takes it."""
        return replace(super().draft(), is_sent=self.cleaned_data["is_sent"])


class CountsForm(forms.Form):
    """How many tables of which languages; the quick way to lay a hall."""

    seats = forms.IntegerField(label=_("Seats at each table"), min_value=2, max_value=40, initial=10)

    def __init__(self, languages: Sequence[str], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.rows: list[tuple[str, str, str]] = []
        for row in range(KINDS_OF_TABLE):
            names = (f"languages_{row}", f"count_{row}", f"interpreter_{row}")
            self.rows.append(names)
            self.fields[names[0]] = forms.CharField(
                label=_("Languages"),
                required=False,
                max_length=60,
                initial=languages[row] if row < len(languages) else "",
            )
            self.fields[names[1]] = forms.IntegerField(
                label=_("Tables"), required=False, min_value=0, max_value=MOST_TABLES
            )
            self.fields[names[2]] = forms.BooleanField(label=_("With an interpreter"), required=False)

    def clean(self) -> dict[str, Any]:
        """Read the languages of each row; at least one table is needed."""
        data = dict(super().clean() or {})
        for names, count in ((row, data.get(row[1]) or 0) for row in self.rows):
            tags = [tag for tag in re.split(r"[|,;/\s]+", data.get(names[0]) or "") if tag]
            if count and not tags:
                self.add_error(names[0], _("Which languages are spoken at these tables?"))
            try:
                for tag in tags:
                    LANGUAGE_TAG(tag)
            except ValidationError as error:
                self.add_error(names[0], error)
            data[names[0]] = tags
        if not self.errors and not any(data.get(row[1]) for row in self.rows):
            self.add_error(self.rows[0][1], _("Say how many tables there are."))
        return data

    def drafts(self) -> list[TableDraft]:
        """Return the tables, numbered in the order of the rows."""
        drafts: list[TableDraft] = []
        data = self.cleaned_data
        for languages, count, interpreter in self.rows:
            drafts += tables_of_kind(
                data[languages],
                data[count] or 0,
                seats=data["seats"],
                first=len(drafts) + 1,
                has_interpreter=data[interpreter],
            )
        return drafts


class SeedForm(forms.Form):
    """The public chance a seating starts from."""

    seed = forms.CharField(
        label=_("Public chance"),
        max_length=200,
        help_text=_("A text that nobody could choose beforehand, such as dice thrown on stage. It is published."),
    )


class WordsForm(forms.Form):
    """Texts in each language of the process; one of them is enough."""

    names: Mapping[str, tuple[str | Promise, int]] = {}
    needed = ""

    def __init__(
        self, languages: Sequence[str], data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.languages = list(languages)
        for name, (label, length) in self.names.items():
            for language in languages:
                widget: forms.Widget = forms.TextInput() if length <= 200 else forms.Textarea(attrs={"rows": 3})
                widget.attrs.update({"lang": language, "dir": "auto"})
                self.fields[f"{name}__{language}"] = forms.CharField(
                    label=f"{label} ({name_of(language)})", required=False, max_length=length, widget=widget
                )

    def clean(self) -> dict[str, Any]:
        """Ask for the needed text in one language at least."""
        data = dict(super().clean() or {})
        if self.needed and not any(data.get(f"{self.needed}__{language}") for language in self.languages):
            first = f"{self.needed}__{self.languages[0]}"
            if first not in self.errors:
                self.add_error(first, _("Write this in one language at least."))
        return data

    def bodies(self, name: str) -> dict[str, str]:
        """Return one text by language."""
        return {language: str(self.cleaned_data.get(f"{name}__{language}", "")) for language in self.languages}


class RoundForm(WordsForm):
    """A round: its question, what the tables write, how long."""

    names: Mapping[str, tuple[str | Promise, int]] = {
        "question": (pgettext_lazy("round", "Question"), 300),
        "introduction": (pgettext_lazy("round", "Introduction"), 2000),
    }
    needed = "question"
    kind = forms.ChoiceField(
        label=_("What the tables write"),
        choices=RoundKind.choices,
        initial=RoundKind.PROPOSAL,
        widget=forms.RadioSelect,
    )
    theme = forms.ChoiceField(label=_("Theme of the agenda"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=480, initial=40)
    cards_limit = forms.IntegerField(label=_("Cards a table may send"), min_value=1, max_value=50, initial=5)

    def __init__(
        self,
        languages: Sequence[str],
        themes: Sequence[Theme],
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(languages, data, initial)
        shown = [
            (str(theme.pk), theme.say("title", get_language() or languages[0]).text or theme.key) for theme in themes
        ]
        self.fields["theme"].choices = [("", _("None of them")), *shown]  # type: ignore[attr-defined]  # ChoiceField


class CancelForm(forms.Form):
    """Why a ballot is given up; published."""

    reason = forms.CharField(label=_("Why is it cancelled?"), max_length=300, help_text=_("This is published."))


class CodeForm(forms.Form):
    """The code on somebody's seat card."""

    code = forms.CharField(
        label=_("Your seat code"),
        max_length=60,
        help_text=_("It stands on the card you got at the entrance."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class SharesForm(forms.Form):
    """In how many parts of the alphabet the door list is printed."""

    shares = forms.IntegerField(
        label=_("In how many parts of the alphabet?"),
        help_text=_("One part for each door, or one for all."),
        required=False,
        min_value=1,
        max_value=26,
        initial=1,
    )
