"""The board of the control desk: which table calls, is silent, is behind or is done, hall and remote alike."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Max, Q, TextChoices
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import pgettext_lazy

from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import Card, CardState, Device, HelpCall, HomeSeat, Round, Seat, Table, TableTopic
from burgertop.stages.summit.queries.hall import tables_of

__all__ = ["BEHIND_FROM", "SILENT_AFTER", "Board", "Sign", "Tile", "board_of", "call_or_404", "calls_at", "topic_of"]

SILENT_AFTER = timedelta(minutes=5)
BEHIND_FROM = 2  # while the middle of the other tables has fewer cards, nobody is behind
PLACES = {Origin.G_HOME: "home", Origin.G_OFF: "off"}
SEEN_ON_CARDS = ("written_at", "sent_at", "revisions__written_at")


class Sign(TextChoices):
    """What can be said of a table, the most urgent first."""

    CALLING = "calling", pgettext_lazy("table", "calling")
    SILENT = "silent", pgettext_lazy("table", "silent")
    NO_DEVICE = "no_device", pgettext_lazy("table", "no device")
    NO_WRITER = "no_writer", pgettext_lazy("table", "nobody writes")
    BEHIND = "behind", pgettext_lazy("table", "behind")
    COMING = "coming", pgettext_lazy("table", "help is on its way")
    FINE = "fine", pgettext_lazy("table", "at work")
    DONE = "done", pgettext_lazy("table", "done")
    CLOSED = "closed", pgettext_lazy("table", "closed")


NEEDED = (Sign.CALLING, Sign.SILENT, Sign.NO_DEVICE, Sign.NO_WRITER, Sign.BEHIND, Sign.COMING)
URGENCY = {sign: place for place, sign in enumerate(NEEDED)}
CALM = len(NEEDED)
MOST_CALM = 24  # more tables that need nobody are folded away at the control desk


@dataclass(frozen=True, slots=True)
class Tile:
    """One table on the board: people, cards, the last sign of it, open calls, and what that says."""

    table: Table
    people: int
    cards_sent: int
    cards_kept: int
    is_bound: bool
    seen_at: datetime | None
    calls: Sequence[HelpCall]
    signs: Sequence[Sign]
    silent_minutes: int
    waiting_minutes: int

    @property
    def sign(self) -> Sign:
        """The most urgent of its signs."""
        return self.signs[0]

    @property
    def urgency(self) -> int:
        """How far on the board its sign puts it; the tables that need nobody stand together, by their numbers."""
        return URGENCY.get(self.sign, CALM)

    @property
    def place(self) -> str:
        """Where the table is: hall, home or off."""
        return PLACES.get(Origin(self.table.origin), "hall")


@dataclass(frozen=True, slots=True)
class Board:
    """Every table, who needs somebody first, then by number; ``shown`` are those that the filter leaves."""

    tiles: Sequence[Tile]
    shown: Sequence[Tile]
    counts: Mapping[Sign, int]
    places: Mapping[str, int]
    calls: Sequence[HelpCall]

    @property
    def filters(self) -> list[tuple[Sign, int]]:
        """Every sign that some table has, and how many have it."""
        return [(sign, self.counts[sign]) for sign in Sign if self.counts.get(sign)]

    @property
    def needed(self) -> list[Tile]:
        """Those shown that need somebody."""
        return [tile for tile in self.shown if tile.urgency != CALM]

    @property
    def calm(self) -> list[Tile]:
        """Those shown that need nobody."""
        return [tile for tile in self.shown if tile.urgency == CALM]

    @property
    def is_long(self) -> bool:
        """Whether so many tables need nobody that they would push away what lies beneath them."""
        return len(self.calm) > MOST_CALM

    @property
    def cards_sent(self) -> int:
        """How many cards all tables have sent in this round."""
        return sum(tile.cards_sent for tile in self.tiles)

    @property
    def bound(self) -> int:
        """How many tables have a device."""
        return sum(tile.is_bound for tile in self.tiles)


def board_of(
    stage: Stage, round_: Round | None, now: datetime, *, sign: str = "", place: str = "", number: int | None = None
) -> Board:
    """Read the board; nine queries, however many tables."""
    tables = tables_of(stage)
    people, written = _counts(round_)
    bound = _bound(stage)
    calls = list(HelpCall.objects.open().filter(table__stage=stage).select_related("table"))
    at: dict[uuid.UUID, list[HelpCall]] = defaultdict(list)
    for call in calls:
        at[call.table_id].append(call)
    numbers = {table.pk: written.get(table.pk, (0, 0, None)) for table in tables}
    sums = {pk: sent + kept for pk, (sent, kept, _seen) in numbers.items()}
    is_on = round_ is not None and round_.is_open
    began_at = round_.opened_at if round_ is not None else None
    tiles = []
    for table in tables:
        sent, kept, wrote_at = numbers[table.pk]
        seen_at = max((one for one in (wrote_at, bound.get(table.pk)) if one is not None), default=None)
        quiet_since = max((one for one in (seen_at, began_at) if one is not None), default=now)
        signs = _signs(
            table,
            calls=at[table.pk],
            is_bound=table.pk in bound,
            has_people=is_on and people[table.pk] > 0,
            is_silent=is_on and (seen_at is not None or _is_remote(table)) and now - quiet_since > SILENT_AFTER,
            is_behind=is_on and _is_behind(table, sums),
            is_done=round_ is not None and sent >= round_.cards_limit,
        )
        tiles.append(
            Tile(
                table,
                people=people[table.pk],
                cards_sent=sent,
                cards_kept=kept,
                is_bound=table.pk in bound,
                seen_at=seen_at,
                calls=at[table.pk],
                signs=signs,
                silent_minutes=int((now - quiet_since).total_seconds() // 60),
                waiting_minutes=_waiting(at[table.pk], now),
            )
        )
    tiles.sort(key=lambda tile: (tile.urgency, -tile.waiting_minutes, tile.table.number))
    counts = Counter(one for tile in tiles for one in tile.signs)
    shown = [
        tile
        for tile in tiles
        if (not sign or sign in tile.signs)
        and (not place or tile.place == place)
        and (number is None or tile.table.number == number)
    ]
    return Board(tiles, shown, counts, Counter(tile.place for tile in tiles), calls)


def _counts(round_: Round | None) -> tuple[Counter[uuid.UUID], dict[uuid.UUID, tuple[int, int, datetime | None]]]:
    """People by table; and cards sent, cards kept and the moment of the last change by table."""
    people: Counter[uuid.UUID] = Counter()
    if round_ is None:
        return people, {}
    for seats in (Seat.objects, HomeSeat.objects):
        people.update(seats.filter(round=round_).values_list("table_id", flat=True))
    cards = Card.objects.filter(round=round_).order_by()
    last: dict[uuid.UUID, datetime] = {}
    for name in SEEN_ON_CARDS:
        for pk, moment in cards.values_list("table_id").annotate(last=Max(name)):
            if moment is not None:
                last[pk] = max(last.get(pk, moment), moment)
    found: dict[uuid.UUID, tuple[int, int, datetime | None]] = {}
    is_sent, is_kept = Q(state=CardState.SENT), Q(state=CardState.DRAFT)
    for row in cards.values("table_id").annotate(sent=Count("id", filter=is_sent), kept=Count("id", filter=is_kept)):
        found[row["table_id"]] = (row["sent"], row["kept"], last.get(row["table_id"]))
    return people, found


def _bound(stage: Stage) -> dict[uuid.UUID, datetime]:
    """When the device of each table was bound, or heard of last."""
    devices = Device.objects.filter(table__stage=stage, revoked_at__isnull=True).order_by()
    return dict(devices.values_list("table_id").annotate(last=Max(Coalesce("seen_at", "bound_at"))))


def _is_remote(table: Table) -> bool:
    """Whether a table is online: who writes there sits at home, and takes the pen when they like."""
    return table.origin == Origin.G_HOME


def _is_behind(table: Table, cards: Mapping[uuid.UUID, int]) -> bool:
    """Whether a table has less than half as many cards as the middle of the others."""
    others = [count for pk, count in cards.items() if pk != table.pk]
    middle = median(others) if others else 0
    return middle >= BEHIND_FROM and 2 * cards[table.pk] < middle


def _signs(
    table: Table,
    *,
    calls: Sequence[HelpCall],
    is_bound: bool,
    has_people: bool,
    is_silent: bool,
    is_behind: bool,
    is_done: bool,
) -> list[Sign]:
    holds = {
        Sign.CALLING: any(call.taken_at is None for call in calls),
        Sign.COMING: any(call.taken_at is not None for call in calls),
        Sign.SILENT: is_silent and not is_done,
        Sign.NO_DEVICE: not is_bound and not _is_remote(table),
        Sign.NO_WRITER: not is_bound and has_people and _is_remote(table) and not is_done,
        Sign.BEHIND: is_behind and not is_done,
        Sign.DONE: is_done,
    }
    if table.closed_at is not None:
        holds = {sign: held and sign in {Sign.CALLING, Sign.COMING} for sign, held in holds.items()}
        holds[Sign.CLOSED] = True
    found = [sign for sign in Sign if holds.get(sign)]
    return found or [Sign.FINE]


def _waiting(calls: Sequence[HelpCall], now: datetime) -> int:
    waits = [now - call.called_at for call in calls if call.taken_at is None]
    return int(max(waits, default=timedelta()).total_seconds() // 60)


def calls_at(table: Table) -> list[HelpCall]:
    """The open calls of a table."""
    return list(table.help_calls.open())


def call_or_404(stage: Stage, pk: uuid.UUID) -> HelpCall:
    """Return a call of this hall, or answer "not found"."""
    call = HelpCall.objects.select_related("table").filter(pk=pk, table__stage=stage).first()
    if call is None:
        raise Http404
    call.table.stage = stage
    return call


def topic_of(round_: Round | None, table: Table) -> TableTopic | None:
    """What a table chose to talk about in a round with a free topic."""
    return TableTopic.objects.filter(round=round_, table=table).first() if round_ is not None else None
