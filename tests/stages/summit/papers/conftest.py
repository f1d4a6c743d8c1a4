"""The hall of the summit with names in the vault, needs, consents, seats and staff."""

from collections.abc import Callable

import pytest
from tests.stages.summit.conftest import NOW

from burgertop.foundation.people.models import Consent, Participant, Purpose
from burgertop.foundation.people.vault import open_identity, seal
from burgertop.foundation.process.models import Process, Stage, StageKind
from burgertop.stages.lottery.models import Answer, Channel, Frame, Invitee, Reply
from burgertop.stages.summit.models import Duty, Round, Seat, Staff, StaffRole, Table
from burgertop.stages.summit.papers.writing import Writing
from burgertop.stages.summit.queries.papers import hall_of_papers

PEOPLE = (
    *(("Zoë", "Van den Broecke"), ("Αλέξανδρος", "Παπαδόπουλος"), ("محمد", "عبد الله"), ("Jo", "Ötzdal")),
    *(("Sarah", "Peeters"), ("Sarah", "Zwart"), ("Ann", "De Smet"), ("François", "Müller")),
    *(("Ольга", "Иванова"), ("Bo", "Li"), ("Élodie", "Dubois"), ("Marc", "Étienne")),
)
NEEDS = {0: "step_free", 1: "hearing_loop sign_language", 3: "travel", 4: "large_print"}
DIETS = {2: "halal", 5: "allergy"}


@pytest.fixture
def seated(
    process: Process, stage: Stage, tables: list[Table], people: list[Participant], rounds: list[Round]
) -> list[Participant]:
    """Twelve people with names, three at each table in each round; the first wants no photos."""
    process.phone = "0800 12 345"
    process.save(update_fields=["phone"])
    for place, person in enumerate(people):
        given, family = PEOPLE[place]
        fields = {"given_name": given, "family_name": family, "phone": f"0470 00 00 {place:02}", "address": "Markt 1"}
        person.identity = seal(process.pk, {**fields, "municipality": "Gent"})
        words = {"needs": NEEDS.get(place, "")} if place in NEEDS else {}
        person.features = {"sex": "F", "province": "Liège", **words}
        person.save(update_fields=["identity", "features"])
        if place:
            Consent.objects.create(participant=person, purpose=Purpose.PHOTO, wording="photo-1", language="nl")
    Seat.objects.bulk_create(
        Seat(round=round_, participant=person, table=tables[(place + turn) % 4])
        for turn, round_ in enumerate(rounds)
        for place, person in enumerate(people)
    )
    return people


@pytest.fixture
def staff(stage: Stage, tables: list[Table], rounds: list[Round]) -> list[Staff]:
    """A host at table 1; an interpreter who works in the first round only."""
    host = Staff.objects.create(stage=stage, role=StaffRole.FACILITATOR, name="Katrien Host", languages=["nl"])
    voice = Staff.objects.create(stage=stage, role=StaffRole.INTERPRETER, name="Nele Voice", languages=["nl", "fr"])
    Duty.objects.create(staff=host, table=tables[0])
    Duty.objects.create(staff=voice, table=tables[3], round=rounds[0])
    return [host, voice]


@pytest.fixture
def write(stage: Stage, seated: list[Participant]) -> Callable[..., Writing]:
    """Begin a paper with every name opened."""

    def begin(language: str = "en") -> Writing:
        hall = hall_of_papers(stage)
        names = {one.participant.pk: open_identity(one.identity) for one in hall.guests if one.identity is not None}
        return Writing(hall, names, language, NOW)

    return begin


@pytest.fixture
def needs(process: Process) -> Callable[..., None]:
    """Let a participant have answered an invitation, with needs."""
    lottery = Stage.objects.get(process=process, kind=StageKind.LOTTERY)
    frame = Frame.objects.create(stage=lottery, name="list", rows=1, digest="0" * 64, committed_at=NOW)

    def tell(person: Participant, **told: object) -> None:
        place = Invitee.objects.count() + 1
        invitee = Invitee.objects.create(
            stage=lottery, frame=frame, row=place, order=place, participant=person, origin=person.origin
        )
        Reply.objects.create(
            invitee=invitee,
            answer=Answer.YES,
            language="nl",
            needs=told,
            channel=Channel.WEB,
            answered_at=NOW,
            changed_at=NOW,
        )

    return tell
