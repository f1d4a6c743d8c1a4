"""Who may vote, and under which key."""

import uuid
from collections.abc import Callable
from datetime import datetime

import pytest

from burgertop.foundation.ballotbox.models import Admission, Ballot
from burgertop.foundation.ballotbox.voters import voter_key
from burgertop.foundation.codes.actions import enter, make, replace
from burgertop.foundation.origins import Origin
from burgertop.foundation.people.actors import Actor, Pass
from burgertop.foundation.people.models import Participant
from burgertop.foundation.process.models import Stage


@pytest.fixture
def alice(stage: Stage) -> Participant:
    """Somebody who was drawn."""
    return Participant.objects.create(process=stage.process, origin=Origin.DRAWN, language="nl")


def entered(ballot: Ballot, participant: Participant, typed: str, now: datetime) -> Actor:
    process_id = ballot.stage.process_id
    code = enter(process_id, "seat", typed, network="n", now=now)
    return Actor(passes=(Pass("seat", process_id, participant.pk, key=str(code.pk)),), visitor="v" * 32)


def test_a_code_gives_its_row_a_vote_with_its_origin(ballot: Ballot, alice: Participant, now: datetime) -> None:
    typed = make(ballot.stage.process_id, "seat", alice.pk)

    key = voter_key(ballot, entered(ballot, alice, typed, now), ballot.stage.process_id)

    assert key == (f"seat:{alice.pk}", Origin.DRAWN)


def test_a_replaced_code_ends_the_old_pass_and_the_new_one_has_the_same_key(
    ballot: Ballot, alice: Participant, now: datetime
) -> None:
    process_id = ballot.stage.process_id
    old = entered(ballot, alice, make(process_id, "seat", alice.pk), now)

    new = entered(ballot, alice, replace(process_id, "seat", alice.pk), now)

    assert [voter_key(ballot, actor, process_id) for actor in (old, new)] == [
        None,
        (f"seat:{alice.pk}", Origin.DRAWN),
    ]


@pytest.mark.parametrize("purpose", ["idea", "reply"])
def test_a_pass_for_something_else_gives_no_vote(ballot: Ballot, alice: Participant, purpose: str) -> None:
    process_id = ballot.stage.process_id
    elsewhere = Actor(passes=(Pass("seat", uuid.uuid4(), alice.pk), Pass(purpose, process_id, alice.pk)), visitor="v")

    assert voter_key(ballot, elsewhere, process_id) is None


def test_an_open_ballot_gives_each_browser_one_key_that_differs_by_ballot(
    stage: Stage, make_ballot: Callable[..., Ballot]
) -> None:
    one, two = (make_ballot(stage, admission=Admission.ANYONE, code_purpose="") for _ in range(2))

    keys = [
        voter_key(ballot, Actor(visitor=visitor), stage.process_id)
        for ballot, visitor in ((one, "a"), (one, "a"), (one, "b"), (two, "a"))
    ]

    assert keys[0] == keys[1] is not None
    assert len(set(keys)) == 3
    assert {key[1] for key in keys if key} == {Origin.SELF_SELECTED}


def test_a_browser_without_a_secret_has_no_vote(stage: Stage, make_ballot: Callable[..., Ballot]) -> None:
    ballot = make_ballot(stage, admission=Admission.ANYONE, code_purpose="")

    assert voter_key(ballot, Actor(), stage.process_id) is None
