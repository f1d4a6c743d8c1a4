"""The identity vault: what goes in sealed comes out with the right key only."""

from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from tests.foundation.people.conftest import MIA, NOW

from burgertop.foundation.people.models import Identity
from burgertop.foundation.people.vault import VaultError, blank, open_identity, seal, seal_many
from burgertop.foundation.process.models import Process


def test_what_is_sealed_opens_again(process: Process) -> None:
    sealed = seal(process.pk, MIA)

    assert open_identity(Identity.objects.get(pk=sealed.pk)) == MIA


def test_the_database_holds_no_readable_word(process: Process) -> None:
    seal(process.pk, MIA)

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM people_identity")
        stored = bytes(cursor.fetchone()[0])
    assert [word for word in MIA.values() if word.encode() in stored] == []


def test_the_same_person_sealed_twice_looks_different(process: Process) -> None:
    one, other = seal_many(process.pk, [MIA, MIA])

    assert bytes(one.sealed) != bytes(other.sealed)


def test_many_are_sealed_in_their_order(process: Process) -> None:
    people = [{"given_name": f"Mia {number}"} for number in range(3)]

    assert [open_identity(one) for one in seal_many(process.pk, people)] == people


def test_empty_fields_are_not_kept(process: Process) -> None:
    assert open_identity(seal(process.pk, {"given_name": "Mia", "phone": ""})) == {"given_name": "Mia"}


def test_another_key_does_not_open_it(process: Process, settings: Settings, tmp_path: Path) -> None:
    sealed = seal(process.pk, MIA)
    settings.KEYS = tmp_path

    with pytest.raises(VaultError):
        open_identity(sealed)


def test_a_row_that_was_cut_short_says_so(process: Process) -> None:
    sealed = seal(process.pk, MIA)
    sealed.sealed = bytes(sealed.sealed)[:10]

    with pytest.raises(VaultError):
        open_identity(sealed)


def test_the_vault_keeps_no_field_it_does_not_know(process: Process) -> None:
    with pytest.raises(ValueError, match="national_number"):
        seal(process.pk, {"national_number": "80.01.01-001.01"})


def test_a_blanked_row_stays_and_is_empty(process: Process) -> None:
    sealed = seal(process.pk, MIA)

    blank(sealed, now=NOW)

    kept = Identity.objects.get(pk=sealed.pk)
    assert (bytes(kept.sealed), kept.blanked_at, open_identity(kept)) == (b"", NOW, {})
