"""A town, its organiser, its operator, and anybody else who comes by."""

import uuid
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.actions import found_process
from burgertop.foundation.process.models import Process, Template

At = Callable[..., str]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def process(db: None) -> Process:
    titles = {"nl": "De stad", "fr": "La ville", "en": "The town"}
    return found_process("town", Template.BELGIAN, titles=titles, languages=["nl", "fr", "en"])


@pytest.fixture
def other(db: None) -> Process:
    return found_process("other", Template.PANEL_ONLY, titles={"nl": "Elders"}, languages=["nl"])


@pytest.fixture
def client_as(process: Process) -> Callable[..., Client]:
    def make(role: Role | str, where: Process = process) -> Client:
        account = Account.objects.create_user(f"{role}-{uuid.uuid4().hex[:6]}@town.example")
        if role == "operator":
            Account.objects.filter(pk=account.pk).update(is_superuser=True)
        elif role:
            give_role(where, account, Role(role))
        client = Client()
        client.force_login(account, backend=BACKEND)
        return client

    return make


@pytest.fixture
def organiser(client_as: Callable[..., Client]) -> Client:
    return client_as(Role.ORGANISER)


@pytest.fixture
def operator(client_as: Callable[..., Client]) -> Client:
    return client_as("operator")


@pytest.fixture
def at(process: Process) -> At:
    """The address of a page of the process."""

    def of(name: str, *more: object) -> str:
        return reverse(f"process:{name}", args=[process.slug, *more])

    return of


@pytest.fixture
def mails(settings: Settings, tmp_path: Path) -> Callable[[], list[EmailMessage]]:
    """Every mail that went out, from a real outbox."""
    settings.EMAIL_BACKEND = "burgertop.foundation.post.backend.OutboxBackend"
    settings.HOME = tmp_path

    def read() -> list[EmailMessage]:
        found = [message_from_bytes(path.read_bytes(), policy=default) for path in (tmp_path / "outbox").glob("*.eml")]
        return sorted(found, key=lambda mail: str(mail["To"]))  # type: ignore[return-value,arg-type]  # the default policy gives these

    return read
