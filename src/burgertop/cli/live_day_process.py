"""The live day of ``burgertop demo --live-day``: plays the tables of the practice summit, second by second."""

import argparse
import logging
import signal
import threading

from django.db import close_old_connections
from django.utils import timezone

from burgertop.cli.house import Problem
from burgertop.web.demo.live_day import LiveDay
from burgertop.web.demo.practice import SLUG
from burgertop.web.knobs import read_knobs

__all__ = ["add_arguments", "run"]

BREATH_SECONDS = 1.0

log = logging.getLogger("burgertop.live_day")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to choose."""


def run(chosen: argparse.Namespace) -> int:
    """Play until SIGTERM; a moment that fails is played again in the next."""
    if not read_knobs().is_demo:
        raise Problem("simulated tables write in a demo only: burgertop demo --live-day.")
    stop = threading.Event()
    for wish in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish, lambda *_: stop.set())
    day = LiveDay(SLUG, timezone.now())
    while not stop.wait(BREATH_SECONDS):
        close_old_connections()
        try:
            day.play(timezone.now())
        except Exception:
            log.exception("A moment of the live day could not be played.")
    return 0
