"""People at home for the tests: registered, dealt to tables, and a browser for each."""

import uuid
from datetime import datetime

from django.test import Client

from burgertop.foundation.codes.actions import replace
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import HomeGuest, HomeSeat, HomeStatement, Reach, Round
from burgertop.stages.summit.permissions import HOME

__all__ = ["HERE", "browser_of", "open_homes", "registered", "said", "seated"]

HERE = "/en/town/summit/day/from-home/"


def open_homes(stage: Stage, *, now: datetime, least: int = 2, most: int = 3, reach: Reach = Reach.LANGUAGE) -> None:
    """Let people register, with rooms by a pattern."""
    actions.set_homes(
        stage,
        is_home_open=True,
        is_off_open=True,
        room_pattern="https://meet.example.org/{process}-{table}-{secret}",
        least=least,
        most=most,
        reach=reach,
        uploads_until=None,
        now=now,
    )


def registered(stage: Stage, count: int, *, now: datetime, language: str = "nl", mail: str = "") -> list[HomeGuest]:
    """So many people of a language, for all rounds."""
    return [
        actions.register_at_home(stage, language=language, rounds=[], mail=mail, once=uuid.uuid4(), now=now)[0]
        for _ in range(count)
    ]


def seated(stage: Stage, round_: Round, count: int, *, now: datetime, language: str = "nl") -> list[HomeSeat]:
    """So many people of a language at online tables of three."""
    open_homes(stage, now=now)
    guests = registered(stage, count, now=now, language=language)
    actions.open_home_tables(stage, language, -(-count // 3), now=now)
    actions.deal_homes(round_, now=now)
    seats = HomeSeat.objects.filter(round=round_, guest__in=guests).select_related(
        "table__stage", "guest__stage", "round"
    )
    return list(seats.order_by("table__number", "guest__number"))


def said(seat: HomeSeat, text: str, *, now: datetime) -> HomeStatement:
    """Something one of them says."""
    return actions.say_statement(seat, text, language=seat.table.languages[0], once=uuid.uuid4(), now=now)


def browser_of(guest: HomeGuest) -> Client:
    """A browser that came in with the guest's code."""
    client = Client()
    code = replace(guest.stage.process_id, HOME, guest.pk)
    client.post(HERE, {"do": "enter", "code": code})
    return client
