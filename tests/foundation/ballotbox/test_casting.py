"""Taking papers: once for each voter, whatever happens on the way."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.foundation.ballotbox.databases import side_by_side

from burgertop.foundation.ballotbox.actions import Vote, cancel, cast, cast_together, close_and_count, prepare
from burgertop.foundation.ballotbox.models import Ballot, BallotKind, SealedPaper
from burgertop.foundation.ballotbox.queries import has_voted, papers_in, papers_of
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError

HandIn = Callable[..., list[str]]


def vote(ballot: Ballot, choices: list[int], once: uuid.UUID, now: datetime, voter: str = "alice") -> str:
    return cast(ballot, voter=voter, choices=choices, origin=Origin.DRAWN, once=once, now=now)


def test_a_paper_is_taken_and_its_receipt_has_twelve_characters(ballot: Ballot, now: datetime) -> None:
    receipt = vote(ballot, [1, 3], uuid.uuid4(), now)

    assert (len(receipt), has_voted(ballot, "alice"), papers_in(ballot)) == (12, True, 1)


def test_the_same_form_sent_twice_gives_one_paper_and_one_receipt(ballot: Ballot, now: datetime) -> None:
    once = uuid.uuid4()

    receipts = [vote(ballot, [3, 1], once, now), vote(ballot, [1, 3], once, now)]

    assert (len(set(receipts)), papers_in(ballot)) == (1, 1)


def test_the_same_form_with_other_choices_is_refused_and_the_first_stands(ballot: Ballot, now: datetime) -> None:
    once = uuid.uuid4()
    receipt = vote(ballot, [1], once, now)

    with pytest.raises(HouseError) as refused:
        vote(ballot, [2], once, now)

    assert refused.value.code == "ballots.once_reused"
    close_and_count(ballot, now=now)
    assert [(paper.receipt, paper.choices) for paper in papers_of(ballot)] == [(receipt, (1,))]


def test_a_changed_vote_replaces_the_paper_and_its_receipt(ballot: Ballot, now: datetime) -> None:
    first = vote(ballot, [1], uuid.uuid4(), now)

    second = vote(ballot, [2], uuid.uuid4(), now)

    assert first != second
    close_and_count(ballot, now=now)
    assert [(paper.receipt, paper.choices) for paper in papers_of(ballot)] == [(second, (2,))]


def test_a_replaced_paper_that_arrives_late_does_not_undo_the_change(ballot: Ballot, now: datetime) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    vote(ballot, [1], first, now)
    receipt = vote(ballot, [2], second, now)

    with pytest.raises(HouseError) as refused:
        vote(ballot, [1], first, now)

    assert refused.value.code == "ballots.paper_replaced"
    close_and_count(ballot, now=now)
    assert [(paper.receipt, paper.choices) for paper in papers_of(ballot)] == [(receipt, (2,))]


def test_two_voters_who_send_the_same_number_have_two_receipts(ballot: Ballot, now: datetime) -> None:
    once = uuid.uuid4()

    receipts = {vote(ballot, [1], once, now, voter) for voter in ("alice", "bob")}

    assert (len(receipts), papers_in(ballot)) == (2, 2)


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([1, 2, 3], "ballots.too_many_choices"),
        ([5], "ballots.unknown_option"),
        ([0], "ballots.unknown_option"),
        ([2, 2], "ballots.doubled_choice"),
    ],
)
def test_a_paper_that_is_not_valid_is_not_taken(ballot: Ballot, now: datetime, choices: list[int], code: str) -> None:
    with pytest.raises(HouseError) as refused:
        vote(ballot, choices, uuid.uuid4(), now)

    assert (refused.value.code, papers_in(ballot)) == (code, 0)


def test_an_origin_that_nobody_knows_is_refused(ballot: Ballot, now: datetime) -> None:
    with pytest.raises(ValueError, match="moon"):
        cast(ballot, voter="alice", choices=[1], origin="moon", once=uuid.uuid4(), now=now)  # type: ignore[arg-type]  # on purpose


def test_the_closing_instant_itself_is_too_late(
    stage: Stage, make_ballot: Callable[..., Ballot], now: datetime
) -> None:
    closes_at = now + timedelta(minutes=10)
    ballot = make_ballot(stage, closes_at=closes_at)
    vote(ballot, [1], uuid.uuid4(), closes_at - timedelta(microseconds=1), "alice")

    with pytest.raises(HouseError) as refused:
        vote(ballot, [1], uuid.uuid4(), closes_at, "bob")

    assert (refused.value.code, papers_in(ballot)) == ("ballots.closed", 1)


def test_a_resend_after_the_close_still_gives_its_receipt_but_takes_nothing_new(
    stage: Stage, make_ballot: Callable[..., Ballot], now: datetime
) -> None:
    closes_at = now + timedelta(minutes=10)
    ballot = make_ballot(stage, closes_at=closes_at)
    once = uuid.uuid4()
    receipt = vote(ballot, [1], once, now)

    at_close = vote(ballot, [1], once, closes_at)
    close_and_count(ballot, now=closes_at)
    after_count = vote(ballot, [1], once, closes_at)

    assert {receipt, at_close, after_count} == {receipt}
    with pytest.raises(HouseError) as refused:
        vote(ballot, [2], once, closes_at)
    assert refused.value.code == "ballots.closed"


def test_a_draft_and_a_cancelled_ballot_take_no_paper(stage: Stage, ballot: Ballot, now: datetime) -> None:
    draft = prepare(stage, BallotKind.MOTION, rule="majority_half", titles={"nl": "Motie"}, code_purpose="seat")
    cancel(ballot, reason="A wrong option.", now=now)

    codes = []
    for closed in (draft, ballot):
        with pytest.raises(HouseError) as refused:
            vote(closed, [1], uuid.uuid4(), now)
        codes.append(refused.value.code)

    assert codes == ["ballots.not_open", "ballots.cancelled"]


def test_every_envelope_has_the_same_length(ballot: Ballot, hand_in: HandIn) -> None:
    hand_in(ballot, [[], [1], [4], [1, 2], [3, 4]])

    lengths = {len(bytes(paper.sealed)) for paper in SealedPaper.objects.all()}

    assert len(lengths) == 1


def test_the_voter_is_not_stored_in_words(ballot: Ballot, now: datetime) -> None:
    vote(ballot, [1], uuid.uuid4(), now, voter="seat:alice")

    assert "alice" not in SealedPaper.objects.get().voter


def test_fifty_posts_of_one_form_give_one_paper(
    file_database: Path | None, make_stage: Callable[[], Stage], make_ballot: Callable[..., Ballot], now: datetime
) -> None:
    ballot = make_ballot(make_stage())
    once = uuid.uuid4()

    receipts = side_by_side([lambda: vote(ballot, [1], once, now)] * 50)

    assert (len(receipts), len(set(receipts)), papers_in(ballot)) == (50, 1, 1)
    assert isinstance(receipts[0], str)


def test_fifty_forms_of_one_voter_at_once_give_one_paper(
    file_database: Path | None, make_stage: Callable[[], Stage], make_ballot: Callable[..., Ballot], now: datetime
) -> None:
    ballot = make_ballot(make_stage())

    receipts = side_by_side([lambda: vote(ballot, [1], uuid.uuid4(), now)] * 50)

    assert (len(set(receipts)), papers_in(ballot)) == (50, 1)
    close_and_count(ballot, now=now)
    assert [paper.receipt in receipts for paper in papers_of(ballot)] == [True]


def test_papers_that_come_in_while_the_ballot_is_counted_are_in_the_result_or_refused(
    file_database: Path | None, make_stage: Callable[[], Stage], make_ballot: Callable[..., Ballot], now: datetime
) -> None:
    ballot = make_ballot(make_stage())
    votes: list[Callable[[], object]] = [
        lambda voter=f"voter {number}": vote(ballot, [1], uuid.uuid4(), now, voter)  # type: ignore[misc]  # bound now
        for number in range(30)
    ]
    votes.insert(15, lambda: close_and_count(ballot, now=now) and None)

    answers = side_by_side(votes)

    taken = {answer for answer in answers if isinstance(answer, str)}
    refused = [answer.code for answer in answers if isinstance(answer, HouseError)]
    assert {paper.receipt for paper in papers_of(Ballot.objects.get(pk=ballot.pk))} == taken
    assert set(refused) <= {"ballots.closed"}
    assert (len(taken) + len(refused), SealedPaper.objects.count()) == (30, 0)


# Many papers at once -----------------------------------------------------------------


def together(*choices: list[int]) -> list[Vote]:
    return [Vote(f"voter {number}", one, Origin.DRAWN, uuid.uuid4()) for number, one in enumerate(choices)]


def test_papers_taken_together_are_counted_like_papers_taken_one_by_one(ballot: Ballot, now: datetime) -> None:
    receipts = cast_together(ballot, together([1], [1, 3], [2]), now=now)

    close_and_count(ballot, now=now)
    assert sorted((paper.receipt, paper.choices) for paper in papers_of(ballot)) == sorted(
        zip(receipts, [(1,), (1, 3), (2,)], strict=True)
    )


def test_who_stands_in_a_file_twice_has_one_paper_the_last(ballot: Ballot, now: datetime) -> None:
    earlier = vote(ballot, [3], uuid.uuid4(), now)
    votes = [
        Vote("alice", [1], Origin.DRAWN, uuid.uuid4()),
        *[Vote("bob", [n], Origin.DRAWN, uuid.uuid4()) for n in (1, 2)],
    ]

    receipts = cast_together(ballot, votes, now=now)

    close_and_count(ballot, now=now)
    assert {paper.receipt: paper.choices for paper in papers_of(ballot)} == {receipts[0]: (1,), receipts[2]: (2,)}
    assert earlier not in receipts


def test_one_bad_paper_keeps_all_of_them_out(ballot: Ballot, now: datetime) -> None:
    with pytest.raises(HouseError):
        cast_together(ballot, together([1], [99]), now=now)

    assert papers_in(ballot) == 0


def test_nothing_is_taken_together_after_the_close(ballot: Ballot, now: datetime) -> None:
    close_and_count(ballot, now=now)

    with pytest.raises(HouseError) as refused:
        cast_together(ballot, together([1]), now=now)

    assert refused.value.code == "ballots.closed"


def test_a_thousand_papers_cost_as_many_queries_as_one(ballot: Ballot, now: datetime) -> None:
    counts = []
    for size in (1, 40):
        with CaptureQueriesContext(connection) as seen:
            cast_together(ballot, [Vote(f"{size}/{n}", [1], Origin.DRAWN, uuid.uuid4()) for n in range(size)], now=now)
        counts.append(len(seen))

    assert counts[0] == counts[1]
