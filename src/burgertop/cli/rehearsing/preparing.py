"""The process of a rehearsal: tables, an open round, somebody at the theme desk; nobody real."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils.translation import override

from burgertop.cli.house import Problem
from burgertop.foundation.live.actions import publish
from burgertop.foundation.live.queries import address_of
from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Participant, Role
from burgertop.foundation.process.actions import found_process, open_stage
from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.models import Card, CardState, Round, RoundState, Table
from burgertop.stages.summit.news import desk_topic, hall_topic, table_topic

__all__ = ["SLUG", "TableDoor", "Venue", "cards_there", "next_round", "prepare", "tell_all", "tidy_up"]

SLUG = "rehearsal"
TITLE = {"en": "Rehearsal", "nl": "Repetitie", "fr": "Répétition", "de": "Probe"}
QUESTION = {"en": "What would you change?"}
MAIL = "rehearsal@rehearsal.invalid"
CARDS_LIMIT = 30_000


@dataclass(frozen=True, slots=True)
class TableDoor:
    """A table: what its printed square opens, its page, where that page writes and what it hears."""

    door: str
    page: str
    write: str
    sync: str
    stream: str
    language: str


@dataclass(frozen=True, slots=True)
class Venue:
    """Where everything of the rehearsal is."""

    process: uuid.UUID
    stage: uuid.UUID
    hall: str
    tables: tuple[TableDoor, ...]
    public_page: str
    day_page: str
    desk: str
    hall_stream: str
    desk_stream: str
    session: tuple[str, str]


def prepare(count: int, *, now: datetime) -> Venue:
    """Make the process of the rehearsal, or use the one that is there, and open a new round.

    Raises:
        Problem: real people are in it, or a summit with people is under way on this server.
    """
    refuse_real_people()
    process = Process.objects.filter(slug=SLUG).first()
    if process is None:
        process = found_process(SLUG, Template.BELGIAN, titles=TITLE, languages=["en"], is_listed=True)
    stage = process.stages.get(kind=StageKind.SUMMIT)
    open_stage(stage, now=now)
    stage.refresh_from_db()
    tables = _tables(stage, count, now)
    next_round(stage.pk, now=now)
    account = Account.objects.filter(email=MAIL).first() or Account.objects.create_user(MAIL, name="Rehearsal")
    give_role(process, account, Role.THEME_TEAM)
    here = {"process": process.slug, "stage": stage.slug}
    with override("en"):
        return Venue(
            process=process.pk,
            stage=stage.pk,
            hall=hall_topic(stage),
            tables=tuple(
                TableDoor(
                    door=f"/t/{queries.door_of(table)}",
                    page=reverse("summit:table", kwargs={**here, "pk": table.pk}),
                    write=reverse("summit:write", kwargs={**here, "pk": table.pk}),
                    sync=reverse("summit:sync", kwargs={**here, "pk": table.pk}),
                    stream=address_of(hall_topic(stage), table_topic(stage, table.number)),
                    language="en",
                )
                for table in tables
            ),
            public_page=reverse("process:home", kwargs={"process": process.slug}),
            day_page=reverse("summit:home", kwargs=here),
            desk=reverse("summit:desk", kwargs=here),
            hall_stream=address_of(hall_topic(stage)),
            desk_stream=address_of(desk_topic(stage), hall_topic(stage)),
            session=(settings.SESSION_COOKIE_NAME, _session_of(account)),
        )


def next_round(stage: uuid.UUID, *, now: datetime) -> None:
    """Close the round that is open and open a new one, in which no table has a card yet."""
    rounds = Round.objects.select_related("stage__process").filter(stage=stage)
    for before in rounds.filter(state=RoundState.OPEN):
        actions.close_round(before, now=now)
    made = actions.make_round(
        Stage.objects.get(pk=stage), questions=QUESTION, length_seconds=7200, cards_limit=CARDS_LIMIT
    )
    actions.open_round(rounds.get(pk=made.pk), now=now)


def cards_there(stage: uuid.UUID, *, is_sent: bool) -> int:
    """Return how many cards the open round has, at the tables or at the desk."""
    state = CardState.SENT if is_sent else CardState.DRAFT
    return Card.objects.filter(round__stage=stage, round__state=RoundState.OPEN, state=state).count()


def refuse_real_people() -> None:
    """Refuse a server on which a rehearsal could disturb somebody."""
    if Participant.objects.filter(process__slug=SLUG).exists():
        raise Problem(
            f"there are people in the process {SLUG!r} of this server: it is not one of ours. Nothing was done."
        )
    busy = (
        Stage.objects.filter(kind=StageKind.SUMMIT, state=StageState.OPEN, process__participants__isnull=False)
        .exclude(process__slug=SLUG)
        .select_related("process")
        .first()
    )
    if busy is not None and not settings.DEMO:
        raise Problem(
            f"the summit of {busy.process.slug!r} is under way on this server, and a rehearsal would hold it up. "
            "Rehearse before it, or on another server."
        )


def tell_all(venue: Venue, sent: float, turn: int) -> None:
    """Tell every viewer something, as another process of the server would."""
    publish(venue.hall, {"sent": sent, "turn": turn, "filling": "x" * 120}, process_id=venue.process)


def tidy_up() -> None:
    """Shut the desk of the rehearsal and take its process off the home page; on a scratch server all goes anyway."""
    Process.objects.filter(slug=SLUG).update(is_listed=False)
    Account.objects.filter(email=MAIL).update(is_active=False)


def _tables(stage: Stage, count: int, now: datetime) -> list[Table]:
    there = queries.tables_of(stage)
    missing = actions.tables_of_kind(["en"], count - len(there), first=len(there) + 1) if count > len(there) else []
    if missing:
        actions.lay_tables(stage, missing, now=now)
    return list(Table.objects.filter(stage=stage).select_related("stage__process").order_by("number")[:count])


def _session_of(account: Account) -> str:
    Account.objects.filter(pk=account.pk).update(is_active=True)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.set_expiry(3600)
    session.save()
    return str(session.session_key)
