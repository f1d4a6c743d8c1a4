"""Reads about codes."""

import uuid

from burgertop.foundation.codes.actions import make, revoke
from burgertop.foundation.codes.models import Code
from burgertop.foundation.codes.queries import is_standing, standing_codes, subjects_without_code


def test_only_codes_that_work_are_standing(process_id: uuid.UUID) -> None:
    one, two, three = (uuid.uuid4() for _ in range(3))
    make(process_id, "seat", one)
    make(process_id, "seat", two)
    revoke(process_id, "seat", two)

    assert set(standing_codes(process_id, "seat").values_list("subject", flat=True)) == {one}
    assert subjects_without_code(process_id, "seat", [three, two, one]) == [three, two]
    assert {code.subject: is_standing(code.pk) for code in Code.objects.all()} == {one: True, two: False}
