"""``burgertop restore``: puts a backup back, or (``--verify``) tries it in a temporary place."""

import argparse
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from burgertop.cli.house import Problem, held
from burgertop.web.backups import postgresql
from burgertop.web.backups.errors import BackupError
from burgertop.web.backups.restoring import restore
from burgertop.web.backups.swapping import old_states
from burgertop.web.backups.verifying import verify_backup

__all__ = ["add_arguments", "run"]

RUNNING = "a server runs on {home} (process {{process}}). Stop it first."
HELD = "another backup or restore is under way (process {process}). Wait until it is done."
SIGNS = {True: "ok      ", False: "WRONG   ", None: "not seen"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which backup, with which keys, over what."""
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument("--keys", type=Path, metavar="FILE", help="the file of keys that was made with it")
    parser.add_argument("--over", action="store_true", help="put aside what stands here")
    parser.add_argument("--verify", action="store_true", help="change nothing here: try it in a temporary place")


def run(chosen: argparse.Namespace) -> int:
    """Do it; return 0 when all is well."""
    home = Path(settings.HOME)
    with held(home / "backup.lock", problem=HELD):
        try:
            if chosen.verify:
                return _verify(chosen)
            with held(home / "server.lock", problem=RUNNING.format(home=home)):
                manifest = restore(chosen.file, now=timezone.now(), keys=chosen.keys, is_over=chosen.over)
        except (BackupError, OSError) as error:
            raise Problem(str(error)) from error
    print(f"{home} is as it was on {manifest['made_at'][:19]} (UTC).")
    if chosen.keys is None:
        print("Without --keys: the keys in keys/ were left as they are.")
    for old in old_states(home):
        print(f"What stood here before is in {old}. It holds personal data: delete it when you no longer need it.")
    for schema in postgresql.old_schemas():
        print(f"Its tables are in the schema {schema}: DROP SCHEMA when you no longer need it.")
    print("Now run: burgertop check, then burgertop serve. Compare the record with a head that a witness kept.")
    return 0


def _verify(chosen: argparse.Namespace) -> int:
    trial = verify_backup(chosen.file, keys=chosen.keys)
    for one in trial.findings:
        print(f"{SIGNS[one.is_well]}  {one.said}")
    print("The backup holds." if trial.holds else "The backup does not hold.")
    return 0 if trial.holds else 1
