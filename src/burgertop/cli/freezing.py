"""``burgertop freeze``: from now on this server only reads, until ``burgertop thaw``."""

import argparse

from django.utils import timezone

from burgertop.foundation import freezing

__all__ = ["add_arguments", "run"]

LONGEST_REASON = 300
PATIENCE_SECONDS = 20.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Why: everybody reads it."""
    parser.add_argument("--reason", default="", help="why, in a short sentence that everybody reads on every page")


def run(chosen: argparse.Namespace) -> int:
    """Freeze, wait until what was being written is through, and say what holds now; freezing twice is the same."""
    reason = " ".join(str(chosen.reason).split())[:LONGEST_REASON]
    made = freezing.freeze(reason, now=timezone.now())
    is_still = freezing.wait_for_writers(PATIENCE_SECONDS)
    since = timezone.localtime(made.since)
    print(f"Frozen since {since:%H:%M:%S}: this server only reads. Tablets and doors keep what they write.")
    if not is_still:
        print(f"Something that began before is still being written after {PATIENCE_SECONDS:.0f} s: run this once more.")
    print("Let it write again: burgertop thaw")
    return 0 if is_still else 1
