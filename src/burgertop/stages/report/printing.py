"""The report as a tagged PDF: data in, bytes out, set by Typst."""

from datetime import datetime
from pathlib import Path

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from burgertop.foundation.files.press import typeset
from burgertop.foundation.process.models import Stage
from burgertop.foundation.texts import direction_of
from burgertop.stages.panel.models import Recommendation
from burgertop.stages.report.queries import Chapter, chapters_of

__all__ = ["print_report"]

SHEET = Path(__file__).resolve().parent / "report.typ"


def print_report(stage: Stage, language: str, *, now: datetime) -> bytes:
    """Set the report in one language; the same data and moment give the same bytes.

    Returns:
        A PDF/UA-1 file: tagged, with a title, a language and an outline.
    """
    with override(language):
        data = _data_of(stage, language, now)
    return typeset(SHEET, data, now=now)


def _data_of(stage: Stage, language: str, now: datetime) -> dict[str, object]:
    process = stage.process
    said = {name: str(process.say(name, language)) for name in ("title", "subtitle", "about", "mandate", "promise")}
    return {
        "language": language.split("-", maxsplit=1)[0],
        "direction": direction_of(language),
        **said,
        "day": formats.date_format(timezone.localtime(now), "DATE_FORMAT"),
        "moment": [now.year, now.month, now.day],
        "words": {
            "report": _("Report"),
            "contents": _("Contents"),
            "about": _("What this was"),
            "mandate": _("Who asked"),
            "promise": _("What was promised"),
            "recommendations": _("Recommendations"),
            "vote": _("Vote of the panel"),
            "minority": _("Minority note"),
            "came_from": _("What it came from"),
            "answer": _("Answer"),
            "page": _("Page"),
            "none": _("No recommendation is adopted yet."),
        },
        "chapters": [_chapter(chapter, language) for chapter in chapters_of(stage)],
    }


def _chapter(chapter: Chapter, language: str) -> dict[str, object]:
    row: Recommendation = chapter.recommendation
    return {
        "number": row.number,
        "title": str(row.say("title", language)),
        "body": _paragraphs(str(row.say("body", language))),
        "vote": chapter.vote_line(),
        "came_from": chapter.origin_line(),
        "notes": [_paragraphs(str(note.say("body", language))) for note in row.minority_notes.all()],
        "answers": [
            {
                "who": str(answer.addressee.say("title", language)),
                "state": answer.get_state_display(),
                "body": _paragraphs(str(answer.say("body", language))),
                "reasons": _paragraphs(str(answer.say("reasons", language))),
            }
            for answer in chapter.answers
        ],
    }


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r", "").split("\n\n") if part.strip()]
