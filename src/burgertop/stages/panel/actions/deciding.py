"""Deciding: an amendment or a recommendation goes to the ballot box of the panel."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from burgertop.foundation.ballotbox.actions import close_and_count, open_ballot, prepare
from burgertop.foundation.ballotbox.models import Admission, Ballot, BallotKind, BallotState
from burgertop.foundation.ballotbox.queries import ballot_for, result_of
from burgertop.foundation.events import publish
from burgertop.foundation.origins import Origin
from burgertop.foundation.record.actions import append
from burgertop.foundation.wording import HouseError
from burgertop.stages.panel.actions.drafting import check_no_open_vote
from burgertop.stages.panel.events import RecommendationDecided
from burgertop.stages.panel.models import (
    Amendment,
    AmendmentState,
    Recommendation,
    RecommendationState,
    Version,
)
from burgertop.stages.panel.permissions import PURPOSE

__all__ = ["close_due_vote", "close_vote", "put_to_vote"]

FOR = 1  # the number of the option "for" of a motion
RULES = {"1/2": "majority_half", "2/3": "majority_two_thirds", "4/5": "majority_four_fifths"}


@transaction.atomic
def put_to_vote(thing: Recommendation | Amendment, *, now: datetime, closes_at: datetime | None = None) -> Ballot:
    """Open the vote for, against or abstain; opening it again returns the open ballot.

    Raises:
        HouseError: ``panel.already_decided``, ``panel.amendments_open``, ``panel.outdated_amendment``,
            ``panel.amendment_decided``, ``panel.vote_open``, ``panel.empty``.
    """
    locked = type(thing).objects.select_for_update().get(pk=thing.pk)
    if locked.ballot is not None:
        ballot = ballot_for(locked.ballot)
        if ballot.state == BallotState.OPEN:
            return ballot
        if ballot.state == BallotState.COUNTED:
            raise HouseError("panel.already_decided", number=locked.number)
    asked = locked.pk if isinstance(locked, Recommendation) else locked.recommendation_id
    recommendation = Recommendation.objects.select_for_update().get(pk=asked)
    _check_may_vote(locked, recommendation)
    stage = recommendation.stage
    members = stage.panel_seats.filter(left_at__isnull=True).count()
    if not members:
        raise HouseError("panel.empty")
    ballot = prepare(
        stage,
        BallotKind.MOTION,
        rule=RULES["1/2" if isinstance(locked, Amendment) else recommendation.threshold],
        titles=_titles(locked, recommendation),
        admission=Admission.CODE,
        code_purpose=PURPOSE,
        eligible=members,
        subject=locked.pk,
    )
    ballot = open_ballot(ballot, now=now, closes_at=closes_at)
    locked.ballot = ballot.pk
    locked.state = AmendmentState.VOTING if isinstance(locked, Amendment) else RecommendationState.VOTING
    locked.save(update_fields=["ballot", "state"])
    return ballot


def _check_may_vote(thing: Recommendation | Amendment, recommendation: Recommendation) -> None:
    check_no_open_vote(recommendation)
    if isinstance(thing, Recommendation):
        waiting = recommendation.amendments.filter(state=AmendmentState.PROPOSED, to_version=recommendation.version)
        if waiting.exists():
            raise HouseError("panel.amendments_open", number=recommendation.number)
    elif thing.state != AmendmentState.PROPOSED or recommendation.state != RecommendationState.DRAFT:
        raise HouseError("panel.amendment_decided", number=thing.number)
    elif thing.to_version != recommendation.version:
        raise HouseError("panel.outdated_amendment", number=thing.number)


def _titles(thing: Recommendation | Amendment, recommendation: Recommendation) -> dict[str, str]:
    titles: dict[str, str] = {}
    for language in recommendation.stage.process.languages:
        with override(language):
            name = recommendation.say("title", language)
            if isinstance(thing, Amendment):
                titles[language] = _("Amendment %(number)s to “%(title)s”") % {"number": thing.number, "title": name}
            else:
                titles[language] = str(name)
    return titles


@transaction.atomic
def close_vote(thing: Recommendation | Amendment, *, now: datetime) -> Recommendation | Amendment:
    """Count the vote and decide; closing it again changes nothing."""
    locked = type(thing).objects.select_for_update().get(pk=thing.pk)
    if locked.ballot is None:
        raise HouseError("panel.no_vote", number=locked.number)
    ballot = ballot_for(locked.ballot)
    if ballot.state == BallotState.COUNTED:
        return locked
    result = result_of(close_and_count(ballot, now=now))
    panel = result.group_of(Origin.DRAWN) if result is not None else None
    is_adopted = panel is not None and FOR in panel.chosen
    if isinstance(locked, Amendment):
        return _decide_amendment(locked, is_adopted=is_adopted, now=now)
    return _decide_recommendation(locked, is_adopted=is_adopted, now=now)


def close_due_vote(ballot: Ballot, now: datetime) -> None:
    """Close a vote whose time is over, as the worker does by itself."""
    recommendation = Recommendation.objects.filter(ballot=ballot.pk).first()
    thing = recommendation or Amendment.objects.filter(ballot=ballot.pk).first()
    if thing is None:
        close_and_count(ballot, now=now)
    else:
        close_vote(thing, now=now)


def _decide_recommendation(recommendation: Recommendation, *, is_adopted: bool, now: datetime) -> Recommendation:
    recommendation.state = RecommendationState.ADOPTED if is_adopted else RecommendationState.REJECTED
    recommendation.decided_at = now
    recommendation.save(update_fields=["state", "decided_at"])
    stage = recommendation.stage
    append(
        stage.process_id,
        "recommendation_adopted" if is_adopted else "recommendation_rejected",
        {"number": recommendation.number, "version": recommendation.version, "threshold": recommendation.threshold},
        now=now,
    )
    publish(RecommendationDecided(stage.process_id, stage.pk, recommendation.pk, is_adopted))
    return recommendation


def _decide_amendment(amendment: Amendment, *, is_adopted: bool, now: datetime) -> Amendment:
    """Adopt or reject; an adopted amendment becomes the standing version, others to the old one must be renewed.

    The wording in other languages was that of the old version: it goes, until somebody translates the new one.
    """
    amendment.state = AmendmentState.ADOPTED if is_adopted else AmendmentState.REJECTED
    amendment.save(update_fields=["state"])
    recommendation = Recommendation.objects.select_for_update().get(pk=amendment.recommendation_id)
    if is_adopted:
        recommendation.version += 1
        recommendation.save(update_fields=["version"])
        bodies = {row.language: row.body for row in amendment.texts.all() if row.name == "body"}
        old = {row.language for row in recommendation.texts.all() if row.name == "body"}
        recommendation.write("body", {**dict.fromkeys(old, ""), **bodies})
        Version.objects.bulk_create(
            Version(
                recommendation=recommendation,
                number=recommendation.version,
                language=language,
                title=str(recommendation.say("title", language)),
                body=body,
                reason=_("Amendment %(number)s") % {"number": amendment.number},
            )
            for language, body in bodies.items()
        )
    append(
        recommendation.stage.process_id,
        "amendment_adopted" if is_adopted else "amendment_rejected",
        {"recommendation": recommendation.number, "amendment": amendment.number},
        now=now,
    )
    return amendment
