"""What is said when a code is not taken."""

import pytest

from burgertop.foundation.codes.sentences import SENTENCES
from burgertop.foundation.wording import HouseError, say


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            HouseError("codes.mistyped", given=10, needed=10, strange=("0", "O")),
            "A code never has “0 O”. Codes have the digits 2 to 9 and letters, but no I, L, O or U. Please look again.",
        ),
        (
            HouseError("codes.mistyped", given=9, needed=10, strange=()),
            "Your code has 10 characters, you typed 9. Please look again.",
        ),
        (
            HouseError("codes.mistyped", given=10, needed=10, strange=()),
            "One character of the code is not right, or two have changed places. Please look again.",
        ),
        (
            HouseError("codes.too_many_attempts", minutes=1),
            "Too many wrong codes were typed. Please try again in 1 minute.",
        ),
        (
            HouseError("codes.too_many_attempts", minutes=8),
            "Too many wrong codes were typed. Please try again in 8 minutes.",
        ),
    ],
)
def test_the_sentence_says_what_is_wrong(error: HouseError, sentence: str) -> None:
    assert say(error) == sentence


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_code_has_a_sentence(code: str) -> None:
    assert code not in say(HouseError(code, given=9, needed=10, strange=(), minutes=3))
