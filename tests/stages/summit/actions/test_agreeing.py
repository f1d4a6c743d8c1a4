"""A word about photos at the desk: kept with its moment, taken back at any time, seen by doors and papers."""

from datetime import timedelta

import pytest
from tests.stages.summit.conftest import NOW

from burgertop.foundation.people.actions import give_consent
from burgertop.foundation.people.models import Participant, Purpose
from burgertop.foundation.process.models import Stage
from burgertop.foundation.wording import HouseError, say
from burgertop.stages.summit.actions import agree_to_photos
from burgertop.stages.summit.queries import list_version
from burgertop.stages.summit.queries.in_photos import PhotoAnswer, in_photos, photo_answer_of
from burgertop.stages.summit.queries.papers import hall_of_papers, seats_digest

LATER = NOW + timedelta(hours=2)


def test_a_word_about_photos_is_kept_with_its_moment_and_can_be_taken_back(people: list[Participant]) -> None:
    person = people[0]
    answers = [photo_answer_of(person)]
    for is_yes, now in ((True, NOW), (True, LATER), (False, LATER), (False, LATER + timedelta(hours=1))):
        agree_to_photos(person, is_yes=is_yes, now=now)
        answers.append(photo_answer_of(person))

    yes, no = PhotoAnswer(is_yes=True, at=NOW), PhotoAnswer(is_yes=False, at=LATER)
    assert answers == [PhotoAnswer(is_yes=False, at=None), yes, yes, no, no]
    assert in_photos(person.process_id) == frozenset()


def test_doors_fetch_their_list_and_papers_are_out_of_date_when_somebody_changes_their_mind(
    stage: Stage, people: list[Participant]
) -> None:
    seen = []
    for is_yes in (True, False):
        agree_to_photos(people[0], is_yes=is_yes, now=NOW)
        seen.append((list_version(stage), seats_digest(hall_of_papers(stage))))

    assert [one == other for one, other in zip(*seen, strict=True)] == [False, False]


def test_a_yes_of_somebody_with_a_guardian_is_the_guardians_and_a_no_is_their_own(people: list[Participant]) -> None:
    person = people[0]
    for purpose in (Purpose.TAKE_PART, Purpose.PHOTO):
        give_consent(person, purpose, wording="x", language="nl", now=NOW, is_by_guardian=True)

    agree_to_photos(person, is_yes=False, now=LATER)
    with pytest.raises(HouseError) as caught:
        agree_to_photos(person, is_yes=True, now=LATER)

    assert "parent or guardian" in say(caught.value)
    assert photo_answer_of(person) == PhotoAnswer(is_yes=False, at=LATER)
