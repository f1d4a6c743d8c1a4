"""The words of a citizen as they are kept: cleaned of what cannot be seen, never of what was said."""

import unicodedata

from burgertop.foundation.keys import fingerprint
from burgertop.foundation.wording import HouseError

__all__ = ["LONGEST", "LONGEST_NOTE", "LONGEST_PLACE", "SHORTEST", "checked_note", "checked_text", "clean", "digest_of"]

SHORTEST = 3
LONGEST = 400
LONGEST_NOTE = 1000
LONGEST_PLACE = 60
MOST_TYPED = 20_000  # beyond it nobody looks closer: the answer is "too long" whatever it holds
JOINERS = "\u200c\u200d"  # needed by Persian, by Indic scripts and inside emoji


def clean(text: str) -> str:
    """Bring text to one form (NFC), drop control characters, fold white space.

    HTML stays as it is typed: pages show it as text.

    >>> clean("  Plus de\\tbus\\x00 le soir \\r\\n svp ")
    'Plus de bus le soir svp'
    """
    kept = (
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter.isspace() or letter in JOINERS or unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )
    return " ".join("".join(kept).split())


def checked_text(text: str) -> str:
    """Return the clean text of an idea, or say what is wrong with its length."""
    cleaned = clean(text) if len(text) <= MOST_TYPED else text
    if not any(letter.isalnum() for letter in cleaned):
        raise HouseError("consultation.text_empty")
    if len(cleaned) < SHORTEST:
        raise HouseError("consultation.text_too_short", least=SHORTEST)
    if len(cleaned) > LONGEST:
        raise HouseError("consultation.text_too_long", length=len(cleaned), most=LONGEST, over=len(cleaned) - LONGEST)
    return cleaned


def checked_note(text: str) -> str:
    """Return the clean text of a note, an appeal or an answer; it may not be empty."""
    cleaned = clean(text) if len(text) <= MOST_TYPED else text
    if not cleaned:
        raise HouseError("consultation.note_empty")
    if len(cleaned) > LONGEST_NOTE:
        over = len(cleaned) - LONGEST_NOTE
        raise HouseError("consultation.text_too_long", length=len(cleaned), most=LONGEST_NOTE, over=over)
    return cleaned


def digest_of(text: str) -> str:
    """Return the digest by which the same words are found again, whatever their case and signs.

    >>> digest_of("More buses!") == digest_of("more  buses")
    True
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(letter if letter.isalnum() else " " for letter in folded if not unicodedata.combining(letter))
    return fingerprint(" ".join(letters.split() or [text]).encode())
