"""G-Off: a local gathering registers, is accepted and gets tables and a link, counts its people, sends its cards in."""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from burgertop.foundation.files.tables import Table as FileTable
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.links import make_link
from burgertop.foundation.people.vault import seal
from burgertop.foundation.process.models import Stage, StageState
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.actions.cards import CardDraft, write_card
from burgertop.stages.summit.actions.homes import add_remote_tables, setting_locked
from burgertop.stages.summit.models import (
    Card,
    Gathering,
    GatheringState,
    GatheringTable,
    HomeSetting,
    Round,
    RoundState,
    Table,
)
from burgertop.stages.summit.permissions import GATHERING

__all__ = [
    "GatheringDraft",
    "LateCard",
    "ask_for_gathering",
    "count_people",
    "decide_gathering",
    "late_cards_from",
    "link_for_gathering",
    "renew_gathering_link",
    "rounds_taken",
    "send_late_cards",
    "takes_uploads",
]

MOST_ASKING = 500
MOST_IN_AN_HOUR = 60
SEATS = 10
MOST_ROWS = 500
MOST_SUPPORT = 99
LONGEST = {"text": 400, "reasons": 800}  # as in the form of a card
NAMES = {
    "round": ("round", "ronde", "tour", "runde"),
    "table": ("table", "tafel", "tisch"),
    "text": ("text", "card", "tekst", "kaart", "texte", "carte", "karte"),
    "reasons": ("reasons", "why", "waarom", "pourquoi", "warum"),
    "support": ("support", "agree", "eens", "accord", "einverstanden"),
    "language": ("language", "taal", "langue", "sprache"),
}


@dataclass(frozen=True, slots=True)
class GatheringDraft:
    """A gathering as somebody registers it; ``mail`` goes into the vault."""

    place: str
    languages: tuple[str, ...]
    tables: int
    mail: str


@dataclass(frozen=True, slots=True)
class LateCard:
    """A card that was written on paper: at which table, in which round."""

    round: Round
    table: Table
    draft: CardDraft
    line: int = 0


@transaction.atomic
def ask_for_gathering(stage: Stage, draft: GatheringDraft, *, once: uuid.UUID, now: datetime) -> Gathering:
    """Register a local gathering; the same form again changes nothing.

    Raises:
        HouseError: ``summit.off_closed``, ``summit.off_full``.
    """
    setting = setting_locked(stage)
    known = Gathering.objects.filter(once=once, stage=stage).first()
    if known is not None:
        return known
    if not setting.is_off_open or stage.state == StageState.CLOSED:
        raise HouseError("summit.off_closed")
    asked = Gathering.objects.filter(stage=stage)
    lately = asked.filter(asked_at__gt=now - timedelta(hours=1)).count()
    if asked.filter(state=GatheringState.ASKED).count() >= MOST_ASKING or lately >= MOST_IN_AN_HOUR:
        raise HouseError("summit.off_full")
    return Gathering.objects.create(
        stage=stage,
        place=draft.place,
        languages=list(draft.languages),
        tables_wanted=draft.tables,
        identity=seal(stage.process_id, {"mail": draft.mail}),
        once=once,
        asked_at=now,
    )


@transaction.atomic
def decide_gathering(gathering: Gathering, *, is_accepted: bool, now: datetime) -> Gathering:
    """Accept a gathering, with its tables, or refuse it; decided once, a second time changes nothing.

    Raises:
        HouseError: ``summit.too_many_tables``.
    """
    locked = Gathering.objects.select_for_update(of=("self",)).select_related("stage__process").get(pk=gathering.pk)
    if locked.state != GatheringState.ASKED:
        return locked
    locked.state = GatheringState.ACCEPTED if is_accepted else GatheringState.REFUSED
    locked.decided_at = now
    if is_accepted:
        locked.link_key = secrets.token_hex(16)
        tables = add_remote_tables(
            locked.stage, locked.languages, locked.tables_wanted, seats=SEATS, origin=Origin.G_OFF, now=now
        )
        GatheringTable.objects.bulk_create(GatheringTable(table=table, gathering=locked) for table in tables)
    locked.save(update_fields=["state", "decided_at", "link_key"])
    facts = {"stage": str(locked.stage_id), "gathering": str(locked.pk)}
    append(locked.stage.process_id, "gathering_accepted" if is_accepted else "gathering_refused", facts, now=now)
    return locked


def renew_gathering_link(gathering: Gathering) -> Gathering:
    """Call the link of a gathering back, and make another."""
    gathering.link_key = secrets.token_hex(16)
    gathering.save(update_fields=["link_key"])
    return gathering


def link_for_gathering(gathering: Gathering, address: str) -> str:
    """Return the path of the signed link that opens the host page at an address of this server."""
    return make_link(GATHERING, gathering.stage.process_id, gathering.pk, address=address, key=gathering.link_key)


@transaction.atomic
def count_people(gathering: Gathering, people: int, counts: Mapping[str, Mapping[str, int]]) -> Gathering:
    """Store how many people came, and how many of each value of a feature; nobody is named."""
    locked = Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    locked.people_came, locked.counts = people, {name: dict(values) for name, values in counts.items()}
    locked.save(update_fields=["people_came", "counts"])
    return locked


def late_cards_from(file: FileTable, rounds: Sequence[Round], tables: Sequence[Table]) -> list[LateCard]:
    """Read a card per row; ``round``, ``table`` and ``text`` are needed.

    Raises:
        HouseError: ``summit.bad_card_row`` with line, column and cell; ``summit.too_many_rows``;
            ``files.no_such_column``.
    """
    place = {name: next((file.place_of(one) for one in names if file.has(one)), None) for name, names in NAMES.items()}
    for needed in ("round", "table", "text"):
        if place[needed] is None:
            file.place_of(needed)  # says which columns there are
    if len(file.rows) > MOST_ROWS:
        raise HouseError("summit.too_many_rows", most=MOST_ROWS)
    by_round, by_table = {str(one.number): one for one in rounds}, {str(one.number): one for one in tables}
    cards = []
    for line, row in zip(file.lines or range(2, len(file.rows) + 2), file.rows, strict=True):
        cells = {name: "" if at is None else row[at].strip() for name, at in place.items()}
        for column, known in (("round", by_round), ("table", by_table)):
            if cells[column] not in known:
                raise HouseError("summit.bad_card_row", line=line, column=column, cell=cells[column][:40])
        table = by_table[cells["table"]]
        cards.append(LateCard(by_round[cells["round"]], table, _draft_from(line, cells, table), line))
    return cards


def _draft_from(line: int, cells: Mapping[str, str], table: Table) -> CardDraft:
    for column, longest in LONGEST.items():
        if len(cells[column]) > longest or (column == "text" and not cells[column]):
            raise HouseError("summit.bad_card_row", line=line, column=column, cell=cells[column][:40])
    support, language = cells["support"], cells["language"] or table.languages[0]
    is_number = not support or (support.isdecimal() and int(support[:9]) <= MOST_SUPPORT)
    if not is_number or language not in table.languages:
        column = "language" if is_number else "support"
        raise HouseError("summit.bad_card_row", line=line, column=column, cell=cells[column][:40])
    return CardDraft(
        cells["text"], language, reasons=cells["reasons"], support=int(support) if support else None, is_sent=True
    )


@transaction.atomic
def send_late_cards(
    gathering: Gathering, cards: Sequence[LateCard], *, once: uuid.UUID, by: uuid.UUID | None, now: datetime
) -> list[Card]:
    """Send cards that were written on paper to the theme desk, all or none; the same form or file again adds nothing.

    Cards of a round that is closed are marked as late. The limit of each round and table holds.

    Raises:
        HouseError: ``summit.uploads_over``, ``summit.no_home_table``, ``summit.round_closed``,
            ``summit.too_many_sent``.
    """
    locked = Gathering.objects.select_for_update(of=("self",)).select_related("stage").get(pk=gathering.pk)
    own = set(locked.tables.values_list("table_id", flat=True))
    if not takes_uploads(locked, now):
        raise HouseError("summit.uploads_over")
    sent = []
    for place, one in enumerate(cards):
        if one.table.pk not in own:
            raise HouseError("summit.no_home_table")
        pk = uuid.uuid5(once, str(place))
        sent.append(
            write_card(one.round.pk, one.table, one.draft, card_id=pk, once=pk, by=by, now=now, takes_late=True)
        )
    return sent


def takes_uploads(gathering: Gathering, now: datetime) -> bool:
    """Whether cards of a gathering are still taken: until the moment that was set, and while the summit is open."""
    setting = HomeSetting.objects.filter(stage=gathering.stage).first()
    until = setting.uploads_until if setting is not None else None
    is_open = gathering.state == GatheringState.ACCEPTED and gathering.stage.state == StageState.OPEN
    return is_open and (until is None or now <= until)


def rounds_taken(rounds: Sequence[Round]) -> list[Round]:
    """The rounds for which cards can be sent in: those that have begun."""
    return [one for one in rounds if one.state != RoundState.PLANNED]
