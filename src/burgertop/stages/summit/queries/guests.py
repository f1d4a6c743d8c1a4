"""Reads of those who may come in: everybody with a seat, walk-ins who came, and whoever else was invited."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit.models import Arrival, Seat
from burgertop.stages.summit.queries.badges import badge_numbers
from burgertop.stages.summit.queries.in_photos import in_photos
from burgertop.stages.summit.queries.roster import expected_ids

__all__ = ["Guest", "expected_at", "guests_from", "invited_in", "list_version"]


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who may come in, as a door knows them: name, language, tables by round, number of the badge."""

    participant: Participant
    given_name: str
    family_name: str
    tables: Mapping[int, int]
    badge: int
    is_expected: bool
    arrival: Arrival | None
    may_be_in_photos: bool

    @property
    def name(self) -> str:
        """First and family name."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def first_table(self) -> int | None:
        """The table of the first round that has one."""
        return self.tables[min(self.tables)] if self.tables else None

    @property
    def in_since(self) -> datetime | None:
        """Since when they are in the house."""
        return self.arrival.in_since if self.arrival is not None else None


def expected_at(stage: Stage) -> list[Participant]:
    """Everybody with a seat at this summit, and walk-ins who have come; with the rows of the vault."""
    seated = expected_ids(stage)
    came = Arrival.objects.filter(stage=stage, is_expected=False).values_list("participant_id", flat=True)
    wanted = Participant.objects.filter(pk__in=seated | set(came), erased_at__isnull=True)
    return list(wanted.select_related("identity").order_by("pk"))


def invited_in(stage: Stage) -> list[Participant]:
    """Everybody who was ever in a pool of the process or said yes, erased people left out."""
    known = Participant.objects.filter(process_id=stage.process_id, erased_at__isnull=True)
    return list(known.select_related("identity").order_by("pk"))


def guests_from(stage: Stage, found: Sequence[Participant], names: Mapping[uuid.UUID, tuple[str, str]]) -> list[Guest]:
    """Describe people to a door; five queries, however many people."""
    keys = [person.pk for person in found]
    expected = expected_ids(stage)
    tables: dict[uuid.UUID, dict[int, int]] = defaultdict(dict)
    seats = Seat.objects.filter(round__stage=stage, participant_id__in=keys).order_by("round__number")
    for person, round_, table in seats.values_list("participant_id", "round__number", "table__number"):
        tables[person][round_] = table
    arrivals = {
        one.participant_id: one
        for one in Arrival.objects.filter(stage=stage, participant_id__in=keys).select_related("first_scan__door")
    }
    badges, agreed = badge_numbers(stage), in_photos(stage.process_id)
    return [
        Guest(
            person,
            *names[person.pk],
            tables=tables.get(person.pk, {}),
            badge=badges.get(person.pk, 1),
            is_expected=person.pk in expected,
            arrival=arrivals.get(person.pk),
            may_be_in_photos=person.pk in agreed,
        )
        for person in found
    ]


def list_version(stage: Stage) -> str:
    """A word that changes when the list of a door does: people, badges, seats, photos. It says nothing of them."""
    came = Arrival.objects.filter(stage=stage, is_expected=False, participant__erased_at__isnull=True)
    listed = expected_ids(stage).union(came.values_list("participant_id", flat=True))
    people, agreed = sorted(map(str, listed)), sorted(map(str, listed & in_photos(stage.process_id)))
    badges = sorted(f"{person} {number}" for person, number in badge_numbers(stage).items())
    seats = Seat.objects.filter(round__stage=stage).order_by("round_id", "participant_id")
    places = [f"{one} {table}" for one, table in seats.values_list("participant_id", "table_id")]
    return fingerprint("\n".join([*people, "", *badges, "", *places, "", *agreed]).encode())[:16]
