"""Who holds an address may listen; nobody makes one up."""

import pytest

from burgertop.foundation.live.topics import UnknownStreamError, check_topic, sign_topics, topics_in


def test_signed_topics_are_read_back_in_order() -> None:
    assert topics_in(sign_topics("summit.7.desk", "job.12")) == ("summit.7.desk", "job.12")


@pytest.mark.parametrize("changed", ["summit.8.desk", "summit.7.desk,job.12"])
def test_an_address_with_another_topic_opens_nothing(changed: str) -> None:
    signature = sign_topics("summit.7.desk").rsplit("~", 1)[1]

    with pytest.raises(UnknownStreamError):
        topics_in(f"{changed}~{signature}")


@pytest.mark.parametrize("nothing", ["", "~", "summit.7.desk", "a~b~c", "é~x"])
def test_words_without_a_signature_open_nothing(nothing: str) -> None:
    with pytest.raises(UnknownStreamError):
        topics_in(nothing)


@pytest.mark.parametrize("name", ["", "Two Words", "a,b", "a~b", "a/b", "-a", "a" * 121, "tafel.é"])
def test_a_name_that_cannot_stand_in_an_address_is_no_topic(name: str) -> None:
    with pytest.raises(ValueError, match="is not a topic"):
        check_topic(name)


def test_a_stream_carries_at_least_one_topic_and_not_too_many() -> None:
    with pytest.raises(ValueError, match="1 to 12 topics, not 0"):
        sign_topics()
    with pytest.raises(ValueError, match="1 to 12 topics, not 13"):
        sign_topics(*(f"t{number}" for number in range(13)))
