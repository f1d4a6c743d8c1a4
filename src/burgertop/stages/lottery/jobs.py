"""What the worker does for the lottery."""

import uuid
from datetime import datetime

from django.utils import timezone

from burgertop.foundation.draws.models import Draw
from burgertop.foundation.jobs.progress import Progress
from burgertop.foundation.jobs.registry import Args, Result, job
from burgertop.foundation.process.models import Stage
from burgertop.stages.lottery import actions
from burgertop.stages.lottery.actions import (
    COMMIT,
    CONFIRM,
    INVITE,
    NOMINATED,
    POOL,
    PRINT,
    FrameFile,
    PoolFile,
    take_pool,
)
from burgertop.stages.lottery.models import Frame, Invitee, Wave

__all__ = [
    "commit_frame_of_file",
    "confirm_yes_of_invitee",
    "draw_from_frame",
    "drop_letters",
    "print_letters_of_wave",
    "take_pool_of_file",
    "write_to_nominee_of_partner",
]

HOUR_SECONDS = 3_600


@job(POOL)
def take_pool_of_file(args: Args, progress: Progress) -> Result:
    """Take the people of an uploaded file into the pool of a draw; ``args``: draw and those of ``PoolFile``."""
    draw = Draw.objects.select_related("stage__process").get(pk=uuid.UUID(str(args["draw"])))
    intake = take_pool(draw, PoolFile.of(args), now=timezone.now(), progress=progress.tell)
    return {"rows": intake.rows}


@job(COMMIT)
def commit_frame_of_file(args: Args, progress: Progress) -> Result:
    """Seal and commit an uploaded address file; ``args``: stage and those of ``FrameFile``."""
    stage = Stage.objects.select_related("process").get(pk=uuid.UUID(str(args["stage"])))
    frame = actions.commit_frame(stage, FrameFile.of(args), now=timezone.now())
    return {"rows": frame.rows}


@job(INVITE)
def draw_from_frame(args: Args, progress: Progress) -> Result:
    """Draw invitees from a frame by the public chance, and destroy it; ``args``: frame."""
    frame = Frame.objects.select_related("stage__process").get(pk=uuid.UUID(str(args["frame"])))
    drawn = actions.draw_invitees(frame, now=timezone.now(), progress=progress.tell)
    return {"people": drawn.invitees.count()}


@job(PRINT)
def print_letters_of_wave(args: Args, progress: Progress) -> Result:
    """Print the letters of a wave; ``args``: wave, account (who asked)."""
    wave = Wave.objects.select_related("stage__process").get(pk=uuid.UUID(str(args["wave"])))
    account = uuid.UUID(str(args["account"])) if args.get("account") else None
    return {"letters": actions.print_wave(wave, account=account, now=timezone.now(), progress=progress.tell)}


@job(CONFIRM)
def confirm_yes_of_invitee(args: Args, progress: Progress) -> Result:
    """Tell somebody that their yes came in; ``args``: invitee."""
    return {"sent": int(actions.confirm_yes(_invitee(args), now=timezone.now()))}


@job(NOMINATED)
def write_to_nominee_of_partner(args: Args, progress: Progress) -> Result:
    """Write to somebody whom a partner nominated; ``args``: invitee."""
    return {"sent": int(actions.write_to_nominee(_invitee(args), now=timezone.now()))}


def _invitee(args: Args) -> Invitee:
    found = Invitee.objects.select_related("stage__process", "identity", "participant", "partner")
    return found.get(pk=uuid.UUID(str(args["invitee"])))


def has_old_files(now: datetime) -> bool:
    """Whether printed letters are a day old, or a stop in the middle left a sealed list behind."""
    return actions.has_old_letters(now) or actions.has_lost_frames()


@job("lottery.drop_letters", every_seconds=HOUR_SECONDS, when=has_old_files)
def drop_letters(args: Args, progress: Progress) -> Result:
    """Destroy printed letters of a day ago, and sealed lists that a stop in the middle left behind."""
    return {"letters": actions.drop_old_letters(now=timezone.now()), "frames": actions.sweep_frames()}
