"""The pack of a local gathering: everything it needs on paper, in the language of its host; the tables in their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from burgertop.foundation.texts import base_of
from burgertop.stages.summit.models import Gathering, Table
from burgertop.stages.summit.papers.card_sheets import card_sheet
from burgertop.stages.summit.papers.day import script_sheet
from burgertop.stages.summit.papers.guides import guide_of
from burgertop.stages.summit.papers.writing import HOUSE_LANGUAGES, Writing, speaking
from burgertop.stages.summit.printing import address_square, door_square
from burgertop.stages.summit.queries.script import script_of

__all__ = ["Pack", "write_pack"]

LINES_LEAST, LINES_MORE = 20, 5  # of the door list: five more than there are seats, for who comes unannounced


@dataclass(frozen=True, slots=True)
class Pack:
    """One gathering with its tables, the two addresses that are its host's alone, and until when cards are taken."""

    gathering: Gathering
    tables: Sequence[Table]
    host_address: str
    late_address: str
    uploads_until: datetime | None


def write_pack(writing: Writing, pack: Pack) -> dict[str, object]:
    """The whole pack as it goes to the press."""
    spoken = base_of(writing.language) if base_of(writing.language) in HOUSE_LANGUAGES else "en"
    lines = script_of(writing.hall.stage, writing.now).lines
    return {
        **writing.head(_("Pack for a local gathering")),
        "host": _host(writing, pack),
        "guide": guide_of("g-off-host", spoken),
        "script": script_sheet(writing, "off", lines),
        "tables": [_table(one) for one in pack.tables],
        "cards": [card_sheet(writing, one, round_) for one in pack.tables for round_ in writing.hall.rounds],
        "door": _door(pack),
    }


def _host(writing: Writing, pack: Pack) -> dict[str, object]:
    process = writing.hall.stage.process
    wrong = [_("No network, or no device: write the cards on the sheets. Type them in on your host page afterwards.")]
    if process.phone:
        wrong.append(_("Call us: %(phone)s") % {"phone": process.phone})
    rules = [
        _("Everybody speaks once before anybody speaks twice."),
        _("One proposal is one card. Read it back to the table, and ask: is this what you mean? Then send it."),
        _("Who does not agree may say so on a card too. Do not talk anybody round."),
    ]
    return {
        "place": pack.gathering.place,
        "keep": _("Keep this sheet to yourself: whoever scans one of these squares acts for your gathering."),
        "squares": [
            {
                "head": _("Your host page"),
                "square": address_square(pack.host_address),
                "alt": _("Square that opens your host page"),
                "words": _("The clock of the day, your tables, how many came, your cards."),
            },
            {
                "head": _("Cards from paper"),
                "square": address_square(pack.late_address),
                "alt": _("Square that opens the form for cards from paper"),
                "words": _until(pack.uploads_until),
            },
        ],
        "parts": [
            {"head": _("In this pack"), "is_list": True, "texts": _contents(pack)},
            {"head": _("Three rules"), "is_list": True, "texts": rules},
            {"head": _("If something goes wrong"), "is_list": False, "texts": wrong},
        ],
    }


def _contents(pack: Pack) -> list[str]:
    return [
        _("This sheet, a guide, and the script of the day: for you"),
        _("A sheet with a square: one on each table"),
        _("Sheets to write cards on, for each table and round: in case a device fails"),
        _("A door list: it stays with you"),
    ]


def _until(moment: datetime | None) -> str:
    if moment is None:
        return _("Type in, or send as a file, what was written on paper.")
    local = timezone.localtime(moment)
    values = {
        "day": formats.date_format(local, "DATE_FORMAT"),
        "time": formats.time_format(local, "TIME_FORMAT"),
    }
    return _("Type in, or send as a file, what was written on paper: until %(day)s, %(time)s.") % values


def _table(table: Table) -> dict[str, object]:
    with speaking(next(iter(table.languages), "en")) as first:
        head = pgettext("on paper", "Table %(number)s") % {"number": table.number}
        alt = _("Square that binds the device of this table")
    words: dict[str, str] = {}
    for tag in table.languages:
        with speaking(tag) as spoken:
            words.setdefault(spoken, _("Scan this square with the tablet of the table."))
    return {
        "lang": first,
        "head": head,
        "square": door_square(table),
        "alt": alt,
        "words": [{"lang": tag, "words": said} for tag, said in words.items()],
    }


def _door(pack: Pack) -> dict[str, object]:
    return {
        "head": _("Door list: it stays with you"),
        "texts": [
            pack.gathering.place,
            _("Names stay on this paper. On the host page you type in how many came, and nothing else."),
            _("Ask everybody whether they may be in photos. Who says no is in none."),
        ],
        "columns": ["", _("Name"), _("Here"), pgettext("badge", "No photos")],
        "lines": max(LINES_LEAST, sum(one.seats for one in pack.tables) + LINES_MORE),
        "shred": _("It names people: shred it after the day."),
    }
