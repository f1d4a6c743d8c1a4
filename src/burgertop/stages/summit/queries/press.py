"""Facts for the press: every figure with its base and how it came about; results apart by origin; a chart of each."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from burgertop.foundation.ballotbox.models import BallotState
from burgertop.foundation.ballotbox.queries import Group, Result, result_of
from burgertop.foundation.files.tables import Cell
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Consent, Purpose
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import HallBallot
from burgertop.stages.summit.queries.doors import attendance_of
from burgertop.stages.summit.queries.eyes import numbers_of, place_of
from burgertop.stages.summit.queries.roster import expected_ids
from burgertop.stages.summit.queries.votes import hall_ballots

__all__ = [
    "LICENCE",
    "Chart",
    "ChartRow",
    "Fact",
    "PressResult",
    "chart_of",
    "facts_of",
    "facts_table",
    "method_of",
    "press_results",
    "result_for_press",
]

LICENCE = "CC BY 4.0"
FEWEST_TOLD = 10
COLUMNS = ("what", "option", "origin", "figure", "base", "share_percent", "method")

WIDTH, BAR, LINE, GAP = 560, 18, 20, 14
LETTERS_A_LINE = 60
LONGEST_BAR = 0.75


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure: what it counts, of how many (when that says something), and how it came about."""

    what: str | Promise
    figure: int
    base: int | None
    method: str | Promise
    origin: Origin | None = None

    @property
    def place(self) -> str:
        """Where it was counted, when places are told apart."""
        return place_of(self.origin) if self.origin is not None else ""

    @property
    def share(self) -> float | None:
        """The figure as a share of its base."""
        return self.figure / self.base if self.base else None


@dataclass(frozen=True, slots=True)
class PressResult:
    """A ballot, and its result for those who may see it."""

    hall: HallBallot
    result: Result | None
    is_embargoed: bool


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One option in the chart: its words line by line, its figure, and where it is drawn."""

    lines: tuple[tuple[int, str], ...]
    figure: str
    y: int
    width: int
    is_chosen: bool

    @property
    def figure_x(self) -> int:
        """Where the figure begins, right of the bar."""
        return self.width + 8

    @property
    def figure_y(self) -> int:
        """The line the figure stands on."""
        return self.y + BAR - 4


@dataclass(frozen=True, slots=True)
class Chart:
    """A result as a drawing: rows from most to fewest votes, and one line of base and source."""

    title: str
    rows: tuple[ChartRow, ...]
    foot: tuple[tuple[int, str], ...]
    height: int
    width: int = WIDTH


def facts_of(stage: Stage, now: datetime) -> list[Fact]:
    """The figures of the day; nothing is added up across origins, and nothing under ten people is told apart."""
    numbers = numbers_of(stage)
    hall = attendance_of(stage, now=now)
    facts = []
    if hall.expected:
        drawn = gettext_lazy("people who have a seat in the hall")
        facts.append(Fact(drawn, hall.expected, None, gettext_lazy("counted from the seats and from who was drawn")))
    if hall.came:
        method = gettext_lazy("checked in at a door, each person once")
        facts.append(Fact(gettext_lazy("of them came"), hall.came, hall.expected, method))
    if hall.walk_ins >= FEWEST_TOLD:
        method = gettext_lazy("checked in at a door without a seat; not among those above")
        facts.append(Fact(gettext_lazy("people who came without a seat"), hall.walk_ins, None, method))
    expected = expected_ids(stage)
    if len(expected) >= FEWEST_TOLD:
        agreed = Consent.objects.filter(purpose=Purpose.PHOTO, withdrawn_at__isnull=True, participant__in=expected)
        method = gettext_lazy("asked of everybody with a seat; whoever did not say yes wears a mark on the badge")
        facts.append(Fact(gettext_lazy("agree to be in photos"), agreed.count(), len(expected), method))
    method = gettext_lazy("as laid by the organizers")
    facts += [Fact(gettext_lazy("tables"), count, None, method, one) for one, count in numbers.tables.items()]
    method = gettext_lazy("sent to the theme desk by the tables, less those taken back")
    facts += [Fact(gettext_lazy("cards"), count, None, method, one) for one, count in numbers.cards.items()]
    if numbers.clusters:
        method = gettext_lazy("cards that say much the same, put together by people at the theme desk")
        facts.append(Fact(gettext_lazy("clusters of cards"), numbers.clusters, None, method))
    return facts


def press_results(stage: Stage, number: int | None = None) -> list[HallBallot]:
    """The ballots that can have a result, or the one with this number, by number."""
    ballots = hall_ballots(stage).exclude(ballot__state__in=[BallotState.DRAFT, BallotState.CANCELLED])
    found = list(ballots if number is None else ballots.filter(number=number))
    for one in found:
        one.stage = stage
    return found


def method_of(result: Result) -> str:
    """How a ballot was held, in one sentence: how many choices each had, and the rule."""
    most = result.ballot.most_choices
    each = ngettext("Each could choose %(most)s.", "Each could choose up to %(most)s.", most) % {"most": most}
    return f"{each} {result.rule}"


def facts_table(facts: Sequence[Fact], results: Sequence[PressResult], language: str) -> list[list[Cell]]:
    """Lay out facts and results as rows of ``COLUMNS``: every figure with its base and its method."""
    rows: list[list[Cell]] = [
        [
            str(one.what),
            "",
            one.origin.value if one.origin else "",
            one.figure,
            one.base,
            _percent(one.share),
            str(one.method),
        ]
        for one in facts
    ]
    for told in results:
        if told.result is None:
            continue
        title = told.hall.ballot.say("title", language).text
        method = method_of(told.result)
        for group in told.result.groups:
            for row in group.rows:
                option, origin = row.option.say("title", language).text, str(group.origin.value)
                rows.append([title, option, origin, row.votes, group.valid, _percent(row.share), method])
    return rows


def _percent(share: float | None) -> float | None:
    return round(100 * share, 1) if share is not None else None


def result_for_press(hall: HallBallot, *, may_see: bool, now: datetime) -> PressResult:
    """The result of a ballot for somebody who may see it, else without one."""
    return PressResult(hall, result_of(hall.ballot) if may_see else None, hall.is_embargoed(now))


def chart_of(result: Result, group: Group, language: str, *, source: str, warning: str = "") -> Chart:
    """Lay out the result of one origin as bars; words in ``language``, with base and source below."""
    rows, y = [], 64
    for row in group.rows:
        words = textwrap.wrap(row.option.say("title", language).text, LETTERS_A_LINE) or [""]
        lines = tuple((y + LINE * place, line) for place, line in enumerate(words))
        y += LINE * len(words) - LINE // 2
        width = round(WIDTH * LONGEST_BAR * row.votes / group.valid) if group.valid and not result.has_points else 0
        if result.has_points and group.most_votes:
            width = round(WIDTH * LONGEST_BAR * row.votes / group.most_votes)
        figure = str(row.votes)
        if row.share is not None:
            figure += f" ({formats.number_format(round(100 * row.share, 1), 1)} %)"
        rows.append(ChartRow(lines, figure, y, width, row.is_chosen))
        y += BAR + LINE + GAP
    base = _("Of %(valid)s valid papers (%(origin)s).") % {"valid": group.valid, "origin": group.origin.label}
    foot = (warning, *textwrap.wrap(f"{base} {method_of(result)}", LETTERS_A_LINE + 12), source)
    told = tuple((y + LINE * place, line) for place, line in enumerate((one for one in foot if one), start=1))
    title = textwrap.shorten(result.ballot.say("title", language).text, 46, placeholder=" …")
    return Chart(title, tuple(rows), told, y + LINE * len(told) + GAP)
