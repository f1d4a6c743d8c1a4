"""Reads about ballots, with as many queries for many rows as for few."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from burgertop.foundation.ballotbox.actions import OptionDraft, close_and_count
from burgertop.foundation.ballotbox.models import Ballot
from burgertop.foundation.ballotbox.queries import (
    ballot_for,
    ballots_of,
    due_ballots,
    has_voted,
    options_for,
    papers_in,
    result_of,
)
from burgertop.foundation.process.models import Stage, StageKind

MakeBallot = Callable[..., Ballot]
HandIn = Callable[..., list[str]]


def test_a_ballot_is_found_in_its_own_stage_only(ballot: Ballot, stage: Stage) -> None:
    other = stage.process.stages.get(kind=StageKind.PANEL)

    assert ballot_for(ballot.pk, stage) == ballot
    with pytest.raises(Http404):
        ballot_for(ballot.pk, other)


def test_the_ballots_of_a_stage_can_be_asked_by_what_they_are_about(stage: Stage, make_ballot: MakeBallot) -> None:
    subject = uuid.uuid4()
    one, two = make_ballot(stage), make_ballot(stage, subject=subject)

    assert (list(ballots_of(stage)), list(ballots_of(stage, [subject]))) == ([one, two], [two])


def test_a_ballot_whose_time_is_over_is_due_until_it_is_counted(
    stage: Stage, make_ballot: MakeBallot, now: datetime
) -> None:
    closes_at = now + timedelta(minutes=10)
    ballot = make_ballot(stage, closes_at=closes_at)
    make_ballot(stage)

    due = [list(due_ballots(now)), list(due_ballots(closes_at))]
    close_and_count(ballot, now=closes_at)

    assert [*due, list(due_ballots(closes_at))] == [[], [ballot], []]


def test_without_a_voter_the_options_stand_in_their_own_order(ballot: Ballot) -> None:
    assert [option.number for option in options_for(ballot)] == [1, 2, 3, 4]


def test_papers_are_counted_before_and_after_and_voters_only_before(
    ballot: Ballot, hand_in: HandIn, now: datetime
) -> None:
    hand_in(ballot, [[1]] * 3)
    before = (papers_in(ballot), has_voted(ballot, "drawn 1"), has_voted(ballot, "drawn 4"), result_of(ballot))

    counted = close_and_count(ballot, now=now)

    assert before == (3, True, False, None)
    assert (papers_in(counted), has_voted(counted, "drawn 1")) == (3, False)


@pytest.mark.parametrize("options", [3, 50])
def test_a_result_and_its_words_take_two_queries(
    stage: Stage,
    make_ballot: MakeBallot,
    hand_in: HandIn,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
    options: int,
) -> None:
    drafts = [OptionDraft({"nl": str(number)}) for number in range(options)]
    ballot = make_ballot(stage, options=drafts)
    hand_in(ballot, [[1]] * 3)
    counted = close_and_count(ballot, now=now)

    with django_assert_num_queries(2):
        result = result_of(counted)
        assert result is not None
        words = [str(row.option.say("title", "nl")) for row in result.groups[0].rows]

    assert len(words) == options
