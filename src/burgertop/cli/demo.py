"""``burgertop demo``: a whole example process in ./var/demo, made once from one seed and served."""

import argparse
import importlib
import os
import shutil
import sys
import time
from pathlib import Path

from burgertop.cli.house import Problem, held, open_house

__all__ = ["add_arguments", "run"]

MARKER = ".burgertop-demo"
UNFINISHED = ".being-made"
LOCKS = {"prepare.lock", "server.lock"}
KEPT_KNOBS = {
    "BURGERTOP_HOSTS",
    "BURGERTOP_LOG_LEVEL",
    "BURGERTOP_PROCESSES",
    "BURGERTOP_THREADS",
    "BURGERTOP_TIME_ZONE",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be chosen."""
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--bind", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--fresh", action="store_true", help="throw the old demo away and make it anew")
    parser.add_argument("--prepare", action="store_true", help="set up without serving")
    parser.add_argument(
        "--live-day", action="store_true", help="let simulated tables write in the practice summit while you look on"
    )


def run(chosen: argparse.Namespace) -> int:
    """Prepare the demo where it is not prepared, then serve it."""
    home = Path(os.environ.get("BURGERTOP_HOME") or "var").resolve() / "demo"
    _choose_settings(home, chosen.bind, chosen.port)
    with held(home / "prepare.lock", is_patient=True):
        if chosen.fresh or (home / UNFINISHED).exists():
            _throw_away(home)
        (home / MARKER).touch()
        open_house()
        _prepare(home)
    if chosen.prepare:
        return 0
    serving = importlib.import_module("burgertop.cli.serving")  # reads the settings chosen above
    return int(serving.serve(chosen.bind, chosen.port, is_set_up=True, helpers=["live-day"] if chosen.live_day else []))


def _choose_settings(home: Path, bind: str, port: int) -> None:
    """The demo has a folder of its own, no mail server and no other database."""
    for name in [name for name in os.environ if name.startswith("BURGERTOP_")]:
        if name not in KEPT_KNOBS:
            del os.environ[name]
    os.environ.update(
        BURGERTOP_HOME=str(home),
        BURGERTOP_DEMO="1",
        BURGERTOP_BIND=bind,
        BURGERTOP_PORT=str(port),
        BURGERTOP_PUBLIC_URL=f"http://localhost:{port}",
    )
    os.environ.setdefault("BURGERTOP_LOG_LEVEL", "WARNING")


def _throw_away(home: Path) -> None:
    """Delete the old demo; refuse a folder that is not one, or that is being served."""
    found = [path for path in home.iterdir() if path.name not in LOCKS]
    if found and not (home / MARKER).is_file():
        raise Problem(f"{home} was not made by the demo, so it is not deleted. Delete it yourself if you are sure.")
    with held(home / "server.lock", problem="the demo is being served (process {process}). Stop it first."):
        for path in found:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def _prepare(home: Path) -> None:
    """Set up and make the example process; what is there already is left as it is.

    A mark stands while the process is made: a start that was broken off is made anew.
    """
    began_at = time.monotonic()
    importlib.import_module("burgertop.cli.setting_up").set_up()
    seeding = importlib.import_module("burgertop.web.demo.seeding")  # reads the settings chosen above
    if not seeding.is_prepared():
        (home / UNFINISHED).touch()
        seeding.prepare(say=_tell)
        (home / UNFINISHED).unlink()
    _tell(f"The demo stands in {home} ({time.monotonic() - began_at:.1f} s).")


def _tell(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)
