"""What goes into a backup, and what never does."""

import re
from pathlib import Path

from tests.docs.pages import ROOT

from burgertop.web.backups.places import KEPT_KEYS, kept_keys, media_files

NAMED = re.compile(r"""\b(?:secret|keyed_hash)\(\s*"([a-z_]+)\"""")


def test_every_secret_of_the_house_is_among_the_keys_that_are_kept() -> None:
    """A new secret must be decided on: kept here, or, when it is one-time, in a folder of its own."""
    named = {name for path in (ROOT / "src").rglob("*.py") for name in NAMED.findall(path.read_text("utf-8"))}

    assert named - set(KEPT_KEYS) == set()


def test_the_keys_of_tellers_and_of_frames_are_never_taken(tmp_path: Path) -> None:
    for name in ("vault.key", "server.key", "frame-7.key", "ballots/one.key", "frames/one.key", ".vault.key.12.ab"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"k")

    assert sorted(kept_keys(tmp_path)) == ["keys/server.key", "keys/vault.key"]


def test_media_are_named_from_the_home_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "media" / "logos").mkdir(parents=True)
    (tmp_path / "media" / "logos" / "a.png").write_bytes(b"a")
    (tmp_path / "media" / "way-out").symlink_to("/etc/hostname")

    assert list(media_files(tmp_path)) == ["media/logos/a.png"]
