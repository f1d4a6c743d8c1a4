"""The live day of the demo: simulated tables write cards while you sit at any page of the practice summit.

They go through the same actions as a tablet does. What a table does in a round is decided beforehand from the
round and the table, and every deed has a key of its own: a player that is started again goes on and doubles nothing.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np

from burgertop.core.errors import CoreError
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import StageKind
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, CardState, Device, HelpCall, HelpKind, Round, RoundState, Table
from burgertop.stages.summit.permissions import device_hash
from burgertop.web.demo.content import load_content
from burgertop.web.demo.first_stage import IDS
from burgertop.web.demo.kinds import Card as DemoCard

__all__ = ["FREE_TABLE", "Deed", "DeedKind", "LiveDay", "deeds_of"]

FREE_TABLE = 1  # yours: nobody writes there but you
WRITES_FROM, WRITES_UNTIL = 15, 420  # seconds after the round has begun
SENDS_AT = (240, 450)
HEARD_OF = timedelta(seconds=5)
HELP_ENDS = 150


class DeedKind(StrEnum):
    """What a simulated table does."""

    WRITE = "write"
    CHANGE = "change"
    SEND = "send"
    CALL = "call"
    END_CALL = "end_call"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing a table does, ``at`` so many seconds after the beginning; ``number`` counts its cards."""

    at: float
    kind: DeedKind
    number: int = 0


@dataclass(slots=True)
class LiveDay:
    """Plays the tables of one process whenever a round of it is open."""

    slug: str
    begun_at: datetime
    _done: set[uuid.UUID] = field(default_factory=set)
    _heard_at: datetime | None = None

    def play(self, now: datetime) -> int:
        """Do what is due by now at every table of the hall but the free one; return how many deeds were new."""
        open_rounds = Round.objects.filter(
            stage__process__slug=self.slug, stage__kind=StageKind.SUMMIT, state=RoundState.OPEN
        )
        round_ = open_rounds.select_related("stage__process").first()
        if round_ is None:
            return 0
        begins = max(round_.opened_at or now, self.begun_at)
        hall = round_.stage.tables.filter(origin=Origin.DRAWN, closed_at__isnull=True)
        tables = hall.exclude(number=FREE_TABLE)
        devices = {table: self._device_of(table, now) for table in tables.select_related("stage__process")}
        self._let_hear(list(devices.values()), now)
        return sum(self._play_table(round_, table, device, begins, now) for table, device in devices.items())

    def _play_table(self, round_: Round, table: Table, device: Device, begins: datetime, now: datetime) -> int:
        count = 0
        for deed in deeds_of(round_.number, table.number):
            key = _key(round_, table, deed)
            if key in self._done or now < begins + timedelta(seconds=deed.at):
                continue
            self._done.add(key)
            try:
                _do(round_, table, device, deed, now=now)
            except (HouseError, CoreError):
                continue  # somebody at the page was quicker: the table lets it be
            count += 1
        return count

    def _let_hear(self, devices: list[Device], now: datetime) -> None:
        """Let the control desk know that the tablets are there."""
        if self._heard_at is None or now - self._heard_at >= HEARD_OF:
            self._heard_at = now
            for device in devices:
                actions.note_table_device(device, waiting=0, clock_seconds=0, now=now)

    def _device_of(self, table: Table, now: datetime) -> Device:
        standing = Device.objects.standing().filter(table=table).order_by("number").first()
        if standing is None:
            bound = actions.bind_device(table, now=now)
            standing = Device.objects.get(key_hash=device_hash(bound.key))
        return standing


def deeds_of(round_number: int, table_number: int) -> list[Deed]:
    """What a table does in a round, in order; the same at every start.

    >>> [deed.kind.value for deed in deeds_of(1, 4)][-1]
    'send'
    """
    rng = np.random.default_rng([round_number, table_number])
    count = int(rng.integers(4, 9))
    deeds = []
    for number, at in enumerate(sorted(rng.uniform(WRITES_FROM, WRITES_UNTIL, count)), start=1):
        deeds += [
            Deed(float(at), DeedKind.WRITE, number),
            Deed(float(at + rng.uniform(8, 25)), DeedKind.CHANGE, number),
        ]
    if rng.random() < 0.25:
        asked = float(rng.uniform(60, 200))
        deeds += [Deed(asked, DeedKind.CALL), Deed(asked + HELP_ENDS, DeedKind.END_CALL)]
    deeds += [Deed(at + float(rng.uniform(0, 20)), DeedKind.SEND, number) for number, at in enumerate(SENDS_AT)]
    return sorted(deeds, key=lambda deed: deed.at)


def _key(round_: Round, table: Table, *parts: object) -> uuid.UUID:
    return uuid.uuid5(IDS, "/".join(str(part) for part in ("live", round_.pk, table.pk, *parts)))


def _do(round_: Round, table: Table, device: Device, deed: Deed, *, now: datetime) -> None:
    once = _key(round_, table, deed)
    if deed.kind == DeedKind.CALL:
        kinds = list(HelpKind)
        actions.call_for_help(table, kind=kinds[table.number % len(kinds)], once=once, now=now)
    elif deed.kind == DeedKind.END_CALL:
        for call in HelpCall.objects.filter(table=table, ended_at__isnull=True, called_at__lte=now):
            actions.end_call(call, now=now)
    elif deed.kind == DeedKind.SEND:
        _send(round_, table, device, once, now)
    else:
        _write(round_, table, device, deed, once, now)


def _write(round_: Round, table: Table, device: Device, deed: Deed, once: uuid.UUID, now: datetime) -> None:
    """Write the words first, then the reasons and who agrees."""
    card_id = _key(round_, table, "card", deed.number)
    words = _words(round_, table, deed.number)
    if deed.kind == DeedKind.WRITE:
        short = actions.CardDraft(words.text, words.language, is_sent=False)
        actions.write_card(round_.pk, table, short, card_id=card_id, once=once, by=device.pk, now=now)
        return
    card = Card.objects.select_related("table").get(pk=card_id)
    whole = actions.CardDraft(
        words.text, words.language, words.reasons, words.support, words.has_dissent, is_sent=False
    )
    actions.change_card(card, whole, revision=card.revision, once=once, by=device.pk, now=now)


def _send(round_: Round, table: Table, device: Device, once: uuid.UUID, now: datetime) -> None:
    """Read aloud what is kept, and send as many as may still be sent: half the limit at a time."""
    cards = Card.objects.filter(round=round_, table=table).order_by("number")
    sent = cards.filter(state=CardState.SENT).count()
    most = min(round_.cards_limit - sent, (round_.cards_limit + 1) // 2)
    picked = [(card.pk, card.revision) for card in cards.filter(state=CardState.DRAFT)[: max(most, 0)]]
    if picked:
        actions.send_cards(table, picked, once=once, by=device.pk, now=now)


def _words(round_: Round, table: Table, number: int) -> DemoCard:
    """Words in a language of the table: those of the demo's cards of such a round, else of any."""
    content = load_content()
    mine = [card for card in content.cards if card.language in table.languages]
    alike = [card for card in mine if card.round == (round_.number - 1) % len(content.rounds) + 1]
    shelf = alike or mine or list(content.cards)
    return shelf[(table.number * 17 + number * 5) % len(shelf)]
