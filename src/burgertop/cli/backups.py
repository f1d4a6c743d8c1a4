"""``burgertop backup``: one file that holds this server, made while it runs; and the list of those made so far."""

import argparse
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from burgertop.cli.house import Problem, held
from burgertop.web.backups.errors import BackupError
from burgertop.web.backups.ledger import backups
from burgertop.web.backups.making import KEEP_DAYS, make_backup

__all__ = ["add_arguments", "run"]

HELD = "another backup is being made (process {process}). Wait until it is done."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, with the keys or not, for how long."""
    parser.add_argument("--to", type=Path, help="the folder for the backup (BURGERTOP_HOME/backups)")
    parser.add_argument(
        "--with-keys", type=Path, metavar="FOLDER", help="also write the keys, into a file in another folder"
    )
    parser.add_argument(
        "--keep-days", type=int, default=KEEP_DAYS, help=f"after how many days it must go ({KEEP_DAYS})"
    )
    parser.add_argument("--list", action="store_true", help="show the backups that were made here")


def run(chosen: argparse.Namespace) -> int:
    """Make a backup and say where it is, or list them."""
    home = Path(settings.HOME)
    if chosen.list:
        return _list(home)
    if chosen.keep_days < 1:
        raise Problem("--keep-days must be at least 1.")
    with held(home / "backup.lock", problem=HELD):
        try:
            made = make_backup(
                (chosen.to or home / "backups").expanduser(),
                now=timezone.now(),
                keys_to=chosen.with_keys.expanduser() if chosen.with_keys else None,
                keep_days=chosen.keep_days,
            )
        except (BackupError, OSError) as error:
            raise Problem(str(error)) from error
    print(made.path)
    if made.keys is not None:
        print(f"{made.keys} (keep it in another place than the backup)")
    else:
        print("Without the keys it names nobody. They are in keys/: --with-keys FOLDER backs them up apart.")
    print(f"It must go on {made.keep_until}. Try it: burgertop restore --verify {made.path}")
    return 0


def _list(home: Path) -> int:
    for one in backups(home):
        if one.gone_at:
            state = f"deleted {one.gone_at[:10]}"
        elif Path(one.path).exists():
            state = f"must go on {one.keep_until}"
        else:
            state = f"moved away or deleted; must go on {one.keep_until}"
        print(f"{one.made_at[:19]}  {one.path}  {state}")
    return 0
