"""The ballots of the hall: made of clusters, opened, counted, published; and the seat codes to vote with."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from burgertop.foundation.ballotbox import actions as box
from burgertop.foundation.ballotbox.models import Admission, Ballot, BallotKind, BallotState
from burgertop.foundation.codes import actions as codes
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.trace.actions import link
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import BallotWaiver, Card, Cluster, HallBallot, Round, WaiverKind
from burgertop.stages.summit.news import tell_hall
from burgertop.stages.summit.queries import codes_missing, faults_of, roster_of, themes_for

__all__ = [
    "CODE_PURPOSE",
    "cancel_ballot",
    "close_ballot",
    "close_due_ballot",
    "make_seat_codes",
    "note_result",
    "open_ballot",
    "publish_result",
    "put_to_ballot",
    "replace_seat_code",
]

CODE_PURPOSE = "seat"
RULE = "approval_count"
LEAST_OPTIONS = 2
REFUSALS = {
    WaiverKind.UNCONFIRMED: "summit.ballot_unconfirmed",
    WaiverKind.WORDS: "summit.ballot_words_missing",
    WaiverKind.OBJECTIONS: "summit.ballot_objections",
}


@transaction.atomic
def put_to_ballot(
    round_: Round,
    clusters: Sequence[Cluster],
    *,
    most_choices: int,
    seats: int = 1,
    titles: Mapping[str, str] | None = None,
    waivers: Mapping[WaiverKind, str] | None = None,
    by: uuid.UUID | None = None,
    now: datetime | None = None,
) -> HallBallot:
    """Make a ballot from clusters of a round; people choose some of them with their seat code.

    The trace gets every cluster from its cards, and every card from the question of the round. A second
    person has confirmed every card, every language has its words, and no table waits for an answer: what
    of this is left out needs a reason, which is kept with the ballot and stands in the record.

    Args:
        most_choices: how many clusters a paper may name.
        seats: how many clusters the hall chooses.
        titles: the title by language; without it, that of the round's theme, else its question.
        waivers: why a check is left out, by its kind.

    Raises:
        HouseError: ``summit.ballot_needs_clusters``, ``summit.cluster_of_other_round``, ``summit.rest_not_on_ballot``,
            a check without a reason (``REFUSALS``), or what the box says.
    """
    if len(clusters) < LEAST_OPTIONS:
        raise HouseError("summit.ballot_needs_clusters")
    if any(cluster.round_id != round_.pk or cluster.dissolved_at is not None for cluster in clusters):
        raise HouseError("summit.cluster_of_other_round")
    if any(cluster.is_rest for cluster in clusters):
        raise HouseError("summit.rest_not_on_ballot")
    stage = round_.stage
    Stage.objects.select_for_update().get(pk=stage.pk)
    left_out = _left_out(round_, clusters, waivers or {})
    questions = {language: round_.say("question", language).text for language in stage.process.languages}
    ballot = box.prepare(
        stage,
        BallotKind.APPROVAL,
        rule=RULE,
        titles=titles or _theme_titles(round_) or questions,
        questions=questions,
        options=[_option_of(cluster, stage.process.languages) for cluster in clusters],
        least_choices=1,
        most_choices=min(most_choices, len(clusters)),
        seats=min(seats, len(clusters)),
        admission=Admission.CODE,
        code_purpose=CODE_PURPOSE,
        eligible=len(roster_of(stage)) or None,
        subject=round_.pk,
    )
    _trace(round_, clusters)
    number = (stage.hall_ballots.aggregate(last=Max("number"))["last"] or 0) + 1
    hall = HallBallot.objects.create(stage=stage, round=round_, ballot=ballot, number=number)
    _keep_waivers(hall, left_out, by=by, now=now or timezone.now())
    return hall


def _keep_waivers(
    hall: HallBallot, left_out: Mapping[WaiverKind, tuple[int, str]], *, by: uuid.UUID | None, now: datetime
) -> None:
    for kind, (count, reason) in left_out.items():
        BallotWaiver.objects.create(hall=hall, kind=kind, count=count, reason=reason, made_by=by, made_at=now)
        facts = {"stage": str(hall.stage_id), "number": hall.number, "check": str(kind), "count": count}
        append(hall.stage.process_id, "ballot_check_left_out", {**facts, "reason": reason}, now=now)


def _left_out(
    round_: Round, clusters: Sequence[Cluster], waivers: Mapping[WaiverKind, str]
) -> dict[WaiverKind, tuple[int, str]]:
    """The checks that fail, each with how often and why it is left out; without a reason the ballot is refused."""
    found = faults_of(round_, clusters)
    left_out = {}
    for kind, count in found.counts.items():
        if not count:
            continue
        reason = waivers.get(kind, "").strip()
        if not reason:
            raise HouseError(REFUSALS[kind], count=count)
        left_out[kind] = (count, reason)
    return left_out


def _theme_titles(round_: Round) -> dict[str, str]:
    theme = next((one for one in themes_for(round_.stage) if one.pk == round_.theme), None)
    if theme is None:
        return {}
    spoken = {language: theme.say("title", language).text for language in round_.stage.process.languages}
    return {language: title for language, title in spoken.items() if title}


def _option_of(cluster: Cluster, languages: Sequence[str]) -> box.OptionDraft:
    spoken = {language: cluster.say("title", language).text for language in languages}
    details = {language: cluster.say("summary", language).text for language in languages}
    return box.OptionDraft(
        titles={language: body for language, body in spoken.items() if body},
        details={language: body for language, body in details.items() if body},
        subject_kind="cluster",
        subject=cluster.pk,
    )


def _trace(round_: Round, clusters: Sequence[Cluster]) -> None:
    process_id = round_.stage.process_id
    for cluster in clusters:
        cards = Card.objects.sent().filter(placements__cluster=cluster, placements__ended_at__isnull=True)
        found = list(cards.order_by("number").values_list("pk", flat=True))
        link(process_id, ("cluster", cluster.pk), [("card", pk) for pk in found])
    if round_.theme is not None:
        link(process_id, ("question", round_.pk), [("theme", round_.theme)])


@transaction.atomic
def open_ballot(hall: HallBallot, *, now: datetime, closes_at: datetime | None = None) -> HallBallot:
    """Take papers from now on; tell every screen and phone."""
    hall.ballot = box.open_ballot(hall.ballot, now=now, closes_at=closes_at)
    tell_hall(hall.stage, "ballot", hall.number)
    return hall


@transaction.atomic
def close_ballot(hall: HallBallot, *, now: datetime) -> HallBallot:
    """Take no more papers and count them; nothing is shown until the result is published."""
    hall.ballot = box.close_and_count(hall.ballot, now=now, is_told=False)
    tell_hall(hall.stage, "ballot", hall.number)
    return hall


def close_due_ballot(ballot: Ballot, now: datetime) -> None:
    """Count a ballot whose time is over, as the worker does by itself; publishing stays with the organiser."""
    hall = HallBallot.objects.select_related("stage", "ballot").filter(ballot=ballot).first()
    if hall is None:
        box.close_and_count(ballot, now=now)
    else:
        close_ballot(hall, now=now)


@transaction.atomic
def cancel_ballot(hall: HallBallot, *, reason: str, now: datetime) -> HallBallot:
    """Give up a ballot that was opened by mistake; its papers are destroyed unread."""
    hall.ballot = box.cancel(hall.ballot, reason=reason, now=now)
    tell_hall(hall.stage, "ballot", hall.number)
    return hall


@transaction.atomic
def publish_result(hall: HallBallot, *, now: datetime) -> HallBallot:
    """Show the result of a counted ballot on the screen and to everybody; a second time changes nothing.

    Under an embargo the hall sees it now, and everybody from the moment that was set.

    Raises:
        HouseError: ``summit.ballot_not_counted``.
    """
    locked = HallBallot.objects.select_for_update(of=("self",)).select_related("stage", "ballot").get(pk=hall.pk)
    if Ballot.objects.get(pk=locked.ballot_id).state != BallotState.COUNTED:
        raise HouseError("summit.ballot_not_counted")
    if locked.published_at is None:
        locked.published_at = now
        locked.save(update_fields=["published_at"])
        note_result(locked, now=now)
    return locked


def note_result(hall: HallBallot, *, now: datetime) -> None:
    """Say in the record that a result is published, or shown in the hall under embargo; tell every page."""
    facts = {"stage": str(hall.stage_id), "ballot": str(hall.ballot_id), "number": hall.number}
    if hall.embargo_until is not None and hall.is_embargoed(now):
        until = {"until": hall.embargo_until.isoformat()}
        append(hall.stage.process_id, "hall_result_shown", {**facts, **until}, now=now)
    else:
        append(hall.stage.process_id, "hall_result_published", facts, now=now)
    tell_hall(hall.stage, "ballot", hall.number)


def make_seat_codes(stage: Stage) -> dict[uuid.UUID, str]:
    """Make a seat code for everybody on the roster who has none; returns them by participant, shown once."""
    missing = codes_missing(stage)
    return codes.make_many(stage.process_id, CODE_PURPOSE, missing) if missing else {}


def replace_seat_code(stage: Stage, participant_id: uuid.UUID) -> str:
    """Make a new code for somebody who lost it; the old one no longer works."""
    return codes.replace(stage.process_id, CODE_PURPOSE, participant_id)
