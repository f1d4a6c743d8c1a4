"""Making the demo: one seed, and the whole story from the first idea to the answer."""

from collections.abc import Callable

import numpy as np
from django.utils import timezone

from burgertop.foundation.process.actions import close_stage
from burgertop.foundation.process.models import Process, StageKind
from burgertop.web.demo.content import load_content
from burgertop.web.demo.first_stage import tell_consultation
from burgertop.web.demo.founding import at_noon, found_demo, stage_of
from burgertop.web.demo.last_stages import tell_panel, tell_report
from burgertop.web.demo.practice import SLUG as PRACTICE
from burgertop.web.demo.practice import prepare_practice
from burgertop.web.demo.second_stage import tell_lottery
from burgertop.web.demo.third_stage import tell_summit

__all__ = ["SEED", "is_prepared", "prepare"]

SEED = 20111111


def is_prepared() -> bool:
    """Whether the story has been told to its end on this server."""
    return Process.objects.filter(
        slug=PRACTICE, stages__kind=StageKind.REPORT, stages__addressees__isnull=False
    ).exists()


def prepare(seed: int = SEED, say: Callable[[str], None] = print) -> None:
    """Tell the whole story once.

    Raises:
        RuntimeError: an earlier telling broke off; the demo's folder must be emptied first (``--fresh``).
    """
    if is_prepared():
        return
    content = load_content()
    if Process.objects.filter(slug=content.process.slug).exists():
        raise RuntimeError("The demo is half prepared: run it with --fresh.")
    rng = np.random.default_rng(seed)
    say("The process and its words")
    process = found_demo(content)
    say("Consultation: ideas, ratings, themes, the vote 3 of 25")
    told = tell_consultation(stage_of(process, StageKind.CONSULTATION), content, rng)
    say("Lottery: 704 of 5,000")
    tell_lottery(stage_of(process, StageKind.LOTTERY), content, rng)
    say("Summit: 81 tables, three rounds")
    met = tell_summit(stage_of(process, StageKind.SUMMIT), content, told, rng)
    say("Panel: 32, drawn from the hall")
    made = tell_panel(stage_of(process, StageKind.PANEL), content, met)
    say("Report and answers")
    tell_report(stage_of(process, StageKind.REPORT), content, made)
    close_stage(stage_of(process, StageKind.LOTTERY), now=at_noon(content.process.days["summit_on"]))
    say("Practice summit: every stage open")
    prepare_practice(content, np.random.default_rng(seed + 1), now=timezone.now())
