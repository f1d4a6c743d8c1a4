"""Sending an idea in, and letting go of it."""

import uuid
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from burgertop.foundation.codes.actions import make, replace
from burgertop.foundation.codes.queries import has_code
from burgertop.foundation.events import publish
from burgertop.foundation.origins import Origin
from burgertop.foundation.process.models import Stage
from burgertop.foundation.texts import LANGUAGE_TAG
from burgertop.foundation.wording import HouseError
from burgertop.stages.consultation.events import IdeaSent
from burgertop.stages.consultation.models import Arrivals, Idea, IdeaState
from burgertop.stages.consultation.permissions import is_taking_ideas, setup_of
from burgertop.stages.consultation.words import LONGEST_PLACE, checked_text, clean, digest_of

__all__ = ["CODE_PURPOSE", "forget_author", "send_idea", "translate_idea"]

CODE_PURPOSE = "idea"
HAND_ENTERED = frozenset({Origin.PAPER, Origin.STAFF_ENTERED, Origin.IMPORTED})


@transaction.atomic
def send_idea(
    stage: Stage,
    text: str,
    *,
    language: str,
    speech: uuid.UUID,
    once: uuid.UUID,
    now: datetime,
    place: str = "",
    origin: Origin = Origin.SELF_SELECTED,
    network: str = "",
    known_code: str = "",
) -> tuple[Idea, str]:
    """Take one idea in and return it with the author's personal code.

    The same form (``once``) sent twice gives the same idea. An author has one code for all their ideas:
    ``known_code`` is the one their browser keeps; when it was lost on the way, a new one replaces it.

    Raises:
        HouseError: ``consultation.ideas_closed``, ``.text_empty``, ``.text_too_short``, ``.text_too_long``,
            ``.language_unknown``, ``.place_too_long``, ``.sent_already``, ``.too_many``.
    """
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    known = Idea.objects.filter(stage=locked, once=once).first()
    if known is not None:
        return known, _code_of(locked, known.speech or speech, known_code)
    if origin not in HAND_ENTERED and not is_taking_ideas(locked, now):
        raise HouseError("consultation.ideas_closed")
    body = checked_text(text)
    _check_language(language)
    digest = digest_of(body)
    earlier = Idea.objects.filter(stage=locked, speech=speech, digest=digest).first()
    if earlier is not None:
        raise HouseError("consultation.sent_already", number=earlier.number)
    if network:
        _count_arrival(locked, network, now)
    idea = Idea.objects.create(
        stage=locked,
        number=_next_number(locked),
        speech=speech,
        language=language,
        place=_checked_place(place),
        origin=origin,
        state=IdeaState.HELD if setup_of(locked).is_read_first else IdeaState.SHOWN,
        sent_at=now,
        once=once,
        digest=digest,
    )
    idea.write("text", {language: body}, original=language)
    publish(IdeaSent(locked.process_id, locked.pk, idea.pk))
    return idea, _code_of(locked, speech, known_code)


@transaction.atomic
def translate_idea(idea: Idea, bodies: dict[str, str], *, is_machine: bool) -> Idea:
    """Add the idea in other languages; the original stays as it was sent."""
    others = {language: checked_text(body) for language, body in bodies.items() if language != idea.language}
    idea.write("text", others, is_machine=is_machine, original=idea.language)
    return idea


@transaction.atomic
def forget_author(stage: Stage, speech: uuid.UUID) -> int:
    """Cut the link between an author and their ideas; the ideas stay. Returns how many there were."""
    return Idea.objects.filter(stage=stage, speech=speech).update(speech=None)


def _code_of(stage: Stage, speech: uuid.UUID, known_code: str) -> str:
    if not has_code(stage.process_id, CODE_PURPOSE, speech):
        return make(stage.process_id, CODE_PURPOSE, speech)
    return known_code or replace(stage.process_id, CODE_PURPOSE, speech)


def _next_number(stage: Stage) -> int:
    last = Idea.objects.filter(stage=stage).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def _check_language(language: str) -> None:
    try:
        LANGUAGE_TAG(language)
    except ValidationError as error:
        raise HouseError("consultation.language_unknown") from error


def _checked_place(place: str) -> str:
    cleaned = clean(place)
    if len(cleaned) > LONGEST_PLACE:
        raise HouseError("consultation.place_too_long", most=LONGEST_PLACE)
    return cleaned


def _count_arrival(stage: Stage, network: str, now: datetime) -> None:
    """Count one more idea of this network in this hour, or say how long to wait."""
    window = now.replace(minute=0, second=0, microsecond=0)
    arrivals, _ = Arrivals.objects.get_or_create(stage=stage, network=network, window=window)
    if arrivals.ideas >= setup_of(stage).most_per_hour:
        left = window + timedelta(hours=1) - now
        raise HouseError("consultation.too_many", minutes=max(1, -(-int(left.total_seconds()) // 60)))
    Arrivals.objects.filter(pk=arrivals.pk).update(ideas=F("ideas") + 1)
