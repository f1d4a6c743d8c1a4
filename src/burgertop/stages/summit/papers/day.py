"""The script of the day on paper, a sheet for each place; and the sign to hold up that calls for help."""

from collections.abc import Sequence

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from burgertop.stages.summit.models import Table
from burgertop.stages.summit.papers.kinds import Paper
from burgertop.stages.summit.papers.writing import Writing, speaking
from burgertop.stages.summit.queries.script import Line, script_of, title_of

__all__ = ["script_sheet", "write_help_signs", "write_script"]

PLACES = ("hall", "tables", "home", "off")


def write_script(writing: Writing) -> dict[str, object]:
    """A sheet each for the hall, the table hosts, the rooms of G-Home and the G-Offs."""
    lines = script_of(writing.hall.stage, writing.now).lines
    return {
        **writing.head(str(Paper.SCRIPT.label)),
        "sheets": [script_sheet(writing, place, lines) for place in PLACES],
    }


def script_sheet(writing: Writing, place: str, lines: Sequence[Line]) -> dict[str, object]:
    """The script as one place needs it: ``hall``, ``tables``, ``home`` or ``off``."""
    heads = {
        "hall": pgettext("script on paper", "Script: hall"),
        "tables": pgettext("script on paper", "Script: table hosts"),
        "home": pgettext("script on paper", "Script: G-Home"),
        "off": pgettext("script on paper", "Script: G-Off"),
    }
    return {
        "head": heads[place],
        "columns": [_("Time"), _("Minutes"), _("What"), _("Here")],
        "rows": [_row(writing, place, line) for line in lines],
        "note": _("The clock on the screens decides: what is under way may be shorter or longer."),
    }


def _row(writing: Writing, place: str, line: Line) -> dict[str, object]:
    item, spoken = line.item, writing.language
    begins_at = line.slot.planned_at
    prompts = item.say("prompts", spoken).text if place == "tables" else ""
    title = title_of(item, spoken)
    if item.round is not None:
        number = pgettext("on paper", "Round %(number)s") % {"number": item.round.number}
        title = f"{number}. {title}"
    return {
        "time": formats.time_format(timezone.localtime(begins_at), "TIME_FORMAT") if begins_at is not None else "",
        "minutes": str(line.minutes),
        "title": title,
        "speaker": item.say("speaker", spoken).text,
        "here": item.say(place, spoken).text,
        "steps": [one.strip().removeprefix("- ") for one in prompts.splitlines() if one.strip()],
    }


def write_help_signs(writing: Writing) -> dict[str, object]:
    """A sign for each table that is open, to hold up, in its languages."""
    signs = [_sign(writing, table) for table in writing.hall.tables if table.closed_at is None]
    return {**writing.head(str(Paper.HELP_SIGNS.label)), "signs": signs}


def _sign(writing: Writing, table: Table) -> dict[str, object]:
    words: list[dict[str, str]] = []
    for tag in table.spoken or (writing.language,):
        with speaking(tag) as spoken:
            word = pgettext("sign to hold up", "Help")
            head = pgettext("on paper", "Table %(number)s") % {"number": table.number}
            how = _("Hold this up when the device does not work. Somebody of the hall will come.")
        if spoken not in {one["lang"] for one in words}:
            words.append({"lang": spoken, "word": word, "head": head, "how": how})
    return {"number": str(table.number), "words": words[:3]}
