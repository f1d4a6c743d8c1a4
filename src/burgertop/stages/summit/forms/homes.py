"""Forms of G-Home: registering, coming in, saying something; the setting, tables, rooms, and moving somebody."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from burgertop.foundation.texts import name_of
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit.forms.day import CodeForm
from burgertop.stages.summit.models import HomeSetting, Reach, RemovalReason, Round
from burgertop.stages.summit.models.homes import ADDRESS_LENGTH, STATEMENT_LENGTH
from burgertop.stages.summit.rooms import check_address, check_pattern

__all__ = [
    "HideForm",
    "HomeCodeForm",
    "HomeSettingForm",
    "HomeTablesForm",
    "MoveGuestForm",
    "RegisterForm",
    "RoomForm",
    "StatementForm",
    "titles_of",
]


def _languages(tags: Sequence[str]) -> list[tuple[str, str]]:
    return [(tag, name_of(tag)) for tag in tags]


def _here(tags: Sequence[str]) -> str:
    """The language of the page where it is one of these, else the first."""
    here = (get_language() or "en").split("-", maxsplit=1)[0]
    return here if here in tags else next(iter(tags), "")


def titles_of(rounds: Sequence[Round]) -> list[tuple[str, str]]:
    """The rounds to choose from, by their questions."""
    here = get_language() or "en"
    return [(str(one.pk), f"{one.number}. {one.say('question', here).text}") for one in rounds]


class RegisterForm(forms.Form):
    """Somebody who takes part from home: a language, which rounds, and a mail address if they like. No name."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("In which language do you want to talk?"), widget=forms.RadioSelect)
    rounds = forms.MultipleChoiceField(
        label=_("In which rounds do you take part?"),
        help_text=_("Choose none if you take part in all of them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mail = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Only if you want your code by e-mail. It is kept apart and deleted after the process."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(
        self, languages: Sequence[str], rounds: Sequence[Round], data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"once": uuid.uuid4(), "language": _here(languages)})
        self.by_id = {str(one.pk): one for one in rounds}
        self.fields["language"].choices = _languages(languages)  # type: ignore[attr-defined]  # ChoiceField
        self.fields["rounds"].choices = titles_of(rounds)  # type: ignore[attr-defined]  # MultipleChoiceField
        if not rounds:
            del self.fields["rounds"]

    def chosen(self) -> list[Round]:
        """Return the rounds that were chosen; none means all."""
        return [self.by_id[pk] for pk in self.cleaned_data.get("rounds", [])]


class HomeCodeForm(CodeForm):
    """The code somebody got when they registered."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["code"].label = _("Your code")
        self.fields["code"].help_text = _("You saw it when you registered.")


class StatementForm(forms.Form):
    """One thing somebody says to their table."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What do you want to say?"),
        max_length=STATEMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"once": uuid.uuid4()})


class HomeSettingForm(forms.Form):
    """How people take part from home and from elsewhere."""

    is_home_open = forms.BooleanField(label=_("People can register to take part from home"), required=False)
    is_off_open = forms.BooleanField(label=_("Local gatherings can register"), required=False)
    room_pattern = forms.CharField(
        label=_("Address of the video rooms"),
        required=False,
        max_length=ADDRESS_LENGTH,
        help_text=_(
            "Such as https://meet.example.org/{process}-{table}-{secret}. Each table gets a room of its own; "
            "{secret} makes its address impossible to guess."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocapitalize": "off"}),
    )
    least = forms.IntegerField(label=_("At least so many at an online table"), min_value=2, max_value=40)
    most = forms.IntegerField(label=_("At most so many at an online table"), min_value=2, max_value=40)
    reach = forms.ChoiceField(
        label=_("Whose statements does one rate?"), choices=Reach.choices, widget=forms.RadioSelect
    )
    uploads_until = forms.DateTimeField(
        label=_("Local gatherings can send in cards until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, setting: HomeSetting, data: Mapping[str, Any] | None = None) -> None:
        names = ("is_home_open", "is_off_open", "room_pattern", "least", "most", "reach", "uploads_until")
        super().__init__(data, initial={name: getattr(setting, name) for name in names})

    def clean_room_pattern(self) -> str:
        """Refuse a pattern that leads nowhere, or that somebody could guess."""
        pattern = str(self.cleaned_data["room_pattern"])
        return _checked(pattern, check_pattern)

    def clean(self) -> dict[str, Any]:
        """Ask for a most that is not below the least."""
        data = dict(super().clean() or {})
        if data.get("least") and data.get("most") and data["most"] < data["least"]:
            self.add_error("most", _("This must not be below the least."))
        return data


def _checked(address: str, check: Any) -> str:
    if not address:
        return ""
    try:
        return str(check(address))
    except HouseError as error:
        raise forms.ValidationError(say(error)) from error


class HomeTablesForm(forms.Form):
    """How many online tables to open in a language."""

    language = forms.ChoiceField(label=_("Language"), widget=forms.RadioSelect)
    count = forms.IntegerField(label=_("Tables"), min_value=1, max_value=100, initial=1)

    def __init__(self, languages: Sequence[str], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"language": _here(languages)})
        self.fields["language"].choices = _languages(languages)  # type: ignore[attr-defined]  # ChoiceField


class RoomForm(forms.Form):
    """The room of one table by its own address."""

    address = forms.CharField(
        label=_("Address of this room"),
        required=False,
        max_length=ADDRESS_LENGTH,
        help_text=_("Leave it empty to use the pattern."),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocapitalize": "off"}),
    )

    def clean_address(self) -> str:
        """Refuse an address to which no page may link."""
        return _checked(str(self.cleaned_data["address"]), check_address)


class MoveGuestForm(forms.Form):
    """Whom to put at which online table, in which round."""

    number = forms.IntegerField(
        label=pgettext_lazy("of somebody at home", "Number"),
        min_value=1,
        help_text=_("The number somebody at home sees on their page."),
    )
    round = forms.ChoiceField(label=_("Round"))
    table = forms.ChoiceField(label=_("Table"))

    def __init__(self, rounds: Sequence[Round], tables: Sequence[int], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["round"].choices = titles_of(rounds)  # type: ignore[attr-defined]  # ChoiceField
        self.fields["table"].choices = [(str(one), str(one)) for one in tables]  # type: ignore[attr-defined]  # ChoiceField


class HideForm(forms.Form):
    """Why a statement is hidden."""

    reason = forms.ChoiceField(label=_("Why?"), choices=RemovalReason.choices)
