"""A row holds what a lottery says of one person, under a salt of its own."""

import json

import pytest
from tests.core.sortition.package_cases import LOTTERY, POOL

from burgertop.core.errors import InputError
from burgertop.core.sortition.rows import Row, parts_of, row_of, rows_of, salt_of

SECRET = b"s" * 32


def row(one: str) -> Row:
    values = (("age", "60+"), ("place", "“Liège”\n\u2028"))
    return Row(one, values, "", (2, 5), parts_of(0.25), parts_of(0.25), 2, salt_of(SECRET, one))


def test_a_salt_is_made_again_by_the_same_secret_only() -> None:
    assert salt_of(SECRET, "p1") == salt_of(SECRET, "p1")
    assert len({salt_of(SECRET, "p1"), salt_of(SECRET, "p2"), salt_of(b"t" * 32, "p1")}) == 3
    with pytest.raises(InputError):
        salt_of(b"too short", "p1")


def test_a_row_is_read_back_as_it_was_and_in_no_other_form() -> None:
    content = json.loads(json.dumps(row("p1").as_json()))

    assert Row.from_json(content) == row("p1")
    for name, value in (("ideal", 0.25), ("published", True), ("id", 7), ("panels", ["2"])):
        with pytest.raises(TypeError):
            Row.from_json({**content, name: value})


def test_a_row_has_no_number_with_a_fraction() -> None:
    """So that every language writes it in the same bytes."""
    assert b"." not in json.dumps(row("p1").as_json()).encode()
    assert parts_of(0.1) == 100_000_000_000


def test_one_row_made_again_is_the_row_that_was_promised() -> None:
    rows = {one.id: one for one in rows_of(POOL, LOTTERY, SECRET)}

    for place, one in enumerate(POOL.ids):
        values = dict(zip(POOL.features, POOL.values[place], strict=True))
        assert row_of(LOTTERY, place, values, POOL.households[place], SECRET) == rows[one]
