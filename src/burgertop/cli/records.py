"""``burgertop record``: the head of a process's public record, and the check of its chain."""

import argparse

from burgertop.cli.house import Problem
from burgertop.foundation.process.models import Process
from burgertop.foundation.record.queries import head_of, verify

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which process, against which kept head."""
    parser.add_argument("action", choices=["head", "verify"], help="print the head, or check every line")
    parser.add_argument("process", help="the address of the process, such as g1000")
    parser.add_argument("--head", default="", help="a head that a witness kept")
    parser.add_argument("--number", type=int, default=0, help="the number of the line that had this head")


def run(chosen: argparse.Namespace) -> int:
    """Print the head, or every place where the chain breaks."""
    process = Process.objects.filter(slug=chosen.process).first()
    if process is None:
        raise Problem(f"there is no process {chosen.process!r} on this server.")
    if bool(chosen.head) != bool(chosen.number):
        raise Problem("--head and --number belong together.")
    head = head_of(process.pk)
    if chosen.action == "head":
        print(f"{chosen.process} {head.number} {head.digest}")
        return 0
    breaks = verify(process.pk, chosen.head, chosen.number)
    for broken in breaks:
        print(f"line {broken.number}: {broken.code}")
    if not breaks:
        print(f"The record of {chosen.process} holds: {head.number} lines, head {head.digest}.")
    return 1 if breaks else 0
