"""Letters as tagged PDF files, ready for the press: data in, bytes out, set by Typst."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from burgertop.foundation.codes.printing import qr_path
from burgertop.foundation.files.press import typeset
from burgertop.foundation.texts import base_of, direction_of
from burgertop.stages.lottery.addressing import address_block
from burgertop.stages.lottery.ages import age_choices
from burgertop.stages.lottery.letter_texts import filled, paragraphs, text_of
from burgertop.stages.lottery.models import Answer, Invitation, Window

__all__ = ["LetterData", "house_language", "print_letters", "reply_address", "write_letters"]

SHEET = Path(__file__).resolve().parent / "letters.typ"
LEFT_OF_WINDOW_MM = {Window.LEFT: 25, Window.RIGHT: 112}
HOUSE_LANGUAGES = ("nl", "fr", "de", "en")


@dataclass(frozen=True, slots=True)
class LetterData:
    """One letter: to whom, in which languages, with which code. ``identity`` is what the vault holds.

    ``row`` stands in the window, so that a letter that comes back is known without opening it.
    """

    identity: Mapping[str, str]
    languages: tuple[str, ...]
    code: str
    is_large: bool = False
    row: int = 0


def reply_address(invitation: Invitation, language: str) -> str:
    """The address of the page where people answer, in their language."""
    stage = invitation.stage
    with override(house_language(language)):
        path = reverse("lottery:reply", kwargs={"process": stage.process.slug, "stage": stage.slug})
    return f"{settings.PUBLIC_URL}{path}"


def write_letters(
    invitation: Invitation, letters: Sequence[LetterData], *, is_reminder: bool, now: datetime
) -> dict[str, object]:
    """Write letters to so many people: everything that will stand on the sheets, as plain values."""
    process, first = invitation.stage.process, invitation.stage.process.first_language
    address = reply_address(invitation, first)
    pages = _Words(invitation, is_reminder=is_reminder, now=now)
    return {
        "title": str(process.say("title", first)) or "Burgertop",
        "author": str(process.say("organiser", first) or process.say("title", first)),
        "moment": [now.year, now.month, now.day],
        "phone": process.phone,
        "window": LEFT_OF_WINDOW_MM[Window(invitation.window)],
        "shown": _shown(address),
        "proof": _shown(_proof_address(invitation)),
        "card": invitation.has_card,
        "duplex": True,
        "letters": [_letter(invitation, pages, one) for one in letters],
    }


def print_letters(written: Mapping[str, object], *, now: datetime) -> bytes:
    """Set written letters in type; the same letters and moment give the same bytes. It touches no database and no disk.

    Names and codes are handed over in memory: a stop in the middle leaves nothing that could be read.

    Returns:
        A PDF/UA-1 file: tagged, with a title, and with the language of each letter.

    Raises:
        FileError: as ``typeset``.
    """
    return typeset(SHEET, written, now=now)


def _letter(invitation: Invitation, words: "_Words", one: LetterData) -> dict[str, object]:
    name = " ".join(one.identity[part] for part in ("given_name", "family_name") if one.identity.get(part))
    return {
        "address": address_block(one.identity),
        "code": one.code,
        "large": one.is_large,
        "row": str(one.row or ""),
        "qr": qr_path(words.address(one.languages[0]), one.code),
        "said": [words.said(language, name) for language in one.languages],
    }


class _Words:
    """The words of a letter by language; all but the name are made once."""

    def __init__(self, invitation: Invitation, *, is_reminder: bool, now: datetime) -> None:
        self._invitation, self._name, self._now = invitation, "reminder" if is_reminder else "body", now
        self._addresses: dict[str, str] = {}
        self._known: dict[str, dict[str, object]] = {}
        self._bodies: dict[str, list[str]] = {}

    def address(self, language: str) -> str:
        """Where the square of the letter leads to."""
        return self._addresses.setdefault(language, reply_address(self._invitation, language))

    def said(self, language: str, name: str) -> dict[str, object]:
        """Everything that stands in the letter in this language."""
        if language not in self._known:
            with override(house_language(language)):
                self._make(language)
        return self._known[language] | {"body": [part.replace("{name}", name) for part in self._bodies[language]]}

    def _make(self, language: str) -> None:
        invitation = self._invitation
        process = invitation.stage.process
        values = {name: str(process.say(name, language)) for name in ("question", "organiser")}
        values |= {"process": str(process.say("title", language)), "hours": str(process.say("phone_hours", language))}
        values |= {"phone": process.phone, "mail": process.contact_mail, "address": _shown(self.address(language))}
        values["answer_by"] = _day(invitation.answer_by) if invitation.answer_by else ""
        own = {name: filled(text_of(invitation, name, language), values) for name in ("subject", "signature")}
        back = str(invitation.say("back", language))
        sender = str(invitation.say("sender", language)) or values["organiser"] or values["process"]
        self._bodies[language] = paragraphs(filled(text_of(invitation, self._name, language), values))
        self._known[language] = own | {
            "lang": base_of(language),
            "rtl": direction_of(language) == "rtl",
            "sender": sender,
            "back": back or sender.replace("\n", ", "),
            "day": _day(self._now),
            "hours": values["hours"],
            "ages": [said for _name, said in age_choices(process)],
            **_fixed(),
        }


def _fixed() -> dict[str, object]:
    """The sentences that stand in every letter, in the language that is spoken now."""
    return {
        "call": _("Call us, it is free:"),
        "web": _("Or answer on the web:"),
        "code": _("Your personal code:"),
        "real": _("Is this letter real? Look at"),
        "qr": _("A square for your phone: it opens the page where you answer, with your code filled in."),
        "data": _("Your name and address come from the list in the public record. Nobody else on it is kept."),
        "card": _("Answer card"),
        "card_help": _("You have no web? Put a cross, and send this sheet back in an envelope."),
        "choices": [str(Answer(answer).label) for answer in Answer],
        "if_yes": _("If yes: how old are you?"),
        "signed": _("If a parent or guardian agrees, their signature:"),
        "call_me": _("Please call me on this number:"),
        "return_to": _("Send it to:"),
    }


def _day(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")


def house_language(language: str) -> str:
    """The language of the house's own sentences to somebody of this language: English where it has no other."""
    return base_of(language) if base_of(language) in HOUSE_LANGUAGES else "en"


def _shown(address: str) -> str:
    """An address as people type it: without scheme and language."""
    plain = address.split("://", maxsplit=1)[-1]
    host, _slash, path = plain.partition("/")
    language, _slash, rest = path.partition("/")
    return f"{host}/{rest}" if language in HOUSE_LANGUAGES else plain


def _proof_address(invitation: Invitation) -> str:
    stage = invitation.stage
    with override(house_language(stage.process.first_language)):
        path = reverse("lottery:letter", kwargs={"process": stage.process.slug, "stage": stage.slug})
    return f"{settings.PUBLIC_URL}{path}"
