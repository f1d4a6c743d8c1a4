"""Forms of the script and the control desk: an item, the start, a press, a message, a call for help, a topic."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from burgertop.foundation.texts import name_of
from burgertop.stages.summit.actions.clock import Press
from burgertop.stages.summit.forms.day import WordsForm
from burgertop.stages.summit.models import HelpKind, ItemKind, Table

__all__ = ["HelpForm", "ItemForm", "MessageForm", "MoveForm", "PressForm", "StartForm", "TopicForm"]

YEARS = range(1990, 2200)
KINDS_BY_HAND = [one for one in ItemKind.choices if one[0] != ItemKind.ROUND]


def _of_these_centuries(moment: datetime | None) -> datetime | None:
    """Refuse any other year: it is a slip of the pen."""
    if moment is not None and moment.year not in YEARS:
        raise ValidationError(_("Write day and time, such as 11 November 2011, 9:30."))
    return moment


class PressForm(forms.Form):
    """One press at the control desk: where the clock stood, which item, how much time."""

    revision = forms.IntegerField(min_value=0, max_value=1_000_000_000, widget=forms.HiddenInput)
    item = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seconds = forms.IntegerField(required=False, min_value=-3600, max_value=3600, widget=forms.HiddenInput)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def press(self, by: uuid.UUID | None) -> Press:
        """Return the press as the actions take it."""
        return Press(by=by, revision=self.cleaned_data["revision"])


class MessageForm(WordsForm):
    """A short message to everyone."""

    names: Mapping[str, tuple[str | Promise, int]] = {"text": (pgettext_lazy("message to everyone", "Message"), 200)}
    needed = "text"
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, languages: Sequence[str], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(languages, data, {"once": uuid.uuid4()})


class HelpForm(forms.Form):
    """A call for help."""

    kind = forms.ChoiceField(choices=HelpKind.choices)
    once = forms.UUIDField()


class TopicForm(forms.Form):
    """The topic a table chose for itself."""

    text = forms.CharField(
        label=_("What will your table talk about?"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    language = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect)

    def __init__(self, table: Table, language: str, data: Mapping[str, Any] | None = None, **initial: Any) -> None:
        super().__init__(data, initial={"language": language, **initial})
        spoken = [tag for tag in dict.fromkeys([*table.spoken, language]) if tag]
        self.fields["language"].choices = [(tag, name_of(tag)) for tag in spoken]  # type: ignore[attr-defined]  # ChoiceField


class ItemForm(WordsForm):
    """An item of the script: what it is, how long, what happens where. A round has its own form for its question."""

    names: Mapping[str, tuple[str | Promise, int]] = {
        "title": (pgettext_lazy("item of the script", "Title"), 120),
        "hall": (_("In the hall"), 200),
        "tables": (_("At the tables"), 200),
        "home": (_("In the rooms of G-Home"), 200),
        "off": (_("At the G-Offs"), 200),
        "prompts": (_("For the table hosts: a line for each step"), 1000),
        "speaker": (_("Who speaks"), 200),
        "paper": (_("The paper, in plain language"), 6000),
    }
    kind = forms.ChoiceField(label=_("What it is"), choices=KINDS_BY_HAND, widget=forms.RadioSelect)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=480, initial=10)
    not_before_at = forms.DateTimeField(
        label=_("Not before"),
        required=False,
        help_text=_("Lunch, for example, when the kitchen is ready. Begun earlier, the desk asks once more."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(
        self,
        languages: Sequence[str],
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
        *,
        is_round: bool = False,
    ) -> None:
        super().__init__(languages, data, {"kind": ItemKind.OTHER, **(initial or {})})
        self.needed = "" if is_round else "title"
        if is_round:
            for name in ("title", "speaker", "paper"):
                for language in languages:
                    del self.fields[f"{name}__{language}"]
            del self.fields["kind"]

    def clean_not_before_at(self) -> datetime | None:
        """Take a day of these centuries."""
        return _of_these_centuries(self.cleaned_data["not_before_at"])

    def first_fields(self) -> list[forms.BoundField]:
        """What every item needs: what it is, how long, its title."""
        return self._fields("kind", "minutes", "not_before_at", "title")

    def more_fields(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        """What an item may have, in groups that open one by one."""
        groups = [
            (_("What happens where"), self._fields("hall", "tables", "home", "off")),
            (_("Steps for the table hosts"), self._fields("prompts")),
            (_("Who speaks, and the paper"), self._fields("speaker", "paper")),
        ]
        return [(heading, fields) for heading, fields in groups if fields]

    def _fields(self, *names: str) -> list[forms.BoundField]:
        return [field for field in self if field.name.partition("__")[0] in names]

    def texts(self) -> dict[str, dict[str, str]]:
        """Return every text by its name and language."""
        return {name: self.bodies(name) for name in self.names if f"{name}__{self.languages[0]}" in self.fields}


class StartForm(forms.Form):
    """When the day is to begin, and whether everybody may read the script."""

    planned_at = forms.DateTimeField(
        label=_("The day begins"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    is_public = forms.BooleanField(label=_("Everybody may read the script"), required=False)

    def clean_planned_at(self) -> datetime | None:
        """Take a day of these centuries."""
        return _of_these_centuries(self.cleaned_data["planned_at"])


class MoveForm(forms.Form):
    """Where an item goes in the script."""

    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=500)
