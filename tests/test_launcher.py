"""``./burgertop``: honest on a fresh machine, quick on one it knows, at home in any shell."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-test.lock")
LACKING = 69
CHECKS = {"ruff": "ruff", "djlint": "djlint", "lint-imports": "import-linter", "mypy": "mypy", "deptry": "deptry"}
ENTRY = re.compile(r"^[a-z0-9-]+==\S+.*--hash=sha256:[0-9a-f]{64}", re.DOTALL)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the launcher, small locks, and nothing made yet."""
    root = tmp_path / "check out"  # a space, as people have
    root.mkdir()
    shutil.copy(ROOT / "burgertop", root)
    for name in (*LOCKS, "pyproject.toml"):
        (root / name).write_text(f"# {name}\n", encoding="utf-8")
    return root


@pytest.fixture
def known(checkout: Path) -> Path:
    """A checkout whose environment is made; its command says what it was called with."""
    programs = checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    write_program(programs / "python", 'echo "python $*"')
    write_program(programs / "burgertop", 'echo "home $BURGERTOP_HOME"; printf "<%s>" "$@"')
    stamp(checkout, LOCKS[0])
    return checkout


def stamp(root: Path, lock: str) -> None:
    """Write what the launcher writes when an environment is made."""
    both = (root / lock).read_bytes() + (root / "pyproject.toml").read_bytes()
    summed = subprocess.run(["cksum"], input=both, capture_output=True, check=True, timeout=10).stdout.decode()
    (root / ".venv" / ".burgertop").write_text(f"{lock}\n{summed}{root}\n", encoding="utf-8")


def write_program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def launch(
    launcher: Path, *words: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "HOME": str(launcher.parent)} | environment
    call = [str(launcher), *words]
    return subprocess.run(call, cwd=cwd, env=env, capture_output=True, text=True, timeout=60, check=False)


def test_the_launcher_may_be_run_and_speaks_plain_sh() -> None:
    for name in ("burgertop", ".ci/run"):
        assert (ROOT / name).stat().st_mode & stat.S_IXUSR

    assert subprocess.run(["sh", "-n", str(ROOT / "burgertop")], timeout=10, check=False).returncode == 0
    assert (ROOT / "burgertop").read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert not re.search(r"\[\[|\blocal\b|\bfunction\b|<<<|\$'", (ROOT / "burgertop").read_text(encoding="utf-8"))


def test_words_reach_the_command_as_they_were_typed(known: Path) -> None:
    done = launch(known / "burgertop", "record", "head", "two words", "*")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"home {known}/var\n<record><head><two words><*>"


def test_it_works_from_another_folder_and_through_a_link(known: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "again").symlink_to(known / "burgertop")
    (elsewhere / "bt").symlink_to("again")

    done = launch(elsewhere / "bt", "check", cwd=elsewhere)

    assert done.stdout == f"home {known}/var\n<check>"
    assert {path.name for path in elsewhere.iterdir()} == {"again", "bt"}


@pytest.mark.parametrize("home", ["", "/nowhere/at/all"])
def test_a_missing_home_does_not_matter(known: Path, home: str) -> None:
    assert launch(known / "burgertop", "check", HOME=home).returncode == 0


def test_words_after_test_go_to_pytest_only(known: Path) -> None:
    stamp(known, LOCKS[1])

    done = launch(known / "burgertop", "test", "tests/core", "-k", "two words")

    assert done.stdout == "python -m pytest tests/core -k two words\n"


@pytest.mark.parametrize("failing", ["", *CHECKS])
def test_every_check_is_made_and_one_that_fails_is_named_and_fails_the_whole(known: Path, failing: str) -> None:
    stamp(known, LOCKS[1])
    for name in CHECKS:
        write_program(known / ".venv" / "bin" / name, f'echo "{name} looked"; exit {int(name == failing)}')

    done = launch(known / "burgertop", "test")

    told = [CHECKS[name] for name in CHECKS if f"burgertop: {CHECKS[name]}: ok" not in done.stderr]
    assert told == ([CHECKS[failing]] if failing else [])
    assert (f"{failing} looked" in done.stdout, "FAILED" in done.stderr) == (bool(failing), bool(failing))
    assert [line.count("--database postgresql") for line in done.stdout.splitlines() if "-m pytest" in line] == [1, 0]
    assert done.returncode == int(bool(failing))


def test_an_old_python_is_named_with_the_line_that_mends_it(checkout: Path, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        write_program(programs / name, "exit 1")

    done = launch(checkout / "burgertop", "demo", PATH=f"{programs}:/usr/bin:/bin")

    assert done.returncode == LACKING
    assert "Python 3.11 or newer is needed." in done.stderr
    assert "sudo apt-get install -y --no-install-recommends python3 python3-venv" in done.stderr


def test_a_plain_debian_is_told_what_to_install(checkout: Path, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    write_program(programs / "python3", f'case "$*" in *ensurepip*) exit 1 ;; *) exec "{sys.executable}" "$@" ;; esac')

    done = launch(checkout / "burgertop", "demo", PATH=f"{programs}:/usr/bin:/bin")

    assert done.returncode == LACKING
    assert "sudo apt-get install -y --no-install-recommends python3-venv\n" in done.stderr
    assert not (checkout / ".venv").exists()
    assert not (checkout / "var" / "environment.turn").exists()


def test_a_folder_that_is_no_environment_is_never_cleared(checkout: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_text("words", encoding="utf-8")

    done = launch(checkout / "burgertop", "demo", BURGERTOP_VENV=str(precious))

    assert done.returncode == LACKING
    assert "is not an environment of Python" in done.stderr
    assert (precious / "thesis.txt").read_text(encoding="utf-8") == "words"


def test_a_turn_left_by_a_killed_start_is_taken_over(checkout: Path, tmp_path: Path) -> None:
    turn = checkout / "var" / "environment.turn"
    turn.mkdir(parents=True)
    (turn / "owner").write_text("999999999\n", encoding="ascii")
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").touch()

    done = launch(checkout / "burgertop", "demo", BURGERTOP_VENV=str(precious))

    assert done.returncode == LACKING
    assert not turn.exists()


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_has_a_version_and_a_digest_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())

    assert "://" not in text
    assert [entry for entry in entries if not ENTRY.match(entry)] == []


def test_the_test_lock_has_everything_the_other_has() -> None:
    runtime, tests = (
        set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)) for name in LOCKS
    )

    assert sorted(runtime - tests) == []
