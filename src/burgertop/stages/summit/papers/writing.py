"""What every paper is written from: the hall, the names that were opened, the language, the moment."""

import unicodedata
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from babel import Locale, UnknownLocaleError
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from burgertop.foundation.codes.alphabet import grouped
from burgertop.foundation.texts import base_of, direction_of, name_of
from burgertop.stages.summit.queries.papers import Guest, Hall

__all__ = ["Names", "Writing", "languages_of", "own_name_of", "plain", "speaking", "split_code"]

HOUSE_LANGUAGES = ("nl", "fr", "de", "en")
Names = Mapping[uuid.UUID, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Writing:
    """One paper on its way: ``names`` are those of the vault by participant, empty where a paper names nobody."""

    hall: Hall
    names: Names
    language: str
    now: datetime

    def process_in(self, language: str) -> str:
        """What the process is called in a language."""
        process = self.hall.stage.process
        return str(process.say("title", language)) or process.slug

    def name_of(self, guest: Guest, *parts: str) -> str:
        """Parts of a name, as they are in the vault; the mark of the badge for who has no name there."""
        fields = self.names.get(guest.participant.pk, {})
        return " ".join(fields[part] for part in parts if fields.get(part)) or guest.mark

    def seats_of(self, guest: Guest) -> list[tuple[str, str]]:
        """Round and table, round by round; a dash where somebody has no table."""
        return [(str(one.number), str(guest.tables.get(one.number, "–"))) for one in self.hall.rounds]

    def tables_of(self, guest: Guest) -> str:
        """The tables of somebody in the order of the rounds, in one line."""
        return "  ".join(table for _round, table in self.seats_of(guest))

    def head(self, title: str) -> dict[str, object]:
        """What every file tells of itself."""
        process, local = self.hall.stage.process, timezone.localtime(self.now)
        return {
            "title": title,
            "author": str(process.say("organiser", self.language)) or self.process_in(self.language),
            "moment": [local.year, local.month, local.day],
            "process": self.process_in(self.language),
            "lang": base_of(self.language),
            "rtl": direction_of(self.language) == "rtl",
            "made": _("Made on %(day)s, %(time)s")
            % {"day": formats.date_format(local, "DATE_FORMAT"), "time": formats.time_format(local, "TIME_FORMAT")},
        }


@contextmanager
def speaking(language: str) -> Iterator[str]:
    """Speak the language of a person or a table where the house knows it, else English; yields which."""
    spoken = base_of(language) if base_of(language) in HOUSE_LANGUAGES else "en"
    with override(spoken):
        yield spoken


def own_name_of(tag: str) -> str:
    """What a language calls itself."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name(tag) or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:]


def languages_of(tags: Sequence[str]) -> str:
    """Languages, as they are called in the language that is spoken now."""
    return ", ".join(name_of(tag) for tag in tags)


def split_code(guest: Guest) -> tuple[str, str]:
    """The code of a badge in groups, cut after the signs by which it is found on lists."""
    shown, left, place = grouped(guest.code), len(guest.mark), 0
    while left and place < len(shown):
        left -= shown[place] != " "
        place += 1
    return shown[:place], shown[place:]


def plain(text: str) -> str:
    """A name without accents and capitals, to put names in their order."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in spread if not unicodedata.combining(sign))
