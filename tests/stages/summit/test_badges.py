"""Codes of badges: the same for the same badge, another for each person and each new badge."""

import uuid

from burgertop.foundation.codes.alphabet import is_well_formed
from burgertop.stages.summit.badges import badge_code

STAGE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


def test_a_badge_has_one_code_and_it_is_spelled_like_a_personal_code() -> None:
    codes = [badge_code(STAGE, uuid.UUID(int=number), 1) for number in range(300)]

    assert codes == [badge_code(STAGE, uuid.UUID(int=number), 1) for number in range(300)]
    assert all(is_well_formed(code) for code in codes)
    assert len(set(codes)) == 300


def test_a_new_badge_and_another_day_have_other_codes() -> None:
    mia = uuid.UUID(int=7)

    assert len({badge_code(STAGE, mia, 1), badge_code(STAGE, mia, 2), badge_code(OTHER, mia, 1)}) == 3
