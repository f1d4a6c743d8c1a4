"""The theme desk."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from burgertop.foundation.trace.queries import came_from
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.models import Card, Cluster, ClusterCard, Round, Table

Write = Callable[..., Card]


def lies_in(card: Card) -> str:
    placement = card.placements.standing().select_related("cluster").first()
    return placement.cluster.key if placement else ""


def test_a_card_lies_in_one_cluster_and_the_history_stays(
    write: Write, tables: list[Table], clusters: list[Cluster], now: datetime
) -> None:
    card = write(tables[0], "Zorg")

    actions.place_card(card, clusters[0], by=None, now=now)
    actions.place_card(card, clusters[0], by=None, now=now)
    actions.place_card(card, clusters[1], by=None, now=now + timedelta(seconds=1))

    assert lies_in(card) == "doctors"
    assert [row.cluster.key for row in ClusterCard.objects.filter(card=card)] == ["care", "doctors"]
    assert came_from("cluster", clusters[1].pk) == [("card", card.pk)]
    assert came_from("cluster", clusters[0].pk) == []


def test_undo_goes_back_step_by_step_and_only_ones_own(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    alice, bob = uuid.uuid4(), uuid.uuid4()
    card, other = write(tables[0], "Zorg"), write(tables[1], "Bus")
    actions.place_card(card, clusters[0], by=alice, now=now)
    actions.place_card(card, clusters[1], by=alice, now=now + timedelta(seconds=1))
    actions.place_card(other, clusters[2], by=bob, now=now + timedelta(seconds=2))

    steps = []
    for _ in range(2):
        actions.undo_last(round_, by=alice, now=now + timedelta(seconds=3))
        steps.append(lies_in(card))

    assert steps == ["care", ""]
    assert lies_in(other) == "buses"
    assert came_from("cluster", clusters[0].pk) == []
    with pytest.raises(HouseError) as caught:
        actions.undo_last(round_, by=alice, now=now)
    assert caught.value.code == "summit.nothing_to_undo"


def test_a_cluster_of_another_round_takes_no_card(
    write: Write, tables: list[Table], rounds: list[Round], now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    far = actions.make_cluster(rounds[1], titles={"nl": "Ver"}, by=None, now=now)

    with pytest.raises(HouseError) as caught:
        actions.place_card(card, far, by=None, now=now)

    assert caught.value.code == "summit.cluster_of_other_round"


def test_a_card_that_was_not_sent_cannot_be_placed(
    write: Write, tables: list[Table], clusters: list[Cluster], now: datetime
) -> None:
    card = write(tables[0], "Zorg", is_sent=False)

    with pytest.raises(HouseError) as caught:
        actions.place_card(card, clusters[0], by=None, now=now)

    assert caught.value.code == "summit.card_sent_away"


def test_the_same_title_twice_makes_one_cluster(round_: Round, now: datetime) -> None:
    first = actions.make_cluster(round_, titles={"nl": "Zorg is werk"}, by=None, now=now)
    second = actions.make_cluster(round_, titles={"nl": "Zorg is werk"}, by=None, now=now)

    assert first == second


def test_a_title_without_latin_letters_has_a_key(round_: Round, now: datetime) -> None:
    cluster = actions.make_cluster(round_, titles={"el": "Φροντίδα"}, by=None, now=now)

    assert cluster.key.startswith("cluster-")


def test_only_an_empty_cluster_leaves_the_desk(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    actions.place_card(write(tables[0], "Zorg"), clusters[0], by=None, now=now)

    with pytest.raises(HouseError) as caught:
        actions.dissolve_cluster(clusters[0], now=now)
    actions.dissolve_cluster(clusters[1], now=now)

    assert caught.value.code == "summit.cluster_in_use"
    assert [row.cluster.key for row in queries.clusters_of(round_)] == ["care", "buses"]


def test_a_card_taken_back_leaves_its_cluster(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    actions.place_card(card, clusters[0], by=None, now=now)

    actions.withdraw_card(card, by=None, now=now)

    assert lies_in(card) == ""
    assert [row.count for row in queries.clusters_of(round_)] == [0, 0, 0]
    assert came_from("cluster", clusters[0].pk) == []
