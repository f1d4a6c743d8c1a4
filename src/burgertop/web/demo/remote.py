"""The demo's people who are not in the hall: an online table with its talk, and a local gathering."""

import uuid
from datetime import datetime, timedelta

from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import HomeSeat, Reach, Round

__all__ = ["tell_remote"]

MOST = 8
# What people at one Dutch-speaking table at home say, and how the others answer: agree 1, disagree -1, skip 0.
SAID = (
    ("Een bus die 's avonds nog rijdt, ook in het dorp.", (1, 1, 1)),
    ("Laat jongeren mee beslissen over hun buurt.", (1, 1, 0)),
    ("Thuiswerk moet een recht zijn.", (1, -1, -1)),
    ("Meer plaats voor fietsers rond de scholen.", (1, 1, -1)),
)
PLACE = "Gent, bibliotheek De Krook"


def tell_remote(stage: Stage, round_: Round, *, now: datetime) -> None:
    """Open the doors for people at home and elsewhere, and let a few of them take part in a round."""
    actions.set_homes(
        stage,
        is_home_open=True,
        is_off_open=True,
        room_pattern="https://meet.example.org/{process}-{table}-{secret}",
        least=3,
        most=MOST,
        reach=Reach.LANGUAGE,
        uploads_until=now + timedelta(days=7),
        now=now,
    )
    for language in ("nl", "fr"):
        actions.open_home_tables(stage, language, 1, now=now)
    for _someone in SAID:
        actions.register_at_home(stage, language="nl", rounds=[], mail="", once=uuid.uuid4(), now=now)
    actions.deal_homes(round_, now=now)
    seats = list(HomeSeat.objects.filter(round=round_).select_related("table__stage", "guest__stage", "round"))
    for place, (text, answers) in enumerate(SAID):
        statement = actions.say_statement(seats[place], text, language="nl", once=uuid.uuid4(), now=now)
        others = [seat for seat in seats if seat != seats[place]]
        for seat, answer in zip(others, answers, strict=True):
            actions.rate_statement(statement, seat.guest, answer, now=now)
    draft = actions.GatheringDraft(PLACE, ("nl",), 1, "host@gent.example")
    asked = actions.ask_for_gathering(stage, draft, once=uuid.uuid4(), now=now)
    actions.decide_gathering(asked, is_accepted=True, now=now)
