"""Tables that say that they were not understood."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest

from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.models import BallotWaiver, Card, Cluster, HallBallot, Objection, Round, Table, WaiverKind

Write = Callable[..., Card]
ALICE, BOB = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def card(write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime) -> Card:
    """A card of table 1 that lies in the first cluster, seen by two."""
    card = write(tables[0], "Zorg")
    placement = actions.place_card(card, clusters[0], by=ALICE, now=now)
    actions.confirm_placements(round_, [placement.pk], by=BOB, now=now)
    return card


def objected(card: Card, cluster: Cluster, now: datetime, once: uuid.UUID | None = None) -> Objection:
    return actions.object_to_place(
        card, seen=cluster.pk, reason="Nee, dokters.", once=once or uuid.uuid4(), by=None, now=now
    )


def test_the_desk_moves_a_card_and_the_table_reads_it(
    card: Card, clusters: list[Cluster], tables: list[Table], now: datetime
) -> None:
    once = uuid.uuid4()
    objection = objected(card, clusters[0], now, once)
    again = objected(card, clusters[0], now, once)

    actions.answer_objection(objection, text="", move_to=clusters[1], by=ALICE, now=now)

    fate = queries.fates_of(tables[0])[0].fates[0]
    assert again == objection
    assert (fate.cluster, fate.is_waiting, fate.objections[0].answer) == (clusters[1], False, "moved")
    assert Entry.objects.get(kind="objection_answered").facts["answer"] == "moved"


def test_a_card_that_stays_needs_a_reason(card: Card, clusters: list[Cluster], now: datetime) -> None:
    objection = objected(card, clusters[0], now)

    with pytest.raises(HouseError) as caught:
        actions.answer_objection(objection, text=" ", by=ALICE, now=now)
    answered = actions.answer_objection(objection, text="Het gaat over zorg.", by=ALICE, now=now)

    assert (caught.value.code, answered.answer) == ("summit.answer_needs_words", "kept")


def test_one_objection_at_a_time_and_none_against_an_old_place(
    card: Card, clusters: list[Cluster], now: datetime
) -> None:
    objected(card, clusters[0], now)

    codes = []
    for cluster in clusters[:2]:
        with pytest.raises(HouseError) as caught:
            objected(card, cluster, now)
        codes.append(caught.value.code)

    assert codes == ["summit.objected_already", "summit.card_moved_since"]


def test_a_ballot_waits_for_the_answer_or_says_why_not(
    card: Card, clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    objected(card, clusters[0], now)
    with pytest.raises(HouseError) as caught:
        actions.put_to_ballot(round_, clusters, most_choices=1, now=now)

    hall = actions.put_to_ballot(
        round_, clusters, most_choices=1, waivers={WaiverKind.OBJECTIONS: "No time"}, by=ALICE, now=now
    )

    assert (caught.value.code, caught.value.params) == ("summit.ballot_objections", {"count": 1})
    assert BallotWaiver.objects.values_list("kind", "count", "reason").get() == ("objections", 1, "No time")
    facts = Entry.objects.get(kind="ballot_check_left_out").facts
    assert (facts["number"], facts["check"], facts["count"]) == (hall.number, "objections", 1)


def test_a_ballot_needs_two_people_and_words_in_every_language(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    actions.place_card(write(tables[0], "Zorg"), clusters[0], by=ALICE, now=now)
    actions.reword_cluster(clusters[1], titles={"de": ""}, summaries={"nl": "Kort"}, by=ALICE, now=now)
    found = Cluster.objects.filter(round=round_).prefetch_related("texts")

    faults = queries.faults_of(round_, list(found))

    assert [(row.unconfirmed, row.missing, row.missing_summaries) for row in faults.rows] == [
        (1, (), ()),
        (0, ("de",), ("fr", "de")),
        (0, (), ()),
    ]
    with pytest.raises(HouseError) as caught:
        actions.put_to_ballot(round_, clusters, most_choices=1)
    assert caught.value.code == "summit.ballot_unconfirmed"


def test_once_the_vote_has_begun_nothing_is_objected_to(
    card: Card, clusters: list[Cluster], hall: HallBallot, now: datetime
) -> None:
    actions.open_ballot(hall, now=now)

    with pytest.raises(HouseError) as caught:
        objected(card, clusters[0], now)

    assert caught.value.code == "summit.vote_has_begun"
