"""Before the vote: a ballot is prepared, and opened."""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import override, pgettext

from burgertop.foundation.ballotbox.events import BallotOpened
from burgertop.foundation.ballotbox.kinds import MOTION_OPTIONS, check_rule, kind_of
from burgertop.foundation.ballotbox.locks import alone_with
from burgertop.foundation.ballotbox.models import Admission, Ballot, BallotKind, BallotState, Option, OptionText
from burgertop.foundation.ballotbox.sealing import make_key
from burgertop.foundation.events import publish
from burgertop.foundation.keys import fingerprint
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.texts import LANGUAGE_TAG
from burgertop.foundation.wording import HouseError

__all__ = ["OptionDraft", "open_ballot", "prepare"]


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """An option as it is handed to a new ballot: texts by language, and what it stands for."""

    titles: Mapping[str, str]
    details: Mapping[str, str] = field(default_factory=dict)
    subject_kind: str = ""
    subject: uuid.UUID | None = None


@transaction.atomic
def prepare(
    stage: Stage,
    kind: BallotKind,
    *,
    rule: str,
    titles: Mapping[str, str],
    options: Sequence[OptionDraft] = (),
    questions: Mapping[str, str] | None = None,
    least_choices: int = 1,
    most_choices: int = 1,
    seats: int = 1,
    admission: Admission = Admission.CODE,
    code_purpose: str = "",
    eligible: int | None = None,
    quorum: int = 0,
    subject: uuid.UUID | None = None,
) -> Ballot:
    """Make a ballot that nobody can vote in yet; a motion brings its own three options.

    Args:
        kind: approval (choose), motion (for, against, abstain) or ranking.
        rule: name of one of the rules of ``core.ballots.RULES`` for this kind.
        options: what can be chosen, numbered from 1 in this order; none for a motion.
        seats: how many options are to be chosen.
        admission: by personal code (``code_purpose`` names the codes), or anyone.
        eligible: how many people have a vote, when that is known.
        quorum: least number of papers for the result to stand.
        subject: the row the ballot is about (a recommendation, a theme ...).

    Raises:
        HouseError: the kind, its limits, the rule and the options do not fit each other.
    """
    ballot = Ballot(
        stage=stage,
        subject=subject,
        kind=kind,
        rule=rule,
        least_choices=least_choices,
        most_choices=most_choices,
        seats=seats,
        eligible=eligible,
        quorum=quorum,
        admission=admission,
        code_purpose=code_purpose,
    )
    drafts = list(options)
    if kind == BallotKind.MOTION:
        if drafts:
            raise HouseError("ballots.motion_has_options")
        drafts = _motion_options(stage.process.languages or ["en"])
    check_rule(ballot, kind_of(ballot, len(drafts)))
    if admission == Admission.CODE and not code_purpose:
        raise HouseError("ballots.code_purpose_missing")
    ballot.save()
    ballot.write("title", titles)
    ballot.write("question", questions or {})
    _write_options(ballot, drafts)
    return ballot


def _motion_options(languages: Sequence[str]) -> list[OptionDraft]:
    spoken: list[dict[str, str]] = [{} for _ in range(MOTION_OPTIONS)]
    for language in languages:
        with override(language):
            words = (
                pgettext("vote on a motion", "For"),
                pgettext("vote on a motion", "Against"),
                pgettext("vote on a motion", "Abstain"),
            )
        for titles, word in zip(spoken, words, strict=True):
            titles[language] = word
    return [OptionDraft(titles, subject_kind="motion") for titles in spoken]


def _write_options(ballot: Ballot, drafts: Sequence[OptionDraft]) -> None:
    options = Option.objects.bulk_create(
        Option(ballot=ballot, number=number, subject_kind=draft.subject_kind, subject=draft.subject)
        for number, draft in enumerate(drafts, start=1)
    )
    rows = []
    for option, draft in zip(options, drafts, strict=True):
        for name, bodies in (("title", draft.titles), ("detail", draft.details)):
            for language, body in bodies.items():
                LANGUAGE_TAG(language)
                rows.append(OptionText(owner=option, name=name, language=language, body=body))
    OptionText.objects.bulk_create(rows)


@transaction.atomic
def open_ballot(ballot: Ballot, *, now: datetime, closes_at: datetime | None = None) -> Ballot:
    """Make the tellers' key and take papers from now on; opening again changes nothing.

    Args:
        closes_at: from this moment on no paper is taken; without it, until it is counted.

    Raises:
        HouseError: ``ballots.not_draft``, ``ballots.closes_in_the_past``.
    """
    alone_with(ballot.pk)
    current = Ballot.objects.select_for_update(of=("self",)).select_related("stage").get(pk=ballot.pk)
    if current.state == BallotState.OPEN:
        return current
    if current.state != BallotState.DRAFT:
        raise HouseError("ballots.not_draft")
    if closes_at is not None and closes_at <= now:
        raise HouseError("ballots.closes_in_the_past")
    current.public_key = make_key(current.pk)
    current.order_seed = secrets.token_hex(16)
    current.state = BallotState.OPEN
    current.opened_at = now
    current.closes_at = closes_at
    current.save(update_fields=["public_key", "order_seed", "state", "opened_at", "closes_at"])
    append(
        current.stage.process_id,
        "ballot_opened",
        {
            "ballot": str(current.pk),
            "kind": str(current.kind),
            "rule": current.rule,
            "options": current.options.count(),
            "least_choices": current.least_choices,
            "most_choices": current.most_choices,
            "seats": current.seats,
            "eligible": current.eligible,
            "quorum": current.quorum,
            "key": fingerprint(current.public_key),
        },
        now=now,
    )
    publish(BallotOpened(current.stage.process_id, current.stage_id, current.pk))
    return current
