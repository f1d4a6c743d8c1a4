"""A hall is served under its own name, with what was brought along, or not at all."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from tests.cli.certificates_made import BEGINS, ENDS, make_certificate

from burgertop.cli.halls import EVERY_NETWORK, Hall, hall_from
from burgertop.cli.house import Problem
from burgertop.web.knobs import Knobs, read_knobs

NOW = BEGINS + timedelta(days=10)
HOME = {"BURGERTOP_HOME": os.environ["BURGERTOP_HOME"]}


def knobs(**more: str) -> Knobs:
    return read_knobs(HOME | {f"BURGERTOP_{name}": value for name, value in more.items()})


def hall(folder: Path, *names: str, public_url: str = "", port: int = 0) -> Hall:
    chain, key = make_certificate(folder, names)
    return hall_from(knobs(PUBLIC_URL=public_url), certificate=str(chain), key=str(key), port=port, now=NOW)


def test_the_first_name_of_the_certificate_is_the_name_of_the_hall(tmp_path: Path) -> None:
    found = hall(tmp_path, "*.example.org", "zaal.example.org")

    assert (found.address, found.port) == ("https://zaal.example.org", 443)
    assert found.bind == EVERY_NETWORK


def test_a_public_address_with_https_names_the_hall_and_its_port(tmp_path: Path) -> None:
    found = hall(tmp_path, "*.example.org", public_url="https://zaal.example.org:8443")

    assert (found.address, found.port) == ("https://zaal.example.org:8443", 8443)


def test_the_processes_believe_the_hall_and_no_proxy(tmp_path: Path) -> None:
    found = hall(tmp_path, "zaal.example.org", port=9000)

    assert found.environment(("localhost", "zaal.example.org")) == {
        "BURGERTOP_PUBLIC_URL": "https://zaal.example.org:9000",
        "BURGERTOP_HOSTS": "zaal.example.org,localhost",
        "BURGERTOP_BEHIND_PROXY": "0",
        "BURGERTOP_CERTIFICATE": str(tmp_path / "fullchain.pem"),
        "BURGERTOP_CERTIFICATE_KEY": str(tmp_path / "privkey.pem"),
    }


def test_without_a_certificate_it_says_how_to_name_one() -> None:
    with pytest.raises(Problem, match=r"a hall needs a certificate: --certificate fullchain\.pem --key privkey\.pem"):
        hall_from(knobs(), certificate="somewhere.pem", now=NOW)


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        hall(tmp_path, "zaal.example.org", public_url="https://top.example.org")

    assert str(caught.value) == (
        "the certificate is for zaal.example.org, not for top.example.org. Bring one for top.example.org, "
        "or set BURGERTOP_PUBLIC_URL to a name it is for."
    )


def test_a_certificate_with_a_star_only_needs_a_name(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"say which name the hall has: .* \(\*\.example\.org\)"):
        hall(tmp_path, "*.example.org")


def test_an_ended_certificate_is_refused_and_so_is_a_clock_that_is_wrong(tmp_path: Path) -> None:
    chain, key = make_certificate(tmp_path, ["zaal.example.org"])

    with pytest.raises(Problem, match="the certificate ended on 01 November 2061"):
        hall_from(knobs(), certificate=str(chain), key=str(key), now=ENDS)
    with pytest.raises(Problem, match=r"holds from 01 November 2011, and this machine believes it is 31 October 2011"):
        hall_from(knobs(), certificate=str(chain), key=str(key), now=BEGINS - timedelta(hours=1))


def test_what_ends_soon_and_what_no_authority_vouches_for_is_said(tmp_path: Path) -> None:
    found = hall(tmp_path, "zaal.example.org")

    said = found.remarks(ENDS - timedelta(days=13))

    assert said[0].startswith("The router of the hall must lead zaal.example.org to ")
    assert said[1] == "The certificate ends on 01 November 2061. Bring a new one before that day."
    assert said[2] == "No authority that this machine knows vouches for the certificate: tablets will warn."
    assert len(found.remarks(NOW)) == len(said) - 1
