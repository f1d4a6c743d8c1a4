"""The demo's hall on the day: its staff, its doors, and who came in where."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Door, How, LinkKind, StaffRole
from burgertop.stages.summit.queries import tables_of
from burgertop.web.demo.census import load_names
from burgertop.web.demo.first_stage import IDS

__all__ = ["look_on", "name_staff", "open_doors"]

SPARE = 3
MINUTES = 55
NOTES = (
    ("en", "The doors were ready at nine. Nobody waited longer than ten minutes.", None, 1),
    ("nl", "Aan tafel 12 kwam de stillere helft pas aan het woord toen de tafelhost een rondje maakte.", 12, 5),
)


def name_staff(stage: Stage, rng: np.random.Generator, *, now: datetime) -> None:
    """Name a host for each table and an interpreter where one works, with some to spare, and give out the tables."""
    tables = tables_of(stage)
    wanted = [(StaffRole.FACILITATOR, tuple(table.languages)) for table in tables]
    wanted += [(StaffRole.INTERPRETER, tuple(table.languages)) for table in tables if table.interpreter_languages]
    wanted += [(StaffRole.FACILITATOR, ("nl", "fr")), (StaffRole.INTERPRETER, ("nl", "fr"))] * SPARE
    given, family = (rng.choice(names, size=len(wanted)) for names in load_names().staff)
    drafts = [
        actions.StaffDraft(f"{first} {last}", role, languages)
        for first, last, (role, languages) in zip(given, family, wanted, strict=True)
    ]
    actions.take_staff(stage, drafts)
    actions.assign_staff(stage, now=now)


def open_doors(
    stage: Stage, names: Sequence[str], people: Sequence[Participant], rng: np.random.Generator, *, since: datetime
) -> list[Door]:
    """Let people in at some doors, within an hour."""
    at = since + timedelta(minutes=MINUTES)
    doors = [actions.make_door(stage, name, now=since) for name in names]
    came = rng.integers(len(doors), size=len(people))
    minutes = np.sort(rng.uniform(0, MINUTES, len(people)))
    for place, door in enumerate(doors):
        scans = [
            actions.ScanDraft(
                id=uuid.uuid5(IDS, f"scan/{stage.process.slug}/{person.pk}"),
                scanned_at=since + timedelta(minutes=float(minute)),
                participant=person.pk,
                how=How.SQUARE,
            )
            for person, minute, where in zip(people, minutes, came, strict=True)
            if where == place
        ]
        actions.take_scans(stage, scans, actions.Source(door), now=at)
    return doors


def look_on(stage: Stage, *, since: datetime) -> None:
    """Give a link to observers; they publish two notes."""
    link = actions.make_link(
        stage,
        LinkKind.OBSERVER,
        "international observers",
        ends_at=since + timedelta(days=1),
        once=uuid.uuid5(IDS, f"link/{stage.process.slug}"),
        now=since,
    )
    for number, (language, words, table, hours) in enumerate(NOTES):
        at = since + timedelta(hours=hours)
        draft = actions.NoteDraft(words, language, table=table)
        once = uuid.uuid5(IDS, f"note/{stage.process.slug}/{number}")
        note = actions.write_note(stage, actions.Author(link=link), draft, once=once, now=at)
        actions.publish_observation(note, signed="", now=at + timedelta(minutes=20))
