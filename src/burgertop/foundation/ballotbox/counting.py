"""After the vote: envelopes are opened, mixed and counted, and the key is destroyed."""

import secrets
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from burgertop.core.ballots import ABSTAIN, AGAINST, FOR, RULES, Kind, Tally, tally_of
from burgertop.foundation.ballotbox.events import BallotClosed
from burgertop.foundation.ballotbox.kinds import core_papers, kind_of
from burgertop.foundation.ballotbox.locks import alone_with
from burgertop.foundation.ballotbox.models import Ballot, BallotState, Paper, SealedPaper
from burgertop.foundation.ballotbox.published import PublishedPaper, digest_of
from burgertop.foundation.ballotbox.sealing import Unsealed, destroy_key, private_key, unseal
from burgertop.foundation.events import publish
from burgertop.foundation.keys import ballot_keys
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError

__all__ = ["LEAST_APART", "cancel", "close_and_count", "sweep_keys"]

LEAST_APART = 10
RESULT_VERSION = 1
BATCH = 500


@dataclass(slots=True)
class Opened:
    """The opened papers of one origin, and how many envelopes held none."""

    papers: list[Unsealed] = field(default_factory=list)
    unreadable: int = 0

    @property
    def handed_in(self) -> int:
        """Every envelope of the origin."""
        return len(self.papers) + self.unreadable


@transaction.atomic
def close_and_count(ballot: Ballot, *, now: datetime, is_told: bool = True) -> Ballot:
    """Take no more papers, open and mix the envelopes, count, publish; a second time changes nothing.

    Envelopes are opened in memory only. What is written has no voter, no time and no order
    of casting. A group of an origin under ten papers is not counted apart, unless it is the
    only one, and its papers are not kept: only their receipts are. Envelopes that cannot be
    opened count as invalid, and the record says how many. The key is destroyed after commit.

    With ``is_told`` false the line of the record says nothing of the result, which is published
    later: the digest of the papers binds it, and nobody can guess the receipts behind it.

    Raises:
        HouseError: ``ballots.not_open``, ``ballots.cancelled``, ``ballots.key_missing``,
            ``ballots.key_wrong``; then nothing is lost, every envelope stays where it is.
    """
    current = _alone(ballot)
    if current.state == BallotState.COUNTED:
        return current
    if current.state != BallotState.OPEN:
        raise HouseError("ballots.cancelled" if current.state == BallotState.CANCELLED else "ballots.not_open")
    opened = _open_envelopes(current)
    counted, too_few = _parted(opened)
    papers = [
        Paper(ballot=current, origin=origin, receipt=paper.receipt, choices=list(paper.choices))
        for origin, group in counted.items()
        for paper in group.papers
    ]
    secrets.SystemRandom().shuffle(papers)
    SealedPaper.objects.filter(ballot=current).delete()
    Paper.objects.bulk_create(papers, batch_size=BATCH)
    current.result = _result(current, counted, too_few)
    current.papers_digest = digest_of(PublishedPaper(one.origin, one.receipt, tuple(one.choices)) for one in papers)
    current.state = BallotState.COUNTED
    current.counted_at = now
    current.save(update_fields=["result", "papers_digest", "state", "counted_at"])
    append(current.stage.process_id, "ballot_counted", _facts(current, is_told=is_told), now=now)
    publish(BallotClosed(current.stage.process_id, current.stage_id, current.pk))
    transaction.on_commit(lambda: _leave_no_trace(current.pk), robust=True)
    return current


@transaction.atomic
def cancel(ballot: Ballot, *, reason: str, now: datetime) -> Ballot:
    """Give a ballot up before it is counted: its envelopes and its key are destroyed unopened.

    The reason stands in the public record; it must name nobody. A second time changes nothing.

    Raises:
        HouseError: ``ballots.counted_already``, ``ballots.reason_missing``.
    """
    current = _alone(ballot)
    if current.state == BallotState.CANCELLED:
        return current
    if current.state == BallotState.COUNTED:
        raise HouseError("ballots.counted_already")
    if not reason.strip():
        raise HouseError("ballots.reason_missing")
    handed_in, _ = SealedPaper.objects.filter(ballot=current).delete()
    current.state = BallotState.CANCELLED
    current.save(update_fields=["state"])
    facts = {"ballot": str(current.pk), "reason": reason.strip(), "papers": handed_in}
    append(current.stage.process_id, "ballot_cancelled", facts, now=now)
    transaction.on_commit(lambda: _leave_no_trace(current.pk), robust=True)
    return current


def sweep_keys() -> int:
    """Destroy the keys of ballots that are over, left by a crash; call it when the server starts.

    Returns:
        How many were destroyed.
    """
    left: dict[uuid.UUID, str] = {}
    for path in ballot_keys().glob("*.key"):
        try:
            left[uuid.UUID(path.stem)] = path.name
        except ValueError:
            continue
    over = Ballot.objects.filter(pk__in=left, state__in=[BallotState.COUNTED, BallotState.CANCELLED])
    swept = [destroy_key(pk) for pk in over.values_list("pk", flat=True)]
    if swept:
        _rewrite_files()
    return sum(swept)


# Opening -----------------------------------------------------------------------------


def _alone(ballot: Ballot) -> Ballot:
    alone_with(ballot.pk)
    return Ballot.objects.select_for_update(of=("self",)).select_related("stage").get(pk=ballot.pk)


def _open_envelopes(ballot: Ballot) -> dict[str, Opened]:
    """Open every envelope; one that was changed, or copied from another, is counted as unreadable."""
    key = private_key(ballot.pk, bytes(ballot.public_key))
    opened: defaultdict[str, Opened] = defaultdict(Opened)
    seen: set[str] = set()
    rows = SealedPaper.objects.filter(ballot=ballot).values_list("origin", "sealed")
    for origin, sealed in rows.iterator(chunk_size=BATCH):
        paper = unseal(key, bytes(sealed))
        if paper is None or paper.receipt in seen:
            opened[origin].unreadable += 1
        else:
            seen.add(paper.receipt)
            opened[origin].papers.append(paper)
    return dict(sorted(opened.items()))


def _parted(opened: Mapping[str, Opened]) -> tuple[dict[str, Opened], dict[str, Opened]]:
    """Set the groups apart that are too small to be counted alone."""
    is_only = len(opened) == 1
    counted = {origin: group for origin, group in opened.items() if is_only or group.handed_in >= LEAST_APART}
    return counted, {origin: group for origin, group in opened.items() if origin not in counted}


# Counting ----------------------------------------------------------------------------


def _result(ballot: Ballot, counted: Mapping[str, Opened], too_few: Mapping[str, Opened]) -> dict[str, object]:
    handed_in = sum(group.handed_in for group in (*counted.values(), *too_few.values()))
    has_quorum = handed_in >= ballot.quorum
    kind = kind_of(ballot, ballot.options.count())
    return {
        "version": RESULT_VERSION,
        "kind": str(ballot.kind),
        "rule": ballot.rule,
        "seats": ballot.seats,
        "eligible": ballot.eligible,
        "handed_in": handed_in,
        "turnout": handed_in / ballot.eligible if ballot.eligible else None,
        "quorum": ballot.quorum,
        "has_quorum": has_quorum,
        "groups": [_group(ballot, kind, origin, group, has_quorum) for origin, group in counted.items()],
        "too_few": [
            {
                "origin": origin,
                "papers": group.handed_in,
                "receipts": sorted(paper.receipt for paper in group.papers),
            }
            for origin, group in too_few.items()
        ],
    }


def _group(ballot: Ballot, kind: Kind, origin: str, group: Opened, has_quorum: bool) -> dict[str, object]:
    papers = core_papers([paper.choices for paper in group.papers])
    tally = tally_of(kind, papers, rule=ballot.rule, winners=ballot.seats)
    valid = tally.papers - tally.blank - tally.invalid
    bases = _bases(tally, valid)
    return {
        "origin": origin,
        "papers": group.handed_in,
        "blank": tally.blank,
        "invalid": tally.invalid + group.unreadable,
        "unreadable": group.unreadable,
        "valid": valid,
        "rows": [
            {"option": number, "votes": votes, "share": votes / base if base else None}
            for number, (votes, base) in enumerate(zip(tally.counts, bases, strict=True), start=1)
        ],
        "order": [_numbers(options) for options in tally.order],
        "chosen": _numbers(tally.chosen) if has_quorum else [],
        "tied": _numbers(tally.tied) if has_quorum else [],
        "open_places": tally.open_places if has_quorum else 0,
    }


def _bases(tally: Tally, valid: int) -> list[int]:
    """What the share of each option is a share of; 0 where a share says nothing (points)."""
    majority = RULES[tally.rule].majority
    if majority is not None:
        abstained = tally.counts[ABSTAIN]
        base = tally.counts[FOR] + tally.counts[AGAINST]
        return [base + abstained] * 3 if majority.counts_abstentions else [base, base, 0]
    return [valid if tally.rule == "approval_count" else 0] * len(tally.counts)


def _numbers(options: Sequence[int]) -> list[int]:
    return [option + 1 for option in options]


def _facts(ballot: Ballot, *, is_told: bool) -> dict[str, object]:
    """What the record says of a count: for each origin, and the digest of the papers."""
    result = ballot.result or {}
    if not is_told:
        groups = [{name: group[name] for name in ("origin", "papers", "unreadable")} for group in result["groups"]]
        facts: dict[str, object] = {"ballot": str(ballot.pk), "rule": ballot.rule, "eligible": ballot.eligible}
        return {**facts, "groups": groups, "papers_digest": ballot.papers_digest}
    return {
        "ballot": str(ballot.pk),
        "rule": ballot.rule,
        "eligible": ballot.eligible,
        "handed_in": result["handed_in"],
        "has_quorum": result["has_quorum"],
        "groups": [
            {
                **{name: group[name] for name in ("origin", "papers", "blank", "invalid", "unreadable")},
                "votes": [row["votes"] for row in group["rows"]],
                "chosen": group["chosen"],
                "tied": group["tied"],
            }
            for group in result["groups"]
        ],
        "too_few": [{"origin": group["origin"], "papers": group["papers"]} for group in result["too_few"]],
        "papers_digest": ballot.papers_digest,
    }


# Afterwards --------------------------------------------------------------------------


def _leave_no_trace(ballot_id: uuid.UUID) -> None:
    """Destroy the key and let the database's files forget the envelopes."""
    destroy_key(ballot_id)
    _rewrite_files()


def _rewrite_files() -> None:
    """Empty the log that still holds the deleted rows, where the database is not inside a transaction."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif connection.vendor == "postgresql":
            cursor.execute("VACUUM ballotbox_sealedpaper")
