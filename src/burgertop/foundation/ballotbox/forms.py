"""A ballot paper as a form: circles to fill in, or places to give away. Nothing is dragged."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext

from burgertop.foundation.ballotbox.models import Ballot, BallotKind, Option

__all__ = ["Circle", "PaperForm"]


@dataclass(frozen=True, slots=True)
class Circle:
    """One round on the paper; without an option it stands for a blank paper."""

    option: Option | None
    name: str
    value: str
    id: str
    is_filled: bool


BLANK = "blank"
STEPS = ("review", "change", "send")


class PaperForm(forms.Form):
    """One voter's paper. ``cleaned_data`` has ``choices`` (numbers from 1, none for blank) and ``once``.

    Options come in the voter's own order. An empty paper must be said to be blank.
    The page asks twice: ``step`` is ``review`` (show what was chosen), then ``send`` or
    ``change``; the first time it is empty.
    """

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, ballot: Ballot, options: Sequence[Option], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"once": uuid.uuid4()}, prefix=None)
        self.ballot = ballot
        self.options = list(options)
        self.step = str(data.get("step", "")) if data is not None and data.get("step") in STEPS else ""
        language = get_language() or "en"
        titles = [(str(option.number), option.say("title", language).text) for option in self.options]
        if ballot.kind == BallotKind.RANKING:
            self._add_places(titles)
        else:
            self._add_circles(titles)

    # The fields ------------------------------------------------------------------------

    @property
    def most(self) -> int:
        """How many options a paper may name."""
        return 1 if self.ballot.kind == BallotKind.MOTION else self.ballot.most_choices

    @property
    def has_one_circle(self) -> bool:
        """Whether only one circle can be filled in, so that blank is one of them."""
        return self.ballot.kind != BallotKind.RANKING and self.most == 1

    def _add_circles(self, titles: list[tuple[str, str]]) -> None:
        blank = str(gettext("I hand in a blank paper"))
        if self.has_one_circle:
            self.fields["choice"] = forms.ChoiceField(
                label=gettext("Fill in one circle"),
                choices=[*titles, (BLANK, blank)],
                widget=forms.RadioSelect,
                required=False,
            )
            return
        self.fields["choice"] = forms.MultipleChoiceField(
            label=self._how_many(), choices=titles, widget=forms.CheckboxSelectMultiple, required=False
        )
        self.fields[BLANK] = forms.BooleanField(label=blank, required=False)

    def _add_places(self, titles: list[tuple[str, str]]) -> None:
        choices = [("", pgettext("place in a ranking", "nothing")), *titles]
        for place in range(1, self.most + 1):
            label = pgettext("place in a ranking", "Place %(place)s") % {"place": place}
            self.fields[f"place_{place}"] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields[BLANK] = forms.BooleanField(label=gettext("I hand in a blank paper"), required=False)

    def _how_many(self) -> str:
        least, most = self.ballot.least_choices, self.most
        if least == most:
            return ngettext("Fill in %(most)s circle", "Fill in %(most)s circles", most) % {"most": most}
        if least > 1:
            return gettext("Fill in %(least)s to %(most)s circles") % {"least": least, "most": most}
        return ngettext("Fill in %(most)s circle at most", "Fill in %(most)s circles at most", most) % {"most": most}

    @property
    def has_places(self) -> bool:
        """Whether places are given away, and no circles filled in."""
        return self.ballot.kind == BallotKind.RANKING

    @property
    def places(self) -> list[forms.BoundField]:
        """The fields of the places, the first place first."""
        return [self[name] for name in self.fields if name.startswith("place_")]

    @property
    def circles(self) -> list[Circle]:
        """The circles of the options in the voter's order, filled in as they were sent."""
        filled = self["choice"].value() or []
        sent = [filled] if isinstance(filled, str) else [str(value) for value in filled]
        circles = [self._circle(option, str(option.number), sent) for option in self.options]
        if self.has_one_circle:
            return [*circles, self._circle(None, BLANK, sent)]
        return circles

    def _circle(self, option: Option | None, value: str, sent: Sequence[str]) -> Circle:
        return Circle(option, "choice", value, f"id_choice_{value}", value in sent)

    # What was chosen -------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Read the choices off the fields, and say what does not fit."""
        cleaned = dict(super().clean() or {})
        if self.errors:
            return cleaned
        choices = self._places(cleaned) if self.ballot.kind == BallotKind.RANKING else self._circles(cleaned)
        is_blank = bool(cleaned.get(BLANK)) or cleaned.get("choice") == BLANK
        if choices and is_blank:
            self.add_error(BLANK, gettext_lazy("A blank paper names nothing. Take one of the two away."))
        elif not choices and not is_blank:
            self.add_error(self._first, gettext_lazy("Nothing is chosen yet. Choose, or say that your paper is blank."))
        elif choices and self.ballot.kind == BallotKind.APPROVAL:
            self._check_number(len(choices))
        cleaned["choices"] = tuple(choices)
        return cleaned

    @property
    def _first(self) -> str:
        return "place_1" if self.ballot.kind == BallotKind.RANKING else "choice"

    def _circles(self, cleaned: Mapping[str, Any]) -> list[int]:
        chosen = cleaned.get("choice") or []
        numbers = [chosen] if isinstance(chosen, str) else chosen
        return sorted({int(number) for number in numbers if number != BLANK})

    def _places(self, cleaned: Mapping[str, Any]) -> list[int]:
        """Read the places from the first on; a gap or an option named twice is an error."""
        places = [cleaned.get(f"place_{place}", "") for place in range(1, self.most + 1)]
        named = [number for number in places if number]
        for place, number in enumerate(places, start=1):
            if number and number in places[: place - 1]:
                self.add_error(f"place_{place}", gettext_lazy("This option has a place already."))
            elif number and not all(places[: place - 1]):
                self.add_error(f"place_{place}", gettext_lazy("A place before this one is empty."))
        return [int(number) for number in named]

    def _check_number(self, chosen: int) -> None:
        least, most = self.ballot.least_choices, self.most
        if chosen > most:
            self.add_error(
                "choice",
                ngettext(
                    "You filled in %(chosen)s circles; at most %(most)s may be.",
                    "You filled in %(chosen)s circles; at most %(most)s may be.",
                    most,
                )
                % {"chosen": chosen, "most": most},
            )
        elif chosen < least:
            self.add_error(
                "choice",
                ngettext(
                    "You filled in %(chosen)s circle; at least %(least)s must be.",
                    "You filled in %(chosen)s circles; at least %(least)s must be.",
                    chosen,
                )
                % {"chosen": chosen, "least": least},
            )

    @property
    def chosen(self) -> list[Option]:
        """The options that were chosen, the best first in a ranking; for the review."""
        by_number = {option.number: option for option in self.options}
        return [by_number[number] for number in self.cleaned_data.get("choices", ())]

    @property
    def is_blank(self) -> bool:
        """Whether a checked paper names nothing."""
        return not self.cleaned_data.get("choices")

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Names and values to carry through the review, without the step."""
        pairs = [("once", str(self.cleaned_data["once"]))]
        numbers = [str(number) for number in self.cleaned_data["choices"]]
        if self.has_places:
            pairs.extend((f"place_{place}", number) for place, number in enumerate(numbers, start=1))
        else:
            pairs.extend(("choice", number) for number in numbers)
        if self.is_blank:
            pairs.append(("choice", BLANK) if self.has_one_circle else (BLANK, "on"))
        return pairs
