"""The time a script gives to each theme, and what is wrong with it: warnings of those who held such a day."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from burgertop.stages.summit.models import ItemKind, Round
from burgertop.stages.summit.queries.script import Line, Script

__all__ = ["LEAST_MINUTES_PER_THEME", "Share", "shares_of", "warnings_of"]

LEAST_MINUTES_PER_THEME = 60  # at most one theme in an hour
MOST_MINUTES_WITHOUT_BREAK = 120
MOST_MINUTES_OF_DAY = 9 * 60


@dataclass(frozen=True, slots=True)
class Share:
    """The time of one round: with the introductions before it and the votes behind it."""

    round: Round
    introductions: int
    talk: int
    votes: int

    @property
    def minutes(self) -> int:
        """All of it."""
        return self.introductions + self.talk + self.votes

    @property
    def is_short(self) -> bool:
        """Whether a theme gets less than it needs."""
        return self.minutes < LEAST_MINUTES_PER_THEME


def shares_of(script: Script) -> list[Share]:
    """The time of every round, in order."""
    shares: list[Share] = []
    waiting = 0
    for line in script.lines:
        if line.item.kind == ItemKind.INTRODUCTION:
            waiting += line.minutes
        elif line.item.round is not None:
            shares.append(Share(line.item.round, waiting, line.minutes, 0))
            waiting = 0
        elif line.item.kind == ItemKind.VOTE and shares:
            last = shares[-1]
            shares[-1] = Share(last.round, last.introductions, last.talk, last.votes + line.minutes)
    return shares


def warnings_of(script: Script) -> list[str]:
    """What those who held such a day would do otherwise, as sentences."""
    found = []
    shares = shares_of(script)
    short = [share.round.number for share in shares if share.is_short]
    if short:
        numbers = ", ".join(map(str, short))
        found.append(
            ngettext(
                "Round %(numbers)s has less than %(minutes)s minutes with its introductions and its vote. "
                "After 2011 people said that there was too little time for each theme.",
                "Rounds %(numbers)s have less than %(minutes)s minutes each with their introductions and votes. "
                "After 2011 people said that there was too little time for each theme.",
                len(short),
            )
            % {"numbers": numbers, "minutes": LEAST_MINUTES_PER_THEME}
        )
    longest = _longest_stretch(script.lines)
    if longest > MOST_MINUTES_WITHOUT_BREAK:
        found.append(_("%(minutes)s minutes go by without a break.") % {"minutes": longest})
    if script.total_minutes > MOST_MINUTES_OF_DAY:
        hours = round(script.total_minutes / 60, 1)
        found.append(_("The day is %(hours)s hours long. Something may have to go.") % {"hours": hours})
    bare = sum(line.item.kind == ItemKind.INTRODUCTION and not line.item.languages_of("paper") for line in script.lines)
    if bare:
        found.append(
            ngettext(
                "%(count)s introduction has no paper in plain language.",
                "%(count)s introductions have no paper in plain language.",
                bare,
            )
            % {"count": bare}
        )
    return found


def _longest_stretch(lines: Sequence[Line]) -> int:
    longest = stretch = 0
    for line in lines:
        stretch = 0 if line.item.kind == ItemKind.BREAK else stretch + line.minutes
        longest = max(longest, stretch)
    return longest
