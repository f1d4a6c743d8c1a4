"""The tags of the house: what templates say, show and count."""

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from babel.numbers import format_percent
from django import template
from django.http import QueryDict
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from burgertop.foundation.process.models import Process, Stage, StageKind
from burgertop.foundation.process.queries import stages_of
from burgertop.foundation.texts import Said, Worded, direction_of
from burgertop.web.drawings import Dot, Turned, grid, hall_tables, pip_rows, ring
from burgertop.web.markdown import to_html
from burgertop.web.stages import StageItem, stage_items

__all__ = ["register"]

register = template.Library()

SIGNS_OF_FRENCH = re.compile(r"(?<=\S) (?=[?!:;»])")  # typed with a space that must not end a line
ROOM_FIELD = 84
KINDS = [kind.value for kind in StageKind]
MOMENT_FORMATS = {
    "moment": "DATETIME_FORMAT",
    "day": "DATE_FORMAT",
    "short": "SHORT_DATETIME_FORMAT",
    "short_day": "SHORT_DATE_FORMAT",
    "day_of_year": "MONTH_DAY_FORMAT",
    "time": "TIME_FORMAT",
}


# Words of people and organisers ------------------------------------------------------


@register.simple_tag
def said(owner: Worded | None, name: str) -> SafeString | str:
    """Write one text of an owner; a ``span`` names its language when it is not the page's."""
    found = _said(owner, name)
    return _in_its_language("span", found, _line_of(found)) if found else ""


@register.simple_tag
def said_plain(owner: Worded | None, name: str) -> str:
    """Write one text without markup: for ``<title>``, attributes and messages."""
    found = _said(owner, name)
    return found.text if found else ""


@register.simple_tag
def said_markdown(owner: Worded | None, name: str) -> SafeString | str:
    """Write one text as paragraphs and lists; a ``div`` names its language when it is not the page's."""
    found = _said(owner, name)
    return _in_its_language("div", found, to_html(found.text)) if found else ""


@register.simple_tag
def said_mark(owner: Worded | None, name: str) -> SafeString | str:
    """Say where a text comes from when it is a translation or in another language than the page's."""
    found = _said(owner, name)
    if not found:
        return ""
    if found.is_original:
        if _base(found.language) == _base(_page_language()):
            return ""
        words = pgettext("language of a text", "in %(language)s")
        source = found.language
    else:
        source = found.original_language
        by_machine = pgettext("language of a text", "machine translation from %(language)s")
        by_hand = pgettext("language of a text", "translated from %(language)s")
        words = by_machine if found.is_machine else by_hand
    return format_html('<span class="said-mark">{}</span>', words % {"language": language_called(source)})


@register.filter
def markdown(text: str) -> SafeString:
    """Turn a text with light marks (paragraphs, lists, links, emphasis) into safe HTML."""
    return to_html(text)


@register.filter
def language_name(tag: str) -> str:
    """Return the name of a language in that language: ``nl`` is Nederlands."""
    name = _display_name(tag, tag)
    return name[:1].upper() + name[1:]


@register.filter
def language_called(tag: str) -> str:
    """Return the name of a language in the language of the page: ``nl`` is Dutch."""
    return _display_name(tag, _page_language())


@register.filter
def direction(tag: str) -> str:
    """Return ``rtl`` or ``ltr`` for the ``dir`` attribute of a text in this language."""
    return direction_of(tag)


# Moments and figures -------------------------------------------------------------------


@register.simple_tag
def moment(value: datetime | date | None, form: str = "moment") -> SafeString | str:
    """Write a moment in the server's time zone, for people and machines.

    ``form`` is moment, day, short, short_day, day_of_year (no year) or time.
    """
    if value is None:
        return ""
    local = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    kind = MOMENT_FORMATS[form]
    if not isinstance(local, datetime):
        kind = {"moment": "DATE_FORMAT", "short": "SHORT_DATE_FORMAT"}.get(form, kind)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), formats.date_format(local, kind))


@register.filter
def share(value: float | None, decimals: int = 0) -> str:
    """Write a fraction in 0..1 as a percentage: ``0.671|share`` is 67%, ``0.671|share:1`` is 67.1%."""
    if value is None:
        return "–"
    pattern = _locale(_page_language()).percent_formats[None].pattern
    places = "." + "0" * decimals if decimals else ""
    return format_percent(value, format=pattern.replace("0", f"0{places}", 1), locale=_locale(_page_language()))


@register.simple_tag
def once() -> str:
    """Return a fresh id for a form, so that sending it twice counts once."""
    return str(uuid.uuid4())


@register.filter
def in_fours(code: str) -> str:
    """Write a code in groups of four: K7M4 PX9R W."""
    plain = "".join(str(code).split())
    return " ".join(plain[start : start + 4] for start in range(0, len(plain), 4))


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """Return the query string of this page with changes; None or "" takes a key away."""
    request = context.get("request")
    kept = request.GET.copy() if request is not None else QueryDict("", mutable=True)
    for key, value in changes.items():
        if value is None or value == "":
            kept.pop(key, None)
        else:
            kept[key] = str(value)
    return f"?{kept.urlencode()}"


# Signs and drawings ----------------------------------------------------------------------


@register.filter
def tint(stage: Stage | str | None) -> str:
    """Return the class with the paper color of a stage (or of a kind's name)."""
    kind = stage.kind if isinstance(stage, Stage) else stage
    return f"tint-{KINDS.index(kind) + 1}" if kind in KINDS else "tint-1"


@register.inclusion_tag("ui/glyph.html")
def glyph(kind: str) -> dict[str, object]:
    """Draw the glyph of a kind of stage."""
    return {"kind": kind}


@register.inclusion_tag("ui/icon.html")
def icon(name: str) -> dict[str, object]:
    """Draw a small icon; the words stand beside it."""
    return {"name": name}


@register.inclusion_tag("ui/pips.html")
def pips(filled: int, of: int, per_row: int = 0, label: str = "") -> dict[str, object]:
    """Draw ``filled`` of ``of`` dots; ``label`` is its text alternative, else it is decoration."""
    columns = per_row or min(max(of, 1), 40)
    rows = -(-of // columns) if of else 1
    dots: list[Dot] = pip_rows(filled, of, columns)
    return {"dots": dots, "width": columns * 12, "height": rows * 12, "label": label}


@register.inclusion_tag("ui/table_ring.html")
def table_ring(number: int | str, seats: int, taken: int, label: str = "") -> dict[str, object]:
    """Draw one table with its taken and empty seats."""
    return {"number": number, "seats": ring(seats, middle=60, radius=48, filled=taken), "label": label}


@register.inclusion_tag("ui/bar.html")
def bar(value: float, of: float, label: str = "", chosen: bool = False) -> dict[str, object]:
    """Draw one bar of a chart; the figures stand beside it."""
    part = max(0.0, min(1.0, value / of)) if of else 0.0
    return {"width": f"{part * 300:.1f}", "label": label, "is_chosen": chosen}


@register.inclusion_tag("ui/bound_bar.html")
def bound_bar(value: float, bound: float, of: float) -> dict[str, object]:
    """Draw one bar and the line it cannot be below; the figures stand beside it."""
    width, bound_at = (f"{min(1.0, part / of) * 300:.1f}" if of else "0" for part in (value, bound))
    return {"width": width, "bound_at": bound_at}


@register.simple_tag
def hall_places() -> list[Turned]:
    """Return the places of the 100 tables, for ``ui/hall.html``."""
    return hall_tables()


@register.simple_tag
def ring_places(count: int, middle: float, radius: float) -> list[Dot]:
    """Return dots on a circle, for drawings in templates."""
    return ring(count, middle=middle, radius=radius)


@register.inclusion_tag("ui/room.html", takes_context=True)
def room_picture(context: Context, tables: Sequence[object], per_row: int = 10) -> dict[str, object]:
    """Draw the room: a link for each table, in rows; ``tables`` as ``queries.room.room_of`` gives them."""
    rows = -(-len(tables) // per_row)
    places = zip(grid(len(tables), per_row=per_row, width=ROOM_FIELD, height=ROOM_FIELD), tables, strict=True)
    kept = {name: context[name] for name in ("process", "stage")}
    return {**kept, "places": list(places), "width": per_row * ROOM_FIELD, "height": rows * ROOM_FIELD}


# The shell ---------------------------------------------------------------------------------


@register.simple_tag
def stage_bar_of(process: Process | None, stage: Stage | None) -> list[StageItem]:
    """Return what the stage bar of a process shows."""
    return stage_items(stages_of(process), process, stage, _page_language()) if process else []


@register.filter
def steps(count: int) -> range:
    """Return the numbers from 1 to ``count``."""
    return range(1, int(count) + 1)


@register.filter
def sign_of(tags: str) -> str:
    """Return the sign of a message's level: ok, stop or wait."""
    levels: Mapping[str, str] = {"success": "ok", "error": "stop", "warning": "wait"}
    return next((levels[tag] for tag in tags.split() if tag in levels), "")


@register.simple_tag
def address(name: str, *args: object, **kwargs: object) -> str:
    """Reverse a name; empty when the house has no such page."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def _said(owner: Worded | None, name: str) -> Said | None:
    found = owner.say(name, _page_language()) if owner else None
    return found or None


def _line_of(found: Said) -> str:
    """Return a text as it is set: in French a sign stays on the line of its word."""
    return SIGNS_OF_FRENCH.sub("\u00a0", found.text) if _base(found.language) == "fr" else found.text


def _in_its_language(element: str, found: Said, body: str) -> SafeString:
    if _base(found.language) == _base(_page_language()):
        return format_html("{}", body) if element == "span" else format_html("<div>{}</div>", body)
    return format_html(
        '<{0} lang="{1}" dir="{2}">{3}</{0}>', element, found.language, direction_of(found.language), body
    )


def _page_language() -> str:
    return get_language() or "en"


def _base(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0]


def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _display_name(tag: str, language: str) -> str:
    try:
        named = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return tag or gettext("an unknown language")
    return named.get_display_name(_locale(language)) or tag
