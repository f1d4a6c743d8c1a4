"""The lock on the record: the database itself refuses change and deletion."""

import uuid
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from burgertop.foundation.record.actions import append
from burgertop.foundation.record.guards import is_on, put_on, take_off
from burgertop.foundation.record.models import Entry
from burgertop.foundation.record.queries import verify

pytestmark = pytest.mark.django_db
A = uuid.UUID(int=1)


@pytest.fixture(autouse=True)
def _locked(db: None) -> Iterator[None]:
    if not is_on(connection):
        put_on(connection)
    return


def test_a_line_cannot_be_changed() -> None:
    append(A, "draw_chance", {"seed": "4 1 7"})

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Entry.objects.update(facts={"seed": "7 7 7"})
    assert verify(A) == ()


def test_a_line_cannot_be_deleted() -> None:
    append(A, "draw_chance", {"seed": "4 1 7"})

    with pytest.raises(DatabaseError, match="record is never"), transaction.atomic():
        Entry.objects.all().delete()
    assert Entry.objects.count() == 1


def test_lines_are_still_added() -> None:
    append(A, "draw_chance", {"seed": "4 1 7"})

    assert append(A, "seat_left", {}).number == 2


def test_the_lock_comes_off_for_a_migration_and_goes_on_again() -> None:
    append(A, "draw_chance", {"seed": "4 1 7"})

    take_off(connection)
    assert Entry.objects.update(kind="draw_made") == 1
    put_on(connection)

    assert [one.code for one in verify(A)] == ["record.line_changed"]
    assert is_on(connection)
