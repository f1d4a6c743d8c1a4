"""Making the demo: one seed, and the whole story from the first idea to the answer."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import numpy as np
from django.utils import timezone

from burgertop.foundation.process.models import Process, StageKind
from burgertop.web.demo.content import load_content
from burgertop.web.demo.first_stage import choose_themes, gather_ideas
from burgertop.web.demo.founding import at_noon, begin, end, found_demo
from burgertop.web.demo.last_stages import DRAWN_BEFORE, tell_panel, tell_report
from burgertop.web.demo.practice import SLUG as PRACTICE
from burgertop.web.demo.practice import prepare_practice
from burgertop.web.demo.second_stage import LETTERS_ON, send_letters, tell_lottery
from burgertop.web.demo.third_stage import tell_summit

__all__ = ["SEED", "is_prepared", "prepare"]

SEED = 20111111
HOUR = timedelta(hours=1)
SELDOM = 50_000  # objects made between two looks for garbage; Python's own 700 cost the telling a fifth of its time


def is_prepared() -> bool:
    """Whether the story has been told to its end on this server."""
    return Process.objects.filter(
        slug=PRACTICE, stages__kind=StageKind.REPORT, stages__addressees__isnull=False
    ).exists()


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """Look for garbage seldom while inside: nearly all that is made is kept until it is stored."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_seldom_swept()
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
    days = {name: at_noon(day) for name, day in content.process.days.items()}
    say("The process and its words")
    process = found_demo(content)
    say("Consultation: ideas and ratings")
    consultation = begin(process, StageKind.CONSULTATION, days["opens_on"])
    ideas = gather_ideas(consultation, content, rng)
    say("Lottery: 10,000 letters, and who answers")
    lottery = begin(process, StageKind.LOTTERY, LETTERS_ON)
    coming = send_letters(lottery, content, rng)
    say("Consultation: themes, the vote 3 of 25")
    told = choose_themes(consultation, content, ideas, rng)
    end(process, StageKind.CONSULTATION, days["theme_vote_closes_on"] + HOUR)
    say(f"Lottery: 704 of {coming:,} who said yes")
    tell_lottery(lottery, content)
    end(process, StageKind.LOTTERY, days["summit_on"] - 5 * HOUR)
    say("Summit: 81 tables, three rounds")
    met = tell_summit(begin(process, StageKind.SUMMIT, days["summit_on"] - 5 * HOUR), content, told, rng)
    end(process, StageKind.SUMMIT, days["summit_on"] + 6 * HOUR)
    say("Panel: 32, drawn from the hall")
    made = tell_panel(begin(process, StageKind.PANEL, days["panel_opens_on"] - DRAWN_BEFORE), content, met)
    end(process, StageKind.PANEL, days["report_on"] - HOUR)
    say("Report and answers")
    tell_report(begin(process, StageKind.REPORT, days["report_on"] - HOUR), content, made)
    say("Practice summit: every stage open")
    prepare_practice(content, np.random.default_rng(seed + 1), now=timezone.now())
