"""Secrets in files: made once, readable by their owner, the same for everybody who asks."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_django import Settings

from burgertop.foundation.keys import ballot_keys, fingerprint, keyed_hash, secret, server_secret


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS = tmp_path / "keys"
    return tmp_path / "keys"


def test_a_secret_is_made_once(keys: Path) -> None:
    first = secret("vault")

    assert (len(first), secret("vault"), secret("codes") == first) == (32, first, False)


def test_only_the_owner_reads_it(keys: Path) -> None:
    secret("vault")

    assert [oct(path.stat().st_mode & 0o777) for path in (keys, keys / "vault.key")] == ["0o700", "0o600"]
    assert [path.name for path in keys.iterdir()] == ["vault.key"]


def test_many_who_ask_at_once_get_the_same() -> None:
    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(lambda _: secret("vault"), range(64)))

    assert len(answers) == 1


def test_a_server_keeps_its_secret(tmp_path: Path) -> None:
    assert server_secret(tmp_path) == server_secret(tmp_path)
    assert server_secret(tmp_path) != server_secret(tmp_path / "other")


def test_the_tellers_keys_have_a_folder_of_their_own(keys: Path) -> None:
    assert ballot_keys() == keys / "ballots"
    assert oct(ballot_keys().stat().st_mode & 0o777) == "0o700"


def test_a_keyed_hash_needs_its_key_and_tells_its_parts_apart(settings: Settings, tmp_path: Path) -> None:
    here = keyed_hash("post", "ab", "c")

    assert here == keyed_hash("post", "ab", "c")
    assert here != keyed_hash("post", "a", "bc")
    settings.KEYS = tmp_path / "other"
    assert here != keyed_hash("post", "ab", "c")


def test_a_fingerprint_is_a_sha256() -> None:
    assert fingerprint(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
