"""Putting themes to the vote, and turning the count into the agenda."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from burgertop.core.ballots import break_tie
from burgertop.foundation.ballotbox.actions import OptionDraft, close_and_count, open_ballot, prepare
from burgertop.foundation.ballotbox.models import Admission, Ballot, BallotKind, BallotState
from burgertop.foundation.ballotbox.queries import Group, result_of
from burgertop.foundation.events import publish
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.texts import Worded
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.events import AgendaSet
from burgertop.stages.consultation.models import Theme
from burgertop.stages.consultation.permissions import setup_of
from burgertop.stages.consultation.queries.votes import vote_of

__all__ = ["close_due_vote", "close_vote", "open_vote", "prepare_vote", "withdraw_vote"]

RULE = "approval_count"


@transaction.atomic
def prepare_vote(
    stage: Stage, themes: Sequence[Theme], *, titles: dict[str, str], questions: dict[str, str], now: datetime
) -> Ballot:
    """Put themes on a ballot paper: choose k of n, one paper a browser, an order of its own on each.

    Raises:
        HouseError: ``consultation.vote_running``, ``.vote_done``, ``.too_few_themes``, ``.theme_elsewhere``,
            ``.theme_merged``.
    """
    Stage.objects.select_for_update().get(pk=stage.pk)
    _refuse_second_vote(stage)
    most = setup_of(stage).most_choices
    if len(themes) <= most:
        raise HouseError("consultation.too_few_themes", least=most + 1, chosen=len(themes))
    for theme in themes:
        if theme.stage_id != stage.pk:
            raise HouseError("consultation.theme_elsewhere")
        if theme.merged_into_id is not None:
            raise HouseError("consultation.theme_merged")
    drafts = [
        OptionDraft(
            titles=_bodies(theme, "title"),
            details=_bodies(theme, "question"),
            subject_kind="theme",
            subject=theme.pk,
        )
        for theme in sorted(themes, key=lambda theme: theme.order)
    ]
    ballot = prepare(
        stage,
        BallotKind.APPROVAL,
        rule=RULE,
        titles=titles,
        questions=questions,
        options=drafts,
        least_choices=1,
        most_choices=most,
        seats=most,
        admission=Admission.ANYONE,
    )
    stage.themes.update(is_on_ballot=False)
    stage.themes.filter(pk__in=[theme.pk for theme in themes]).update(is_on_ballot=True)
    keys = [theme.key for theme in sorted(themes, key=lambda theme: theme.order)]
    append(stage.process_id, "themes_put_to_vote", {"stage": str(stage.pk), "themes": keys, "choose": most}, now=now)
    return ballot


@transaction.atomic
def open_vote(stage: Stage, *, now: datetime, closes_at: datetime | None = None) -> Ballot:
    """Open the vote that was prepared; opening it again changes nothing.

    Raises:
        HouseError: ``consultation.no_vote``, ``.vote_ends_in_past``.
    """
    ballot = vote_of(stage)
    if ballot is None or ballot.state == BallotState.COUNTED:
        raise HouseError("consultation.no_vote")
    if closes_at is not None and closes_at <= now:
        raise HouseError("consultation.vote_ends_in_past")
    return open_ballot(ballot, now=now, closes_at=closes_at)


@transaction.atomic
def withdraw_vote(stage: Stage, *, now: datetime) -> None:
    """Take a vote back that is not open yet, so that themes can be changed again.

    Raises:
        HouseError: ``consultation.no_vote``.
    """
    ballot = vote_of(stage)
    if ballot is None or ballot.state != BallotState.DRAFT:
        raise HouseError("consultation.no_vote")
    ballot.delete()
    stage.themes.update(is_on_ballot=False)
    append(stage.process_id, "vote_withdrawn", {"stage": str(stage.pk)}, now=now)


@transaction.atomic
def close_vote(stage: Stage, *, now: datetime) -> list[Theme]:
    """Close the vote, count it, and set the agenda: the chosen themes, most votes first.

    Where the last place is tied, the lot decides; its seed is the digest of the opened papers, which
    nobody can know before the count and everybody can check after it. Closing twice changes nothing.

    Raises:
        HouseError: ``consultation.no_vote``; as ``ballotbox.close_and_count``.
    """
    Stage.objects.select_for_update().get(pk=stage.pk)
    ballot = vote_of(stage)
    if ballot is None or ballot.state == BallotState.DRAFT:
        raise HouseError("consultation.no_vote")
    if ballot.state == BallotState.COUNTED:
        return list(stage.themes.on_agenda())
    counted = close_and_count(ballot, now=now)
    result = result_of(counted)
    group = result.group_of(Origin.SELF_SELECTED) if result else None
    numbers = _winners(counted, group, now) if group else []
    theme_of = dict(counted.options.values_list("number", "subject"))
    by_id = {theme.pk: theme for theme in stage.themes.all()}
    agenda = [by_id[subject] for number in numbers if (subject := theme_of[number])]
    for place, theme in enumerate(agenda, start=1):
        theme.agenda_order = place
        theme.save(update_fields=["agenda_order"])
    facts = {"stage": str(stage.pk), "ballot": str(counted.pk), "themes": [theme.key for theme in agenda]}
    append(stage.process_id, "agenda_set", facts, now=now)
    publish(AgendaSet(stage.process_id, stage.pk, tuple(theme.pk for theme in agenda)))
    return agenda


def close_due_vote(ballot: Ballot, now: datetime) -> None:
    """Close a vote whose time is over, as the worker does by itself."""
    if vote_of(ballot.stage) == ballot:
        close_vote(ballot.stage, now=now)
    else:
        close_and_count(ballot, now=now)


def _winners(ballot: Ballot, group: Group, now: datetime) -> list[int]:
    """The numbers of the chosen options, most votes first; a tie for the last places is broken by lot."""
    chosen = set(group.chosen)
    if group.open_places and len(group.tied) > group.open_places and group.valid:
        lot = break_tie(group.tied, group.open_places, seed_text=ballot.papers_digest, ballot=str(ballot.pk))
        chosen |= set(lot.chosen)
        facts = {"ballot": str(ballot.pk), "tied": list(lot.tied), "places": lot.places, "chosen": list(lot.chosen)}
        append(ballot.stage.process_id, "tie_broken", {**facts, "seed": lot.seed_text}, now=now)
    return [row.number for row in group.rows if row.number in chosen]


def _refuse_second_vote(stage: Stage) -> None:
    ballot = vote_of(stage)
    if ballot is not None:
        raise HouseError(
            "consultation.vote_done" if ballot.state == BallotState.COUNTED else "consultation.vote_running"
        )


def _bodies(owner: Worded, name: str) -> dict[str, str]:
    return {row.language: row.body for row in owner.texts.all() if row.name == name and row.body}
