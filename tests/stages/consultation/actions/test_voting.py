"""The vote on the themes."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from burgertop.foundation.ballotbox.actions import cast
from burgertop.foundation.ballotbox.closing import close_due
from burgertop.foundation.ballotbox.models import Ballot
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.queries import entries_of
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.actions import close_vote, open_vote, prepare_vote, reword_theme, withdraw_vote
from burgertop.stages.consultation.models import Theme
from burgertop.stages.consultation.queries import agenda_of


def prepared(stage: Stage, themes: list[Theme]) -> Ballot:
    return prepare_vote(stage, themes, titles={"en": "Which themes?"}, questions={"en": "Three"}, now=timezone.now())


def voted(ballot: Ballot, papers: list[list[int]]) -> None:
    for number, choices in enumerate(papers):
        cast(
            ballot,
            voter=f"visitor:{number}",
            choices=choices,
            origin=Origin.SELF_SELECTED,
            once=uuid.uuid4(),
            now=timezone.now(),
        )


def keys(stage: Stage) -> list[str]:
    return [theme.key for theme in agenda_of(stage)]


def test_the_three_with_the_most_votes_are_the_agenda(stage: Stage, themes: list[Theme]) -> None:
    ballot = prepared(stage, themes)
    open_vote(stage, now=timezone.now())
    voted(ballot, [[4], [4, 2], [4, 2, 1], [3, 4, 2], [1], [1, 2, 4]])

    close_vote(stage, now=timezone.now())

    assert keys(stage) == ["schools", "care-for-the-old", "buses-and-trains"]
    assert [line.kind for line in entries_of(stage.process_id)[:1]] == ["agenda_set"]


def test_a_vote_whose_time_is_over_sets_the_agenda_by_itself_once(stage: Stage, themes: list[Theme]) -> None:
    now = timezone.now()
    ballot = prepared(stage, themes)
    open_vote(stage, now=now, closes_at=now + timedelta(hours=1))
    voted(ballot, [[4], [4, 2], [4, 2, 1]])

    done = [close_due(now=now + timedelta(hours=1)).counted for _ in range(2)]

    assert (done, keys(stage)) == ([(ballot.pk,), ()], ["schools", "care-for-the-old", "buses-and-trains"])
    assert entries_of(stage.process_id).filter(kind="agenda_set").count() == 1


def test_closing_twice_gives_the_same_agenda(stage: Stage, themes: list[Theme]) -> None:
    ballot = prepared(stage, themes)
    open_vote(stage, now=timezone.now())
    voted(ballot, [[1, 2, 3]])

    first, second = close_vote(stage, now=timezone.now()), close_vote(stage, now=timezone.now())

    assert first == second == list(agenda_of(stage))


def test_a_tie_for_the_last_place_is_broken_by_a_lot_that_stands_in_the_record(
    stage: Stage, themes: list[Theme]
) -> None:
    ballot = prepared(stage, themes)
    open_vote(stage, now=timezone.now())
    voted(ballot, [[1, 2], [1, 2], [3], [4]])

    close_vote(stage, now=timezone.now())

    lot = entries_of(stage.process_id).get(kind="tie_broken").facts
    assert (lot["tied"], lot["places"], lot["seed"]) == ([3, 4], 1, Ballot.objects.get().papers_digest)
    assert keys(stage)[:2] == ["buses-and-trains", "care-for-the-old"]
    assert len(keys(stage)) == 3


def test_there_must_be_something_to_choose(stage: Stage, themes: list[Theme]) -> None:
    with pytest.raises(HouseError) as raised:
        prepared(stage, themes[:3])

    assert (raised.value.code, raised.value.params) == ("consultation.too_few_themes", {"least": 4, "chosen": 3})


def test_themes_on_a_ballot_are_fixed_until_it_is_withdrawn(stage: Stage, themes: list[Theme]) -> None:
    prepared(stage, themes)

    with pytest.raises(HouseError) as raised:
        reword_theme(themes[0], titles={"en": "Other"}, now=timezone.now())
    withdraw_vote(stage, now=timezone.now())
    reword_theme(themes[0], titles={"en": "Other"}, now=timezone.now())

    assert raised.value.code == "consultation.themes_fixed"
    assert not Ballot.objects.exists()


def test_one_vote_at_a_time_and_none_that_ends_in_the_past(stage: Stage, themes: list[Theme]) -> None:
    now = timezone.now()
    steps: list[Callable[[], object]] = [
        lambda: open_vote(stage, now=now),
        lambda: prepared(stage, themes),
        lambda: prepared(stage, themes),
        lambda: open_vote(stage, now=now, closes_at=now - timedelta(hours=1)),
        lambda: close_vote(stage, now=now),
    ]
    codes = []

    for step in steps:
        try:
            step()
        except HouseError as error:
            codes.append(error.code)

    assert codes == [
        "consultation.no_vote",
        "consultation.vote_running",
        "consultation.vote_ends_in_past",
        "consultation.no_vote",
    ]
