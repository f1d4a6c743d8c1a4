"""Signed links: what they open, and what keeps them shut."""

import uuid
from datetime import timedelta

import pytest

from burgertop.foundation.people import links
from burgertop.foundation.people.actors import Pass
from burgertop.foundation.people.links import OpenedLink, make_link, open_link
from burgertop.foundation.wording import HouseError, say

PROCESS, OFFICE = uuid.UUID(int=1), uuid.UUID(int=2)
HERE = "/nl/g1000/report/report/answers/"


def token_of(link: str) -> str:
    return link.removeprefix("/a/")


def test_a_link_gives_its_pass_and_its_page() -> None:
    link = make_link("answer", PROCESS, OFFICE, address=HERE, key="k1")

    assert open_link(token_of(link)) == OpenedLink(Pass("answer", PROCESS, OFFICE, "k1"), HERE)


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", ""])
def test_a_link_leads_to_this_server_only(address: str) -> None:
    with pytest.raises(ValueError, match="no path of this server"):
        make_link("answer", PROCESS, OFFICE, address=address)


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "é€:1:2", "x" * 5000])
def test_a_broken_link_says_to_copy_the_whole_address(token: str) -> None:
    with pytest.raises(HouseError) as caught:
        open_link(token)

    assert say(caught.value) == "This link is not complete. Copy the whole address from the mail or the letter."


def test_every_letter_of_a_link_counts() -> None:
    token = token_of(make_link("answer", PROCESS, OFFICE, address=HERE))

    with pytest.raises(HouseError, match=r"links\.broken"):
        open_link(token[:-1])


def test_a_link_that_is_too_old_says_to_ask_for_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(make_link("answer", PROCESS, OFFICE, address=HERE))
    monkeypatch.setattr(links, "LIFE", timedelta(seconds=-1))

    with pytest.raises(HouseError) as caught:
        open_link(token)

    assert say(caught.value) == "This link is too old. Ask the person who sent it for a new one."
