"""Recruitment: frames and the rows drawn from them, how many letters, who answers, who comes.

A name is looked up when somebody asks for it, so that drawing rows and drawing them again loads no statistics.
"""

from typing import TYPE_CHECKING

from burgertop.core.lazy import looked_up

if TYPE_CHECKING:
    from burgertop.core.recruitment.attendance import (
        GroupConfirmations,
        Overbooking,
        attendance_of,
        overbook,
        present_of_confirmed,
        present_of_letters,
    )
    from burgertop.core.recruitment.frames import Frame, commit_frame, draw_rows, draw_rows_by_group, waves_of
    from burgertop.core.recruitment.funnel import FunnelCount, FunnelLine, funnel_of
    from burgertop.core.recruitment.hierarchy import Hierarchy, Total
    from burgertop.core.recruitment.holding_out import HeldOut, Step, leave_one_out
    from burgertop.core.recruitment.municipalities import Municipality, draw_municipalities, letters_by_municipality
    from burgertop.core.recruitment.phones import NumberBlock, draw_phone_numbers
    from burgertop.core.recruitment.precedents import PRECEDENTS, Kind, Precedent, attendance_before, response_before
    from burgertop.core.recruitment.rates import Belief, Interval, Tally
    from burgertop.core.recruitment.response import GroupLetters, LetterPlan, letters_for, response_of

__all__ = [
    "PRECEDENTS",
    "Belief",
    "Frame",
    "FunnelCount",
    "FunnelLine",
    "GroupConfirmations",
    "GroupLetters",
    "HeldOut",
    "Hierarchy",
    "Interval",
    "Kind",
    "LetterPlan",
    "Municipality",
    "NumberBlock",
    "Overbooking",
    "Precedent",
    "Step",
    "Tally",
    "Total",
    "attendance_before",
    "attendance_of",
    "commit_frame",
    "draw_municipalities",
    "draw_phone_numbers",
    "draw_rows",
    "draw_rows_by_group",
    "funnel_of",
    "leave_one_out",
    "letters_by_municipality",
    "letters_for",
    "overbook",
    "present_of_confirmed",
    "present_of_letters",
    "response_before",
    "response_of",
    "waves_of",
]

__getattr__, __dir__ = looked_up(
    __name__,
    {
        "attendance": "GroupConfirmations Overbooking attendance_of overbook present_of_confirmed present_of_letters",
        "frames": "Frame commit_frame draw_rows draw_rows_by_group waves_of",
        "funnel": "FunnelCount FunnelLine funnel_of",
        "hierarchy": "Hierarchy Total",
        "holding_out": "HeldOut Step leave_one_out",
        "municipalities": "Municipality draw_municipalities letters_by_municipality",
        "phones": "NumberBlock draw_phone_numbers",
        "precedents": "Kind PRECEDENTS Precedent attendance_before response_before",
        "rates": "Belief Interval Tally",
        "response": "GroupLetters LetterPlan letters_for response_of",
    },
    globals(),
)
