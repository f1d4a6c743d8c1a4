"""Who must and never sits, and how many of a household, has to make sense."""

import pytest

from burgertop.core.errors import InputError, Param
from burgertop.core.sortition import Pool
from burgertop.core.sortition.limits import Limits, limits_of

POOL = Pool(("a", "b"), ("x",), (("1",), ("1",)))


def test_ids_are_kept_once_and_in_order() -> None:
    assert limits_of(POOL, 2, must=["b", "a", "b"]) == Limits(("a", "b"), (), None)


@pytest.mark.parametrize(
    ("must", "never", "household", "code", "params"),
    [
        (["z"], [], None, "sortition.unknown_person", {"ids": ("z",)}),
        (["a"], ["a"], None, "sortition.must_and_never", {"ids": ("a",)}),
        (["a", "b"], [], None, "sortition.must_above_seats", {"people": 2, "seats": 1}),
        ([], [], 0, "sortition.no_one_per_household", {"limit": 0}),
        ([], [], 1, "sortition.households_unknown", {}),
    ],
)
def test_limits_that_make_no_sense_are_refused(
    must: list[str], never: list[str], household: int | None, code: str, params: dict[str, Param]
) -> None:
    with pytest.raises(InputError) as caught:
        limits_of(POOL, 1, must, never, household)

    assert (caught.value.code, caught.value.params) == (code, params)
