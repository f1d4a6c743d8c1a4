"""Finding a command by its name."""

import subprocess
import sys

import pytest

from burgertop import __version__
from burgertop.cli.main import COMMANDS, main


def test_help_names_every_command_for_people_and_no_inner_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    listed = [line.split()[0] for line in capsys.readouterr().out.split("commands:\n")[1].splitlines()]
    assert ended.value.code == 0
    assert listed == [command.name for command in COMMANDS if not command.is_inner]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])

    assert capsys.readouterr().out == f"Burgertop {__version__}\n"


def test_an_unknown_command_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["dance"])

    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert "invalid choice: 'dance'" in said
    assert "serve" in said


def test_no_command_at_all_prints_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 1
    assert capsys.readouterr().out.startswith("usage: burgertop")


def test_help_asks_no_django() -> None:
    program = (
        "import sys; from burgertop.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print('django' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True)

    assert done.stdout.splitlines()[-1] == "False"
