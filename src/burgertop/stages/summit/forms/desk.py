"""Forms of the theme desk: a cluster, a split, a ballot, an objection and its answer, a blind coder."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from burgertop.stages.summit.forms.day import WordsForm
from burgertop.stages.summit.models import Cluster, WaiverKind

__all__ = ["AnswerForm", "BallotForm", "ClusterForm", "CodingForm", "ObjectionForm", "SampleForm", "SplitForm"]

TITLE_LENGTH = 120
REASON_LENGTH = 300
SAMPLE_SIZE, MOST_SAMPLED = 30, 300


class ClusterForm(WordsForm):
    """A cluster: title and summary in the languages of the process."""

    names: Mapping[str, tuple[str | Promise, int]] = {
        "title": (pgettext_lazy("cluster", "Title"), TITLE_LENGTH),
        "summary": (pgettext_lazy("cluster", "Summary"), 600),
    }
    needed = "title"
    card = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=1_000_000)


class SplitForm(WordsForm):
    """The title of the cluster that some cards go into."""

    names: Mapping[str, tuple[str | Promise, int]] = {"title": (pgettext_lazy("cluster", "Title"), TITLE_LENGTH)}
    needed = "title"


class BallotForm(forms.Form):
    """A ballot: which clusters, how many of them one may choose, and why a check is left out."""

    clusters = forms.MultipleChoiceField(label=_("On the ballot"), widget=forms.CheckboxSelectMultiple)
    most_choices = forms.IntegerField(label=_("Circles each person may fill in"), min_value=1, max_value=20, initial=3)
    seats = forms.IntegerField(label=_("How many the hall chooses"), min_value=1, max_value=20, initial=3)
    unconfirmed = forms.CharField(
        label=_("Why does the ballot go on with cards that only one person has placed?"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("This is published."),
    )
    words = forms.CharField(
        label=_("Why does the ballot go on with words missing?"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("This is published. Voters of that language read the words in another one."),
    )
    objections = forms.CharField(
        label=_("Why does the ballot go on with objections that have no answer?"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("This is published."),
    )

    def __init__(
        self,
        clusters: Sequence[Cluster],
        language: str,
        open_checks: Mapping[WaiverKind, int],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"clusters": [str(one.pk) for one in clusters]})
        self.by_id = {str(one.pk): one for one in clusters}
        shown = [(pk, one.say("title", language).text or one.key) for pk, one in self.by_id.items()]
        self.fields["clusters"].choices = shown  # type: ignore[attr-defined]  # MultipleChoiceField
        for kind in WaiverKind:
            if not open_checks.get(kind):
                del self.fields[kind.value]

    def chosen(self) -> list[Cluster]:
        """Return the clusters in the order of the desk."""
        picked = set(self.cleaned_data["clusters"])
        return [one for pk, one in self.by_id.items() if pk in picked]

    def waivers(self) -> dict[WaiverKind, str]:
        """Return the reasons that were given, by the check they leave out."""
        return {kind: self.cleaned_data.get(kind.value, "") for kind in WaiverKind}


class ObjectionForm(forms.Form):
    """What a table says about one of its cards."""

    card = forms.UUIDField(widget=forms.HiddenInput)
    cluster = forms.UUIDField(widget=forms.HiddenInput)
    once = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What did the table mean?"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class AnswerForm(forms.Form):
    """What the desk answers a table: another cluster, or why the card stays."""

    cluster = forms.UUIDField(required=False)
    text = forms.CharField(max_length=REASON_LENGTH, required=False, strip=True)


class SampleForm(forms.Form):
    """How many cards a second coder gets."""

    size = forms.IntegerField(label=_("Cards in the sample"), min_value=2, max_value=MOST_SAMPLED, initial=SAMPLE_SIZE)


class CodingForm(forms.Form):
    """Where a coder puts a card."""

    item = forms.UUIDField(widget=forms.HiddenInput)
    cluster = forms.UUIDField()


def parsed_id(value: str) -> uuid.UUID | None:
    """Read an id that a page sent; None for anything else."""
    try:
        return uuid.UUID(value)
    except ValueError:
        return None
