"""Who can be written to, in which language, and what stands in the window."""

import pytest
from tests.stages.lottery.recruits import ROLES, address_file

from burgertop.foundation.files.tables import FileError, read_table
from burgertop.stages.lottery.addressing import (
    LanguageRule,
    addresses_in,
    guessed_address_roles,
    languages_of_postcode,
)


def read(content: bytes, rule: LanguageRule = LanguageRule.FIRST, **changed: str):  # type: ignore[no-untyped-def]  # the test reads its fields
    return addresses_in(read_table("a.csv", content), {**ROLES, **changed}, rule=rule, first_language="nl")


def test_the_roles_of_a_plain_list_are_guessed() -> None:
    table = read_table("a.csv", address_file(40))

    assert guessed_address_roles(table) == ROLES


def test_languages_come_from_the_column_then_from_the_rule() -> None:
    given = read(address_file(3)).people
    left = read(address_file(3), LanguageRule.POSTCODE, language="out").people
    first = read(address_file(3), language="out").people

    assert [one.languages for one in given] == [("nl", "fr"), ("fr",), ("nl",)]
    assert [one.languages for one in left] == [("nl", "fr"), ("fr",), ("nl",)]
    assert {one.languages for one in first} == {("nl",)}


@pytest.mark.parametrize(
    ("postcode", "languages"),
    [
        ("1000", ("nl", "fr")),
        ("1299", ("nl", "fr")),
        ("1300", ("fr",)),
        ("1500", ("nl",)),
        ("3999", ("nl",)),
        ("4000", ("fr",)),
        ("4780", ("de",)),
        ("7999", ("fr",)),
        ("8000", ("nl",)),
        ("B-9990", ("nl",)),
        ("0999", ()),
        ("75011", ()),
        ("", ()),
    ],
)
def test_the_region_of_a_belgian_postcode(postcode: str, languages: tuple[str, ...]) -> None:
    assert languages_of_postcode(postcode) == languages


def test_people_at_one_address_are_one_household_unless_columns_say_otherwise() -> None:
    rows = b"first_name,last_name,address,postcode,municipality,sex,language\n"
    rows += b"A,B,Markt 1,9000,Gent,F,nl\nC,D,MARKT 1,9000,gent,M,nl\nE,F,Markt 2,9000,Gent,M,nl\n"

    one, other, third = read(rows).people

    assert one.household == other.household != third.household


def test_a_list_without_names_streets_or_towns_is_no_list_of_addresses() -> None:
    refusals = []
    for changed in ({"first_name": "out", "last_name": "out"}, {"address": "out"}, {"municipality": "out"}):
        with pytest.raises(FileError) as refused:
            read(address_file(3), **changed)
        refusals.append(refused.value.code)

    assert refusals == ["files.no_address_columns"] * 3


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("Nguyễn", True),
        ("Παπαδόπουλος", True),
        ("O’Brien-d’Août", True),
        ("王", False),
        ("Mia 😀", False),
        ("a\u202eb", False),
    ],
)
def test_a_name_that_the_font_lacks_is_told_before_anything_is_printed(name: str, is_good: bool) -> None:
    rows = f"first_name,last_name,address,postcode,municipality,sex,language\n{name},B,Markt 1,9000,Gent,F,nl\n"

    found = read(rows.encode())

    assert [fault.kind for fault in found.faults] == ([] if is_good else ["strange"])


def test_two_columns_cannot_be_the_street() -> None:
    with pytest.raises(FileError) as refused:
        read(address_file(3), postcode="address")

    assert refused.value.code == "files.role_twice"
