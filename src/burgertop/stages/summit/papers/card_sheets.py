"""Sheets to write cards on by hand, for each table and round: what a device would ask, on paper."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from burgertop.foundation.texts import base_of, direction_of
from burgertop.stages.summit.models import Round, Table
from burgertop.stages.summit.papers.kinds import Paper
from burgertop.stages.summit.papers.writing import Writing, own_name_of, speaking

__all__ = ["CARDS_A_SHEET", "card_sheet", "write_card_sheets"]

CARDS_A_SHEET = 3


def write_card_sheets(writing: Writing) -> dict[str, object]:
    """A sheet for each open table and round, in the table's first language."""
    sheets = [
        card_sheet(writing, table, round_)
        for table in writing.hall.tables
        if table.closed_at is None
        for round_ in writing.hall.rounds
    ]
    return {**writing.head(str(Paper.CARD_SHEETS.label)), "sheets": sheets}


def card_sheet(writing: Writing, table: Table, round_: Round) -> dict[str, object]:
    """A sheet of cards for one table in one round."""
    with speaking(next(iter(table.languages), writing.language)) as spoken:
        said = [round_.say("question", tag) for tag in table.spoken]
        once = {str(one): one for one in said if str(one)}
        return {
            "lang": spoken,
            "rtl": False,
            "head": pgettext("on paper", "Table %(number)s") % {"number": table.number},
            "round": pgettext("on paper", "Round %(number)s") % {"number": round_.number},
            "rule": _("One idea per card. Tick the cards that the table sends: at most %(most)s.")
            % {"most": round_.cards_limit},
            "questions": [
                {"words": words, "lang": base_of(one.language), "rtl": direction_of(one.language) == "rtl"}
                for words, one in once.items()
            ],
            "languages": [own_name_of(tag) for tag in table.spoken],
            "idea": _("One idea per card"),
            "why": _("Why?"),
            "agree": _("How many at the table agree?"),
            "dissent": _("Not everybody agrees with this card"),
            "send": _("The table sends this card"),
            "cards": CARDS_A_SHEET,
        }
