"""Forms of the lottery: a new draw, columns of a pool, quotas, duties, seal, chance, leavers, reason, code."""

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from burgertop.core.errors import CoreError, InputError
from burgertop.core.sortition import Quota
from burgertop.foundation.draws.models import Chance, Draw, Duty
from burgertop.foundation.draws.queries import QuotaCount
from burgertop.foundation.files.forms import ColumnsForm
from burgertop.foundation.files.tables import Table
from burgertop.foundation.origins import Origin
from burgertop.foundation.wording import say
from burgertop.stages.lottery.actions import Reason
from burgertop.stages.lottery.reading import ROLES

__all__ = [
    "ChanceForm",
    "CodeForm",
    "ConfirmForm",
    "DutiesForm",
    "LeaverForm",
    "NewDrawForm",
    "PoolForm",
    "ProposalForm",
    "QuotasForm",
    "ReasonForm",
    "SealForm",
]

SEATS_MOST = 100_000
PANELS_MOST = 100_000
RULE_NAMES = (
    ("leximin", _("The smallest chances as large as can be, one after the other (leximin)")),
    ("maximin", _("The smallest chance as large as can be (maximin)")),
    ("nash", _("The product of all chances as large as can be (Nash)")),
    ("goldilocks", _("No chance too small and none too large (Goldilocks)")),
)
ORIGINS = (Origin.DRAWN, Origin.PARTNER, Origin.SELF_SELECTED, Origin.IMPORTED)


class NewDrawForm(forms.Form):
    """A draw: its short name in addresses and how many seats it fills."""

    name = forms.SlugField(
        label=_("Short name"),
        max_length=40,
        help_text=_("Small letters, digits and hyphens. It stands in the address of the draw and in the record."),
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Only small letters, digits and hyphens."))],
    )
    seats = forms.IntegerField(label=_("Seats to draw"), min_value=1, max_value=SEATS_MOST)


class ConfirmForm(forms.Form):
    """A confirmation that counts once."""

    once = forms.UUIDField(widget=forms.HiddenInput)


class PoolForm(ColumnsForm):
    """What the columns of a pool file are, where its people come from, and whether it replaces what is there."""

    origin = forms.ChoiceField(
        label=_("Where these people come from"),
        choices=[(origin.value, origin.label) for origin in ORIGINS],
        initial=Origin.DRAWN.value,
        help_text=_("People who answered a letter sent by lot are “drawn by lot”."),
    )
    is_fresh = forms.BooleanField(label=_("Empty the pool first"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, table: Table, guesses: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(table, ROLES, guesses, *args, **kwargs)

    def people_origin(self) -> Origin:
        """Return where the people come from, as chosen or as it stands first."""
        return Origin(self.cleaned_data["origin"]) if self.is_bound else Origin.DRAWN


class QuotasForm(forms.Form):
    """Seats, rule and limits, and least and most of every value."""

    seats = forms.IntegerField(label=_("Seats to draw"), min_value=1, max_value=SEATS_MOST)
    rule = forms.ChoiceField(
        label=_("Rule of the lottery"),
        choices=RULE_NAMES,
        help_text=_("Each makes chances as equal as the quotas allow, in its own sense. The first is the usual one."),
    )
    panels = forms.IntegerField(
        label=_("Numbered panels"),
        required=False,
        min_value=1,
        max_value=PANELS_MOST,
        help_text=_(
            "Left empty, as many as the smallest chance needs: 1,000 or more. Three ten-sided dice give 1,000 numbers."
        ),
    )
    per_household = forms.IntegerField(
        label=_("At most from one household"),
        required=False,
        min_value=1,
        max_value=SEATS_MOST,
        help_text=_("Left empty, people who live together may all be drawn. The file must say who lives together."),
    )

    def __init__(self, table: list[QuotaCount], draw: Draw, *args: Any) -> None:
        super().__init__(*args)
        self.table = table
        for name in ("seats", "rule", "panels", "per_household"):
            self.fields[name].initial = getattr(draw, name)
        for number, row in enumerate(table):
            for end, label, initial in (
                ("least", _("Least for %(feature)s, %(value)s"), row.least),
                ("most", _("Most for %(feature)s, %(value)s"), row.most),
            ):
                self.fields[f"{end}_{number}"] = forms.IntegerField(
                    label=label % {"feature": row.feature, "value": row.value},
                    min_value=0,
                    max_value=SEATS_MOST,
                    initial=initial,
                )

    def lines(self) -> list[tuple[QuotaCount, BoundField, BoundField]]:
        """Return every value with its two fields."""
        return [(row, self[f"least_{n}"], self[f"most_{n}"]) for n, row in enumerate(self.table)]

    def groups(self) -> list[dict[str, Any]]:
        """Return the lines by feature, for the page."""
        grouped = groupby(self.lines(), key=lambda line: line[0].feature)
        return [{"feature": feature, "lines": list(lines)} for feature, lines in grouped]

    def terms(self) -> dict[str, Any]:
        """Return seats, rule and limits, as ``set_terms`` takes them."""
        return {name: self.cleaned_data[name] for name in ("seats", "rule", "panels", "per_household")}

    def quotas(self) -> tuple[Quota, ...]:
        """Return the quotas as typed; flexible bounds stay, and give way where the quota passes them.

        Raises:
            InputError: a quota contradicts itself.
        """
        return tuple(
            _quota(row, self.cleaned_data[f"least_{n}"], self.cleaned_data[f"most_{n}"])
            for n, row in enumerate(self.table)
        )

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with a line at that line."""
        data = super().clean() or {}
        for number, row in enumerate(self.table):
            least, most = data.get(f"least_{number}"), data.get(f"most_{number}")
            if least is None or most is None:
                continue
            try:
                _quota(row, least, most)
            except CoreError as error:
                self.add_error(f"least_{number}", say(error))
        return data


def _quota(row: QuotaCount, least: int, most: int) -> Quota:
    least_flex = None if row.least_flex is None else min(row.least_flex, least)
    most_flex = None if row.most_flex is None else max(row.most_flex, most)
    return Quota(row.feature, row.value, least, most, least_flex, most_flex)


class SealForm(forms.Form):
    """Where the chance will come from, said before it is known."""

    chance = forms.ChoiceField(
        label=_("The chance comes from"),
        choices=Chance.choices,
        help_text=_("Dice give the number of a panel: three ten-sided ones for 1,000. A text is turned into a number."),
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("Which, when and where"),
        max_length=200,
        help_text=_(
            "For example: three ten-sided dice, thrown in the town hall on 3 October at 19:00, by people from the hall."
        ),
    )


class DutiesForm(forms.Form):
    """For whom chance does not decide, by number in the pool."""

    must = forms.CharField(
        label=_("Have a seat in any case"),
        required=False,
        help_text=_(
            "Numbers of people who are confirmed already or are nominated for a partner seat. They count in the quotas."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "numeric"}),
    )
    never = forms.CharField(
        label=_("Cannot be drawn"),
        required=False,
        help_text=_("Numbers of people who cannot come, or may not: the organisers, for example."),
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "numeric"}),
    )

    def clean_must(self) -> tuple[int, ...]:
        """Read the numbers."""
        return _numbers(self.cleaned_data["must"])

    def clean_never(self) -> tuple[int, ...]:
        """Read the numbers."""
        return _numbers(self.cleaned_data["never"])

    def clean(self) -> dict[str, Any]:
        """Refuse somebody who is in both lists."""
        data = super().clean() or {}
        if both := sorted(set(data.get("must", ())) & set(data.get("never", ()))):
            raise forms.ValidationError(say(InputError("sortition.must_and_never", ids=tuple(map(str, both[:5])))))
        return data

    def duties(self) -> dict[int, Duty]:
        """Return the duty of every number that has one."""
        data = self.cleaned_data
        return dict.fromkeys(data["must"], Duty.MUST) | dict.fromkeys(data["never"], Duty.NEVER)


def _numbers(text: str) -> tuple[int, ...]:
    words = re.split(r"[\s,;]+", text.strip())
    if strange := [word for word in words if word and not (word.isascii() and word.isdigit() and len(word) < 8)]:
        raise forms.ValidationError(_("“%(word)s” is not a number of the pool.") % {"word": strange[0][:20]})
    return tuple(dict.fromkeys(int(word) for word in words if word))


class ProposalForm(forms.Form):
    """How much play quotas have around the share, and the least seats of small groups."""

    tolerance = forms.IntegerField(
        label=_("Seats of play"),
        min_value=0,
        max_value=SEATS_MOST,
        initial=2,
        help_text=_(
            "How many seats a group may have more or fewer than its share. The more play, the more equal the chances."
        ),
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, margins: Mapping[str, Mapping[str, int]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = [(feature, value) for feature, counts in margins.items() for value in counts]
        for number, (feature, value) in enumerate(self.pairs):
            self.fields[f"at_least_{number}"] = forms.IntegerField(
                label=_("Least seats for %(feature)s, %(value)s") % {"feature": feature, "value": value},
                required=False,
                min_value=0,
                max_value=SEATS_MOST,
            )

    def at_least(self) -> dict[tuple[str, str], int]:
        """Return the least seats of the groups that were given some."""
        if not self.is_bound:
            return {}
        data = self.cleaned_data
        given = {pair: data.get(f"at_least_{number}") for number, pair in enumerate(self.pairs)}
        return {pair: least for pair, least in given.items() if least}

    def tolerance_chosen(self) -> int:
        """Return the play, as typed or as it stands first."""
        return int(self.cleaned_data["tolerance"] if self.is_bound else self.fields["tolerance"].initial)

    def least_fields(self) -> list[BoundField]:
        """Return the fields of least seats, in the order of the population."""
        return [self[f"at_least_{number}"] for number in range(len(self.pairs))]


class LeaverForm(forms.Form):
    """Somebody who gives a seat back, or keeps it after all, by number."""

    number = forms.IntegerField(min_value=1, max_value=10_000_000)
    comes_back = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)


class ChanceForm(forms.Form):
    """The public chance, as everybody saw it."""

    public_seed = forms.CharField(
        label=_("The public chance"),
        max_length=200,
        help_text=_("Type it as everybody saw it, for example 417. It goes into the record at once."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ReasonForm(forms.Form):
    """Why the names are opened."""

    reason = forms.ChoiceField(label=_("Why do you open the names?"), choices=Reason.choices, widget=forms.RadioSelect)


class CodeForm(forms.Form):
    """The code of a letter."""

    typed = forms.CharField(
        label=_("Your personal code"),
        max_length=60,
        help_text=_("It stands in your letter. Capitals and spaces do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-code": ""}
        ),
    )
