"""``burgertop <command>``: finds the command and calls it; each command is a module of its own."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from burgertop import __version__
from burgertop.cli.parents import end_with_parent

__all__ = ["COMMANDS", "Command", "main"]

WRONG, STOPPED = 1, 130


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, the module that does it, what it is for.

    ``opens_house``: settings and models are read before the module is.
    ``is_inner``: started by other commands, not by people.
    """

    name: str
    module: str
    purpose: str
    opens_house: bool = True
    is_inner: bool = False


class CommandModule(Protocol):
    """What the module of a command offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Describe the words after the command."""

    def run(self, chosen: argparse.Namespace) -> int:
        """Do it; return 0 when all is well."""


COMMANDS = (
    Command("serve", "serving", "set up what is needed, then serve the site"),
    Command("demo", "demo", "serve a whole example process from ./var/demo", opens_house=False),
    Command("setup", "setting_up", "bring database, static files and translations up to date"),
    Command("migrate", "setting_up", "the same as setup"),
    Command("check", "checking", "say what is missing on this server, or (--pool) why quotas clash", opens_house=False),
    Command("operator", "operators", "make the operator of this server and print a one-time link"),
    Command("record", "records", "print or check the public record of a process"),
    Command("backup", "backups", "make a backup of this server while it runs, or list them"),
    Command("restore", "restores", "put a backup back, or try it (--verify)"),
    Command("freeze", "freezing", "let this server only read, until it is thawed"),
    Command("thaw", "thawing", "let a frozen server write again"),
    Command("quotas", "sortition.quotas", "propose quotas from the population", opens_house=False),
    Command("draw", "sortition.draw", "draw a fair lottery of numbered panels", opens_house=False),
    Command("pick", "sortition.pick", "pick a numbered panel by public chance", opens_house=False),
    Command("verify", "verify", "check a published lottery or a seating, without a solver", opens_house=False),
    Command("replay", "sortition.replay", "make a published lottery again and compare", opens_house=False),
    Command("replace", "sortition.replace", "draw replacements for people who left", opens_house=False),
    Command("seat", "seating.seat", "seat people at tables for some rounds", opens_house=False),
    Command("reseat", "seating.reseat", "seat those who are here, with few moves", opens_house=False),
    Command(
        "rehearse", "rehearsing.rehearse", "play a live day and say whether this machine carries it", opens_house=False
    ),
    Command("messages", "messages", "collect and compile the sentences of the interface", opens_house=False),
    Command("web", "web_process", "the web process of serve", is_inner=True),
    Command("worker", "worker_process", "the worker of serve", is_inner=True),
    Command("live-day", "live_day_process", "the simulated tables of demo --live-day", is_inner=True),
)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code: 0 when all is well."""
    given = list(sys.argv[1:] if words is None else words)
    command = next((one for word in given[:1] for one in COMMANDS if one.name == word), None)
    if command is None:
        _outline().parse_args(given)
        _outline().print_help()
        return WRONG
    if command.is_inner:
        end_with_parent()  # before anything slow: who is just starting must not hold the port of a server that is gone
    from burgertop.cli.house import Problem, open_house  # a mere --help needs no Django

    parser = argparse.ArgumentParser(prog=f"burgertop {command.name}", description=command.purpose)
    try:
        if command.opens_house:
            open_house()
        module: CommandModule = importlib.import_module(f"burgertop.cli.{command.module}")
        module.add_arguments(parser)
        return module.run(parser.parse_args(given[1:]))
    except Problem as problem:
        print(f"burgertop: {problem}", file=sys.stderr)
        return problem.exit_code
    except KeyboardInterrupt:
        return STOPPED


def _outline() -> argparse.ArgumentParser:
    """The parser that only knows the names of the commands."""
    shown = [command for command in COMMANDS if not command.is_inner]
    width = max(len(command.name) for command in shown) + 2
    parser = argparse.ArgumentParser(
        prog="burgertop",
        description="Software to hold a citizens' summit.",
        epilog="commands:\n" + "\n".join(f"  {one.name:<{width}}{one.purpose}" for one in shown),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Burgertop {__version__}")
    parser.add_argument("command", choices=[one.name for one in shown], metavar="command", nargs="?")
    parser.add_argument("words", nargs=argparse.REMAINDER, help="burgertop <command> --help tells more")
    return parser


if __name__ == "__main__":
    sys.exit(main())
