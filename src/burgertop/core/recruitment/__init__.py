"""Recruitment: frames and the rows drawn from them."""

from burgertop.core.recruitment.frames import Frame, commit_frame, draw_rows, draw_rows_by_group, waves_of
from burgertop.core.recruitment.municipalities import Municipality, draw_municipalities, letters_by_municipality
from burgertop.core.recruitment.phones import NumberBlock, draw_phone_numbers

__all__ = [
    "Frame",
    "Municipality",
    "NumberBlock",
    "commit_frame",
    "draw_municipalities",
    "draw_phone_numbers",
    "draw_rows",
    "draw_rows_by_group",
    "letters_by_municipality",
    "waves_of",
]
