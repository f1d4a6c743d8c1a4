"""Days that were held before, as scripts to begin from: the Belgian summit of 2011 and a Dutch citizens' summit.

How long each part lasted in 2011 is known for the introductions only (two of about ten minutes per theme); the
other lengths are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from burgertop.stages.summit.models import ItemKind, RoundKind

__all__ = ["BREAK", "CLOSING", "DAYS", "INTRODUCTION", "LUNCH", "VOTE", "WELCOME", "Day", "Part", "talk"]

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a day: what it is, how long, what happens where; for a round its kind and a first question."""

    kind: ItemKind
    minutes: int
    title: Words = ""
    hall: Words = ""
    tables: Words = ""
    home: Words = ""
    off: Words = ""
    prompts: Words = ""
    question: Words = ""
    round_kind: RoundKind = RoundKind.PROPOSAL
    is_of_theme: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day to begin from."""

    title: Words
    parts: Sequence[Part]


WATCH = _("Everybody watches the stream.")
LISTEN = _("Everybody listens. Nobody writes yet.")
STEPS = _(
    "- Everybody thinks for two minutes, alone.\n"
    "- Everybody says one idea; nobody talks anybody down.\n"
    "- Write a card for each idea, and read it back.\n"
    "- Choose the cards you send."
)

WELCOME = Part(
    ItemKind.OTHER,
    20,
    title=_("Welcome and rules of the day"),
    tables=LISTEN,
    home=WATCH,
    off=WATCH,
    hall=_("On stage"),
)
BREAK = Part(ItemKind.BREAK, 20, title=_("Break"), home=_("The room stays open."), off=_("Break"))
LUNCH = Part(ItemKind.BREAK, 60, title=_("Lunch"), home=_("The room stays open."), off=_("Lunch"))
CLOSING = Part(ItemKind.OTHER, 20, title=_("Results and thanks"), hall=_("On stage"), home=WATCH, off=WATCH)
INTRODUCTION = Part(
    ItemKind.INTRODUCTION,
    10,
    title=_("Introduction by an expert"),
    hall=_("On stage, ten minutes"),
    tables=LISTEN,
    home=WATCH,
    off=WATCH,
)
VOTE = Part(
    ItemKind.VOTE,
    10,
    title=_("Vote of the hall"),
    hall=_("The ballot is on the screen."),
    tables=_("Everybody votes with the seat code."),
    home=_("Their own result, shown apart"),
    off=_("Their own result, shown apart"),
)


def talk(
    minutes: int, question: Words = "", kind: RoundKind = RoundKind.PROPOSAL, *, is_of_theme: bool = False
) -> Part:
    """A round at the tables; its question counts only where there is no such round yet."""
    return Part(
        ItemKind.ROUND,
        minutes,
        hall=_("Quiet on stage"),
        tables=_("The tables talk and write cards."),
        home=_("The rooms talk and write cards."),
        off=_("The tables there talk and write cards."),
        prompts=STEPS,
        question=question,
        round_kind=kind,
        is_of_theme=is_of_theme,
    )


def _theme() -> list[Part]:
    round_ = talk(50, _("What do you propose for this theme?"), RoundKind.PROPOSAL, is_of_theme=True)
    return [INTRODUCTION, INTRODUCTION, round_, VOTE]


DAYS: dict[str, Day] = {
    "belgian": Day(
        _("Belgium, 2011: three themes, each with two introductions, table talk and a vote; then a free topic"),
        [
            WELCOME,
            *_theme(),
            BREAK,
            *_theme(),
            LUNCH,
            *_theme(),
            BREAK,
            talk(40, _("What else must be talked about? Your table chooses."), RoundKind.FREE),
            CLOSING,
        ],
    ),
    "dutch": Day(
        _("Netherlands: three rounds without experts, from a vision to proposals, and a vote at the end"),
        [
            WELCOME,
            talk(45, _("How do we want to live together?"), RoundKind.VISION),
            BREAK,
            talk(60, _("What matters most for this?"), RoundKind.PRIORITY),
            LUNCH,
            talk(75, _("What do we propose to do?"), RoundKind.PROPOSAL),
            BREAK,
            VOTE,
            CLOSING,
        ],
    ),
}
