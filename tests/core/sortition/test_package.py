"""What is handed out: to everybody figures, to each member their own row, to an auditor everything."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

import pytest
from tests.core.sortition.package_cases import LIMITS, LOTTERY, PACKING, POOL, QUOTAS, SECRET, audit, own, public

from burgertop.core.errors import InputError
from burgertop.core.sortition import commitment_of
from burgertop.core.sortition.package import audit_package, own_package, packing_of, public_package
from burgertop.core.sortition.published import lottery_from_json, reordered
from burgertop.core.sortition.rows import salt_of


def words_in(value: object) -> Iterator[object]:
    """Every key and every value inside plain values."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from words_in(one)
    else:
        yield value


def test_what_everybody_gets_names_nobody() -> None:
    """No id, no household, no salt, no row, no level of the certificate; values only in the quotas."""
    package = public()
    quotas = package.pop("quotas")
    words = set(map(str, words_in(package)))

    assert words.isdisjoint({*POOL.ids, *POOL.households} - {""})
    assert words.isdisjoint({value for row in POOL.values for value in row})
    assert words.isdisjoint({salt_of(SECRET, one) for one in POOL.ids})
    assert set(package["certificate"]) == {"upper_bound", "min_probability", "gap", "is_relaxed_reached"}
    assert len(quotas) == len(QUOTAS.rows)


def test_what_a_member_gets_is_about_nobody_else() -> None:
    words = set(map(str, words_in(own("n003"))))

    assert words & {*POOL.ids} == {"n003"}
    assert words & {salt_of(SECRET, one) for one in POOL.ids} == {salt_of(SECRET, "n003")}


def test_a_member_sees_on_which_panels_they_stand_and_whether_they_were_drawn() -> None:
    for one in ("n003", "n007", "n011"):
        on = [number for number in range(1, 101) if one in LOTTERY.panel(number)]

        assert own(one)["row"]["panels"] == on
        assert own(one, dice=17)["is_drawn"] is (17 in on)
    assert own_package(PACKING, "n003")["is_drawn"] is None


def test_the_lottery_of_the_auditor_is_the_one_that_was_promised() -> None:
    package = audit()

    assert sha256(package["lottery"].encode()).hexdigest() == package["commitment"] == commitment_of(LOTTERY)
    assert lottery_from_json(json.loads(package["lottery"])).panel(62) == LOTTERY.panel(62)


def test_the_order_of_people_in_a_file_changes_nothing() -> None:
    back = replace(POOL, ids=POOL.ids[::-1], values=POOL.values[::-1], households=POOL.households[::-1])
    other = packing_of(back, QUOTAS, reordered(LOTTERY, sorted(LOTTERY.ids)), SECRET, **LIMITS)

    assert audit_package(other) == audit_package(PACKING)


def test_another_secret_gives_another_root_and_the_same_figures() -> None:
    other = public_package(packing_of(POOL, QUOTAS, LOTTERY, b"t" * 32, **LIMITS))
    mine = public_package(PACKING)

    assert other.pop("root") != mine.pop("root")
    assert other == mine


def test_who_is_not_in_the_pool_gets_no_row() -> None:
    with pytest.raises(InputError) as caught:
        own_package(PACKING, "n999")

    assert (caught.value.code, caught.value.params) == ("sortition.unknown_person", {"ids": ("n999",)})


def test_a_chance_that_is_none_is_refused() -> None:
    for chance in ({"dice": 101}, {"dice": 3, "public_seed": "3"}, {"public_seed": " "}):
        with pytest.raises(InputError):
            public_package(PACKING, **chance)  # type: ignore[arg-type]  # dice or text
