"""The theme desk."""

import re
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from burgertop.foundation.people.models import Role
from burgertop.stages.summit import actions
from burgertop.stages.summit.models import (
    Card,
    Cluster,
    ClusterCard,
    CodingSample,
    HallBallot,
    Objection,
    Round,
    Table,
)

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


def test_a_card_is_dealt_hinted_and_its_hint_taken_with_one_button(
    theme_team: Client, write: Callable[..., Card], tables: list[Table], clusters: list[Cluster], round_: Round
) -> None:
    first, second = write(tables[0], "Meer bomen in onze straat"), write(tables[1], "Meer bomen in elke straat")
    actions.place_card(first, clusters[1], by=None, now=second.written_at)

    dealt = theme_team.post(f"{HERE}rounds/{round_.pk}/deal/", headers={"HX-Request": "true"}).content.decode()
    shown = re.search(r'name="suggested" value="([^"]+)"', dealt)
    assert shown is not None
    told = theme_team.post(
        f"{HERE}desk/place/",
        {"card": second.pk, "do": clusters[1].pk, "suggested": shown[1], "deal": "1"},
        headers={"HX-Request": "true"},
    ).content.decode()

    assert "like card 1-1:" in dealt
    assert ClusterCard.objects.standing().get(card=second).suggested == [str(clusters[1].pk)]
    assert "one of three was taken for 1 of 1 cards" in told


def test_who_comes_too_late_is_told_and_nothing_moves(
    theme_team: Client, write: Callable[..., Card], tables: list[Table], clusters: list[Cluster]
) -> None:
    card = write(tables[0], "Zorg")
    actions.place_card(card, clusters[0], by=None, now=card.written_at)

    page = theme_team.post(f"{HERE}desk/place/", {"card": card.pk, "cluster": clusters[1].pk}, follow=True)

    assert "Card 1-1 lies in “Care”: somebody put it there meanwhile." in page.content.decode()
    assert ClusterCard.objects.standing().get().cluster == clusters[0]


def test_new_words_that_start_from_old_ones_stay_in_the_form(theme_team: Client, clusters: list[Cluster]) -> None:
    address = f"{HERE}clusters/{clusters[0].pk}/"
    theme_team.post(address, {"title__nl": "Zorg thuis", "revision": "1"})

    page = theme_team.post(address, {"title__nl": "Zorgen", "revision": "1"}).content.decode()

    assert ("Zorg thuis" in page, "Zorgen" in page, "yours are still in the form" in page) == (False, True, True)
    assert Cluster.objects.get(pk=clusters[0].pk).say("title", "nl").text == "Zorg thuis"


def test_a_table_objects_only_to_its_own_cards_and_reads_the_answer(
    theme_team: Client,
    tablet: Client,
    write: Callable[..., Card],
    tables: list[Table],
    clusters: list[Cluster],
    round_: Round,
) -> None:
    own, others = write(tables[3], "Zorg", language="fr"), write(tables[0], "Bus")
    for card in (own, others):
        actions.place_card(card, clusters[0], by=None, now=card.written_at)
    here = f"{HERE}tables/{tables[3].pk}/clusters/"
    said = {"cluster": clusters[0].pk, "reason": "Non, les médecins."}

    foreign = [
        tablet.post(here, {**said, "card": others.pk, "once": uuid.uuid4()}).status_code,
        tablet.get(f"{HERE}tables/{tables[0].pk}/clusters/").status_code,
        theme_team.post(here, {**said, "card": own.pk, "once": uuid.uuid4()}).status_code,
    ]
    tablet.post(here, {**said, "card": own.pk, "once": uuid.uuid4()})
    waiting = theme_team.get(f"{HERE}rounds/{round_.pk}/objections/").content.decode()
    objection = Objection.objects.get()
    theme_team.post(f"{HERE}objections/{objection.pk}/answer/", {"do": "keep", "text": "Elle parle de soins."})

    assert foreign == [404, 403, 403]
    assert "Non, les médecins." in waiting
    assert "Elle parle de soins." in tablet.get(here).content.decode()


def test_cards_of_other_origins_are_counted_apart(
    theme_team: Client, write: Callable[..., Card], tables: list[Table], clusters: list[Cluster]
) -> None:
    Table.objects.filter(pk=tables[1].pk).update(origin="g_home")
    tables[1].refresh_from_db()
    for table in tables[:2]:
        actions.place_card(write(table, "Zorg"), clusters[0], by=None, now=write(table, "Iets").written_at)

    page = " ".join(theme_team.get(f"{HERE}desk/").content.decode().split())

    assert page.count("<strong>1 card</strong> from 1 tables") == 2
    assert "G-Home, online table" in page


def test_a_ballot_is_looked_at_in_each_language_and_says_what_is_open(
    organiser: Client, write: Callable[..., Card], tables: list[Table], clusters: list[Cluster], round_: Round
) -> None:
    card = write(tables[0], "Zorg")
    actions.place_card(card, clusters[0], by=uuid.uuid4(), now=card.written_at)
    address, chosen = f"{HERE}rounds/{round_.pk}/ballot/", {"clusters": [one.pk for one in clusters]}
    counts = {"most_choices": "2", "seats": "1"}

    refused = organiser.post(address, {**chosen, **counts}).content.decode()
    organiser.post(address, {**chosen, **counts, "unconfirmed": "No second reader today"})

    assert "Cards that only one person has placed: 1." in refused
    assert [name in refused for name in ("Dutch", "French", "German")] == [True] * 3
    assert HallBallot.objects.get().waivers.get().reason == "No second reader today"


def test_a_coder_never_sees_where_the_card_lies(
    theme_team: Client, write: Callable[..., Card], tables: list[Table], clusters: list[Cluster], round_: Round
) -> None:
    for number in range(2):
        card = write(tables[number], f"Kaart {number}")
        actions.place_card(card, clusters[number], by=uuid.uuid4(), now=card.written_at)

    page = theme_team.post(f"{HERE}rounds/{round_.pk}/coding/", {"size": "2"}, follow=True).content.decode()
    listed = theme_team.get(f"{HERE}rounds/{round_.pk}/coding/").content.decode()
    sample = CodingSample.objects.get()
    for item in sample.items.all():
        theme_team.post(f"{HERE}coding/{sample.pk}/", {"item": item.pk, "cluster": item.cluster_id})

    assert ("Card 1 of 2" in page, "It lies in" in page) == (True, False)
    assert "Nobody is through yet." in listed
    assert "Krippendorff" in theme_team.get(f"{HERE}rounds/{round_.pk}/coding/").content.decode()


def test_as_many_queries_for_one_card_as_for_eight_beside_the_desk(
    theme_team: Client,
    write: Callable[..., Card],
    tables: list[Table],
    clusters: list[Cluster],
    round_: Round,
    make_queries: Callable[[Client, str], int],
) -> None:
    pages = [
        f"{HERE}clusters/{clusters[0].pk}/",
        f"{HERE}rounds/{round_.pk}/objections/",
        f"{HERE}tables/{tables[0].pk}/clusters/",
    ]

    def fill(table: Table) -> None:
        card = write(table, "ligt")
        actions.place_card(card, clusters[0], by=None, now=card.written_at)
        once = uuid.uuid4()
        actions.object_to_place(card, seen=clusters[0].pk, reason="nee", once=once, by=None, now=card.written_at)

    fill(tables[0])
    few = [make_queries(theme_team, page) for page in pages]
    for table in [tables[0], tables[0], *tables[1:]]:
        fill(table)

    assert [make_queries(theme_team, page) for page in pages] == few


def _decide(client: Client, page: str, cluster: Cluster) -> str:
    """Put the card in hand into a cluster, as the page does that hears of the rest by itself."""
    card = re.search(r'data-desk-card="([\w-]+)"', page)
    assert card is not None
    fields = {"card": card[1], "do": str(cluster.pk), "deal": "1", "brief": "1"}
    return client.post(f"{HERE}desk/place/", fields, headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize("placed", [1, 9])
def test_a_look_and_a_decision_cost_the_same_however_many_cards_lie_there(
    theme_team: Client,
    write: Callable[..., Card],
    tables: list[Table],
    clusters: list[Cluster],
    round_: Round,
    now: datetime,
    placed: int,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    Round.objects.filter(pk=round_.pk).update(cards_limit=50)
    for number in range(placed):
        actions.place_card(write(tables[0], f"ligt {number}"), clusters[0], by=None, now=now)
    for number in range(4):
        write(tables[1], f"wacht {number}")
    page = theme_team.post(f"{HERE}rounds/{round_.pk}/deal/", headers={"HX-Request": "true"}).content.decode()
    theme_team.get(f"{HERE}desk/?round=1", headers={"HX-Request": "true"})

    with django_assert_max_num_queries(10):
        theme_team.get(f"{HERE}desk/?round=1", headers={"HX-Request": "true"})
    with django_assert_max_num_queries(25):
        answer = _decide(theme_team, page, clusters[1])

    assert 'class="slip slip--picked hand"' in answer
    assert "Undo: put in, Doctors" in " ".join(answer.split())
    assert "one dot is one table" not in answer
    assert ClusterCard.objects.standing().filter(cluster=clusters[1]).count() == 1


def test_what_others_do_is_there_at_the_next_look(
    theme_team: Client, write: Callable[..., Card], tables: list[Table], clusters: list[Cluster], now: datetime
) -> None:
    def look() -> str:
        page = theme_team.get(f"{HERE}desk/?round=1", headers={"HX-Request": "true"}).content.decode()
        return " ".join(page.split())

    first = look()
    card = write(tables[0], "Zorg")
    sent = look()
    actions.place_card(card, clusters[0], by=None, now=now)
    placed = look()
    actions.reword_cluster(clusters[0], titles={"en": "Caring"}, by=None, now=now)

    at_home = [look(), actions.open_home_tables(clusters[0].round.stage, "nl", 1, now=now), look()]

    assert ["0 of 1 tables" in str(page) for page in at_home] == [False, False, True]
    assert ("No card to read" in first, "1 card to read" in sent) == (True, True)
    assert ("No card to read" in placed, "<strong>1 card</strong> from 1 tables" in placed) == (True, True)
    assert "Caring" in look()
