"""Addresses of rooms on other people's servers: Jitsi, BigBlueButton, or any other; checked, never fetched."""

import re
from urllib.parse import urlsplit

from burgertop.foundation.wording import HouseError

__all__ = ["check_address", "check_pattern", "filled"]

LONGEST = 300
FORBIDDEN = re.compile(r"[\s\x00-\x1f\x7f<>\"'\\^`|]")
PLACES = ("process", "table", "secret")


def check_address(address: str) -> str:
    """Return an address that a page may link to, or refuse it.

    Raises:
        HouseError: ``summit.bad_room_address``: not ``https``, no host, a name or password in it, or signs that
            do not belong in an address.
    """
    try:
        parts = urlsplit(address)
        is_good = (
            address == address.strip()
            and len(address) <= LONGEST
            and not FORBIDDEN.search(address)
            and parts.scheme == "https"
            and bool(parts.hostname)
            and parts.username is None
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        is_good = False
    if not is_good or "{" in address or "}" in address:
        raise HouseError("summit.bad_room_address")
    return address


def check_pattern(pattern: str) -> str:
    """Return a pattern from which every table gets a room of its own that nobody can guess.

    Raises:
        HouseError: ``summit.bad_room_address``, ``summit.room_without_secret``.
    """
    check_address(filled(pattern, process="town", table=1, secret="0" * 24))
    if "{secret}" not in pattern or "{" in urlsplit(pattern).netloc:
        raise HouseError("summit.room_without_secret")
    return pattern


def filled(pattern: str, *, process: str, table: int, secret: str) -> str:
    """Fill the places of a pattern; what is no place of ours stays, and is refused by the check."""
    values = {"process": process, "table": str(table), "secret": secret}
    for place in PLACES:
        pattern = pattern.replace(f"{{{place}}}", values[place])
    return pattern
