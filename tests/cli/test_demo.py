"""The demo throws away only what it has made itself."""

import argparse
import os
from pathlib import Path

import pytest

from burgertop.cli import demo
from burgertop.cli.house import Problem, held


def test_a_folder_without_our_mark_is_never_deleted(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()

    with pytest.raises(Problem, match="was not made by the demo"):
        demo._throw_away(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_folder_that_is_not_there_yet_needs_no_mark(tmp_path: Path) -> None:
    (tmp_path / "prepare.lock").touch()

    demo._throw_away(tmp_path)

    assert {path.name for path in tmp_path.iterdir()} == {"prepare.lock", "server.lock"}


def test_a_demo_that_is_being_served_is_not_deleted(tmp_path: Path) -> None:
    (tmp_path / demo.MARKER).touch()

    with held(tmp_path / "server.lock"), pytest.raises(Problem, match="is being served"):
        demo._throw_away(tmp_path)

    assert (tmp_path / demo.MARKER).exists()


def test_an_old_demo_is_emptied_but_links_are_not_followed(tmp_path: Path) -> None:
    home, outside = tmp_path / "demo", tmp_path / "outside"
    (home / "media").mkdir(parents=True)
    outside.mkdir()
    (outside / "thesis.txt").touch()
    (home / "link").symlink_to(outside)
    (home / demo.MARKER).touch()

    demo._throw_away(home)

    assert [path.name for path in home.iterdir()] == ["server.lock"]
    assert (outside / "thesis.txt").exists()


def test_the_demo_never_uses_the_server_s_own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BURGERTOP_DATABASE_URL", "postgresql://live/")
    monkeypatch.setenv("BURGERTOP_MAIL_URL", "smtp://live/")
    monkeypatch.setenv("BURGERTOP_HOME", str(tmp_path))
    for name in ("DEMO", "BIND", "PORT", "PUBLIC_URL", "LOG_LEVEL"):
        monkeypatch.setenv(f"BURGERTOP_{name}", "")

    demo._choose_settings(tmp_path / "demo", "127.0.0.1", 8123)

    assert "BURGERTOP_DATABASE_URL" not in os.environ
    assert "BURGERTOP_MAIL_URL" not in os.environ
    assert os.environ["BURGERTOP_HOME"] == str(tmp_path / "demo")
    assert os.environ["BURGERTOP_PUBLIC_URL"] == "http://localhost:8123"


def test_the_port_and_both_switches_may_be_chosen() -> None:
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)

    chosen = vars(parser.parse_args(["--port", "9000", "--fresh", "--prepare"]))

    assert chosen == {"port": 9000, "bind": "127.0.0.1", "fresh": True, "prepare": True, "live_day": False}
