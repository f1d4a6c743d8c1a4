"""The pages of the data protection officer."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.utils import timezone
from tests.web.views.conftest import At

from burgertop.foundation.people.actions import note_openings
from burgertop.foundation.people.models import Account, Keeping, Participant, Role
from burgertop.foundation.people.vault import seal
from burgertop.foundation.process.models import Process


def test_the_officer_sets_days_and_sees_what_would_go(
    client_as: Callable[..., Client], at: At, process: Process
) -> None:
    officer = client_as(Role.DATA_PROTECTION)
    seal(process.pk, {"given_name": "Mia"})
    days = {"identity_days": 30, "contact_days": 90, "profile_days": 365, "speech_days": "", "access_days": 730}

    officer.post(at("desk_data"), {**days, "ended_on": "2026-09-01"})

    kept = Keeping.objects.get(process=process)
    assert (kept.identity_days, kept.speech_days, kept.ended_on) == (30, None, date(2026, 9, 1))
    page = officer.get(at("desk_data")).content.decode()
    assert "names and addresses: 1" in page
    assert "when asked" in page
    assert "Mia" not in page


def test_the_access_log_shows_account_reason_and_number_and_no_name(
    client_as: Callable[..., Client], at: At, process: Process
) -> None:
    olga = Account.objects.create_user("olga@town.example")
    people = [Participant.objects.create(process=process, origin="drawn", language="nl") for _ in range(3)]
    note_openings(process.pk, [one.pk for one in people], by=olga.pk, reason="door", now=timezone.now())

    page = client_as(Role.DATA_PROTECTION).get(at("desk_data")).content.decode()

    assert "olga@town.example" in page
    assert "to receive them at the door" in page


def test_the_register_is_filled_from_what_there_is(client_as: Callable[..., Client], at: At, process: Process) -> None:
    Participant.objects.create(process=process, origin="drawn", language="nl", features={"age_band": "18-29"})

    page = client_as(Role.DATA_PROTECTION).get(at("desk_processing")).content.decode()

    for words in ("1 participant", "Age", "Dutch", "Data protection officer: 1", "people.Identity", "90 days after"):
        assert words in page, words


def test_others_of_the_staff_stay_outside(client_as: Callable[..., Client], at: At) -> None:
    moderator = client_as(Role.MODERATOR)

    assert [moderator.get(at(name)).status_code for name in ("desk_data", "desk_processing")] == [403, 403]
