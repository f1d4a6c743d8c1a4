"""Addresses of rooms: only those a page may link to, and none that can be guessed."""

import pytest

from burgertop.foundation.wording import HouseError
from burgertop.stages.summit.rooms import check_address, check_pattern, filled

GOOD = [
    "https://meet.jit.si/table-601",
    "https://bbb.example.org/rooms/abc-def-ghi/join",
    "https://teams.example/l/meetup?x=1#y",
    "https://xn--mnchen-3ya.example:8443/t",
]
BAD = [
    "",
    "http://meet.example.org/x",
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,x",
    "//meet.example.org/x",
    "https:///x",
    "https://",
    "https://user:secret@meet.example.org/x",
    "https://meet.example.org/a b",
    " https://meet.example.org/a",
    "https://meet.example.org/\n",
    'https://meet.example.org/"onclick=',
    "https://meet.example.org/<x>",
    "https://meet.example.org:99999/",
    "https://[::1/",
    "https://meet.example.org/{table}",
    "https://meet.example.org/" + "a" * 300,
]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_over_https_is_taken_as_it_is(address: str) -> None:
    assert check_address(address) == address


@pytest.mark.parametrize("address", BAD)
def test_anything_else_is_refused(address: str) -> None:
    with pytest.raises(HouseError) as refused:
        check_address(address)

    assert refused.value.code == "summit.bad_room_address"


def test_a_pattern_gives_every_table_a_room_of_its_own() -> None:
    pattern = check_pattern("https://meet.example.org/{process}-{table}-{secret}")

    assert filled(pattern, process="town", table=601, secret="ab12") == "https://meet.example.org/town-601-ab12"


@pytest.mark.parametrize("pattern", ["https://meet.example.org/{table}", "https://{secret}.example.org/x"])
def test_a_pattern_without_a_secret_in_its_path_is_refused(pattern: str) -> None:
    with pytest.raises(HouseError) as refused:
        check_pattern(pattern)

    assert refused.value.code == "summit.room_without_secret"


def test_a_place_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(HouseError) as refused:
        check_pattern("https://meet.example.org/{secret}/{other}")

    assert refused.value.code == "summit.bad_room_address"
