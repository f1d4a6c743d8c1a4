"""What a check found, in words."""

from dataclasses import dataclass

from burgertop.core.sortition.verify import FAILED, OPEN, PASSED

__all__ = ["FAILED", "OPEN", "PASSED", "Finding", "held_to"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: how it ended, and the sentence that holds or does not."""

    state: str
    words: str


def held_to(is_right: object, words: str, why_not: str = "") -> Finding:
    """A sentence that holds, or does not and why."""
    return Finding(PASSED, words) if is_right else Finding(FAILED, f"{words} {why_not}".rstrip())
