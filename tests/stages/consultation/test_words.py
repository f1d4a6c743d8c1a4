"""Words as they are kept."""

import pytest

from burgertop.foundation.wording import HouseError, say
from burgertop.stages.consultation.words import checked_text, clean, digest_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  one \r\n\t two ", "one two"),
        ("a\x00b\u202ec\x07", "abc"),
        ("e\u0301cole", "école"),
        ("<b>Bold</b> & co", "<b>Bold</b> & co"),
        ("🚌 late bus 👩‍👧", "🚌 late bus 👩‍👧"),
        ("شوارع آمنة", "شوارع آمنة"),
    ],
)
def test_only_what_cannot_be_seen_is_dropped(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_text_that_is_too_long_is_told_by_how_much() -> None:
    with pytest.raises(HouseError) as raised:
        checked_text("a" * 412)

    assert say(raised.value) == "Your text has 412 characters. There is room for 400: make it 12 shorter."


def test_signs_and_capitals_do_not_make_another_text() -> None:
    assert digest_of("More BUSES!") == digest_of("more, buses")
    assert digest_of("More buses") != digest_of("More trains")


def test_a_million_signs_are_refused_without_a_closer_look() -> None:
    codes = []
    for typed in ("a" * 1_000_000, "\0" * 1_000_000, " " * 1_000_000, "\udc80a" * 500_000):
        with pytest.raises(HouseError) as raised:
            checked_text(typed)
        codes.append(raised.value.code.removeprefix("consultation."))

    assert codes == ["text_too_long", "text_empty", "text_empty", "text_too_long"]
