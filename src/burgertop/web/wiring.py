"""Who listens to what: the only list of listeners, of what the trace can describe, and of who counts which ballots."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from burgertop.foundation.ballotbox.closing import register as counts
from burgertop.foundation.codes.actions import revoke_all
from burgertop.foundation.draws.actions import forget_household
from burgertop.foundation.events import listen
from burgertop.foundation.people.events import PersonErased, RoleGiven
from burgertop.foundation.process.events import ProcessFounded, StageClosed, StageOpened
from burgertop.foundation.process.models import StageKind
from burgertop.foundation.record.actions import append
from burgertop.foundation.trace.describers import register
from burgertop.stages.consultation import actions as consultation
from burgertop.stages.consultation.queries import tracing
from burgertop.stages.lottery.actions import forget_erased
from burgertop.stages.panel import actions as panel
from burgertop.stages.panel.queries import describe_recommendations
from burgertop.stages.report.queries import describe_answers
from burgertop.stages.summit import actions as summit
from burgertop.stages.summit.queries import describe_cards, describe_clusters, describe_questions, describe_statements
from burgertop.web.backups.ledger import note_erased

__all__ = ["connect"]


def connect() -> None:
    """Connect events to what must follow; safe to call twice."""
    listen(ProcessFounded, record_founding)
    listen(StageOpened, record_opening)
    listen(StageClosed, record_closing)
    listen(RoleGiven, record_role)
    listen(PersonErased, record_erasure)
    listen(PersonErased, blank_invitee)
    listen(PersonErased, forget_ties)
    counts(StageKind.CONSULTATION, consultation.close_due_vote)
    counts(StageKind.SUMMIT, summit.close_due_ballot)
    counts(StageKind.PANEL, panel.close_due_vote)
    register("idea", tracing.describe_ideas)
    register("theme", tracing.describe_themes)
    register("question", describe_questions)
    register("statement", describe_statements)
    register("card", describe_cards)
    register("cluster", describe_clusters)
    register("recommendation", describe_recommendations)
    register("answer", describe_answers)


def record_founding(event: ProcessFounded) -> None:
    """Write the first line of a process."""
    append(event.process_id, "process_founded", {"template": event.template})


def record_opening(event: StageOpened) -> None:
    """Write that a stage is under way."""
    append(event.process_id, "stage_opened", {"stage": str(event.stage_id), "kind": event.kind}, now=event.at)


def record_closing(event: StageClosed) -> None:
    """Write that a stage is done."""
    append(event.process_id, "stage_closed", {"stage": str(event.stage_id), "kind": event.kind}, now=event.at)


def record_role(event: RoleGiven) -> None:
    """Write that a role was given or taken; not to whom."""
    append(event.process_id, "role_given" if event.is_given else "role_taken", {"role": event.role})


def record_erasure(event: PersonErased) -> None:
    """Write that somebody was erased, not who; a restored backup will erase the same id again."""
    append(event.process_id, "person_erased", {})
    note_erased(Path(settings.HOME), event.participant_id)


def blank_invitee(event: PersonErased) -> None:
    """Blank the invitee who became this participant."""
    forget_erased(event.participant_id, now=timezone.now())


def forget_ties(event: PersonErased) -> None:
    """Let no code open the page of somebody who was erased; forget with whom they live and where they were to sit."""
    revoke_all(event.participant_id)
    forget_household(event.participant_id)
    summit.forget_in_hall(event.participant_id)
