"""What can be done with a ballot, in this order: prepare, open, cast, then count or cancel."""

from burgertop.foundation.ballotbox.casting import Vote, cast, cast_together
from burgertop.foundation.ballotbox.counting import cancel, close_and_count, sweep_keys
from burgertop.foundation.ballotbox.preparing import OptionDraft, open_ballot, prepare

__all__ = [
    "OptionDraft",
    "Vote",
    "cancel",
    "cast",
    "cast_together",
    "close_and_count",
    "open_ballot",
    "prepare",
    "sweep_keys",
]
