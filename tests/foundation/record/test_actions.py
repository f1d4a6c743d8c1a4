"""Writing to the record: in order, plain, also when many write at once."""

import datetime as dt
import uuid
from pathlib import Path

import pytest
from tests.foundation.ballotbox.databases import side_by_side

from burgertop.foundation.people.models import Role
from burgertop.foundation.record.actions import append
from burgertop.foundation.record.chain import START
from burgertop.foundation.record.models import Entry
from burgertop.foundation.record.queries import entries_of, head_of, lines_of, verify

A, B = uuid.UUID(int=1), uuid.UUID(int=2)
NOON = dt.datetime(2011, 11, 11, 12, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_lines_are_numbered_and_follow_each_other() -> None:
    first = append(A, "process_founded", {"template": "belgian"}, now=NOON)
    second = append(A, "stage_opened", {"kind": "summit"}, now=NOON)

    assert [(row.number, row.previous) for row in (first, second)] == [(1, START), (2, first.digest)]
    assert verify(A) == ()


@pytest.mark.django_db
def test_each_process_has_its_own_chain() -> None:
    append(A, "process_founded", {}, now=NOON)
    other = append(B, "process_founded", {}, now=NOON)

    assert (other.number, other.previous) == (1, START)
    assert [row.process_id for row in entries_of(B)] == [B]


@pytest.mark.django_db
def test_what_is_read_back_has_the_digest_that_was_written() -> None:
    facts = {"seed": 'é 𝄞 <b> \\ "', "seats": 704, "is_tied": False, "none": None, "by": {"nl": ["a", 1]}}
    entry = append(A, "draw_made", facts, now=NOON.replace(microsecond=123456))

    line = next(lines_of(A))
    assert (line.facts, line.digest, line.at) == (facts, entry.digest, "2011-11-11T12:00:00+00:00")
    assert verify(A, entry.digest, 1) == ()


@pytest.mark.django_db
def test_the_moment_is_kept_in_utc_wherever_it_was_said() -> None:
    brussels = dt.timezone(dt.timedelta(hours=1))
    append(A, "draw_made", {}, now=dt.datetime(2011, 11, 11, 13, tzinfo=brussels))

    assert next(lines_of(A)).at == "2011-11-11T12:00:00+00:00"


@pytest.mark.django_db
def test_words_of_the_house_are_written_as_words() -> None:
    assert append(A, "role_given", {"role": Role.ORGANISER}).facts == {"role": "organiser"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fact", [uuid.UUID(int=1), NOON, dt.date(2011, 11, 11), 0.5, b"x", {1, 2}, object(), [[NOON]], {"who": object()}]
)
def test_a_fact_that_is_no_plain_value_is_refused(fact: object) -> None:
    with pytest.raises(TypeError, match="is no plain value"):
        append(A, "draw_made", {"fact": fact})

    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_the_head_of_an_empty_record_is_number_nought() -> None:
    assert (head_of(A).number, head_of(A).digest) == (0, START)


def test_many_writers_at_once_get_a_number_each_and_one_chain(file_database: Path | None) -> None:
    answers = side_by_side([lambda number=number: append(A, "seat_left", {"draw": str(number)}) for number in range(8)])

    assert sorted(answer.number for answer in answers if isinstance(answer, Entry)) == list(range(1, 9))
    assert verify(A) == ()
