"""A pool that is not whole is refused, and the refusal says where."""

import pytest

from burgertop.core.errors import InputError, Param
from burgertop.core.sortition import Pool


def test_a_column_tells_everybodys_value_in_the_order_of_the_pool() -> None:
    pool = Pool(("b", "a"), ("gender", "age"), (("woman", "<30"), ("man", "60+")))

    assert pool.column("age") == ("<30", "60+")
    assert len(pool) == 2


def test_two_pools_with_the_same_people_are_equal() -> None:
    assert Pool(("a",), ("x",), (("1",),)) == Pool(("a",), ("x",), (("1",),))


@pytest.mark.parametrize(
    ("ids", "features", "values", "households", "code", "params"),
    [
        ((), ("x",), (), (), "sortition.empty_pool", {}),
        (("a",), (), ((),), (), "sortition.no_features", {}),
        (("a", ""), ("x",), (("1",), ("1",)), (), "sortition.empty_id", {"row": 2}),
        (("a", "b", "a"), ("x",), (("1",),) * 3, (), "sortition.doubled_id", {"ids": ("a",)}),
        (("a",), ("x", "x"), (("1", "1"),), (), "sortition.doubled_feature", {"features": ("x",)}),
        (("a", "b"), ("x",), (("1",),), (), "sortition.ragged_rows", {"people": 2, "rows": 1}),
        (("a",), ("x",), (("1", "2"),), (), "sortition.ragged_row", {"id": "a", "features": 1, "values": 2}),
        (("a",), ("x", "y"), (("1", ""),), (), "sortition.empty_value", {"id": "a", "feature": "y"}),
        (("a",), ("x",), (("1",),), ("h", "h"), "sortition.ragged_households", {"people": 1, "households": 2}),
    ],
)
def test_a_pool_that_is_not_whole_is_refused(
    ids: tuple[str, ...],
    features: tuple[str, ...],
    values: tuple[tuple[str, ...], ...],
    households: tuple[str, ...],
    code: str,
    params: dict[str, Param],
) -> None:
    with pytest.raises(InputError) as caught:
        Pool(ids, features, values, households)

    assert (caught.value.code, caught.value.params) == (code, params)


def test_a_feature_that_is_not_there_is_named() -> None:
    pool = Pool(("a",), ("x",), (("1",),))

    with pytest.raises(InputError) as caught:
        pool.column("age")

    assert (caught.value.code, caught.value.params) == ("sortition.unknown_feature", {"feature": "age"})
