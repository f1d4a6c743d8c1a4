"""Calls for help, messages to everyone, and the topics that tables choose: short ways between desk and tables."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.models import DayMessage, HelpCall, HelpKind, Round, RoundKind, Table, TableTopic
from burgertop.stages.summit.news import tell_control, tell_hall, tell_table

__all__ = ["call_for_help", "choose_topic", "end_call", "send_message", "take_call", "take_message_away"]


@transaction.atomic
def call_for_help(table: Table, *, kind: HelpKind, once: uuid.UUID, now: datetime) -> HelpCall:
    """Let a table ask for help; sent twice, or asked again while the call is open, it is one call."""
    locked = Table.objects.select_for_update().select_related("stage").get(pk=table.pk)
    known = HelpCall.objects.filter(once=once, table=locked).first()
    known = known or locked.help_calls.open().filter(kind=kind).first()
    if known is not None:
        return known
    if HelpCall.objects.filter(once=once).exists():
        raise HouseError("summit.call_elsewhere")
    call = HelpCall.objects.create(table=locked, kind=kind, once=once, called_at=now)
    _tell(locked)
    return call


@transaction.atomic
def take_call(call: HelpCall, *, by: uuid.UUID | None, now: datetime) -> HelpCall:
    """Say that somebody goes there: the table sees it at once. Who took it first has it."""
    locked = _locked(call)
    if locked.taken_at is None and locked.ended_at is None:
        locked.taken_at, locked.taken_by = now, by
        locked.save(update_fields=["taken_at", "taken_by"])
        _tell(locked.table)
    return locked


@transaction.atomic
def end_call(call: HelpCall, *, now: datetime) -> HelpCall:
    """End a call: help was there, or is not needed any more; a second time changes nothing."""
    locked = _locked(call)
    if locked.ended_at is None:
        locked.ended_at = now
        locked.save(update_fields=["ended_at"])
        _tell(locked.table)
    return locked


@transaction.atomic
def send_message(stage: Stage, texts: Mapping[str, str], *, once: uuid.UUID, now: datetime) -> DayMessage:
    """Show a short message on every page of the day, in place of the one before; sent twice it is one.

    Raises:
        HouseError: ``summit.message_without_words``.
    """
    spoken = {language: text for language, text in texts.items() if text.strip()}
    if not spoken:
        raise HouseError("summit.message_without_words")
    locked = Stage.objects.select_for_update().get(pk=stage.pk)
    known = DayMessage.objects.filter(once=once).first()
    if known is not None:
        return known
    locked.day_messages.filter(ended_at__isnull=True).update(ended_at=now)
    message = DayMessage.objects.create(stage=locked, once=once, sent_at=now)
    message.write("text", spoken)
    tell_hall(locked, "message", 1)
    return message


@transaction.atomic
def take_message_away(stage: Stage, *, now: datetime) -> None:
    """Take the message to everyone away."""
    if stage.day_messages.filter(ended_at__isnull=True).update(ended_at=now):
        tell_hall(stage, "message", 0)


@transaction.atomic
def choose_topic(round_: Round, table: Table, text: str, language: str, *, now: datetime) -> TableTopic:
    """Write down what a table talks about in a round with a free topic; written again it is replaced.

    Raises:
        HouseError: ``summit.no_free_topic``, ``summit.round_closed``.
    """
    if round_.kind != RoundKind.FREE:
        raise HouseError("summit.no_free_topic")
    if not Round.objects.select_for_update().get(pk=round_.pk).is_open:
        raise HouseError("summit.round_closed")
    topic, _is_new = TableTopic.objects.update_or_create(
        round=round_, table=table, defaults={"text": text, "language": language, "written_at": now}
    )
    tell_table(table.stage, table.number, "topic")
    return topic


def _locked(call: HelpCall) -> HelpCall:
    return HelpCall.objects.select_for_update(of=("self",)).select_related("table__stage").get(pk=call.pk)


def _tell(table: Table) -> None:
    tell_table(table.stage, table.number, "help")
    tell_control(table.stage, "help")
