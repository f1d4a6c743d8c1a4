"""Forms for those who look on: signed links, notes, reports, and the moment of an embargo."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from burgertop.foundation.texts import name_of
from burgertop.stages.summit.models import Cluster, LinkKind, Round

__all__ = ["EmbargoForm", "LinkForm", "NoteForm", "ReplyForm", "ReportForm", "SignedForm"]

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
MOST_BYTES = 10 * 2**20
PDF = b"%PDF-"


class EmbargoForm(forms.Form):
    """From when on everybody sees a result."""

    until = forms.DateTimeField(label=_("Everybody sees the result from"), widget=MOMENT)


class LinkForm(forms.Form):
    """A signed link: for whom, until when."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    kind = forms.ChoiceField(
        label=pgettext_lazy("link", "Who gets it?"), choices=LinkKind.choices, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("Such as “international observers”. No name of a person."),
    )
    ends_at = forms.DateTimeField(label=_("Good until"), widget=MOMENT)


class _Spoken(forms.Form):
    """A text in the language of who writes it."""

    def __init__(self, languages: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = dict.fromkeys([*languages, "en"])
        self.fields["language"].choices = [(tag, name_of(tag)) for tag in shown]  # type: ignore[attr-defined]  # ChoiceField


class NoteForm(_Spoken):
    """A note: what it is about, in one's own language."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    body = forms.CharField(
        label=_("Your note"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text=_("Only you read it until you publish it. Name nobody."),
    )
    language = forms.ChoiceField(label=_("In which language?"))
    about = forms.ChoiceField(label=_("What is it about?"), required=False)
    table = forms.IntegerField(label=_("Table number"), required=False, min_value=1, max_value=9999)

    def __init__(
        self,
        rounds: Sequence[Round],
        clusters: Sequence[Cluster],
        languages: Sequence[str],
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(languages, data, initial=initial)
        self.rounds = {f"round-{one.pk}": one for one in rounds}
        self.clusters = {f"cluster-{one.pk}": one for one in clusters}
        tongue = str((initial or {}).get("language") or languages[0])
        shown: list[tuple[str, Any]] = [("", pgettext_lazy("note", "the whole day"))]
        shown += [(key, _("Round %(number)s") % {"number": one.number}) for key, one in self.rounds.items()]
        shown += [(key, one.say("title", tongue).text or one.key) for key, one in self.clusters.items()]
        self.fields["about"].choices = shown  # type: ignore[attr-defined]  # ChoiceField

    def subject(self) -> tuple[Round | None, Cluster | None, int | None]:
        """Return the round, the cluster and the number of the table it is about."""
        about = self.cleaned_data["about"]
        return self.rounds.get(about), self.clusters.get(about), self.cleaned_data["table"]


class ReportForm(_Spoken):
    """The report of an observer: a PDF, or a text (Markdown)."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Your report"),
        allow_empty_file=True,
        help_text=_("A PDF, or a text in Markdown (UTF-8), 10 MB at most. It is published as it is."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.md,.txt"}),
    )
    language = forms.ChoiceField(label=_("In which language?"))
    content: bytes = b""
    ending: str = ""

    def clean_file(self) -> None:
        """Take a file by what its bytes are, whatever it is called."""
        upload = cast("UploadedFile", self.cleaned_data["file"])  # type: ignore[type-arg]  # not generic when it runs
        self.content = upload.read(MOST_BYTES + 1)
        if len(self.content) > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB."), code="large")
        if self.content.startswith(PDF):
            self.ending = "pdf"
            return
        try:
            text = self.content.decode("utf-8")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text or not text.strip():
            raise ValidationError(_("This is neither a PDF nor a text in UTF-8."), code="kind")
        self.ending = "md"


class SignedForm(forms.Form):
    """What an author wants to be called under what they publish."""

    signed = forms.CharField(label=_("Signed by"), required=False, max_length=80)


class ReplyForm(_Spoken):
    """What the organiser says beside a note or a report that is published."""

    answer = forms.CharField(
        label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    language = forms.ChoiceField(label=_("In which language?"))
