"""Signed links, and the notes of those who look on."""

import hashlib
import uuid
from datetime import datetime, timedelta

import pytest

from burgertop.foundation.people.actions import give_role
from burgertop.foundation.people.links import open_link
from burgertop.foundation.people.models import Account, Role
from burgertop.foundation.process.models import Stage
from burgertop.foundation.record.models import Entry
from burgertop.foundation.wording import HouseError
from burgertop.stages.summit import actions
from burgertop.stages.summit.actions import Author, NoteDraft
from burgertop.stages.summit.models import LinkKind, Observation, Round, SignedLink
from burgertop.stages.summit.queries.eyes import notes_table, notes_text, observations_by


@pytest.fixture
def link(stage: Stage, now: datetime) -> SignedLink:
    return actions.make_link(
        stage,
        LinkKind.OBSERVER,
        " international  observers",
        ends_at=now + timedelta(hours=9),
        once=uuid.uuid4(),
        now=now,
    )


def test_a_link_is_made_once_and_its_address_says_nothing_of_its_purpose(link: SignedLink, now: datetime) -> None:
    again = actions.make_link(link.stage, LinkKind.PRESS, "other", ends_at=link.ends_at, once=link.pk, now=now)
    address = actions.address_for(link, "/en/town/summit/day/observe/")
    opened = open_link(address.removeprefix("/a/"))

    assert (again.pk, again.kind, again.purpose) == (link.pk, "observe", "international observers")
    assert (opened.door.purpose, opened.door.subject, opened.door.key) == ("observe", link.pk, link.key)
    assert Entry.objects.get(kind="link_given").facts == {"stage": str(link.stage_id), "for": "observe"}


@pytest.mark.parametrize(
    ("after", "code"),
    [(timedelta(0), "summit.link_ends_in_past"), (timedelta(days=401), "summit.link_too_long")],
)
def test_a_link_ends_in_the_future_and_not_too_far(stage: Stage, now: datetime, after: timedelta, code: str) -> None:
    with pytest.raises(HouseError) as caught:
        actions.make_link(stage, LinkKind.PRESS, "press", ends_at=now + after, once=uuid.uuid4(), now=now)

    assert caught.value.code == code


def test_a_link_that_is_called_back_is_good_no_more(link: SignedLink, now: datetime) -> None:
    actions.call_back(link, now=now + timedelta(hours=1))
    actions.call_back(link, now=now + timedelta(hours=2))

    link.refresh_from_db()
    assert (link.is_good(now + timedelta(hours=1)), link.called_back_at) == (False, now + timedelta(hours=1))
    assert Entry.objects.filter(kind="link_called_back").count() == 1


def test_a_note_is_published_whole_and_then_nobody_changes_it(link: SignedLink, round_: Round, now: datetime) -> None:
    author, words = Author(link=link), "Tafel 4 kreeg te weinig tijd.\n\nTwee keer gezien."
    once = uuid.uuid4()
    draft = NoteDraft(words, "nl", round_, table=4)
    for _ in range(2):
        note = actions.write_note(link.stage, author, draft, once=once, now=now)
    shown = actions.publish_observation(note, signed="", now=now + timedelta(minutes=5))
    actions.publish_observation(note, signed="somebody else", now=now + timedelta(minutes=6))

    for act in (
        lambda: actions.change_note(note, NoteDraft("Alles ging goed.", "nl"), now=now),
        lambda: actions.drop_observation(note),
    ):
        with pytest.raises(HouseError) as caught:
            act()
        assert caught.value.code == "summit.note_published"

    note.refresh_from_db()
    facts = Entry.objects.get(kind="observer_note_published").facts
    assert (note.body, note.signed) == (words, "international observers")
    assert (note.digest, facts["digest"], shown.digest) == (hashlib.sha256(words.encode()).hexdigest(),) * 3


def test_an_answer_stands_beside_what_is_published_only(link: SignedLink, now: datetime) -> None:
    note = actions.write_note(link.stage, Author(link=link), NoteDraft("Late.", "en"), once=uuid.uuid4(), now=now)
    with pytest.raises(HouseError) as caught:
        actions.answer_observation(note, answer="Ten minutes.", language="en", now=now)
    actions.publish_observation(note, signed="", now=now)
    actions.answer_observation(note, answer="Ten minutes.", language="en", now=now)

    note.refresh_from_db()
    assert caught.value.code == "summit.note_not_published"
    assert (note.body, note.answer) == ("Late.", "Ten minutes.")


def test_a_report_is_kept_byte_for_byte_and_can_be_thrown_away_before(
    link: SignedLink, now: datetime, django_capture_on_commit_callbacks: object
) -> None:
    author, content = Author(link=link), b"# Report\r\n\r\nAll tables wrote.\n"
    kept, dropped = (
        actions.take_report(link.stage, author, content, ending="md", language="en", once=uuid.uuid4(), now=now)
        for _ in range(2)
    )
    storage, name = dropped.file.storage, str(dropped.file.name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture of pytest-django
        actions.drop_observation(dropped)
    actions.publish_observation(kept, signed="Ann, for the observers", now=now)

    with kept.file.open("rb") as file:
        assert file.read() == content
    assert (storage.exists(name), kept.ending) == (False, "md")
    assert Entry.objects.get(kind="observer_report_published").facts["digest"] == hashlib.sha256(content).hexdigest()
    kept.file.delete(save=False)


def test_authors_read_their_own_notes_and_take_them_along(link: SignedLink, round_: Round, now: datetime) -> None:
    account = Account.objects.create_user("eyes@town.example")
    give_role(link.stage.process, account, Role.OBSERVER)
    mine, theirs = Author(account=account.pk, link=link), Author(link=link)
    actions.write_note(link.stage, mine, NoteDraft("=1+1", "en", round_, table=2), once=uuid.uuid4(), now=now)
    actions.write_note(link.stage, theirs, NoteDraft("Noch etwas.", "de"), once=uuid.uuid4(), now=now)

    own = observations_by(link.stage, account.pk, None)
    assert [one.body for one in own] == ["=1+1"]
    assert [one.body for one in observations_by(link.stage, None, link)] == ["Noch etwas."]
    assert notes_table(own, "en")[1] == [["2011-11-11T11:00+01:00", 1, 2, "", "en", "=1+1", "", ""]]
    assert notes_text(own, "en") == "2011-11-11T11:00+01:00  Round 1, Table 2\n=1+1\n"
    assert Observation.objects.count() == 2
