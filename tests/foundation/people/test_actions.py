"""Roles, consents and erasure."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.foundation.people.conftest import NOW

from burgertop.foundation.keys import fingerprint
from burgertop.foundation.people.actions import (
    LastOrganiserError,
    erase,
    give_consent,
    give_role,
    take_role,
    withdraw_consent,
)
from burgertop.foundation.people.models import Account, Identity, Participant, Purpose, Role
from burgertop.foundation.people.queries import has_consent, members_of, processes_of, roles_of
from burgertop.foundation.people.vault import open_identity
from burgertop.foundation.process.models import Process
from burgertop.foundation.record.queries import entries_of

Found = Callable[[str], Process]


@pytest.fixture
def alice(db: None) -> Account:
    return Account.objects.create_user("Alice@Town.example")


def test_an_account_is_known_by_its_mail_in_small_letters(alice: Account) -> None:
    assert (alice.email, alice.has_usable_password(), str(alice)) == (
        "alice@town.example",
        False,
        f"account {alice.pk}",
    )


def test_a_role_given_twice_is_held_once(process: Process, alice: Account) -> None:
    one, other = (give_role(process, alice, Role.MODERATOR) for _ in range(2))

    assert one.pk == other.pk
    assert roles_of(alice.pk) == {process.pk: frozenset({Role.MODERATOR})}


def test_a_role_holds_in_its_own_process_only(found: Found, alice: Account) -> None:
    here, there = found("here"), found("there")

    give_role(here, alice, Role.ORGANISER)
    give_role(here, alice, Role.OBSERVER)

    assert roles_of(alice.pk) == {here.pk: frozenset({Role.ORGANISER, Role.OBSERVER})}
    assert list(members_of(there)) == []
    assert list(processes_of(alice)) == [here]


def test_the_record_says_that_a_role_was_given_and_not_to_whom(
    process: Process, alice: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        take_role(give_role(process, alice, Role.MODERATOR))

    lines = [(entry.kind, entry.facts) for entry in entries_of(process.pk)]
    assert lines == [("role_taken", {"role": "moderator"}), ("role_given", {"role": "moderator"})]


def test_the_last_organiser_stays(process: Process, alice: Account) -> None:
    membership = give_role(process, alice, Role.ORGANISER)

    with pytest.raises(LastOrganiserError):
        take_role(membership)

    assert roles_of(alice.pk) == {process.pk: frozenset({Role.ORGANISER})}


def test_an_organiser_goes_when_another_stays(process: Process, alice: Account) -> None:
    membership = give_role(process, alice, Role.ORGANISER)
    give_role(process, Account.objects.create_user("bob@town.example"), Role.ORGANISER)

    take_role(membership)

    assert roles_of(alice.pk) == {}


def test_an_organiser_of_another_process_does_not_count(found: Found, alice: Account) -> None:
    membership = give_role(found("here"), alice, Role.ORGANISER)
    give_role(found("there"), alice, Role.ORGANISER)

    with pytest.raises(LastOrganiserError):
        take_role(membership)


def test_a_consent_given_twice_stands_once(mia: Participant) -> None:
    one, other = (
        give_consent(mia, Purpose.PHOTO, wording="I agree to photos.", language="nl", now=NOW) for _ in range(2)
    )

    assert one.pk == other.pk
    assert (one.wording, one.language, one.given_at) == (fingerprint(b"I agree to photos."), "nl", NOW)


def test_each_purpose_is_agreed_to_apart(mia: Participant) -> None:
    give_consent(mia, Purpose.PHOTO, wording="x", language="nl", now=NOW)

    assert [purpose for purpose in Purpose if has_consent(mia, purpose)] == [Purpose.PHOTO]


def test_a_consent_is_withdrawn_once_and_can_be_given_again(mia: Participant) -> None:
    first = give_consent(mia, Purpose.PHOTO, wording="x", language="nl", now=NOW)

    assert [withdraw_consent(mia, Purpose.PHOTO, now=NOW) for _ in range(2)] == [1, 0]
    assert not has_consent(mia, Purpose.PHOTO)

    again = give_consent(mia, Purpose.PHOTO, wording="x", language="nl", now=NOW + timedelta(days=1))
    assert again.pk != first.pk
    assert has_consent(mia, Purpose.PHOTO)


def test_a_guardian_s_consent_is_marked_as_such(mia: Participant) -> None:
    consent = give_consent(mia, Purpose.TAKE_PART, wording="x", language="fr", now=NOW, is_by_guardian=True)

    assert consent.is_by_guardian


def test_erasing_somebody_blanks_the_person_and_keeps_the_row(mia: Participant) -> None:
    give_consent(mia, Purpose.PHOTO, wording="x", language="nl", now=NOW)
    identity = mia.identity_id

    erase(mia, now=NOW)

    kept = Participant.objects.get(pk=mia.pk)
    assert (kept.identity, kept.features, kept.speaks, kept.pool_id, kept.erased_at) == (None, {}, [], "", NOW)
    assert open_identity(Identity.objects.get(pk=identity)) == {}
    assert not has_consent(kept, Purpose.PHOTO)
    assert Participant.objects.count() == 1


def test_two_people_of_one_process_can_be_erased(mia: Participant, process: Process) -> None:
    other = Participant.objects.create(process=process, origin="drawn", language="nl", pool_id="0002")

    erase(mia, now=NOW)
    erase(other, now=NOW)

    assert Participant.objects.filter(erased_at=NOW).count() == 2


def test_the_record_says_that_somebody_was_erased_and_not_who(
    mia: Participant, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase(mia, now=NOW)
        erase(mia, now=NOW + timedelta(days=1))

    assert [(entry.kind, entry.facts) for entry in entries_of(mia.process_id)] == [("person_erased", {})]
    assert Participant.objects.get(pk=mia.pk).erased_at == NOW
