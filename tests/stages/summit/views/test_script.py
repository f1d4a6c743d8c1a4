"""The page of the script: written by the organiser, read by the staff, public when the organiser says so."""

import csv
import io

from django.test import Client

from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import DayClock, ItemKind, Round, ScriptItem

HERE = "/en/town/summit/day/"


def titles(stage: Stage) -> list[str]:
    return [one.say("title", "en").text or "round" for one in stage.script_items.order_by("order")]


def test_the_organiser_writes_and_orders_the_script(organiser: Client, stage: Stage, rounds: list[Round]) -> None:
    body = {"kind": "introduction", "minutes": 10, "title__nl": "Wie betaalt", "paper__nl": "Kort en *eenvoudig*."}
    organiser.post(f"{HERE}script/new/", body)
    item = ScriptItem.objects.get(kind=ItemKind.INTRODUCTION)
    organiser.post(f"{HERE}script/{item.pk}/move/", {"place": 1})
    organiser.post(f"{HERE}script/start/", {"planned_at": "2011-11-11T09:30", "is_public": "on"})
    organiser.post(f"{HERE}script/{item.pk}/", {**body, "minutes": 15, "title__nl": "Wie krijgt"})
    page = organiser.get(f"{HERE}script/").content.decode()

    assert titles(stage) == ["Wie krijgt", "round", "round"]
    assert "95 minutes" in page
    assert DayClock.objects.get().planned_at is not None
    assert "Rounds 1, 2 have less than 60 minutes each" in page


def test_an_item_needs_a_title_and_a_round_does_not(organiser: Client, stage: Stage, rounds: list[Round]) -> None:
    refused = organiser.post(f"{HERE}script/new/", {"kind": "break", "minutes": 10}).content.decode()
    item = ScriptItem.objects.get(round=rounds[0])
    organiser.post(f"{HERE}script/{item.pk}/", {"minutes": 50, "tables__nl": "Aan tafel"})

    item.refresh_from_db()
    assert "Write this in one language at least." in refused
    assert (item.length_seconds, item.say("tables", "nl").text) == (3000, "Aan tafel")


def test_what_cannot_be_moved_or_dropped_is_said(organiser: Client, stage: Stage, rounds: list[Round]) -> None:
    items = list(stage.script_items.order_by("order"))
    moved = organiser.post(f"{HERE}script/{items[1].pk}/move/", {"place": 1}, follow=True).content.decode()
    dropped = organiser.post(f"{HERE}script/{items[1].pk}/drop/", follow=True).content.decode()

    assert "Rounds keep their order" in moved
    assert "A round cannot be taken out" in dropped


def test_a_day_held_before_is_taken_over(organiser: Client, visitor: Client, stage: Stage) -> None:
    assert organiser.post(f"{HERE}script/day/", {"day": "moon"}).status_code == 400
    organiser.post(f"{HERE}script/day/", {"day": "belgian"})
    public = visitor.get(HERE).content.decode()
    actions.plan_start(stage, planned_at=None, is_public=False)
    hidden = visitor.get(HERE).content.decode()

    assert "Inleiding door een expert" in public
    assert "Inleiding door een expert" not in hidden
    assert visitor.get(f"{HERE}script.csv").status_code == 403


def test_a_start_in_another_millennium_is_refused(organiser: Client, stage: Stage) -> None:
    for moment in ("9999-12-31T23:59", "0001-01-01T00:00", "noon"):
        page = organiser.post(f"{HERE}script/start/", {"planned_at": moment}, follow=True).content.decode()
        assert "Write day and time" in page

    assert not DayClock.objects.exists()


def test_the_timetable_leaves_as_a_file(organiser: Client, stage: Stage, rounds: list[Round]) -> None:
    actions.make_item(stage, kind=ItemKind.BREAK, length_seconds=600, texts={"title": {"en": "=Lunch"}})

    file = organiser.get(f"{HERE}script.csv").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(file)))
    assert [(row["item"], row["kind"], row["title"], row["planned_minutes"], row["real_minutes"]) for row in rows] == [
        ("1", "round", "Question 1?", "40", ""),
        ("2", "round", "Question 2?", "40", ""),
        ("3", "break", "'=Lunch", "10", ""),
    ]
