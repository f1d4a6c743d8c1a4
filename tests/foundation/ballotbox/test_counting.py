"""The count: every paper once, ties told, small groups not shown, the key gone."""

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction
from tests.foundation.ballotbox.databases import side_by_side

from burgertop.foundation.ballotbox import counting
from burgertop.foundation.ballotbox.actions import cancel, cast, close_and_count, sweep_keys
from burgertop.foundation.ballotbox.events import BallotClosed
from burgertop.foundation.ballotbox.models import Ballot, BallotKind, BallotState, Paper, SealedPaper
from burgertop.foundation.ballotbox.published import digest_of
from burgertop.foundation.ballotbox.queries import papers_of, result_of
from burgertop.foundation.ballotbox.sealing import Unsealed, key_file, make_key, seal
from burgertop.foundation.events import listen
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError

HandIn = Callable[..., list[str]]
MakeBallot = Callable[..., Ballot]


def facts_of(kind: str) -> dict[str, object]:
    facts: dict[str, object] = Entry.objects.get(kind=kind).facts
    return facts


def test_votes_are_counted_and_the_winner_is_chosen(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    hand_in(ballot, [[1, 2], [2], [2, 3], []])

    close_and_count(ballot, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    group = result.groups[0]
    assert [(row.number, row.votes, row.share, row.is_chosen) for row in group.rows] == [
        (2, 3, 1.0, True),
        (1, 1, 1 / 3, False),
        (3, 1, 1 / 3, False),
        (4, 0, 0.0, False),
    ]
    assert (group.papers, group.valid, group.blank, group.invalid, result.handed_in) == (4, 3, 1, 0, 4)


def test_a_tie_at_the_last_place_is_told_and_not_broken(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    hand_in(ballot, [[1], [2]])

    close_and_count(ballot, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    assert (result.groups[0].chosen, result.groups[0].tied, result.groups[0].open_places) == ((), (1, 2), 1)


def test_counting_twice_changes_nothing(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    hand_in(ballot, [[1], [2, 3]])

    first = close_and_count(ballot, now=now)
    ids = set(Paper.objects.values_list("pk", flat=True))
    second = close_and_count(ballot, now=now)

    assert (second.result, second.papers_digest) == (first.result, first.papers_digest)
    assert set(Paper.objects.values_list("pk", flat=True)) == ids
    assert Entry.objects.filter(kind="ballot_counted").count() == 1


def test_origins_are_counted_apart_and_never_added_up(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    hand_in(ballot, [[1]] * 10, Origin.DRAWN)
    hand_in(ballot, [[2]] * 12, Origin.G_HOME)

    close_and_count(ballot, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    assert [(group.origin, group.papers, group.chosen) for group in result.groups] == [
        (Origin.DRAWN, 10, (1,)),
        (Origin.G_HOME, 12, (2,)),
    ]
    assert result.main == result.group_of(Origin.G_HOME)


def test_a_group_under_ten_is_neither_counted_nor_kept(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    hand_in(ballot, [[1]] * 10, Origin.DRAWN)
    receipts = hand_in(ballot, [[2]] * 9, Origin.G_HOME)

    close_and_count(ballot, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    assert [(group.origin, group.papers) for group in result.groups] == [(Origin.DRAWN, 10)]
    assert [(group.origin, group.papers) for group in result.too_few] == [(Origin.G_HOME, 9)]
    assert not Paper.objects.filter(receipt__in=receipts).exists()
    assert (result.ballot.result or {})["too_few"][0]["receipts"] == sorted(receipts)


def test_a_small_group_is_counted_when_it_is_the_only_one(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    hand_in(ballot, [[1]] * 3)

    close_and_count(ballot, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    assert ([group.papers for group in result.groups], result.too_few) == ([3], ())


def test_a_ballot_without_a_paper_has_a_result(ballot: Ballot, now: datetime) -> None:
    close_and_count(ballot, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    assert (result.handed_in, result.groups, result.too_few) == (0, (), ())


@pytest.mark.parametrize(("for_", "against", "adopted"), [(22, 10, True), (21, 11, False)])
def test_a_motion_needs_two_thirds(
    stage: Stage, make_ballot: MakeBallot, hand_in: HandIn, now: datetime, for_: int, against: int, adopted: bool
) -> None:
    motion = make_ballot(stage, kind=BallotKind.MOTION, rule="majority_two_thirds", options=(), most_choices=1)
    hand_in(motion, [[1]] * for_ + [[2]] * against + [[3]] * 4)

    close_and_count(motion, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    group = result.groups[0]
    assert (group.is_adopted, [row.votes for row in group.rows]) == (adopted, [for_, against, 4])
    assert [row.share for row in group.rows] == [for_ / 32, against / 32, None]


def test_below_the_quorum_nothing_is_chosen(
    stage: Stage, make_ballot: MakeBallot, hand_in: HandIn, now: datetime
) -> None:
    ballot = make_ballot(stage, quorum=4, eligible=32)
    hand_in(ballot, [[1]] * 3)

    close_and_count(ballot, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    assert (result.has_quorum, result.groups[0].chosen, result.turnout) == (False, (), 3 / 32)


def test_a_changed_envelope_is_counted_as_invalid_and_the_record_says_so(
    ballot: Ballot, hand_in: HandIn, now: datetime
) -> None:
    hand_in(ballot, [[1]] * 3)
    changed = SealedPaper.objects.first()
    assert changed is not None
    changed.sealed = bytes(changed.sealed)[:-1] + bytes([bytes(changed.sealed)[-1] ^ 1])
    changed.save()

    close_and_count(ballot, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    group = result.groups[0]
    assert (group.papers, group.valid, group.invalid, group.unreadable) == (3, 2, 1, 1)
    assert facts_of("ballot_counted")["groups"] == [
        {
            "origin": "drawn",
            "papers": 3,
            "blank": 0,
            "invalid": 1,
            "unreadable": 1,
            "votes": [2, 0, 0, 0],
            "chosen": [1],
            "tied": [],
        }
    ]


def test_an_envelope_copied_to_another_voter_counts_once(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    hand_in(ballot, [[1], [2]])
    one, other = SealedPaper.objects.all()
    SealedPaper.objects.filter(pk=other.pk).update(sealed=one.sealed)

    close_and_count(ballot, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    assert (result.groups[0].valid, result.groups[0].unreadable) == (1, 1)


def test_a_sealed_paper_that_breaks_the_rules_is_invalid(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    hand_in(ballot, [[1], [2]])
    forged = seal(bytes(ballot.public_key), Unsealed((1, 2, 3, 4), "222222222222"), ballot.most_choices)
    row = SealedPaper.objects.first()
    assert row is not None
    SealedPaper.objects.filter(pk=row.pk).update(sealed=forged)

    close_and_count(ballot, now=now)

    result = result_of(Ballot.objects.get())
    assert result is not None
    assert (result.groups[0].valid, result.groups[0].invalid, result.groups[0].unreadable) == (1, 1, 0)


@pytest.mark.parametrize("damage", ["missing", "wrong"])
def test_without_its_key_a_ballot_is_not_counted_and_nothing_is_lost(
    ballot: Ballot, hand_in: HandIn, now: datetime, damage: str
) -> None:
    hand_in(ballot, [[1]] * 3)
    kept = key_file(ballot.pk).read_bytes()
    if damage == "missing":
        key_file(ballot.pk).unlink()
    else:
        make_key(ballot.pk)

    with pytest.raises(HouseError) as refused:
        close_and_count(ballot, now=now)

    assert (refused.value.code, SealedPaper.objects.count()) == (f"ballots.key_{damage}", 3)
    key_file(ballot.pk).write_bytes(kept)
    assert close_and_count(ballot, now=now).state == BallotState.COUNTED


@pytest.mark.django_db(transaction=True)
def test_the_key_is_destroyed_after_the_count_and_listeners_are_told(
    make_stage: Callable[[], Stage], make_ballot: MakeBallot, hand_in: HandIn, now: datetime
) -> None:
    told: list[BallotClosed] = []
    listen(BallotClosed, told.append)
    stage = make_stage()
    ballot = make_ballot(stage)
    hand_in(ballot, [[1]])

    close_and_count(ballot, now=now)

    assert not key_file(ballot.pk).exists()
    assert BallotClosed(stage.process_id, stage.pk, ballot.pk) in told


@pytest.mark.django_db(transaction=True)
def test_a_count_that_is_rolled_back_keeps_key_and_envelopes(
    make_stage: Callable[[], Stage], make_ballot: MakeBallot, hand_in: HandIn, now: datetime
) -> None:
    ballot = make_ballot(make_stage())
    hand_in(ballot, [[1]])

    with transaction.atomic():
        close_and_count(ballot, now=now)
        transaction.set_rollback(True)

    assert (key_file(ballot.pk).exists(), SealedPaper.objects.count(), Paper.objects.count()) == (True, 1, 0)


def test_a_crash_between_commit_and_destruction_is_mended_at_the_next_start(
    ballot: Ballot, stage: Stage, make_ballot: MakeBallot, hand_in: HandIn, now: datetime
) -> None:
    still_open = make_ballot(stage)
    hand_in(ballot, [[1]])
    close_and_count(ballot, now=now)  # inside the transaction of the test: what follows a commit never runs
    assert key_file(ballot.pk).exists()

    swept = [sweep_keys(), sweep_keys()]

    assert (swept, key_file(ballot.pk).exists(), key_file(still_open.pk).exists()) == ([1, 0], False, True)


def test_a_file_that_is_no_key_does_not_stop_the_sweep(ballot: Ballot, now: datetime) -> None:
    stray = key_file(ballot.pk).with_name("notes.key")
    stray.write_text("not a key")
    cancel(ballot, reason="A test.", now=now)

    assert (sweep_keys(), stray.exists()) == (1, True)
    stray.unlink()


def test_a_cancelled_ballot_loses_its_envelopes_and_says_why(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    hand_in(ballot, [[1]] * 3)

    cancelled = [cancel(ballot, reason=" One option was missing. ", now=now) for _ in range(2)]

    assert [one.state for one in cancelled] == [BallotState.CANCELLED] * 2
    assert SealedPaper.objects.count() == 0
    assert facts_of("ballot_cancelled") == {
        "ballot": str(ballot.pk),
        "reason": "One option was missing.",
        "papers": 3,
    }


def test_what_cannot_be_cancelled_or_counted(
    ballot: Ballot, stage: Stage, make_ballot: MakeBallot, now: datetime
) -> None:
    counted = close_and_count(ballot, now=now)
    still_open = make_ballot(stage)
    codes = []

    for action in (
        lambda: cancel(counted, reason="Too late.", now=now),
        lambda: cancel(still_open, reason="  ", now=now),
        lambda: close_and_count(cancel(still_open, reason="A test.", now=now), now=now),
    ):
        with pytest.raises(HouseError) as refused:
            action()
        codes.append(refused.value.code)

    assert codes == ["ballots.counted_already", "ballots.reason_missing", "ballots.cancelled"]


def test_the_record_names_the_digest_of_the_public_list(ballot: Ballot, hand_in: HandIn, now: datetime) -> None:
    hand_in(ballot, [[1], [2, 3], []])

    counted = close_and_count(ballot, now=now)

    assert facts_of("ballot_counted")["papers_digest"] == counted.papers_digest == digest_of(papers_of(ballot))


def test_the_record_names_no_voter_and_no_receipt(ballot: Ballot, now: datetime) -> None:
    receipt = cast(ballot, voter="alice", choices=[1], origin=Origin.DRAWN, once=uuid.uuid4(), now=now)

    close_and_count(ballot, now=now)

    written = repr(list(Entry.objects.values_list("facts", flat=True)))
    assert [text in written for text in ("alice", receipt)] == [False, False]


def test_two_counts_at_once_give_one_result(
    file_database: Path | None, make_stage: Callable[[], Stage], make_ballot: MakeBallot, hand_in: HandIn, now: datetime
) -> None:
    ballot = make_ballot(make_stage())
    hand_in(ballot, [[1]] * 12)

    counts = side_by_side([lambda: close_and_count(ballot, now=now).papers_digest] * 8)

    assert (len(set(counts)), Paper.objects.count()) == (1, 12)
    assert Entry.objects.filter(kind="ballot_counted").count() == 1
    assert not key_file(ballot.pk).exists()


def test_groups_under_ten_are_the_small_ones() -> None:
    assert counting.LEAST_APART == 10
