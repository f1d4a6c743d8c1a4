"""Blind second coders."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest

from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions, queries
from burgertop.stages.summit.models import Card, Cluster, CodingSample, Round, Table

ALICE, BOB, CARLA = (uuid.UUID(int=number) for number in (1, 2, 3))


@pytest.fixture
def sample(
    write: Callable[..., Card], tables: list[Table], clusters: list[Cluster], round_: Round, now: datetime
) -> CodingSample:
    """Eight cards that Alice placed in two clusters, all of them drawn for Carla."""
    for number in range(8):
        card = write(tables[number % 4], f"Kaart {number}")
        actions.place_card(card, clusters[number % 2], by=ALICE, now=now)
    return actions.draw_sample(round_, size=20, seed="dice", coder=CARLA, now=now)


def test_the_same_seed_draws_the_same_cards_over_all_clusters(
    sample: CodingSample, round_: Round, now: datetime
) -> None:
    drawn = [actions.draw_sample(round_, size=4, seed="4 2 1", coder=CARLA, now=now) for _ in range(2)]

    first, second = ([item.card_id for item in one.items.all()] for one in drawn)
    assert (len(first), first) == (4, second)
    assert len({item.cluster_id for item in drawn[0].items.all()}) == 2


def test_nobody_codes_what_they_placed_or_confirmed(
    sample: CodingSample, clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    item = sample.items.all()[0]
    place = item.card.placements.standing().get()
    actions.confirm_placements(round_, [place.pk], by=BOB, now=now)

    codes = []
    for who in (ALICE, BOB):
        with pytest.raises(HouseError) as caught:
            actions.code_card(item, clusters[0], coder=who, now=now)
        codes.append(caught.value.code)
    with pytest.raises(HouseError) as caught:
        actions.draw_sample(round_, size=4, seed="x", coder=ALICE, now=now)

    assert codes == ["summit.coder_knows_card"] * 2
    assert caught.value.code == "summit.nothing_to_code"
    assert queries.items_for(sample, BOB).count() == 7


def test_the_agreement_is_told_when_a_coder_is_through_and_not_before(
    sample: CodingSample, clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    items = list(sample.items.all())
    for item in items[:-1]:
        actions.code_card(item, item.cluster, coder=CARLA, now=now)
    before = queries.sample_view(sample)
    wrong = clusters[1] if items[-1].cluster == clusters[0] else clusters[0]
    actions.code_card(items[-1], wrong, coder=CARLA, now=now)
    actions.code_card(items[-1], items[-1].cluster, coder=CARLA, now=now)  # the first answer stays

    view = queries.sample_view(sample)
    assert before is None
    assert view is not None
    assert (view.coders, view.agreement.cards, view.agreement.share) == (1, 8, 7 / 8)
    assert view.agreement.alpha is not None
    assert 0.7 < view.agreement.alpha < 0.8
    facts = Entry.objects.get(kind="cards_coded_blind").facts
    assert (facts["cards"], facts["agree_in_hundredths"]) == (8, 88)


def test_clusters_that_were_merged_since_count_as_one(
    sample: CodingSample, clusters: list[Cluster], round_: Round, now: datetime
) -> None:
    for item in sample.items.all():
        actions.code_card(item, clusters[0], coder=CARLA, now=now)
    actions.merge_clusters(clusters[1], clusters[0], by=ALICE, now=now)

    view = queries.sample_view(sample)

    assert view is not None
    assert (view.agreement.alpha, view.agreement.share, len(view.clusters)) == (None, 1.0, 1)
