"""Taking ideas in from a file: first a plan that changes nothing, then the import."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from burgertop.foundation.files.tables import Table
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.actions import append
from burgertop.foundation.texts import LANGUAGE_TAG
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.consultation.models import Idea, IdeaState, IdeaText, Rating
from burgertop.stages.consultation.words import LONGEST_PLACE, checked_text, clean, digest_of

__all__ = ["IdeaPlan", "Plan", "Problem", "import_ideas", "plan_import"]

TEXT_COLUMNS = ("comment-body", "text", "idea", "comment", "body")
ID_COLUMNS = ("comment-id", "id", "number")
STATES = {"1": IdeaState.SHOWN, "": IdeaState.SHOWN, "0": IdeaState.HELD}
REJECTED = "-1"
BATCH = 500


@dataclass(frozen=True, slots=True)
class IdeaPlan:
    """One idea as it would come in; ``source`` is its id in the file."""

    source: str
    text: str
    language: str
    place: str
    state: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that will not come in, and the sentence that says why."""

    line: int
    text: str
    sentence: str


@dataclass(slots=True)
class Plan:
    """What an import would do: nothing is stored yet."""

    ideas: list[IdeaPlan] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rejected: int = 0
    known: int = 0
    votes: list[tuple[str, uuid.UUID, int]] = field(default_factory=list)
    votes_left_out: int = 0

    @property
    def held(self) -> int:
        """How many would wait to be read by a moderator."""
        return sum(1 for idea in self.ideas if idea.state == IdeaState.HELD)

    @property
    def raters(self) -> int:
        """How many people the ratings come from."""
        return len({rater for _, rater, _ in self.votes})


def plan_import(stage: Stage, ideas: Table, votes: Table | None = None, *, language: str) -> Plan:
    """Read a file of ideas (Polis comments, or a plain list) and of ratings, and say what would happen.

    Args:
        language: of the ideas whose line names none.

    The same line (its id and its words) imported twice adds nothing.

    Raises:
        HouseError: ``consultation.import_no_text``, ``.import_no_votes``, ``.language_unknown``.
    """
    body = next((name for name in TEXT_COLUMNS if ideas.has(name)), "")
    if not body:
        raise HouseError("consultation.import_no_text", columns=ideas.columns)
    _check_tag(language)
    id_column = next((name for name in ID_COLUMNS if ideas.has(name)), "")
    known = set(Idea.objects.filter(stage=stage).exclude(source="").values_list("source", flat=True))
    plan, source_of = Plan(), dict[str, str]()
    for line, row in zip(ideas.lines or range(2, len(ideas.rows) + 2), ideas.rows, strict=True):
        cells = {name.casefold(): cell for name, cell in zip(ideas.columns, row, strict=True)}
        name = cells[id_column] if id_column else ""
        source = f"{name[:40]}:{digest_of(clean(cells[body]))[:32]}"
        if cells.get("moderated", "").strip() == REJECTED:
            plan.rejected += 1
            continue
        if source in known:
            plan.known += 1
        elif source not in source_of.values():
            _plan_idea(plan, cells, cells[body], source=source, line=line, language=language)
        source_of[name or source] = source
    if votes is not None:
        _plan_votes(plan, stage, votes, source_of)
    return plan


@transaction.atomic
def import_ideas(stage: Stage, plan: Plan, *, now: datetime) -> int:
    """Store a plan: ideas without an author and ratings of nobody here, all marked as imported.

    Returns:
        How many ideas came in; those that came in since the plan was made are left alone.

    Raises:
        HouseError: ``consultation.import_empty``.
    """
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    known = dict(Idea.objects.filter(stage=locked).exclude(source="").values_list("source", "pk"))
    fresh = [idea for idea in plan.ideas if idea.source not in known]
    if not fresh and not plan.votes:
        raise HouseError("consultation.import_empty")
    last = locked.ideas.order_by("-number").values_list("number", flat=True).first() or 0
    rows = [
        Idea(
            stage=locked,
            number=number,
            language=idea.language,
            place=idea.place,
            origin=Origin.IMPORTED,
            state=idea.state,
            sent_at=idea.sent_at or now,
            once=uuid.uuid4(),
            digest=digest_of(idea.text),
            source=idea.source,
        )
        for number, idea in enumerate(fresh, start=last + 1)
    ]
    Idea.objects.bulk_create(rows, batch_size=BATCH)
    IdeaText.objects.bulk_create(
        (
            IdeaText(owner=row, name="text", language=idea.language, body=idea.text, written_at=row.sent_at)
            for row, idea in zip(rows, fresh, strict=True)
        ),
        batch_size=BATCH,
    )
    known.update({row.source: row.pk for row in rows})
    ratings = _store_votes(locked, plan, known, now)
    append(
        locked.process_id,
        "ideas_imported",
        {"stage": str(locked.pk), "ideas": len(rows), "ratings": ratings, "left_out": plan.rejected},
        now=now,
    )
    return len(rows)


def _plan_idea(plan: Plan, cells: dict[str, str], text: str, *, source: str, line: int, language: str) -> None:
    try:
        body = checked_text(text)
        tag = cells.get("language", "").strip() or language
        _check_tag(tag)
    except HouseError as error:
        plan.problems.append(Problem(line, clean(text)[:80], say(error)))
        return
    state = STATES.get(cells.get("moderated", "").strip(), IdeaState.HELD)
    place = clean(cells.get("place", ""))[:LONGEST_PLACE]
    plan.ideas.append(IdeaPlan(source, body, tag, place, state, _moment(cells.get("timestamp", ""))))


def _plan_votes(plan: Plan, stage: Stage, votes: Table, source_of: dict[str, str]) -> None:
    """Read ratings; a rater's last answer to an idea counts, and gets an id that nobody here has."""
    if not votes.has("comment-id", "voter-id", "vote"):
        raise HouseError("consultation.import_no_votes", columns=votes.columns)
    rows = zip(votes.column("comment-id"), votes.column("voter-id"), votes.column("vote"), strict=True)
    last: dict[tuple[str, str], int] = {}
    for name, voter, value in rows:
        if value.strip() not in {"-1", "0", "1"} or name not in source_of:
            plan.votes_left_out += 1
            continue
        last[source_of[name], voter] = int(value)
    space = uuid.uuid5(stage.pk, min(source_of.values(), default=""))
    plan.votes = [(source, uuid.uuid5(space, voter), value) for (source, voter), value in last.items()]


def _store_votes(stage: Stage, plan: Plan, ids: dict[str, uuid.UUID], now: datetime) -> int:
    drafts = [
        Rating(stage=stage, idea_id=ids[source], rater=rater, value=value, origin=Origin.IMPORTED, rated_at=now)
        for source, rater, value in plan.votes
        if source in ids
    ]
    before = stage.ratings.count()
    _create(drafts)
    return stage.ratings.count() - before


def _create(drafts: Sequence[Rating]) -> None:
    Rating.objects.bulk_create(drafts, batch_size=BATCH, ignore_conflicts=True)


def _check_tag(language: str) -> None:
    try:
        LANGUAGE_TAG(language)
    except ValidationError as error:
        raise HouseError("consultation.language_unknown") from error


def _moment(milliseconds: str) -> datetime | None:
    """Read a moment as Polis writes it, in thousandths of a second; nothing when it is none."""
    if not re.fullmatch(r"[0-9]{12,13}", milliseconds) or not 10**11 < int(milliseconds) < 10**13:
        return None
    return datetime.fromtimestamp(int(milliseconds) / 1000, tz=UTC)
