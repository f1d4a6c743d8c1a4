"""Several people at the theme desk: nothing is overwritten, a second person confirms, the last act is one's own."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from burgertop.foundation.trace.queries import came_from
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.actions import Pick
from burgertop.stages.summit.models import Card, Cluster, ClusterCard, DeskAct, Round, Table

Write = Callable[..., Card]
ALICE, BOB, CARLA = (uuid.UUID(int=number) for number in (1, 2, 3))


def lies_in(card: Card) -> str:
    placement = card.placements.standing().select_related("cluster").first()
    return placement.cluster.key if placement else ""


def refusal(act: Callable[[], object]) -> HouseError:
    with pytest.raises(HouseError) as caught:
        act()
    return caught.value


def code_of(act: Callable[[], object]) -> str:
    """The code of a refusal; empty when it was done."""
    try:
        act()
    except HouseError as error:
        return error.code
    return ""


def test_who_comes_second_is_told_both_facts_and_moves_nothing(
    write: Write, tables: list[Table], clusters: list[Cluster], now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    actions.place_card(card, clusters[0], by=ALICE, now=now, seen=None)

    error = refusal(lambda: actions.place_card(card, clusters[1], by=BOB, now=now, seen=None))

    assert (error.code, error.params) == (
        "summit.card_moved_meanwhile",
        {"card": "1-1", "here": "Care", "wanted": "Doctors"},
    )
    assert lies_in(card) == "care"


def test_the_same_cluster_by_two_people_is_no_conflict(
    write: Write, tables: list[Table], clusters: list[Cluster], now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    first = actions.place_card(card, clusters[0], by=ALICE, now=now, seen=None)

    assert actions.place_card(card, clusters[0], by=BOB, now=now, seen=None) == first


def test_a_card_taken_back_meanwhile_is_told_too(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    placement = actions.place_card(card, clusters[0], by=ALICE, now=now)
    actions.undo_last(round_, by=ALICE, now=now)

    error = refusal(lambda: actions.place_card(card, clusters[1], by=BOB, now=now, seen=placement.pk))

    assert error.code == "summit.card_back_meanwhile"


def test_cards_taken_together_are_one_act_or_none(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    cards = [write(table, "Zorg") for table in tables[:3]]
    picks = [Pick(card.pk, None) for card in cards]
    actions.place_cards(clusters[0], picks, by=ALICE, now=now)
    actions.undo_last(round_, by=ALICE, now=now)
    together = [lies_in(card) for card in cards]
    actions.place_card(cards[2], clusters[1], by=BOB, now=now)

    error = refusal(lambda: actions.place_cards(clusters[0], picks, by=ALICE, now=now))

    assert (together, error.code) == (["", "", ""], "summit.card_moved_meanwhile")
    assert [lies_in(card) for card in cards] == ["", "", "doctors"]


def test_somebody_else_confirms_and_the_database_says_so(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    placement = actions.place_card(write(tables[0], "Zorg"), clusters[0], by=ALICE, now=now)

    error = refusal(lambda: actions.confirm_placements(round_, [placement.pk], by=ALICE, now=now))
    done = actions.confirm_placements(round_, [placement.pk], by=BOB, now=now)
    again = actions.confirm_placements(round_, [placement.pk], by=CARLA, now=now)

    assert (error.code, done, again) == ("summit.own_placement", 1, 0)
    assert ClusterCard.objects.get().confirmed_by == BOB
    with pytest.raises(IntegrityError), transaction.atomic():
        ClusterCard.objects.update(confirmed_by=ALICE)


def test_a_move_waits_for_a_second_person_again(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    placement = actions.place_card(card, clusters[0], by=ALICE, now=now)
    actions.confirm_placements(round_, [placement.pk], by=BOB, now=now)
    actions.place_card(card, clusters[1], by=BOB, now=now + timedelta(seconds=1))

    rows = queries.clusters_of(round_)
    error = refusal(lambda: actions.confirm_placements(round_, [placement.pk], by=CARLA, now=now))

    assert [(row.count, row.confirmed, row.eyes) for row in rows[:2]] == [(0, 0, "none"), (1, 0, "one")]
    assert error.code == "summit.card_moved_meanwhile"


def test_a_confirmation_is_taken_back_and_comes_back_with_the_place(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    card = write(tables[0], "Zorg")
    placement = actions.place_card(card, clusters[0], by=ALICE, now=now)
    actions.confirm_placements(round_, [placement.pk], by=BOB, now=now)
    actions.place_card(card, clusters[1], by=BOB, now=now + timedelta(seconds=1))

    actions.undo_last(round_, by=BOB, now=now)
    back = card.placements.standing().get()
    restored = (back.cluster.key, back.put_by, back.confirmed_by)
    actions.undo_last(round_, by=BOB, now=now)

    assert restored == ("care", ALICE, BOB)
    assert card.placements.standing().get().confirmed_by is None


def test_words_somebody_else_changed_are_not_overwritten_and_ones_own_are_taken_back(
    clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    seen = clusters[0].revision
    actions.reword_cluster(clusters[0], titles={"nl": "Zorg thuis"}, revision=seen, by=ALICE, now=now)
    error = refusal(
        lambda: actions.reword_cluster(clusters[0], titles={"nl": "Zorgen"}, revision=seen, by=BOB, now=now)
    )
    actions.undo_last(round_, by=ALICE, now=now)

    assert error.code == "summit.words_changed_meanwhile"
    assert Cluster.objects.get(pk=clusters[0].pk).say("title", "nl").text == "Care"


def test_merging_and_splitting_are_taken_back_as_one(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    cards = [write(table, "Zorg") for table in tables[:3]]
    for second, card in enumerate(cards):
        actions.place_card(card, clusters[0], by=ALICE, now=now + timedelta(seconds=second))
    actions.merge_clusters(clusters[0], clusters[1], by=BOB, now=now)
    merged = [lies_in(card) for card in cards]
    picks = [Pick(card.pk) for card in cards[:2]]
    actions.split_cluster(clusters[1], picks, titles={"nl": "Thuis"}, by=BOB, now=now + timedelta(seconds=9))
    split = [lies_in(card) for card in cards]
    actions.place_card(cards[0], clusters[2], by=ALICE, now=now + timedelta(seconds=10))
    actions.undo_last(round_, by=BOB, now=now)
    halfway = [lies_in(card) for card in cards]
    actions.undo_last(round_, by=BOB, now=now)

    assert (merged, split) == (["doctors"] * 3, ["thuis", "thuis", "doctors"])
    assert halfway == ["buses", "doctors", "doctors"]
    assert [lies_in(card) for card in cards] == ["buses", "care", "care"]
    assert [row.cluster.key for row in queries.clusters_of(round_)] == ["care", "doctors", "buses"]


def test_a_cluster_that_went_takes_no_card_and_leads_an_undo_on(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    card, other = write(tables[0], "Zorg"), write(tables[1], "Bus")
    actions.place_card(card, clusters[0], by=ALICE, now=now)
    actions.place_card(card, clusters[2], by=ALICE, now=now + timedelta(seconds=1))
    actions.merge_clusters(clusters[0], clusters[1], by=BOB, now=now)

    error = refusal(lambda: actions.place_card(other, clusters[0], by=ALICE, now=now))
    actions.undo_last(round_, by=ALICE, now=now)

    assert (error.code, lies_in(card)) == ("summit.cluster_gone", "doctors")
    assert came_from("cluster", clusters[1].pk) == [("card", card.pk)]


def test_standing_alone_is_a_decision_and_goes_on_no_ballot(
    write: Write, tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    rest = actions.make_rest(round_, by=ALICE, now=now)
    placement = actions.place_card(write(tables[0], "Iets"), rest, by=ALICE, now=now)
    actions.confirm_placements(round_, [placement.pk], by=BOB, now=now)

    errors = [
        refusal(lambda: actions.put_to_ballot(round_, [*clusters, rest], most_choices=1)).code,
        refusal(lambda: actions.merge_clusters(rest, clusters[0], by=ALICE, now=now)).code,
    ]

    assert actions.make_rest(round_, by=BOB, now=now) == rest
    assert errors == ["summit.rest_not_on_ballot", "summit.rest_stays"]
    assert [(row.cluster.is_rest, row.count) for row in queries.clusters_of(round_)][-1] == (True, 1)


MOVES = st.lists(
    st.tuples(
        st.sampled_from([ALICE, BOB, CARLA]), st.sampled_from(["put", "look", "undo", "confirm"]), st.integers(0, 5)
    ),
    max_size=30,
)


@settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_however_three_people_interleave_nothing_is_lost_or_silently_overwritten(
    moves: list[tuple[uuid.UUID, str, int]],
    write: Write,
    tables: list[Table],
    clusters: list[Cluster],
    round_: Round,
    now: datetime,
) -> None:
    with transaction.atomic():
        cards = [write(tables[0], "Zorg"), write(tables[1], "Bus")]
        seen: dict[tuple[uuid.UUID, int], uuid.UUID | None] = {}
        for step, (who, what, number) in enumerate(moves):
            at = now + timedelta(seconds=step)
            which, card, into = number % 2, cards[number % 2], clusters[number % 3]
            here = card.placements.standing().first()
            if what == "look":
                seen[who, which] = here.pk if here else None
            elif what == "put":
                known = seen.get((who, which))
                code = code_of(lambda: actions.place_card(card, into, by=who, now=at, seen=known))  # noqa: B023  # at once
                assert code in {"", "summit.card_moved_meanwhile", "summit.card_back_meanwhile"}
                if code:  # only who looked at something else is refused, and then nothing moves
                    assert known != (here.pk if here else None)
                    assert card.placements.standing().first() == here
            elif what == "confirm" and here is not None:
                place = here.pk
                code = code_of(lambda: actions.confirm_placements(round_, [place], by=who, now=at))  # noqa: B023  # at once
                assert bool(code) == (here.put_by == who)
            elif what == "undo":
                _undo_touches_only_ones_own(round_, who, cards, at)
        for card in cards:
            assert card.placements.standing().count() <= 1
            placement = card.placements.standing().first()
            assert placement is None or placement.confirmed_by is None or placement.confirmed_by != placement.put_by
            links = [came_from("cluster", cluster.pk) for cluster in clusters]
            assert sum(("card", card.pk) in found for found in links) == (placement is not None)
        transaction.set_rollback(True)


def _undo_touches_only_ones_own(round_: Round, who: uuid.UUID, cards: list[Card], at: datetime) -> None:
    before = {card.pk: card.placements.standing().first() for card in cards}
    code = code_of(lambda: actions.undo_last(round_, by=who, now=at))
    assert code in {"", "summit.nothing_to_undo"}
    assert bool(code) != DeskAct.objects.filter(by=who, undone_at=at).exists()
    for card in cards:
        earlier, later = before[card.pk], card.placements.standing().first()
        if earlier != later:
            assert earlier is not None
            assert earlier.put_by == who
