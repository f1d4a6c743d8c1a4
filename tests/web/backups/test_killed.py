"""A killed backup leaves nothing that looks whole; a killed restore leaves the old state or the new one."""

import json
import os
import signal
import subprocess
import sys

import pytest
from tests.docs.pages import ROOT
from tests.web.backups.killing import RESTORE_STEPS

pytestmark = pytest.mark.slow

Told = dict[str, dict[str, dict[str, object]]]
BEFORE_THE_SWAP = {"unpack", "journal"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Run the program once, in a home of its own."""
    folder = tmp_path_factory.mktemp("killing")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BURGERTOP_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.backups.killing", str(folder)],
        env={**kept, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: Told = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_backup_that_is_killed_before_its_file_is_whole_leaves_none(told: Told) -> None:
    assert {step: told["backup"][step] for step in ("database", "package", "half a file")} == {
        "database": {"ended": signal.SIGKILL, "files": 0, "hold": []},
        "package": {"ended": signal.SIGKILL, "files": 0, "hold": []},
        "half a file": {"ended": signal.SIGXFSZ, "files": 0, "hold": []},
    }


def test_a_backup_that_is_killed_later_is_whole(told: Told) -> None:
    assert {step: told["backup"][step] for step in ("list", "keys")} == {
        step: {"ended": signal.SIGKILL, "files": 1, "hold": [True]} for step in ("list", "keys")
    }


@pytest.mark.parametrize("step", RESTORE_STEPS)
def test_a_restore_that_is_killed_leaves_the_old_state_or_becomes_the_new_one(told: Told, step: str) -> None:
    is_old = step in BEFORE_THE_SWAP
    after = ("migrate", "erase again")

    assert told["restore"][step] == {
        "ended": signal.SIGKILL,
        "finished": not is_old and step not in after,
        "language": "fr" if is_old else "nl",
        "erased": True,
        "picture": "newer" if is_old else 400_000,
        "pages": "ok",
        "left": [".restoring"] if is_old else [],
        "vault": True,
    }
