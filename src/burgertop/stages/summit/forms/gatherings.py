"""Forms of local gatherings: registering one, counting who came, a card that was written on paper."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from burgertop.foundation.texts import name_of
from burgertop.stages.summit.actions import GatheringDraft, LateCard
from burgertop.stages.summit.actions.leaves import CardDraft
from burgertop.stages.summit.forms.day import CARD_LENGTH, REASONS_LENGTH
from burgertop.stages.summit.forms.homes import titles_of
from burgertop.stages.summit.models import Round, Table
from burgertop.stages.summit.papers.writing import HOUSE_LANGUAGES, own_name_of

__all__ = ["COUNTED", "GatheringForm", "LateCardForm", "PackForm", "PeopleForm"]

# What a host may count at the door; each value is a field of its own.
COUNTED: Mapping[str, tuple[tuple[str, Any], ...]] = {
    "sex": (
        ("F", pgettext_lazy("counted at the door", "women")),
        ("M", pgettext_lazy("counted at the door", "men")),
        ("X", pgettext_lazy("counted at the door", "people who say X")),
    ),
    "age": (
        ("16-29", pgettext_lazy("counted at the door", "aged 16 to 29")),
        ("30-44", pgettext_lazy("counted at the door", "aged 30 to 44")),
        ("45-59", pgettext_lazy("counted at the door", "aged 45 to 59")),
        ("60+", pgettext_lazy("counted at the door", "aged 60 and over")),
    ),
}


class GatheringForm(forms.Form):
    """A gathering that somebody wants to hold."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    place = forms.CharField(
        label=_("Where do you meet?"),
        max_length=120,
        help_text=_("Town and building, such as “Gent, library De Krook”. It is published."),
    )
    languages = forms.MultipleChoiceField(label=_("Languages at your tables"), widget=forms.CheckboxSelectMultiple)
    tables = forms.IntegerField(
        label=_("How many tables?"), min_value=1, max_value=30, initial=1, help_text=_("Ten people a table at most.")
    )
    mail = forms.EmailField(
        label=_("E-mail"),
        help_text=_("For the link to your host page. It is kept apart and not published."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, languages: Sequence[str], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"once": uuid.uuid4()})
        choices = [(tag, name_of(tag)) for tag in languages]
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]  # MultipleChoiceField

    def draft(self) -> GatheringDraft:
        """Return the gathering as the action takes it."""
        data = self.cleaned_data
        return GatheringDraft(data["place"], tuple(data["languages"]), data["tables"], data["mail"])


class PeopleForm(forms.Form):
    """How many people came; the rest only if the host counted it."""

    people = forms.IntegerField(label=_("How many people came?"), min_value=0, max_value=1000)

    def __init__(self, counts: Mapping[str, Mapping[str, int]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, values in COUNTED.items():
            for value, words in values:
                self.fields[f"{name}__{value}"] = forms.IntegerField(
                    label=words, required=False, min_value=0, max_value=1000, initial=counts.get(name, {}).get(value)
                )

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the numbers that were given, by feature and value."""
        found: dict[str, dict[str, int]] = {}
        for name, values in COUNTED.items():
            for value, _words in values:
                number = self.cleaned_data.get(f"{name}__{value}")
                if number is not None:
                    found.setdefault(name, {})[value] = number
        return found


class PackForm(forms.Form):
    """In which language the host reads the pack; tables have their own."""

    language = forms.ChoiceField(label=_("Language"), choices=[(tag, own_name_of(tag)) for tag in HOUSE_LANGUAGES])


class LateCardForm(forms.Form):
    """One card that was written on paper."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    round = forms.ChoiceField(label=_("Round"))
    table = forms.ChoiceField(label=_("Table"))
    text = forms.CharField(
        label=_("One idea per card"), max_length=CARD_LENGTH, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    language = forms.ChoiceField(label=_("Language of the card"))
    reasons = forms.CharField(
        label=_("Why?"),
        max_length=REASONS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    support = forms.IntegerField(label=_("How many at the table agree?"), required=False, min_value=0, max_value=99)

    def __init__(
        self,
        rounds: Sequence[Round],
        tables: Sequence[Table],
        languages: Sequence[str],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"once": uuid.uuid4()})
        self.rounds = {str(one.pk): one for one in rounds}
        self.tables = {str(one.number): one for one in tables}
        choices = {
            "round": titles_of(rounds),
            "table": [(number, number) for number in self.tables],
            "language": [(tag, name_of(tag)) for tag in languages],
        }
        for name, pairs in choices.items():
            self.fields[name].choices = pairs  # type: ignore[attr-defined]  # ChoiceField

    def card(self) -> LateCard:
        """Return the card as the action takes it."""
        data = self.cleaned_data
        draft = CardDraft(
            data["text"], data["language"], reasons=data["reasons"], support=data["support"], is_sent=True
        )
        return LateCard(self.rounds[data["round"]], self.tables[data["table"]], draft)
