"""``burgertop quotas``: propose quotas in proportion to the population."""

import argparse
import sys
from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.sortition.pools import whole_number
from burgertop.cli.sortition.quota_files import margins_from, quotas_as_csv
from burgertop.cli.sortition.saying import spoken
from burgertop.cli.sortition.tables import read_sheet
from burgertop.core.sortition.proposing import propose_quotas

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The population, the seats, the play."""
    parser.add_argument("--population", type=Path, required=True, help="CSV or XLSX: feature,value,people")
    parser.add_argument("--seats", type=whole_number, required=True, help="people on a panel")
    parser.add_argument("--tolerance", type=whole_number, default=2, help="seats of play below and above the share (2)")
    parser.add_argument(
        "--at-least",
        nargs="+",
        action="extend",
        default=[],
        metavar="VALUE=SEATS",
        help="least seats of small groups, as in german=2",
    )
    parser.add_argument("--out", type=Path, help="the file to write (else it is printed)")


def run(chosen: argparse.Namespace) -> int:
    """Print or write the quotas."""
    for name, least in (("seats", 1), ("tolerance", 0)):
        if getattr(chosen, name) < least:
            raise BadInputError(f"--{name} is {least} or more, not {getattr(chosen, name)}.")
    margins = margins_from(read_sheet(chosen.population))
    at_least = dict(_least(words, margins) for words in chosen.at_least)
    with spoken(chosen.population.name):
        proposed = propose_quotas(margins, chosen.seats, tolerance=chosen.tolerance, at_least=at_least)
    content = quotas_as_csv(proposed)
    if chosen.out is None:
        sys.stdout.write(content.decode().replace("\r\n", "\n"))
        return 0
    try:
        with chosen.out.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise BadInputError(f"{chosen.out} is there already. Choose another name; nothing is overwritten.") from None
    except OSError as error:
        raise BadInputError(f"{chosen.out} cannot be written: {(error.strerror or str(error)).lower()}.") from error
    print(f"{len(proposed)} quotas are written to {chosen.out}. Then: burgertop check --quotas {chosen.out} --pool ...")
    return 0


def _least(words: str, margins: dict[str, dict[str, int]]) -> tuple[tuple[str, str], int]:
    """Read ``german=2``, or ``language:german=2`` where two features have the value."""
    name, sign, number = words.rpartition("=")
    if not sign or not name or not number.strip().isdecimal():
        raise BadInputError(f"--at-least {words}: write a value and its least seats, such as german=2.")
    of, colon, value = name.partition(":")
    found = [(feature, name) for feature, values in margins.items() if name in values]
    if colon and value in margins.get(of, {}):
        found = [(of, value)]
    if not found:
        raise BadInputError(f"--at-least {words}: the population has no value “{name}”.")
    if len(found) > 1:
        features = " and ".join(feature for feature, _ in found)
        raise BadInputError(f"--at-least {words}: {features} both have “{name}”. Write {found[0][0]}:{words}.")
    return found[0], int(number)
