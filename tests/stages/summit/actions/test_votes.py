"""The ballots of the hall."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from burgertop.foundation.ballotbox.actions import cast
from burgertop.foundation.ballotbox.closing import close_due
from burgertop.foundation.ballotbox.models import BallotState
from burgertop.foundation.codes.actions import enter
from burgertop.foundation.live.models import Message
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.trace.queries import story_back
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.models import Card, Cluster, HallBallot, Round, Table


def test_the_options_are_the_clusters_with_their_words(hall: HallBallot, clusters: list[Cluster]) -> None:
    options = list(hall.ballot.options.prefetch_related("texts"))

    assert [(option.subject_kind, option.subject) for option in options] == [("cluster", one.pk) for one in clusters]
    assert options[0].say("title", "fr").text == "Care"
    assert (hall.ballot.eligible, hall.ballot.most_choices, hall.ballot.code_purpose) == (12, 2, "seat")


def test_a_ballot_whose_time_is_over_is_counted_by_itself_and_published_by_people(
    hall: HallBallot, people: list[Participant], now: datetime
) -> None:
    actions.open_ballot(hall, now=now, closes_at=now + timedelta(minutes=5))
    told = Message.objects.count()

    done = close_due(now=now + timedelta(minutes=5))

    hall.refresh_from_db()
    assert (done.counted, hall.ballot.state, hall.published_at) == ((hall.ballot_id,), BallotState.COUNTED, None)
    assert Message.objects.count() == told + 1


def test_one_cluster_is_no_choice(round_: Round, clusters: list[Cluster]) -> None:
    with pytest.raises(HouseError) as caught:
        actions.put_to_ballot(round_, clusters[:1], most_choices=1)

    assert caught.value.code == "summit.ballot_needs_clusters"


def test_from_ballot_to_chosen_cluster(
    hall: HallBallot, clusters: list[Cluster], people: list[Participant], now: datetime
) -> None:
    actions.open_ballot(hall, now=now)
    for number, person in enumerate(people):
        cast(
            hall.ballot,
            voter=f"seat:{person.pk}",
            choices=[2] if number else [1, 3],
            origin=Origin.DRAWN,
            once=uuid.uuid4(),
            now=now,
        )
    with pytest.raises(HouseError):
        actions.publish_result(hall, now=now)

    actions.close_ballot(hall, now=now)
    before = queries.chosen_clusters(hall.stage.process_id, now)
    actions.publish_result(hall, now=now)
    actions.publish_result(hall, now=now)

    assert (before, queries.chosen_clusters(hall.stage.process_id, now)) == ([], [clusters[1]])
    assert Entry.objects.filter(kind="hall_result_published").count() == 1


def test_a_cancelled_ballot_is_over(hall: HallBallot, now: datetime) -> None:
    actions.open_ballot(hall, now=now)

    actions.cancel_ballot(hall, reason="Opened too early", now=now)

    hall.ballot.refresh_from_db()
    assert hall.ballot.state == BallotState.CANCELLED


def test_the_trace_leads_from_cluster_to_theme(
    stage: Stage, tables: list[Table], write: Callable[..., Card], round_: Round, now: datetime
) -> None:
    theme = uuid.uuid4()
    actions.reword_round(round_, questions={"nl": "Wie zorgt?"}, theme=theme)
    round_.refresh_from_db()
    made = [
        actions.make_cluster(round_, titles=dict.fromkeys(("nl", "fr", "de"), title), by=None, now=now)
        for title in ("Zorg", "Bus")
    ]
    card = write(tables[0], "Zorgverlof")
    placement = actions.place_card(card, made[0], by=None, now=now)
    actions.confirm_placements(round_, [placement.pk], by=uuid.uuid4(), now=now)

    actions.put_to_ballot(round_, made, most_choices=1)

    assert dict(story_back("cluster", made[0].pk).found) == {
        "card": [card.pk],
        "question": [round_.pk],
        "theme": [theme],
    }


def test_seat_codes_are_made_once_and_open_the_seat(stage: Stage, people: list[Participant], now: datetime) -> None:
    made = actions.make_seat_codes(stage)
    again = actions.make_seat_codes(stage)

    code = enter(stage.process_id, "seat", made[people[3].pk].lower(), network="", now=now)
    assert (len(made), again, code.subject) == (12, {}, people[3].pk)


def test_a_lost_code_is_replaced(stage: Stage, people: list[Participant], now: datetime) -> None:
    old = actions.make_seat_codes(stage)[people[0].pk]

    new = actions.replace_seat_code(stage, people[0].pk)

    with pytest.raises(HouseError) as caught:
        enter(stage.process_id, "seat", old, network="", now=now)
    assert caught.value.code == "codes.replaced"
    assert enter(stage.process_id, "seat", new, network="", now=now).subject == people[0].pk
