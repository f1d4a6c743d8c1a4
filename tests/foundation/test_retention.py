"""Retention: no model is kept without saying how long."""

from datetime import UTC, datetime, timedelta

from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import DateTimeField

from burgertop.foundation.codes.models import Attempts, Space
from burgertop.foundation.live.models import Message
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import StageKind, Template
from burgertop.foundation.retention import (
    OTHERS,
    TRACES_KEPT,
    Retention,
    forget_old_traces,
    moment_of,
    retention_of,
)
from burgertop.stages.consultation.models import Arrivals

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def test_every_model_names_its_class() -> None:
    without = []
    for model in apps.get_models(include_auto_created=True):
        is_ours = model.__module__.startswith("burgertop.") and not model._meta.auto_created
        named = vars(model).get("retention") if is_ours else OTHERS.get(model._meta.label)
        if not isinstance(named, Retention) and not model._meta.auto_created:
            without.append(model._meta.label)

    assert without == []


def test_the_list_of_others_names_installed_models_only() -> None:
    installed = {model._meta.label for model in apps.get_models()}

    assert set(OTHERS) - installed == set()


def test_names_and_addresses_are_in_the_class_that_is_blanked_first() -> None:
    classes = {label: apps.get_model(label).retention for label in ("people.Identity", "people.Account")}  # type: ignore[attr-defined]  # ours

    assert classes == {"people.Identity": Retention.IDENTITY, "people.Account": Retention.IDENTITY}


def test_every_technical_trace_names_the_moment_by_which_it_is_forgotten() -> None:
    traces = [model for model in apps.get_models() if retention_of(model) == Retention.LOG]

    assert len(traces) > 8
    assert [model._meta.label for model in traces if not _is_moment(model, moment_of(model))] == []


def _is_moment(model: type, name: str) -> bool:
    return isinstance(model._meta.get_field(name), DateTimeField)  # type: ignore[attr-defined]  # a model


def test_technical_traces_of_a_month_ago_go_and_newer_ones_stay(db: None) -> None:
    process = found_process("town", Template.BELGIAN, titles={"nl": "Stad"}, languages=["nl"])
    stage = process.stages.get(kind=StageKind.CONSULTATION)
    space = Space.objects.create(process=process, purpose="seat")
    for days, name in ((31, "old"), (29, "new")):
        at = NOON - timedelta(days=days)
        Attempts.objects.create(space=space, network=name, window=at)
        Arrivals.objects.create(stage=stage, network=name, window=at)
        Message.objects.create(process_id=process.pk, topic="job.1", at=at)
        Session.objects.create(session_key=name, session_data="", expire_date=at + TRACES_KEPT)
        AccessAttempt.objects.create(username=name, ip_address="127.0.0.1", failures_since_start=1)
        AccessAttempt.objects.filter(username=name).update(attempt_time=at)

    forgotten, again = forget_old_traces(now=NOON), forget_old_traces(now=NOON)

    labels = ("codes.Attempts", "consultation.Arrivals", "live.Message", "sessions.Session", "axes.AccessAttempt")
    assert (forgotten, again) == (dict.fromkeys(labels, 1), {})
    assert list(Attempts.objects.values_list("network")) == list(Arrivals.objects.values_list("network")) == [("new",)]
    assert Session.objects.get().expire_date > NOON
