"""The theme desk."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client

from burgertop.foundation.people.models import Role
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import Card, Cluster, ClusterCard, Round, Table

HERE = "/en/town/summit/day/"


def test_cards_wait_and_are_put_in_and_undone(
    theme_team: Client, write: Callable[..., Card], tables: list[Table], clusters: list[Cluster], round_: Round
) -> None:
    card = write(tables[0], "Zorg voor iedereen")
    before = theme_team.get(f"{HERE}desk/").content.decode()

    theme_team.post(f"{HERE}desk/place/", {"card": card.pk, "cluster": clusters[0].pk})
    placed = theme_team.get(f"{HERE}desk/").content.decode()
    theme_team.post(f"{HERE}rounds/{round_.pk}/undo/")

    assert "1 card to read" in before
    assert "Every card has been read." in placed
    assert "Undo: put in, Care" in " ".join(placed.split())
    assert not ClusterCard.objects.standing().exists()


def test_a_new_cluster_takes_the_card_that_asked_for_it(
    theme_team: Client, write: Callable[..., Card], tables: list[Table], round_: Round
) -> None:
    card = write(tables[0], "Zorg")

    theme_team.post(
        f"{HERE}rounds/{round_.pk}/clusters/new/",
        {"title__nl": "Zorg is werk", "title__fr": "Soigner", "card": str(card.pk)},
    )

    placement = ClusterCard.objects.standing().get()
    assert (placement.card, placement.cluster.say("title", "fr").text) == (card, "Soigner")


def test_a_cluster_needs_a_title(theme_team: Client, round_: Round) -> None:
    response = theme_team.post(f"{HERE}rounds/{round_.pk}/clusters/new/", {"summary__nl": "x"})

    assert "Write this in one language at least." in response.content.decode()
    assert not Cluster.objects.exists()


def test_an_observer_sees_no_buttons(
    client_as: Callable[[Role | None], Client], write: Callable[..., Card], tables: list[Table], clusters: list[Cluster]
) -> None:
    write(tables[0], "Zorg")

    page = client_as(Role.OBSERVER).get(f"{HERE}desk/").content.decode()

    assert "Zorg" in page
    assert ("Put in" in page, "Give me a card" in page, "Take in hand" in page) == (False, False, False)


def test_a_drafted_card_is_not_read(theme_team: Client, write: Callable[..., Card], tables: list[Table]) -> None:
    write(tables[0], "Only at the table", is_sent=False)

    assert "Only at the table" not in theme_team.get(f"{HERE}desk/").content.decode()


def test_a_cluster_is_reworded_and_taken_off(theme_team: Client, clusters: list[Cluster]) -> None:
    theme_team.post(f"{HERE}clusters/{clusters[0].pk}/", {"title__nl": "Zorg", "title__fr": "Soins"})
    theme_team.post(f"{HERE}clusters/{clusters[1].pk}/dissolve/")

    assert Cluster.objects.get(pk=clusters[0].pk).say("title", "fr").text == "Soins"
    assert list(Cluster.objects.standing().values_list("key", flat=True)) == ["care", "buses"]


def test_broken_ids_are_not_found(theme_team: Client, clusters: list[Cluster]) -> None:
    assert theme_team.post(f"{HERE}desk/place/", {"card": "x", "cluster": ""}).status_code == 404


def test_as_many_queries_for_one_card_as_for_eight(
    theme_team: Client,
    write: Callable[..., Card],
    tables: list[Table],
    clusters: list[Cluster],
    now: datetime,
    make_queries: Callable[[Client, str], int],
) -> None:
    write(tables[3], "wacht", reasons="r")
    actions.place_card(write(tables[3], "ligt"), clusters[0], by=None, now=now)
    few = make_queries(theme_team, f"{HERE}desk/")
    for table in tables[:2]:
        write(table, f"wacht {table.number}", reasons="r")
        actions.place_card(write(table, "ligt"), clusters[0], by=None, now=now)

    assert make_queries(theme_team, f"{HERE}desk/") == few


def test_the_bench_is_fetched_alone(theme_team: Client, clusters: list[Cluster]) -> None:
    page = theme_team.get(f"{HERE}desk/", headers={"HX-Request": "true"}).content.decode()

    assert ("<html" in page, "one dot is one table" in page) == (False, True)
