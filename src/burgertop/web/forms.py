"""Forms of the house: founding a process, its words, its look, its people, its news."""

import html
import json
import re
from codecs import BOM_UTF8
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.models import Role
from burgertop.foundation.process.models import News, Process, Stage, Template, check_slug
from burgertop.foundation.retyping import retype
from burgertop.foundation.texts import LANGUAGE_TAG, name_of
from burgertop.web.colors import is_readable_brand

__all__ = [
    "FoundProcessForm",
    "LookForm",
    "NewsForm",
    "RecordCheckForm",
    "RoleForm",
    "StageWindowForm",
    "TextsForm",
    "WitnessForm",
]

LOGO_KINDS = {".svg": b"<", ".png": b"\x89PNG\r\n\x1a\n"}
LOGO_BYTES = 300_000
MOST_LANGUAGES = 24
# What makes a picture act: elements that load or run, handlers, addresses that are code, entities.
ACTING_SVG = re.compile(
    r"<\s*(?:\w+:)?(?:script|foreignobject|iframe|embed|object|handler|listener)\b"
    r"|<!\s*(?:entity|doctype[^>]*\[)|[\s\"'/]on\w+\s*=|(?:java|vb)script\s*:|data\s*:\s*text/html",
    re.IGNORECASE,
)


class FoundProcessForm(forms.Form):
    """A new process: its name, its address, its form, its languages."""

    title = forms.CharField(
        label=_("Name of the process"), max_length=120, help_text=_("As people will read it. You can change it later.")
    )
    slug = forms.SlugField(label=_("Address"), max_length=40, help_text=_("Small letters, digits and hyphens."))
    template = forms.ChoiceField(label=_("Form"), choices=Template.choices, widget=forms.RadioSelect)
    languages = forms.CharField(
        label=_("Languages"),
        initial="nl, fr, de",
        help_text=_("Language tags, the first one first: for example nl, fr, de, en, el or ar."),
    )

    def clean_slug(self) -> str:
        """Refuse an address that is taken, by another process or by the house."""
        slug = str(self.cleaned_data["slug"]).lower()
        check_slug(slug)
        if Process.objects.filter(slug=slug).exists():
            raise ValidationError(_("There is a process at this address already."), code="taken")
        return slug

    def clean_languages(self) -> list[str]:
        """Read the tags, each once."""
        tags = list(dict.fromkeys(str(self.cleaned_data["languages"]).replace(",", " ").split()))
        if not 0 < len(tags) <= MOST_LANGUAGES:
            raise ValidationError(
                _("Name one to %(most)s languages."), params={"most": MOST_LANGUAGES}, code="languages"
            )
        for tag in tags:
            LANGUAGE_TAG(tag)
        return tags

    def founding(self) -> dict[str, Any]:
        """Return the arguments of the action; the name is in the first language, others are written later."""
        data = self.cleaned_data
        languages: list[str] = data["languages"]
        return {
            "slug": data["slug"],
            "template": Template(data["template"]),
            "titles": {languages[0]: data["title"]},
            "languages": languages,
        }


class TextsForm(forms.Form):
    """Every text of a process or a stage, one field a language.

    ``seen`` is the digest of the texts as they stood when the form was shown: what somebody else
    wrote meanwhile is not overwritten unseen.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, owner: Process | Stage, names: dict[str, Any], languages: list[str], *args: Any) -> None:
        super().__init__(*args)
        self.names = names
        self.languages = languages
        stored = {(row.name, row.language): row.body for row in owner.texts.all() if row.name in names}
        self.standing = fingerprint(json.dumps(sorted([*key, body] for key, body in stored.items() if body)).encode())
        self.fields["seen"].initial = self.standing
        self.rows: list[tuple[Any, list[str]]] = []
        for name, label in names.items():
            keys = []
            for language in languages:
                key = f"{name}__{language}"
                keys.append(key)
                self.fields[key] = forms.CharField(
                    label=f"{label} ({name_of(language)})",
                    required=False,
                    max_length=6000,
                    initial=stored.get((name, language), ""),
                    widget=forms.TextInput if name in {"title", "subtitle", "window"} else forms.Textarea,
                )
                self.fields[key].widget.attrs.update({"lang": language, "dir": "auto"})
            self.rows.append((label, keys))

    def clean(self) -> dict[str, Any]:
        """Refuse to overwrite what was written meanwhile; what was typed stays in the form."""
        data = cast("dict[str, Any]", super().clean())
        if data.get("seen") not in {"", None, self.standing}:
            retype(self, seen=self.standing)
            raise ValidationError(
                _("Somebody changed these texts while you wrote. Yours are still here: save again to keep them."),
                code="written_meanwhile",
            )
        return data

    def bodies(self) -> dict[str, dict[str, str]]:
        """Return what was typed, by name and language."""
        return {
            name: {language: self.cleaned_data[f"{name}__{language}"].strip() for language in self.languages}
            for name in self.names
        }


class LookForm(forms.ModelForm[Process]):
    """Logo, colors, phone, ages: what a city sets."""

    class Meta:
        model = Process
        fields = (
            "is_listed",
            "phone",
            "contact_mail",
            "answers_due_on",
            "least_age",
            "age_of_majority",
            "minors_rule",
            "brand",
            "choice",
            "logo",
        )
        labels = {  # noqa: RUF012  # Django reads a plain dict here
            "is_listed": _("Show on the home page of this server"),
            "phone": _("Free phone number"),
            "contact_mail": _("Mail address for questions"),
            "answers_due_on": _("Answers are promised by"),
            "least_age": _("Minimum age"),
            "age_of_majority": _("Age from which nobody else has to agree"),
            "minors_rule": _("Younger people are"),
            "brand": _("Color of actions and links"),
            "choice": _("Color of what is chosen"),
            "logo": _("Logo (SVG or PNG, 300 kB at most)"),
        }
        widgets = {  # noqa: RUF012  # Django reads a plain dict here
            "brand": forms.TextInput(attrs={"placeholder": "#0b4f5a"}),
            "choice": forms.TextInput(attrs={"placeholder": "#c2361f"}),
            "answers_due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "minors_rule": forms.RadioSelect,
        }

    def clean_brand(self) -> str:
        """Refuse a color on which white text cannot be read."""
        color = str(self.cleaned_data["brand"])
        if color and not is_readable_brand(color):
            raise ValidationError(_("White text cannot be read on this color. Choose a darker one."), code="contrast")
        return color

    def clean_logo(self) -> object:
        """Take small SVG and PNG files only; an SVG may hold no script."""
        logo = self.cleaned_data["logo"]
        if not logo or not hasattr(logo, "content_type"):
            return logo
        ending = next((end for end in LOGO_KINDS if logo.name.lower().endswith(end)), None)
        content = logo.read(LOGO_BYTES + 1)
        logo.seek(0)
        if ending == ".svg":
            content = content.removeprefix(BOM_UTF8).lstrip()
        if ending is None or not content.startswith(LOGO_KINDS[ending]) or len(content) > LOGO_BYTES:
            raise ValidationError(_("Choose an SVG or PNG file of at most 300 kB."), code="logo")
        if ending == ".svg" and ACTING_SVG.search(html.unescape(content.decode("utf-8", "replace"))):
            raise ValidationError(_("This SVG holds a script. Save it as a plain SVG."), code="script")
        return logo


class RoleForm(forms.Form):
    """Give somebody a role; an account is made for an address that has none."""

    email = forms.EmailField(label=_("Mail address"), max_length=200)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class StageWindowForm(forms.ModelForm[Stage]):
    """When a stage opens and closes."""

    class Meta:
        model = Stage
        fields = ("opens_at", "closes_at")
        labels = {"opens_at": _("Opens"), "closes_at": _("Closes")}  # noqa: RUF012  # Django reads a plain dict here
        widgets = {  # noqa: RUF012  # Django reads a plain dict here
            "opens_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "closes_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }

    def clean(self) -> dict[str, Any]:
        """A stage closes after it opens."""
        data = cast("dict[str, Any]", super().clean())
        opens_at, closes_at = data.get("opens_at"), data.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("The stage must close after it opens."))
        return data


class NewsForm(forms.Form):
    """A news item, a film or a stream link, in the languages of the process."""

    kind = forms.ChoiceField(label=_("Kind"), choices=News.Kind.choices, widget=forms.RadioSelect)
    link = forms.URLField(label=_("Link"), required=False, assume_scheme="https")
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, languages: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for language in languages:
            self.fields[f"title__{language}"] = forms.CharField(
                label=_("Title (%(language)s)") % {"language": name_of(language)},
                max_length=160,
                required=language == languages[0],
            )
            self.fields[f"body__{language}"] = forms.CharField(
                label=_("Text (%(language)s)") % {"language": name_of(language)},
                max_length=4000,
                required=False,
                widget=forms.Textarea,
            )

    def clean(self) -> dict[str, Any]:
        """A film or a stream is nothing without its link."""
        data = cast("dict[str, Any]", super().clean())
        if (
            data.get("kind") in {News.Kind.FILM, News.Kind.STREAM}
            and not data.get("link")
            and "link" not in self.errors
        ):
            self.add_error("link", _("Enter the address of the film or the stream."))
        return data

    def bodies(self, name: str) -> dict[str, str]:
        """Return one text by language; empty ones are left out."""
        typed = {language: self.cleaned_data[f"{name}__{language}"].strip() for language in self.languages}
        return {language: body for language, body in typed.items() if body}


class RecordCheckForm(forms.Form):
    """A head that a witness kept, to hold against the record of today."""

    number = forms.IntegerField(label=_("Number of the line"), min_value=1)
    digest = forms.RegexField(
        label=_("Digest"), regex=r"^[0-9a-fA-F\s]{64,80}$", help_text=_("64 letters and digits; spaces do not matter.")
    )

    def clean_digest(self) -> str:
        """Take the spaces out."""
        digest = "".join(str(self.cleaned_data["digest"]).split()).lower()
        if len(digest) != 64:
            raise ValidationError(
                ngettext("This digest has %(count)d sign.", "This digest has %(count)d signs.", len(digest))
                % {"count": len(digest)},
                code="length",
            )
        return digest


class WitnessForm(forms.Form):
    """Who keeps a copy of the head: one mail address a line."""

    addresses = forms.CharField(
        label=_("Mail addresses of witnesses"), widget=forms.Textarea, help_text=_("One on each line, fifty at most.")
    )
    once = forms.UUIDField(widget=forms.HiddenInput)

    def clean_addresses(self) -> list[str]:
        """Read the addresses, each once."""
        lines = [line.strip().lower() for line in str(self.cleaned_data["addresses"]).splitlines() if line.strip()]
        field = forms.EmailField()
        addresses = list(dict.fromkeys(field.clean(line) for line in lines))
        if len(addresses) > 50:
            raise ValidationError(_("Fifty witnesses at most."), code="too_many")
        return addresses
