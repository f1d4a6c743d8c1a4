"""Real recruitments of the past, with their sources, and what they tell about the next one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from burgertop.core.errors import InputError
from burgertop.core.recruitment.hierarchy import Hierarchy, hierarchy_of
from burgertop.core.recruitment.rates import RATES, Belief, Floats, Tally, chances_of

__all__ = [
    "PRECEDENTS",
    "SPREAD_OF_ANSWERS",
    "SPREAD_OF_PRESENCE",
    "SPREAD_OF_PROCESSES",
    "Kind",
    "Precedent",
    "attendance_before",
    "rates_of_groups",
    "response_before",
]

SPREAD_OF_PROCESSES = 0.35
SPREAD_OF_ANSWERS = 0.4  # between the groups of one process, who says yes
SPREAD_OF_PRESENCE = 0.25  # between the groups of one process, who comes
_NO_SPREAD = 0.05


class Kind(StrEnum):
    """Whether everybody who says yes may come to one day, or few are drawn and called for several weekends."""

    HALL = "hall"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Precedent:
    """What is known of one recruitment; None where it is not.

    Args:
        process: its name.
        year: when it was held.
        country: where.
        kind: hall or panel.
        source: where the figures were read.
        sent: letters.
        yes: people who said yes.
        confirmed: people who were to come.
        present: people who came.
    """

    process: str
    year: int
    country: str
    kind: Kind
    source: str
    sent: int | None = None
    yes: int | None = None
    confirmed: int | None = None
    present: int | None = None

    @property
    def response(self) -> Tally | None:
        """Letters and people who said yes, if both are known."""
        return None if self.sent is None or self.yes is None else Tally(self.sent, self.yes)

    @property
    def attendance(self) -> Tally | None:
        """People who were to come and who came, if both are known."""
        return None if self.confirmed is None or self.present is None else Tally(self.confirmed, self.present)

    @property
    def arrival(self) -> Tally | None:
        """Letters and people who came, where everybody who said yes was welcome and both are known."""
        if self.kind is not Kind.HALL or self.sent is None or self.present is None:
            return None
        return Tally(self.sent, self.present)


PRECEDENTS = (
    Precedent("G1000", 2011, "BE", Kind.HALL, "2011.g1000.org", confirmed=1000, present=704),
    Precedent(
        "G1000 Amersfoort", 2014, "NL", Kind.HALL, "g1000.nu; vn.nl", sent=6000, yes=517, confirmed=517, present=348
    ),
    Precedent("G1000 Steenwijkerland", 2017, "NL", Kind.HALL, "g1000.nu", sent=7000, present=255),
    Precedent("Ostbelgien", 2019, "BE", Kind.PANEL, "buergerdialog.be", sent=1000, yes=115),
    Precedent("Kessel-Lo", 2021, "BE", Kind.PANEL, "vorm3010.be", sent=2000, yes=148),
    Precedent(
        "Climate Assembly UK",
        2020,
        "UK",
        Kind.PANEL,
        "inews.co.uk (about 1,800 answers); climateassembly.uk",
        sent=30000,
        yes=1800,
        confirmed=110,
        present=108,
    ),
    Precedent(
        "Bürgerrat Ernährung",
        2023,
        "DE",
        Kind.PANEL,
        "wiesentbote.de; unsere-zeit.de (about 2,200 answers)",
        sent=19327,
        yes=2200,
    ),
    Precedent("We Need To Talk", 2023, "BE", Kind.PANEL, "weneedtotalk.be", confirmed=60, present=59),
)


def attendance_before(kind: Kind = Kind.HALL, precedents: Iterable[Precedent] = PRECEDENTS) -> Hierarchy:
    """Tell what share of those who are to come came in the past; ``newcomer()`` is the next process.

    Args:
        kind: only precedents of this kind count: who is called for several weekends nearly always comes.
        precedents: what is known of the past.

    Raises:
        InputError: ``recruitment.no_precedents``.

    Cost: as ``hierarchy_of``.
    Source: as ``hierarchy_of``.

    >>> before = attendance_before().newcomer()
    >>> round(before.quantile(0.1), 2), round(before.mean, 2), round(before.quantile(0.9), 2)
    (0.6, 0.69, 0.77)
    """
    known = {
        one.process: chances_of(one.attendance) for one in precedents if one.kind is kind and one.attendance is not None
    }
    if not known:
        raise InputError("recruitment.no_precedents", kind=str(kind))
    return hierarchy_of(known, spread=SPREAD_OF_PROCESSES)


def response_before(precedents: Sequence[Precedent] = PRECEDENTS) -> Hierarchy:
    """Tell what share of the letters brought a yes in the past; ``newcomer()`` is the next process.

    Where only those who came are known, of a hall, every rate of yes that fits is taken, weighted by the
    attendance of the other halls; if none is known, the precedent tells nothing.

    Args:
        precedents: what is known of the past.

    Raises:
        InputError: ``recruitment.no_precedents``.

    Cost: as ``hierarchy_of``, and O(points ** 2) for every precedent of which only arrivals are known.
    Source: as ``hierarchy_of``.

    >>> before = response_before().newcomer()
    >>> round(before.quantile(0.1), 3), round(before.mean, 3), round(before.quantile(0.9), 3)
    (0.049, 0.085, 0.125)
    """
    known = {one.process: chances_of(one.response) for one in precedents if one.response is not None}
    halls = [one for one in precedents if one.kind is Kind.HALL and one.attendance is not None]
    for one in precedents:
        if one.response is None and one.arrival is not None and halls:
            known[one.process] = _through(one.arrival, attendance_before(Kind.HALL, halls).newcomer())
    if not known:
        raise InputError("recruitment.no_precedents", kind="letters")
    return hierarchy_of(known, spread=SPREAD_OF_PROCESSES)


def rates_of_groups(seen: Mapping[str, Tally], before: Hierarchy, *, spread: float) -> Hierarchy:
    """Let the groups of a new process learn from the past and from each other.

    The past tells the rate of whole processes. Groups differ within a process, so the spread between
    processes is narrowed by what the groups add to the whole again, taken as equally large; a single
    group is the whole.

    Args:
        seen: people asked and their yes by group.
        before: the processes of the past.
        spread: scale of the spread between the groups, as in ``hierarchy_of``.

    Raises:
        InputError: ``recruitment.no_groups``, ``recruitment.bad_spread``.

    Cost: as ``hierarchy_of``.
    Source: as ``hierarchy_of``.

    >>> rates = rates_of_groups({"all": Tally(0, 0)}, attendance_before(), spread=SPREAD_OF_PRESENCE)
    >>> round(rates.belief("all").quantile(0.1), 2), round(rates.belief("all").quantile(0.9), 2)
    (0.59, 0.78)
    """
    if not seen:
        raise InputError("recruitment.no_groups")
    spread = spread if len(seen) > 1 else _NO_SPREAD
    mean = before.newcomer(within=spread**2 / len(seen))
    return hierarchy_of({group: chances_of(tally) for group, tally in seen.items()}, spread=spread, mean=mean)


def _through(arrival: Tally, attendance: Belief) -> Floats:
    """How likely the arrivals are at each rate of yes, over all rates of attendance."""
    both = np.outer(RATES, RATES)
    log_chances = arrival.yes * np.log(both) + (arrival.asked - arrival.yes) * np.log1p(-both)
    chances: Floats = np.exp(log_chances - log_chances.max()) @ attendance.weights
    scaled: Floats = chances / chances.max()
    return scaled
