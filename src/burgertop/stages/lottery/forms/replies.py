"""Forms for replies: the answer, what somebody needs, and the search of the reply desk."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from burgertop.foundation.people.models import Purpose
from burgertop.foundation.process.models import Process
from burgertop.foundation.texts import LANGUAGE_TAG, name_of
from burgertop.stages.lottery.actions import Agreed, Draft
from burgertop.stages.lottery.ages import WITH_GUARDIAN, age_choices
from burgertop.stages.lottery.models import Answer, Channel, Diet, Frame, Invitee, Refusal, Reply, Return

__all__ = [
    "DeskAnswerForm",
    "DeskNeedsForm",
    "LettersForm",
    "NameForm",
    "NeedsForm",
    "ReplyForm",
    "ReturnForm",
    "ReturnedRowForm",
]

CHILDREN_MOST = 9
TAKE_PART = _("A yes means: I take part, and what I need for that may be kept until the end of this process.")
CONSENTS: Mapping[Purpose, Promise] = MappingProxyType(
    {
        Purpose.PHOTO: _("I may be in photos of the day."),
        Purpose.STREAM: _("I may be seen in the live stream and in films."),
        Purpose.RESEARCH: _("Researchers may work with my answers, without my name."),
        Purpose.CONTACT_LATER: _("You may write to me later about what came of it."),
    }
)


class ReplyForm(forms.Form):
    """Yes, no or not now; ``version`` is that of the reply that was shown. A yes tells who is old enough to say it."""

    answer = forms.ChoiceField(
        label=_("Will you take part?"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        help_text=TAKE_PART,
    )
    age = forms.ChoiceField(
        label=_("If yes: how old are you?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how old you are: then we know who has to agree.")},
    )
    refusal = forms.ChoiceField(
        label=_("If not: why?"),
        required=False,
        choices=[("", _("I would rather not say")), *Refusal.choices],
        help_text=_("It helps us to make it better next time."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)
    use_required_attribute = False  # whoever says no need not say an age

    def __init__(self, reply: Reply | None, process: Process, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = reply.version if reply else 0
        if reply is not None:
            self.fields["answer"].initial, self.fields["refusal"].initial = reply.answer, reply.reason
        ages = age_choices(process)
        if ages:
            self.fields["age"].choices = ages  # type: ignore[attr-defined]  # a ChoiceField
            self.fields["age"].help_text = _("Your age is not kept.")
            self.fields["age"].required = not self.is_bound or self.data.get("answer") == Answer.YES
        else:
            del self.fields["age"]

    def draft(self, language: str) -> Draft:
        """Return the answer, with the words that were read in this language."""
        data = self.cleaned_data
        return Draft(
            Answer(data["answer"]),
            Refusal(data["refusal"]) if data["refusal"] else None,
            language,
            self._wording(),
            is_by_guardian=data.get("age") == WITH_GUARDIAN,
        )

    def _wording(self) -> str:
        """The words that a yes agrees to, with those about the age that was said."""
        said = dict(self.fields["age"].choices) if "age" in self.fields else {}  # type: ignore[attr-defined]  # a ChoiceField
        return "\n".join(filter(None, (str(TAKE_PART), str(said.get(self.cleaned_data.get("age"), "")))))


class DeskAnswerForm(ReplyForm):
    """The same by phone or from a card, with the language of the person."""

    channel = forms.ChoiceField(
        label=_("The answer comes"),
        choices=[(one.value, one.label) for one in (Channel.PHONE, Channel.CARD)],
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("Language of the person"))

    def __init__(self, reply: Reply | None, process: Process, languages: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(reply, process, *args, **kwargs)
        _language_choices(self.fields["language"], languages, reply)


class NeedsForm(forms.Form):
    """What somebody needs, asked once, and what they agree to. Nothing is ticked beforehand."""

    language = forms.ChoiceField(label=_("In which language do you want to talk?"))
    speaks = forms.CharField(
        label=_("Other languages you speak well"),
        required=False,
        max_length=60,
        help_text=_("Language tags such as nl, fr, de, en or ar."),
    )
    interpreter = forms.BooleanField(label=_("I need an interpreter for another language"), required=False)
    sign_language = forms.BooleanField(label=_("I need a sign language interpreter"), required=False)
    large_print = forms.BooleanField(label=_("I want letters and papers in large print"), required=False)
    step_free = forms.BooleanField(label=_("I use a wheelchair, or cannot take steps"), required=False)
    hearing_loop = forms.BooleanField(label=_("I use a hearing aid and want a hearing loop"), required=False)
    diet = forms.ChoiceField(label=_("What do you eat?"), choices=Diet.choices, required=False)
    children = forms.IntegerField(
        label=_("Children for the child care"), required=False, min_value=0, max_value=CHILDREN_MOST
    )
    travel = forms.BooleanField(label=_("I need help with travel, or to pay for it"), required=False)
    allowance = forms.BooleanField(label=_("I want the allowance for the day"), required=False)
    note = forms.CharField(
        label=_("Is there anything else that we should know?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mail = forms.EmailField(
        label=_("Mail address for a confirmation with the day for your calendar"),
        required=False,
        max_length=254,
        help_text=_("An address that you gave before stays when you leave this empty."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)

    def __init__(self, reply: Reply, languages: list[str], given: set[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _language_choices(self.fields["language"], languages, reply)
        for name, value in reply.needs.items():
            if name in self.fields:
                self.fields[name].initial = ", ".join(value) if name == "speaks" else value
        self.fields["version"].initial = reply.version
        for purpose, words in CONSENTS.items():
            self.fields[purpose.value] = forms.BooleanField(
                label=str(words), required=False, initial=purpose.value in given
            )

    def clean_speaks(self) -> list[str]:
        """Read the tags, each once."""
        tags = list(dict.fromkeys(str(self.cleaned_data["speaks"]).lower().replace(",", " ").split()))
        for tag in tags:
            LANGUAGE_TAG(tag)
        return tags

    def clean_children(self) -> int:
        """No number is none."""
        return int(self.cleaned_data["children"] or 0)

    def agreed(self) -> Agreed:
        """Return what was agreed to, with the words as they were read."""
        language = self.cleaned_data["language"]
        words = {purpose: str(words) for purpose, words in CONSENTS.items() if self.cleaned_data[purpose.value]}
        return Agreed(words, language, self.cleaned_data["mail"])


class DeskNeedsForm(NeedsForm):
    """The same at the desk; the words are read out in the language of the person."""

    def agreed(self) -> Agreed:
        """Return what was agreed to, with the words in the language of the person where the house has them."""
        with override(self.cleaned_data["language"].split("-")[0]):
            return super().agreed()


class LettersForm(forms.Form):
    """How somebody wants letters from now on."""

    languages = forms.MultipleChoiceField(label=_("Language of the letters"), widget=forms.CheckboxSelectMultiple)
    is_large = forms.BooleanField(label=_("In large print"), required=False)

    def __init__(self, invitee: Invitee, languages: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(dict.fromkeys([*invitee.languages, *languages]))
        self.fields["languages"].choices = [(tag, name_of(tag)) for tag in known]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["languages"].initial = invitee.languages
        self.fields["is_large"].initial = invitee.wants_large_print


class ReturnForm(forms.Form):
    """Why a letter came back."""

    returned_as = forms.ChoiceField(label=_("The letter came back:"), choices=Return.choices)


class ReturnedRowForm(ReturnForm):
    """A letter that came back, by the number of the row on the list."""

    row = forms.IntegerField(label=_("Number of the row on the list"), min_value=1, max_value=10_000_000)
    frame = forms.ChoiceField(label=_("List"), required=False)

    def __init__(self, frames: Sequence[Frame], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["frame"].choices = [(one.name, one.name) for one in frames]  # type: ignore[attr-defined]  # a ChoiceField
        if len(frames) < 2:
            del self.fields["frame"]


class NameForm(forms.Form):
    """A name to look for; opening the vault is counted."""

    name = forms.CharField(
        label=_("Name"),
        min_length=3,
        max_length=80,
        help_text=_("First or last name, or both. That the names were opened is counted."),
    )


def _language_choices(field: forms.Field, languages: list[str], reply: Reply | None) -> None:
    known = list(dict.fromkeys([*languages, *([reply.language] if reply else [])]))
    field.choices = [(tag, name_of(tag)) for tag in known]  # type: ignore[attr-defined]  # a ChoiceField
    field.initial = reply.language if reply else known[0]
