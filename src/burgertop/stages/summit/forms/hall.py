"""Forms of the hall: tables, staff, rules, a plan of seats, the morning."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from burgertop.core.seating import LEAST_AT_TABLE
from burgertop.core.seating.rules import LEAST_SPEAKERS
from burgertop.foundation.texts import LANGUAGE_TAG
from burgertop.stages.summit.actions import StaffDraft, TableDraft
from burgertop.stages.summit.forms.day import SeedForm
from burgertop.stages.summit.models import Effort, Round, RuleKind, RuleReason, Staff, StaffRole, Table, Weight

__all__ = [
    "LanguagesField",
    "MixForm",
    "NumbersField",
    "PlanForm",
    "ReseatForm",
    "RuleForm",
    "StaffChangeForm",
    "StaffForm",
    "SwapForm",
    "TableForm",
    "WeightsForm",
]


class LanguagesField(forms.CharField):
    """Tags of languages, set apart by a space or a comma: ``nl fr``."""

    def clean(self, value: Any) -> Any:
        """Return the tags, each once."""
        tags = list(dict.fromkeys(tag.lower() for tag in re.split(r"[|,;/\s]+", super().clean(value) or "") if tag))
        for tag in tags:
            LANGUAGE_TAG(tag)
        return tags


class NumbersField(forms.CharField):
    """Numbers under which staff knows people, set apart by a space or a comma."""

    def clean(self, value: Any) -> Any:
        """Return the numbers, each once."""
        return list(dict.fromkeys(word for word in re.split(r"[,;\s]+", super().clean(value) or "") if word))


class PlanForm(SeedForm):
    """What a plan of the hall starts from."""

    effort = forms.ChoiceField(label=_("How long to improve"), choices=Effort.choices, initial=Effort.GOOD)
    least_speakers = forms.IntegerField(
        label=_("Company in one’s language"),
        min_value=1,
        max_value=5,
        initial=LEAST_SPEAKERS,
        help_text=_(
            "At a table with several languages, somebody who follows only one of them has company: at least so many "
            "people there follow it. 1 if nobody minds."
        ),
    )


class ReseatForm(SeedForm):
    """What the plan for those who are here starts from."""

    least = forms.IntegerField(
        label=_("Least people at an open table"), min_value=1, max_value=40, initial=LEAST_AT_TABLE
    )


class MixForm(forms.Form):
    """The mix of 2011, for so many people."""

    people = forms.IntegerField(label=_("People"), min_value=1, max_value=5000)
    each = forms.IntegerField(label=_("Seats at each table"), min_value=2, max_value=40, initial=10)


class TableForm(forms.Form):
    """What one table has."""

    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=40)
    languages = LanguagesField(label=_("Languages"), max_length=60)
    interpreter = LanguagesField(
        label=_("Languages of the interpreter"),
        max_length=60,
        required=False,
        help_text=_("Empty: nobody interprets here."),
    )
    step_free = forms.BooleanField(label=_("Step-free"), required=False)
    hearing_loop = forms.BooleanField(label=_("Hearing loop"), required=False)

    def __init__(self, table: Table, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(
            data,
            initial={
                "seats": table.seats,
                "languages": " ".join(table.languages),
                "interpreter": " ".join(table.interpreter_languages),
                "step_free": table.is_step_free,
                "hearing_loop": table.has_hearing_loop,
            },
        )
        self.number = table.number

    def draft(self) -> TableDraft:
        """Return the table as the action takes it."""
        data = self.cleaned_data
        return TableDraft(
            number=self.number,
            languages=tuple(data["languages"]),
            seats=data["seats"],
            interpreter_languages=tuple(data["interpreter"]),
            is_step_free=data["step_free"],
            has_hearing_loop=data["hearing_loop"],
        )


class StaffForm(forms.Form):
    """Somebody new who works in the hall."""

    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=StaffRole.choices, widget=forms.RadioSelect)
    languages = LanguagesField(label=_("Languages"), max_length=60, help_text=_("For example: nl fr"))

    def draft(self) -> StaffDraft:
        """Return the person as the action takes them."""
        data = self.cleaned_data
        return StaffDraft(data["name"].strip(), StaffRole(data["role"]), tuple(data["languages"]))


class StaffChangeForm(forms.Form):
    """Languages of somebody, whom they know, whether they are here."""

    languages = LanguagesField(label=_("Languages"), max_length=60)
    knows = NumbersField(
        label=_("Knows these participants"),
        required=False,
        max_length=2000,
        help_text=_("By number. Nobody works at a table with people they know."),
    )
    is_away = forms.BooleanField(label=_("Ill, or not here"), required=False)

    def __init__(self, staff: Staff, knows: Sequence[str], data: Mapping[str, Any] | None = None) -> None:
        initial = {"languages": " ".join(staff.languages), "knows": " ".join(knows), "is_away": staff.is_away}
        super().__init__(data, initial=initial)


class RuleForm(forms.Form):
    """A rule that every plan keeps."""

    kind = forms.ChoiceField(label=_("What"), choices=RuleKind.choices, widget=forms.RadioSelect)
    people = NumbersField(label=_("Who"), max_length=2000, help_text=_("By number, set apart by a space or a comma."))
    table = forms.IntegerField(
        label=_("Table"), required=False, min_value=1, max_value=9999, help_text=_("Only for a fixed table.")
    )
    round = forms.ChoiceField(label=_("Round"), required=False)
    reason = forms.ChoiceField(label=pgettext_lazy("rule of seats", "Why"), choices=RuleReason.choices)

    def __init__(self, rounds: Sequence[Round], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        numbers = [(str(one.number), str(one.number)) for one in rounds]
        self.fields["round"].choices = [("", _("every round")), *numbers]  # type: ignore[attr-defined]  # ChoiceField


class WeightsForm(forms.Form):
    """How much each feature counts."""

    def __init__(self, weights: Mapping[str, Weight], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.names = list(weights)
        for number, (name, weight) in enumerate(weights.items()):
            self.fields[f"weight_{number}"] = forms.ChoiceField(label=name, choices=Weight.choices, initial=weight)

    def chosen(self) -> dict[str, Weight]:
        """The weights that were chosen, by feature."""
        return {name: Weight(self.cleaned_data[f"weight_{number}"]) for number, name in enumerate(self.names)}


class SwapForm(forms.Form):
    """Another table for one person, or somebody to change places with."""

    number = forms.IntegerField(label=_("To table"), required=False, min_value=1, max_value=9999)
    swap = forms.CharField(
        label=_("Or change places with"), required=False, max_length=80, help_text=_("The number of a person.")
    )

    def clean(self) -> dict[str, Any]:
        """One of the two is needed, not both."""
        data = dict(super().clean() or {})
        if not self.errors and bool(data.get("number")) == bool(data.get("swap")):
            raise ValidationError(_("Say a table, or somebody to change places with."))
        return data
