"""The small process's summit: an example for every address of the day."""

import uuid
from datetime import timedelta

from django.utils import timezone
from tests.stages.summit.test_pictures import png

from burgertop.foundation.jobs.models import Job
from burgertop.foundation.people.models import Account, Participant
from burgertop.foundation.process.models import Stage
from burgertop.stages.summit import actions as summit
from burgertop.stages.summit.actions.papers import Wish, ask_for_paper
from burgertop.stages.summit.models import (
    Card,
    Clash,
    Cluster,
    HallBallot,
    HelpKind,
    ItemKind,
    LinkKind,
    Objection,
    Photo,
    Reach,
    Round,
    Seat,
    SeatRule,
    Staff,
    Table,
)
from burgertop.stages.summit.papers.kinds import Paper
from burgertop.stages.summit.queries import roster_of

__all__ = ["summit_arguments"]

SEED = 7
OF_TABLE = (
    "table",
    "write",
    "renew",
    "table_clusters",
    "call_help",
    "choose_topic",
    "read_back",
    "send_cards",
    "take_send",
    "sync",
    "table_worker",
    "add_photo",
    "type_cards",
)
DESK_OF_ROUND = (
    *("round", "round_act", "new_ballot", "new_cluster", "undo"),
    *("deal", "check", "coding", "objections"),
)
GATHERING_PAGES = tuple(
    f"gathering{part}" for part in ("", "_act", "_link", "_card", "_file", "_pack", "_pack_file", "_result")
)


def summit_arguments(here: dict[str, object], stage: Stage, table: Table) -> dict[str, dict[str, object]]:
    first, round_, *_planned = Round.objects.filter(stage=stage).select_related("stage__process").order_by("number")
    card = _write_card(round_, table)
    clusters = list(Cluster.objects.filter(round=first))
    hall = HallBallot.objects.get(stage=stage)
    counted = _count_a_ballot(first, clusters)
    seat = Seat.objects.filter(round__stage=stage).first()
    assert seat is not None
    helper = Staff.objects.create(stage=stage, role="facilitator", name="Ann", languages=["nl"])
    rule = SeatRule.objects.create(stage=stage, kind="apart", reason="carer")
    own = {**here, "pk": table.pk}
    of_round, of_ballot, of_result = ({**here, "pk": one.pk} for one in (round_, hall, counted))
    return {
        "summit:": here,
        **{f"summit:{name}": of_round for name in DESK_OF_ROUND},
        **{f"summit:{name}": of_ballot for name in ("vote", "cancel", "ballot_act")},
        **{f"summit:{name}": of_result for name in ("result", "papers_file")},
        **{f"summit:{name}": {**here, "pk": clusters[0].pk} for name in ("cluster", "dissolve", "merge", "split")},
        **_of_desk(here, first, clusters[0]),
        **{f"summit:{name}": own for name in OF_TABLE},
        **_of_day(here, own, stage, table),
        **{f"summit:{name}": {**here, "pk": _photo(round_, table).pk} for name in ("photo", "drop_photo")},
        **{
            f"summit:{name}": {**own, "card": card.pk}
            for name in ("edit_card", "withdraw_card", "call_back", "settle_card")
        },
        **{f"summit:{name}": own for name in ("table_seats", "change_table", "set_closed")},
        **{f"summit:{name}": {**here, "pk": helper.pk} for name in ("change_staff", "drop_staff")},
        **{f"summit:{name}": {**here, "pk": seat.pk} for name in ("move_seat", "loosen_seat")},
        "summit:drop_rule": {**here, "pk": rule.pk},
        "summit:accept": {**here, "pk": seat.pk},
        **_of_eyes(here, stage, hall, counted),
        "summit:print_paper": {**here, "what": "host_sheets"},
        "summit:paper_file": {**here, "pk": _paper(stage).pk, "ending": "pdf"},
        "summit:drop_paper": {**here, "pk": _paper(stage).pk},
        **_of_doors(here, stage, roster_of(stage)[-1]),
        **_of_homes(here, stage, round_),
    }


def _of_desk(here: dict[str, object], round_: Round, cluster: Cluster) -> dict[str, dict[str, object]]:
    """An objection without an answer, and a sample that nobody has coded."""
    card = Card.objects.filter(placements__cluster=cluster, placements__ended_at__isnull=True).first()
    assert card is not None
    objection = Objection.objects.create(card=card, cluster=cluster, reason="Not so", once=uuid.uuid4())
    sample = summit.draw_sample(round_, size=3, seed="dice", coder=uuid.uuid4(), now=timezone.now())
    return {
        "summit:answer_objection": {**here, "pk": objection.pk},
        "summit:code": {**here, "pk": sample.pk},
    }


def _of_homes(here: dict[str, object], stage: Stage, round_: Round) -> dict[str, dict[str, object]]:
    """An online table at which somebody said something."""
    now = timezone.now()
    summit.set_homes(
        stage,
        is_home_open=True,
        is_off_open=True,
        room_pattern="https://meet.example.org/{secret}",
        least=2,
        most=8,
        reach=Reach.LANGUAGE,
        uploads_until=now + timedelta(days=1),
        now=now,
    )
    table = summit.open_home_tables(stage, "nl", 1, now=now)[0]
    guest, _code = summit.register_at_home(stage, language="nl", rounds=[], mail="", once=uuid.uuid4(), now=now)
    seat = summit.move_guest(guest, round_, table, now=now)
    statement = summit.say_statement(seat, "Iets", language="nl", once=uuid.uuid4(), now=now)
    of_statement = {**here, "pk": statement.pk}
    return {
        **{f"summit:{name}": of_statement for name in ("home_rate", "home_card", "home_statement_act")},
        "summit:home_room": {**here, "pk": table.pk},
        **{f"summit:{name}": {**here, "pk": _gathering(stage)} for name in GATHERING_PAGES},
        "summit:home_deal": {**here, "pk": round_.pk},
    }


def _gathering(stage: Stage) -> uuid.UUID:
    """A local gathering that takes place."""
    draft, now = summit.GatheringDraft("Gent", ("nl",), 1, "host@small.example"), timezone.now()
    asked = summit.ask_for_gathering(stage, draft, once=uuid.UUID(int=SEED), now=now)
    return summit.decide_gathering(asked, is_accepted=True, now=now).pk


def _of_day(
    here: dict[str, object], own: dict[str, object], stage: Stage, table: Table
) -> dict[str, dict[str, object]]:
    """A table that calls for help, and a break in the script."""
    call = summit.call_for_help(table, kind=HelpKind.TECHNICAL, once=uuid.uuid4(), now=timezone.now())
    item = summit.make_item(stage, kind=ItemKind.BREAK, length_seconds=600, texts={"title": {"en": "Lunch"}})
    return {
        "summit:call_act": {**here, "pk": call.pk},
        "summit:call_over": {**own, "call": call.pk},
        **{f"summit:{name}": {**here, "pk": item.pk} for name in ("script_item", "move_item", "drop_item")},
    }


def _of_eyes(
    here: dict[str, object], stage: Stage, hall: HallBallot, counted: HallBallot
) -> dict[str, dict[str, object]]:
    """A link, a note that its author keeps, one that is published, and a result for the press."""
    now = timezone.now()
    observer = summit.Author(account=Account.objects.get(email="observer@small.example").pk)
    ends_at = now + timedelta(days=1)
    link = summit.make_link(stage, LinkKind.OBSERVER, "observers", ends_at=ends_at, once=uuid.uuid4(), now=now)
    kept, shown = (
        summit.write_note(stage, observer, summit.NoteDraft(words, "en"), once=uuid.uuid4(), now=now)
        for words in ("Something.", "Something else.")
    )
    summit.publish_observation(shown, signed="", now=now)
    result = {**here, "number": counted.number}
    return {
        **{f"summit:{name}": {**here, "pk": hall.pk} for name in ("embargo", "lift_embargo")},
        "summit:call_back_link": {**here, "pk": link.pk},
        **{f"summit:{name}": {**here, "pk": kept.pk} for name in ("change_note", "drop_note", "publish_note")},
        **{f"summit:{name}": {**here, "pk": shown.pk} for name in ("observation", "answer_observation")},
        "summit:notes_file": {**here, "ending": "csv"},
        "summit:press_file": {**here, "ending": "json"},
        **{f"summit:{name}": result for name in ("press_result", "press_chart")},
    }


def _of_doors(here: dict[str, object], stage: Stage, person: Participant) -> dict[str, dict[str, object]]:
    """Two doors, and one person who was checked in at both."""
    now = timezone.now()
    doors = [summit.make_door(stage, name, now=now) for name in ("North", "South")]
    for door in doors:
        summit.check_in(stage, person, summit.Source(door), now=now)
    at_door = {**here, "pk": doors[0].pk}
    return {
        **{f"summit:{name}": at_door for name in ("door", "door_list", "door_scans", "door_worker", "door_act")},
        "summit:guest": {**here, "pk": person.pk},
        "summit:clash": {**here, "pk": Clash.objects.get(stage=stage).pk},
    }


def _paper(stage: Stage) -> Job:
    """The badges, asked for."""
    return ask_for_paper(stage, Wish(Paper.BADGES, "en"), actor_id=None, now=timezone.now())


def _write_card(round_: Round, table: Table) -> Card:
    draft = summit.CardDraft("Something", next(iter(table.spoken)))
    return summit.write_card(
        round_.pk, table, draft, card_id=uuid.uuid4(), once=uuid.uuid4(), by=None, now=timezone.now()
    )


def _photo(round_: Round, table: Table) -> Photo:
    return summit.keep_photo(round_, table, png(), photo_id=uuid.uuid4(), by=None, now=timezone.now())


def _count_a_ballot(round_: Round, clusters: list[Cluster]) -> HallBallot:
    """A ballot on which nobody voted, counted and published."""
    hall = summit.open_ballot(summit.put_to_ballot(round_, clusters, most_choices=1), now=timezone.now())
    return summit.publish_result(summit.close_ballot(hall, now=timezone.now()), now=timezone.now())
