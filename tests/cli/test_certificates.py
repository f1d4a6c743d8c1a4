"""A certificate is read as a browser reads it, and what is wrong with it is said before anybody stands at the door."""

from pathlib import Path

import pytest
from tests.cli.certificates_made import BEGINS, ENDS, make_certificate

from burgertop.cli.certificates import read_certificate
from burgertop.cli.house import Problem


def test_names_addresses_and_days_are_read(tmp_path: Path) -> None:
    chain, key = make_certificate(tmp_path, ["Hall.example.org", "*.top.example.org", "192.168.7.2", "fd00::2"])

    read = read_certificate(chain, key)

    assert read.names == ("Hall.example.org", "*.top.example.org", "192.168.7.2", "FD00:0:0:0:0:0:0:2")
    assert (read.begins_at, read.ends_at, read.is_known) == (BEGINS, ENDS, False)


@pytest.mark.parametrize(
    ("host", "is_covered"),
    [
        ("hall.example.org", True),
        ("HALL.example.org.", True),
        ("gent.top.example.org", True),
        ("zaal.gent.top.example.org", False),  # a star stands for one label
        ("top.example.org", False),
        ("example.org", False),
        ("192.168.7.2", True),
        ("192.168.7.3", False),
        ("[fd00::2]", True),
    ],
)
def test_a_star_stands_for_one_label_and_addresses_are_compared_as_such(
    tmp_path: Path, host: str, is_covered: bool
) -> None:
    names = ["Hall.example.org", "*.top.example.org", "192.168.7.2", "fd00::2"]

    read = read_certificate(*make_certificate(tmp_path, names))

    assert read.covers(host) is is_covered


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    chain, key = make_certificate(tmp_path, ["hall.example.org"])
    key.unlink()

    with pytest.raises(Problem) as caught:
        read_certificate(chain, key)

    assert str(caught.value) == f"cannot read {key}: there is no such file."


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    chain, _ = make_certificate(tmp_path / "one", ["hall.example.org"])
    _, other = make_certificate(tmp_path / "two", ["hall.example.org"])

    with pytest.raises(Problem) as caught:
        read_certificate(chain, other)

    assert str(caught.value) == (
        f"the key {other} does not belong to the certificate {chain}. Bring the two that were made together."
    )


def test_a_key_with_a_passphrase_is_refused_without_asking_for_it(tmp_path: Path) -> None:
    chain, key = make_certificate(tmp_path, ["hall.example.org"], passphrase=b"nobody types this")

    with pytest.raises(Problem, match="the key has a passphrase"):
        read_certificate(chain, key)


def test_what_is_no_certificate_is_refused(tmp_path: Path) -> None:
    chain, key = make_certificate(tmp_path, ["hall.example.org"])
    chain.write_bytes(b"PK\x03\x04 the certificate of a spreadsheet")

    with pytest.raises(Problem, match="are no certificate and key in PEM form"):
        read_certificate(chain, key)
