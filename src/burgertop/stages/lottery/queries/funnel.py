"""The funnel: letters, answers and yes by feature and value, against the quotas, with what is to be expected."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from burgertop.core.recruitment import FunnelCount, FunnelLine, Kind, LetterPlan, Tally, funnel_of, letters_for
from burgertop.foundation.draws.models import Draw
from burgertop.foundation.draws.queries import quotas_of
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery.models import Answer, Invitee, Letter, Reply

__all__ = ["Counted", "Funnel", "FunnelTable", "funnel_for"]

HALL_SEATS = 100
NO_MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of all who were drawn, or of those with one value; ``returned``: their letter came back."""

    sent: int
    answered: int
    yes: int
    no: int
    late: int
    reserve: int
    returned: int

    @property
    def share(self) -> float:
        """The share of letters that brought a yes, 0..1."""
        return self.yes / self.sent if self.sent else 0.0


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One value of one feature; ``quota`` (least, most) and ``line`` only where the draw has a quota for it."""

    value: str
    counted: Counted
    quota: tuple[int, int] | None
    line: FunnelLine | None
    letters: int | None


@dataclass(frozen=True, slots=True)
class FunnelTable:
    """One feature: its values, and whether the letters of the next wave can all be sent from the reserve."""

    feature: str
    rows: tuple[FunnelRow, ...]
    letters: int | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """The whole funnel of a stage."""

    total: Counted
    tables: tuple[FunnelTable, ...]


def funnel_for(stage: Stage, draw: Draw | None, *, pool_factor: float = 3.0) -> Funnel:
    """Count the funnel, and say what is to be expected of it against the quotas of a draw."""
    people = _people(stage)
    quotas: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for quota in quotas_of(draw) if draw is not None else ():
        quotas[quota.feature][quota.value] = (quota.least, quota.most)
    names = dict.fromkeys(name for features, _ in people for name in features)
    kind = Kind.HALL if draw is None or draw.seats >= HALL_SEATS else Kind.PANEL
    tables = tuple(_table(name, people, quotas.get(name, {}), kind, pool_factor) for name in names)
    return Funnel(_counted([marks for _, marks in people]), tables)


Marks = frozenset[str]


def _people(stage: Stage) -> list[tuple[Mapping[str, str], Marks]]:
    """The features of every invitee, with what happened to the letter."""
    marks: dict[object, set[str]] = defaultdict(set)
    letters = Letter.objects.filter(invitee__stage=stage, invitee__partner__isnull=True).values_list(
        "invitee", "wave__sent_on"
    )
    for invitee, sent_on in letters:
        marks[invitee].add("sent" if sent_on else "printed")
    replies = Reply.objects.filter(invitee__stage=stage, invitee__partner__isnull=True)
    for invitee, answer, is_late in replies.values_list("invitee", "answer", "is_late"):
        marks[invitee] |= {"sent", "answered", _word(answer, is_late)}
    for invitee in Invitee.objects.drawn().filter(stage=stage, returned_at__isnull=False).values_list("pk", flat=True):
        marks[invitee].add("returned")
    rows = Invitee.objects.drawn().filter(stage=stage).values_list("pk", "features", "erased_at")
    return [(features, frozenset(marks[pk] | ({"erased"} if erased_at else set()))) for pk, features, erased_at in rows]


def _word(answer: str, is_late: bool) -> str:
    if answer != Answer.YES:
        return "no"
    return "late" if is_late else "yes"


def _counted(marks: Sequence[Marks]) -> Counted:
    counts = Counter(mark for one in marks for mark in one)
    reserve = sum(1 for one in marks if not one)
    return Counted(
        counts["sent"], counts["answered"], counts["yes"], counts["no"], counts["late"], reserve, counts["returned"]
    )


def _table(
    feature: str,
    people: Sequence[tuple[Mapping[str, str], Marks]],
    quotas: Mapping[str, tuple[int, int]],
    kind: Kind,
    pool_factor: float,
) -> FunnelTable:
    by_value: dict[str, list[Marks]] = defaultdict(list)
    for features, marks in people:
        if feature in features:
            by_value[features[feature]].append(marks)
    counts = {value: _counted(by_value.get(value, [])) for value in dict.fromkeys((*quotas, *sorted(by_value)))}
    lines = _lines(feature, counts, quotas, kind)
    plan = _letters(counts, quotas, pool_factor)
    letters = {one.group: one.letters for one in plan.groups} if plan else {}
    rows = tuple(
        FunnelRow(value, counted, quotas.get(value), lines.get(value), letters.get(value))
        for value, counted in counts.items()
    )
    return FunnelTable(feature, rows, plan.letters if plan else None)


def _lines(
    feature: str, counts: Mapping[str, Counted], quotas: Mapping[str, tuple[int, int]], kind: Kind
) -> dict[str, FunnelLine]:
    """The forecast for every value."""
    asked = [
        FunnelCount(
            feature,
            value,
            sent=counted.sent,
            yes=counted.yes + counted.late,
            no=counted.no,
            confirmed=counted.yes,
            least=quotas[value][0] if value in quotas else 0,
            most=quotas[value][1] if value in quotas else NO_MOST,
        )
        for value, counted in counts.items()
    ]
    return {line.count.value: line for line in funnel_of(asked, kind=kind)} if asked else {}


def _letters(
    counts: Mapping[str, Counted], quotas: Mapping[str, tuple[int, int]], pool_factor: float
) -> LetterPlan | None:
    """How many letters the next wave needs by value, so that most likely the pool is large enough."""
    if not quotas:
        return None
    seats = {value: (least + most) // 2 for value, (least, most) in quotas.items()}
    seen = {value: Tally(counts[value].sent, counts[value].yes) for value in seats}
    return letters_for(seats, seen, pool_factor=pool_factor)
