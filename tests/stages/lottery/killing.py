"""A program that draws, prints and takes respondents, and is killed at every step. Not run by pytest itself.

``python -m tests.stages.lottery.killing FOLDER`` prints what stood there after each was begun again, as JSON. A step is
a statement that writes, or a file that gets its name or loses it: between two of them nothing is kept.
"""

import json
import os
import shutil
import signal
import sys
import uuid
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

WRITES = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE")
FILES = ("os.rename", "os.remove")
Work = Callable[[], object]
SECRETS = (b"Zwaluwpad", b"Quirijns")


def main(folder: Path) -> None:
    """Make a home for each piece of work, kill it at every step, begin it again, tell what stood there."""
    os.environ.update(BURGERTOP_HOME=str(folder / "home"), DJANGO_SETTINGS_MODULE="burgertop.web.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    draw, printing, taking = _prepare(folder)
    found = {
        "draw": _killed(folder / "draw", lambda: _run(draw), _begin_again, _of_draw),
        "print": _killed(folder / "print", lambda: _run(printing), _begin_again, _of_letters, every=3),
        "take": _killed(folder / "take", taking, taking, _of_pool),
    }
    sys.stdout.write(json.dumps(found) + "\n")


def _prepare(folder: Path) -> tuple[uuid.UUID, uuid.UUID, Work]:
    """A list whose chance is known; four letters in two files that wait; five who said yes and an empty pool."""
    from tests.stages.lottery.recruits import NOW, SEED, address_file, frame_file

    from burgertop.foundation.draws import actions as draws
    from burgertop.foundation.process.models import Process, Stage, StageKind, StageState, Template
    from burgertop.stages.lottery import actions
    from burgertop.stages.lottery.actions import Draft, Terms, framing, mailing
    from burgertop.stages.lottery.models import Answer, Channel, Frame, Window

    process = Process.objects.create(slug="town", template=Template.BELGIAN, languages=["nl", "fr"])
    process.write("title", {"nl": "De stad"})
    stage = Stage.objects.create(
        process=process, kind=StageKind.LOTTERY, slug="lottery", order=1, state=StageState.OPEN
    )
    framing.BATCH, mailing.IN_A_BUNDLE = 5, 2
    frame = actions.commit_frame(stage, frame_file(address_file(30), wanted={"": 12}), now=NOW)
    drawing = actions.ask_for_invitees(frame, SEED, actor_id=None, now=NOW)
    _snapshot(folder / "draw")
    _run(drawing.pk)
    frame = Frame.objects.get(pk=frame.pk)
    terms = Terms(NOW.replace(year=2100), Window.RIGHT, has_card=False)
    actions.set_invitation(actions.invitation_of(stage), terms, {}, NOW)
    wave = actions.plan_wave(stage, is_reminder=False, most=4, once=uuid.uuid4(), now=NOW)
    printing = actions.ask_for_letters(wave, actor_id=None, now=NOW)
    _snapshot(folder / "print")
    for invitee in stage.invitees.order_by("order")[:5]:
        actions.answer(invitee, Draft(Answer.YES, wording="Yes."), channel=Channel.WEB, version=0, now=NOW)
    hall = draws.found_draw(stage, "hall", seats=2)
    _snapshot(folder / "take")

    def take() -> None:
        from burgertop.foundation.wording import HouseError

        try:
            actions.take_respondents(hall, has_late=False, now=NOW)
        except HouseError as error:
            if error.code != "lottery.nobody_said_yes":
                raise

    return drawing.pk, printing.pk, take


def _snapshot(to: Path) -> None:
    """Keep the home as it is now; the queue says that the worker has begun what waits."""
    from django.conf import settings
    from django.db import connections
    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(status=TaskResultStatus.RUNNING)
    connections.close_all()
    shutil.copytree(settings.HOME, to)


def _run(job: uuid.UUID) -> None:
    from burgertop.foundation.jobs.running import run_job

    run_job.call(str(job))


def _begin_again() -> None:
    """What the next start does."""
    from burgertop.foundation.jobs.actions import mend_interrupted

    for job in mend_interrupted():
        _run(job.pk)


def _killed(
    snapshot: Path, work: Work, again: Work, told: Callable[[], dict[str, Any]], *, every: int = 1
) -> list[dict[str, Any]]:
    """Kill the work at one step after another until it ends by itself; begin again; tell what stands there."""
    found = []
    for step in count(1, every):
        here = snapshot.with_name(f"{snapshot.name}-{step}")
        shutil.copytree(snapshot, here)
        ended = _forked(here, work, step)
        left = [path.name for path in here.rglob("*") if path.is_file() and _is_readable(path)]
        if ended != signal.SIGKILL:
            assert ended == 0, f"{snapshot.name}, step {step}: {ended}"
        assert _forked(here, partial(_finish, here, again, told), None) == 0
        found.append(json.loads((here / "told.json").read_text()) | {"step": step, "readable": left})
        shutil.rmtree(here)
        if ended == 0:
            return found
    raise AssertionError


def _is_readable(path: Path) -> bool:
    """Whether a name or a street stands in a file as it is; the database keeps them sealed."""
    content = path.read_bytes()
    return any(secret in content for secret in SECRETS)


def _finish(here: Path, again: Work, told: Callable[[], dict[str, Any]]) -> None:
    again()
    (here / "told.json").write_text(json.dumps(told()))


def _forked(here: Path, work: Work, step: int | None) -> int:
    """Do it in a process of its own, in a home of its own; kill it before a step, if one is named."""
    from django.conf import settings
    from django.db import connection

    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        settings.HOME, settings.KEYS = here, here / "keys"
        connection.settings_dict["NAME"] = here / "burgertop.sqlite3"
        steps = count(1)

        def reach() -> None:
            if next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        def write(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
            if sql.lstrip().upper().startswith(WRITES):
                reach()
            return execute(sql, *more)

        sys.addaudithook(lambda event, _args: reach() if event in FILES else None)
        with connection.execute_wrapper(write):
            work()
        os._exit(0)
    except BaseException as error:  # the child tells, and ends here
        sys.stderr.write(f"{error!r}\n")
        sys.stderr.flush()
        os._exit(3)


def _sealed_left(kind: str) -> list[str]:
    from django.conf import settings

    return [path.name for folder in (settings.HOME, settings.KEYS) for path in (folder / kind).glob("*")]


def _lines() -> dict[str, int]:
    from burgertop.foundation.record.models import Entry

    return dict(Counter(Entry.objects.values_list("kind", flat=True)))


def _of_draw() -> dict[str, Any]:
    from burgertop.foundation.jobs.models import Job
    from burgertop.foundation.people.models import Identity
    from burgertop.stages.lottery.models import Frame, Invitee

    frame, lines = Frame.objects.get(), _lines()
    rows = list(Invitee.objects.order_by("order").values_list("row", flat=True))
    return {
        "rows": rows,
        "identities": Identity.objects.count(),
        "is_over": frame.drawn_at is not None and frame.destroyed_at is not None,
        "lines": [lines.get("invitees_drawn"), lines.get("frame_destroyed")],
        "sealed": _sealed_left("frames"),
        "job": Job.objects.get().state,
    }


def _of_letters() -> dict[str, Any]:
    from burgertop.foundation.codes.models import Code
    from burgertop.foundation.jobs.models import Job
    from burgertop.foundation.people.models import Opening
    from burgertop.stages.lottery import actions
    from burgertop.stages.lottery.models import Bundle, Letter

    standing = Code.objects.filter(replaced_at__isnull=True).values_list("subject", flat=True)
    return {
        "files": [actions.bundle_file(bundle)[:4].decode() for bundle in Bundle.objects.order_by("number")],
        "printed": list(Bundle.objects.order_by("number").values_list("printed", flat=True)),
        "codes": sorted(map(str, standing)) == sorted(map(str, Letter.objects.values_list("invitee", flat=True))),
        "opened": list(Opening.objects.values_list("people", flat=True)),
        "sealed": len(_sealed_left("letters")),
        "job": Job.objects.get(kind=actions.PRINT).state,
    }


def _of_pool() -> dict[str, Any]:
    from burgertop.foundation.draws.models import Member

    members = list(Member.objects.order_by("number").values_list("number", "participant"))
    return {
        "numbers": [number for number, _ in members],
        "people": len({person for _, person in members}),
        "lines": _lines().get("respondents_taken"),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
