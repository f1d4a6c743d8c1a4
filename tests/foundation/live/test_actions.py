"""Publishing, and forgetting what is a day old."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from burgertop.foundation.live.actions import forget_old_messages, publish
from burgertop.foundation.live.models import Message

NOON = datetime(2011, 11, 11, 12, tzinfo=UTC)
PROCESS = uuid.UUID(int=1)


@pytest.mark.django_db
def test_a_message_is_kept_with_its_topic_and_ids() -> None:
    publish("summit.7.desk", {"card": 3}, process_id=PROCESS)

    assert list(Message.objects.values_list("topic", "body", "process_id")) == [("summit.7.desk", {"card": 3}, PROCESS)]


@pytest.mark.django_db
def test_a_topic_that_cannot_stand_in_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a topic"):
        publish("Theme desk", {}, process_id=PROCESS)

    assert not Message.objects.exists()


@pytest.mark.django_db
def test_messages_of_yesterday_are_forgotten_and_those_of_today_kept() -> None:
    old = Message.objects.create(topic="desk", process_id=PROCESS, at=NOON - timedelta(hours=25))
    new = Message.objects.create(topic="desk", process_id=PROCESS, at=NOON - timedelta(hours=23))

    assert forget_old_messages(now=NOON) == 1
    assert (list(Message.objects.all()), old.number < new.number) == ([new], True)
