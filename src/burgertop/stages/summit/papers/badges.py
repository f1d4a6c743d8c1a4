"""Badges of people and of the staff, and the cards of the tables: what stands on each."""

from collections.abc import Mapping

import segno
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from burgertop.foundation.texts import base_of
from burgertop.stages.summit.models import StaffRole, Table
from burgertop.stages.summit.papers.kinds import Paper
from burgertop.stages.summit.papers.writing import Writing, languages_of, own_name_of, plain, speaking, split_code
from burgertop.stages.summit.queries.papers import Guest, Helper

__all__ = ["badge_square", "write_badges", "write_staff_badges", "write_table_cards"]

QUIET = 2
TAGS_MOST = 4


def badge_square(code: str) -> str:
    """Draw the square of a badge: the code and nothing else, as SVG."""
    square = segno.make(code, error="q", boost_error=False, micro=False)
    return str(square.svg_inline(border=QUIET, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None))


def write_badges(writing: Writing) -> dict[str, object]:
    """A badge for each person, by family name: the sheets are cut and laid out at the doors in that order."""
    guests = sorted(writing.hall.guests, key=lambda one: plain(writing.name_of(one, "family_name", "given_name")))
    return _sheets(writing, str(Paper.BADGES.label), [_badge(writing, one) for one in guests])


def write_staff_badges(writing: Writing) -> dict[str, object]:
    """A badge for each of the staff of the hall: no square, they are not checked in."""
    return _sheets(writing, str(Paper.STAFF_BADGES.label), [_staff_badge(writing, one) for one in writing.hall.helpers])


def _sheets(writing: Writing, title: str, badges: list[dict[str, object]]) -> dict[str, object]:
    return {**writing.head(title), "sheet": _("Sheet %(number)s") % {"number": "%"}, "badges": badges}


def _badge(writing: Writing, guest: Guest) -> dict[str, object]:
    language = guest.participant.language
    mark, rest = split_code(guest)
    has_name = bool(writing.names.get(guest.participant.pk))
    with speaking(language) as spoken:
        return {
            "given": writing.name_of(guest, "given_name") if has_name else "",
            "family": writing.name_of(guest, "family_name") if has_name else "",
            "lang": spoken,
            "process": writing.process_in(spoken),
            "rtl": False,
            "tags": [base_of(tag).upper() for tag in guest.speaks[:TAGS_MOST]],
            "mark": mark,
            "rest": rest,
            "qr": badge_square(guest.code),
            "role": "",
            "no_photo": "" if guest.may_be_in_photos else pgettext("badge", "No photos"),
            "words": {"tables": _("Your table in each round"), "square": _("A square for the door")},
            "tables": [{"round": number, "table": table} for number, table in writing.seats_of(guest)],
        }


def _staff_badge(writing: Writing, helper: Helper) -> dict[str, object]:
    first, _space, rest = helper.staff.name.partition(" ")
    tables: Mapping[int, int] = helper.tables
    with speaking(next(iter(helper.staff.languages), "en")) as spoken:
        if helper.table is not None:
            seats = [{"round": _("All day"), "table": str(helper.table)}]
        else:
            seats = [{"round": str(number), "table": str(table)} for number, table in sorted(tables.items())]
        return {
            "given": first,
            "family": rest,
            "lang": spoken,
            "process": writing.process_in(spoken),
            "rtl": False,
            "tags": [base_of(tag).upper() for tag in helper.staff.languages[:TAGS_MOST]],
            "mark": "",
            "rest": "",
            "qr": "",
            "role": _role(helper),
            "no_photo": "",
            "words": {"tables": _("Your tables"), "square": ""},
            "tables": seats,
        }


def _role(helper: Helper) -> str:
    if helper.staff.role == StaffRole.FACILITATOR:
        return pgettext("badge", "Table host")
    return pgettext("badge", "Interpreter")


def write_table_cards(writing: Writing) -> dict[str, object]:
    """A card for each table that is open, in its first language."""
    cards = [_card(writing, table) for table in writing.hall.tables if table.closed_at is None]
    return {**writing.head(str(Paper.TABLE_CARDS.label)), "cards": cards}


def _card(writing: Writing, table: Table) -> dict[str, object]:
    with speaking(next(iter(table.languages), writing.language)) as spoken:
        return {
            "number": str(table.number),
            "lang": spoken,
            "process": writing.process_in(spoken),
            "word": pgettext("table card", "Table"),
            "languages": [{"lang": base_of(tag), "name": own_name_of(tag)} for tag in table.spoken],
            "interpreter": (
                _("With an interpreter: %(languages)s") % {"languages": languages_of(table.interpreter_languages)}
                if table.interpreter_languages
                else ""
            ),
        }
