"""A program that makes and puts back backups of a small home, and is killed at every step. Not run by pytest itself.

``python -m tests.web.backups.killing FOLDER`` prints what was found as JSON.
"""

import hashlib
import json
import os
import resource
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
BACKUP_STEPS = ("database", "package", "list", "keys")
RESTORE_STEPS = (
    *("unpack", "journal", "database aside", "database in", "media", "media in", "keys", "end"),
    *("migrate", "erase again"),
)
MEDIA_BYTES = 400_000


def main(folder: Path) -> None:
    """Make the home, kill at every step, print what stood there afterwards."""
    os.environ.update(BURGERTOP_HOME=str(folder / "home"), DJANGO_SETTINGS_MODULE="burgertop.web.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from burgertop.foundation.people.models import Participant
    from burgertop.foundation.people.vault import seal
    from burgertop.foundation.process.actions import found_process
    from burgertop.foundation.process.models import Template

    home = folder / "home"
    call_command("migrate", interactive=False, verbosity=0)
    process = found_process("town", Template.BELGIAN, titles={"nl": "Stad"}, languages=["nl"])
    mia = Participant.objects.create(
        process=process, identity=seal(process.pk, {"given_name": "Mia"}), origin="drawn", language="nl"
    )
    picture = home / "media" / "logos" / "a.png"
    picture.parent.mkdir()
    picture.write_bytes(os.urandom(MEDIA_BYTES))
    connections.close_all()
    found: dict[str, object] = {"backup": _kill_backups(folder), "whole": _make(folder / "whole", folder / "keys")}
    Participant.objects.filter(pk=mia.pk).update(language="fr")
    picture.write_bytes(b"newer")
    (home / "erasures.txt").write_text(f"{mia.pk}\n")
    connections.close_all()
    found["restore"] = {step: _kill_restore(folder, home, step) for step in RESTORE_STEPS}
    sys.stdout.write(json.dumps(found) + "\n")


def _make(to: Path, keys_to: Path) -> list[str]:
    from burgertop.web.backups.making import make_backup

    made = make_backup(to, now=NOW, keys_to=keys_to)
    return [str(made.path), str(made.keys)]


def _kill_backups(folder: Path) -> dict[str, dict[str, object]]:
    from burgertop.web.backups.errors import BackupError
    from burgertop.web.backups.making import make_backup
    from burgertop.web.backups.verifying import verify_backup

    found: dict[str, dict[str, object]] = {}
    for number, step in enumerate((*BACKUP_STEPS, "half a file")):
        to, now = folder / f"to-{number}", NOW + timedelta(hours=number)

        def work(say: Callable[[str], None], to: Path = to, now: datetime = now, step: str = step) -> None:
            if step == "half a file":
                signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
                resource.setrlimit(resource.RLIMIT_FSIZE, (MEDIA_BYTES * 2, MEDIA_BYTES * 2))
            make_backup(to, now=now, keys_to=to / "keys", say=say)

        ended = _forked(work, step)
        whole = sorted(to.glob("*.tar.gz"))
        holds = []
        for path in whole:
            try:
                holds.append(verify_backup(path).holds)
            except BackupError:
                holds.append(False)
        found[step] = {"ended": ended, "files": len(whole), "hold": holds}
    return found


def _kill_restore(folder: Path, home: Path, step: str) -> dict[str, object]:
    """Kill a restore at a step, then open the house again; tell what stands there."""
    from django.conf import settings
    from django.db import connections

    from burgertop.web.backups.restoring import erase_again, finish_restoring, restore

    here = folder / f"home-{step.replace(' ', '-')}"
    shutil.copytree(home, here)
    settings.HOME = here
    settings.KEYS = here / "keys"
    connections["default"].settings_dict["NAME"] = here / "burgertop.sqlite3"
    backup = next((folder / "whole").glob("*.tar.gz"))
    keys = next((folder / "keys").glob("*.tar.gz"))

    ended = _forked(lambda say: restore(backup, now=NOW, keys=keys, is_over=True, say=say), step)
    (here / "media").mkdir(exist_ok=True)  # as the settings do at the next start
    is_finished = finish_restoring(here)
    erase_again(now=NOW)
    connections.close_all()
    with sqlite3.connect(here / "burgertop.sqlite3") as database:
        language, erased = database.execute("SELECT language, erased_at FROM people_participant").fetchone()
        pages = database.execute("PRAGMA integrity_check").fetchone()[0]
    picture = (here / "media" / "logos" / "a.png").read_bytes()
    return {
        "ended": ended,
        "finished": is_finished,
        "language": language,
        "erased": erased is not None,
        "picture": "newer" if picture == b"newer" else len(picture),
        "pages": pages,
        "left": sorted(path.name for path in here.iterdir() if path.name.startswith((".restoring", "restoring"))),
        "vault": hashlib.sha256((here / "keys" / "vault.key").read_bytes()).hexdigest()
        == hashlib.sha256((home / "keys" / "vault.key").read_bytes()).hexdigest(),
    }


def _forked(work: Callable[[Callable[[str], None]], object], step: str) -> int:
    """Do it in a process of its own that is killed when a step begins; return by which signal it ended."""
    child = os.fork()
    if child == 0:
        try:
            work(lambda reached: os.kill(os.getpid(), signal.SIGKILL) if reached == step else None)
        except BaseException as error:  # the child tells, and ends here
            sys.stderr.write(f"{error!r}\n")
            sys.stderr.flush()
            os._exit(3)
        os._exit(0)
    return os.waitpid(child, 0)[1]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
